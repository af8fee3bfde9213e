"""Can a node open a store whose rows must be made anew while others are writing fast?"""

from __future__ import annotations

import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kvob_domain.errors import Rejected
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.demo import NAME, story, walk
from kvob_workflow.engine.refill import recompute
from kvob_workflow.engine.scheme_files import packaged_book
from kvob_workflow.errors import VersionConflict
from kvob_workflow.store import Behind, RowChange, open_store

BOOK = packaged_book()


def test_a_busy_estate_is_tried_again_and_holds_up_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/kvob.db"
    with Engine.open(url) as engine:
        list(walk(engine))
        engine.do(RegisterEstate(name="De Hoek", municipalities=("Voorbeeldstad",)))
    with closing(open_store(url, ALL_VIEWS)) as store:
        estates = list(store.estates())
        left, repair = [60], store.repair

        def busy(*rows: RowChange) -> tuple[Behind, ...]:
            if left[0] and any(row.estate == estates[0] for row in rows):
                left[0] -= 1
                raise VersionConflict(estates[0], 1, 2)
            return repair(*rows)

        monkeypatch.setattr(store, "repair", busy)
        assert recompute(store, BOOK, estates) == ()
        assert left == [0]
    with Engine.open(url) as engine:
        assert {row.estate for row in engine.board().items} == {NAME, "De Hoek"}


def test_nodes_that_open_an_empty_store_beside_each_other_all_write(postgres_url: str) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def live(number: int) -> None:
        name = f"Terrein {number}"
        try:
            start.wait(30)
            with Engine.open(postgres_url) as engine:
                register = RegisterEstate(name=name, municipalities=("Voorbeeldstad",))
                for step in list(story(engine.do(register).estate))[:20]:
                    with suppress(Rejected):  # a refusal or two belong to the story
                        engine.do(step.command, actor=step.actor)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=live, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    with Engine.open(postgres_url) as engine:
        assert engine.board().total == 6
        assert engine.behind() == []
