"""Is a command whose first try is committed late answered, and not refused for what it did?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.identity import RegisterEstate, RenameEstate
from kvob_domain.ids import CommandId, EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.store import CommandRecord, EventStore, open_store

ESTATE = EstateId("a" * 32)
REGISTER = RegisterEstate(estate=ESTATE, name="De Hoek", municipalities=("Voorbeeldstad",))
RENAME = RenameEstate(estate=ESTATE, name="De Nieuwe Hoek", on=date(2026, 3, 2))


def looking_first(store: EventStore, then: Callable[[], object]) -> EventStore:
    """A store in which something happens right after a command was looked up for the first time."""
    looked_up = store.command
    asked: list[CommandId] = []

    def command(id: CommandId) -> CommandRecord | None:
        asked.append(id)
        found = looked_up(id)
        if len(asked) == 1:
            then()
        return found

    store.command = command  # type: ignore[method-assign]
    return store


@pytest.mark.parametrize("command", [REGISTER, RENAME])
def test_the_first_try_is_committed_after_nothing_of_it_was_found(
    kept_url: str, command: Command
) -> None:
    with Engine.open(kept_url) as first:
        if command is RENAME:
            first.do(REGISTER)
        store = looking_first(
            open_store(kept_url, ALL_VIEWS), lambda: first.do(command, command_id="k")
        )
        with Engine(store) as second:
            outcome = second.do(command, command_id="k")
            assert outcome == second.do(command, command_id="k")
        assert len(first.history(ESTATE)) == (1 if command is REGISTER else 2)


def test_what_another_command_did_meanwhile_is_refused_as_before(kept_url: str) -> None:
    with Engine.open(kept_url) as first:
        first.do(REGISTER)
        store = looking_first(open_store(kept_url, ALL_VIEWS), lambda: first.do(RENAME))
        with Engine(store) as second, pytest.raises(Rejected):
            second.do(RENAME, command_id="k")
