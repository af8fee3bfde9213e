"""Does a followed view show every event, whoever keeps it and whatever cannot be read?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.view import Row
from kvob_workflow.engine.followed import catch_up_views, projector
from kvob_workflow.followers import projecting
from kvob_workflow.store import EventStore
from kvob_workflow.store.followers import Move
from kvob_workflow.testing import SettableClock
from tests.followers.conftest import STEPS, append, estate_id, registered, rows


def name_rows(*names: str) -> list[tuple[object, ...]]:
    return [(estate_id(number), name, 1) for number, name in enumerate(names, start=1)]


def rows_that_say(text: str) -> Callable[[Estate, SchemeBook], tuple[Row, ...]]:
    return lambda estate, _: ((estate.id, text, estate.version),)


def wide_rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    return ((estate.id, estate.name, 2**70 if estate.name == "Breed" else 1),)


def always(row: Row) -> Callable[[Estate, SchemeBook], tuple[Row, ...]]:
    return lambda estate, _: (row,)


def test_the_first_question_builds_the_table_and_later_ones_go_on(
    store: EventStore, book: SchemeBook
) -> None:
    append(store, registered(1, "Een"), registered(2, "Twee"))
    assert catch_up_views(store, book, (STEPS,)) == 2
    assert rows(store) == name_rows("Een", "Twee")
    append(store, registered(3, "Drie"))
    assert catch_up_views(store, book, (STEPS,)) == 1
    assert rows(store) == name_rows("Een", "Twee", "Drie")
    assert catch_up_views(store, book, (STEPS,)) == 0


def test_a_build_in_small_pages_takes_in_what_comes_meanwhile(
    store: EventStore, book: SchemeBook, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting, "ESTATES", 2)
    monkeypatch.setattr(projecting, "PAGE", 2)
    append(store, *(registered(number, "Oud") for number in range(2, 7)))
    keeper = projector(store, book, (STEPS,), clock)
    keeper.step()  # begins
    keeper.step()  # two estates
    state = keeper.states()[STEPS]
    assert state.cursor == estate_id(3)
    append(store, registered(1, "Nieuw"), registered(9, "Nieuw"), registered(10, "Nieuw"))
    catch_up_views(store, book, (STEPS,))
    assert [row[0] for row in rows(store)] == [estate_id(n) for n in (1, 2, 3, 4, 5, 6, 9, 10)]


def test_an_estate_whose_rows_cannot_be_made_is_parked_and_the_rest_goes_on(
    store: EventStore, book: SchemeBook
) -> None:
    append(store, registered(1, "Een"), registered(2, "Gif"), registered(3, "Drie"))
    catch_up_views(store, book, (STEPS,))
    assert [row[1] for row in rows(store)] == ["Een", "Drie"]
    (mark,) = store.behind()
    assert (mark.view, mark.estate, mark.at_version) == ("x_steps", estate_id(2), 1)
    assert mark.error == "ZeroDivisionError: poison"


def test_a_parked_estate_is_tried_again_by_retry(
    store: EventStore, book: SchemeBook, clock: SettableClock
) -> None:
    append(store, registered(1, "Gif"))
    catch_up_views(store, book, (STEPS,))
    healed = replace(STEPS, rows=rows_that_say("beter"))
    keeper = projector(store, book, (healed,), clock)
    assert keeper.retry() == 0
    assert rows(store) == name_rows("beter")
    assert store.behind() == []


def test_a_row_that_the_table_refuses_parks_its_estate_alone(
    store: EventStore, book: SchemeBook
) -> None:
    wide = replace(STEPS, rows=wide_rows)
    append(store, registered(1, "Een"), registered(2, "Breed"), registered(3, "Drie"))
    catch_up_views(store, book, (wide,))
    assert [row[1] for row in rows(store)] == ["Een", "Drie"]
    assert [mark.estate for mark in store.behind()] == [estate_id(2)]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ((estate_id(1), "kort"), "ValueError: 2 values for 3 columns"),
        ((estate_id(2), "van een ander", 1), "ValueError: a row of another estate"),
        ((estate_id(1), "geen tekst", True), "a value of type bool; use str, int, float or None"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_alike_everywhere(
    store: EventStore, book: SchemeBook, row: tuple[str | int, ...], error: str
) -> None:
    append(store, registered(1))
    catch_up_views(store, book, (replace(STEPS, rows=always(row)),))
    assert rows(store) == []
    assert error in store.behind()[0].error


def test_of_two_workers_one_is_told_that_it_was_slower(
    store: EventStore, book: SchemeBook, clock: SettableClock
) -> None:
    append(store, registered(1))
    catch_up_views(store, book, (STEPS,))
    state = projector(store, book, (STEPS,), clock).states()[STEPS]
    assert store.move_followers([Move(state, state.moved(7, clock.now()))])
    assert not store.move_followers([Move(state, state.moved(9, clock.now()))])
    assert [one.position for one in store.followers()] == [7]


def test_two_workers_at_once_make_the_same_rows_as_one(
    store: EventStore, book: SchemeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projecting, "ESTATES", 3)
    monkeypatch.setattr(projecting, "PAGE", 3)
    catch_up_views(store, book, (STEPS,))
    append(store, *(registered(number, "Zelfde") for number in range(1, 31)))
    barrier, errors = Barrier(2), list[BaseException]()

    def work() -> None:
        barrier.wait()
        try:
            catch_up_views(store, book, (STEPS,))
        except BaseException as error:
            errors.append(error)

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert rows(store) == name_rows(*["Zelfde"] * 30)


def test_a_view_with_another_schema_number_is_built_anew(
    store: EventStore, book: SchemeBook
) -> None:
    append(store, registered(1, "Een"), registered(2, "Gif"))
    catch_up_views(store, book, (STEPS,))
    newer = replace(STEPS, schema=2, rows=rows_that_say("anders"))
    store.prepare_followed((newer,))
    assert store.followers() == []
    catch_up_views(store, book, (newer,))
    assert [row[1] for row in rows(store)] == ["anders", "anders"]


def test_views_that_are_equally_far_share_their_pages(store: EventStore, book: SchemeBook) -> None:
    second = replace(
        STEPS,
        name="x_names",
        ddl=(STEPS.ddl[0].replace("view_x_steps", "view_x_names"),),
    )
    store.prepare_followed((second,))
    append(store, registered(1, "Een"))
    catch_up_views(store, book, (STEPS,))
    append(store, registered(2, "Twee"))
    assert catch_up_views(store, book, (STEPS, second)) == 3  # two by the new one, one by the old
    append(store, registered(3, "Drie"))
    assert catch_up_views(store, book, (STEPS, second)) == 1
    assert rows(store) == rows(store, "x_names") == name_rows("Een", "Twee", "Drie")


def test_a_store_in_which_nobody_asks_has_no_rows(store: EventStore, book: SchemeBook) -> None:
    append(store, registered(1))
    assert store.followers() == []
    assert rows(store) == []
