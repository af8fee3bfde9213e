"""Is a command whose first try is committed late answered, and not refused for what it did?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import pytest

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.identity import RegisterEstate, RenameEstate
from kvob_domain.ids import CommandId, EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.errors import CommandIdReused
from kvob_workflow.store import CommandRecord, EventStore, open_store

ESTATE = EstateId("a" * 32)
REGISTER = RegisterEstate(estate=ESTATE, name="De Hoek", municipalities=("Voorbeeldstad",))
RENAME = RenameEstate(estate=ESTATE, name="De Nieuwe Hoek", on=date(2026, 3, 2))


Moment = Literal["stream", "append"]
MOMENTS: tuple[Moment, ...] = ("stream", "append")


def just_before(store: EventStore, moment: Moment, then: Callable[[], object]) -> EventStore:
    """A store in which something happens just before a state is read, or events are appended."""
    theirs: Callable[..., object] = getattr(store, moment)
    asked: list[object] = []

    def ours(given: object) -> object:
        asked.append(given)
        if len(asked) == 1:
            then()
        return theirs(given)

    setattr(store, moment, ours)
    return store


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("command", [REGISTER, RENAME])
def test_a_first_try_that_is_committed_meanwhile_answers_for_the_second(
    kept_url: str, command: Command, moment: Moment
) -> None:
    with Engine.open(kept_url) as first:
        if command is RENAME:
            first.do(REGISTER)
        store = just_before(
            open_store(kept_url, ALL_VIEWS), moment, lambda: first.do(command, command_id="k")
        )
        with Engine(store) as second:
            outcome = second.do(command, command_id="k")
            assert outcome.repeated
            assert outcome == second.do(command, command_id="k")
        assert len(first.history(ESTATE)) == (1 if command is REGISTER else 2)


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_another_command_did_meanwhile_is_refused_as_before(
    kept_url: str, moment: Moment
) -> None:
    with Engine.open(kept_url) as first:
        first.do(REGISTER)
        store = just_before(open_store(kept_url, ALL_VIEWS), moment, lambda: first.do(RENAME))
        with Engine(store) as second, pytest.raises(Rejected):
            second.do(RENAME, command_id="k")


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_id_that_another_command_took_meanwhile_is_told(kept_url: str, moment: Moment) -> None:
    with Engine.open(kept_url) as first:
        store = just_before(
            open_store(kept_url, ALL_VIEWS), moment, lambda: first.do(REGISTER, command_id="k")
        )
        with Engine(store) as second, pytest.raises(CommandIdReused):
            second.do(REGISTER.model_copy(update={"name": "Het Hof"}), command_id="k")


def test_a_new_command_does_not_ask_whether_it_was_carried_out_before(kept_url: str) -> None:
    store = open_store(kept_url, ALL_VIEWS)
    looked_up, asked = store.command, list[CommandId]()

    def command(id: CommandId) -> CommandRecord | None:
        asked.append(id)
        return looked_up(id)

    store.command = command  # type: ignore[method-assign]
    with Engine(store) as engine:
        engine.do(REGISTER, command_id="k")
        assert asked == []
        assert engine.do(REGISTER, command_id="k").repeated
        assert asked == ["k"]
