"""What would a command lead to? It is shown first, and nothing is written."""

from __future__ import annotations

from datetime import date

import pytest

from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.lifecycle.certificate import Status
from kvob_workflow import Engine
from kvob_workflow.testing import SettableClock, engine_at
from tests.cli.command_examples import BY_NAME
from tests.cli.walked_so_far import Given

TODAY = date(2026, 11, 29)


def _do(engine: Engine, one: Given) -> None:
    engine.do(one.command, actor=one.actor)


@pytest.mark.parametrize("name", list(BY_NAME))
def test_it_leads_to_what_is_seen_when_it_is_done(name: str) -> None:
    before, example = BY_NAME[name]
    command = example.command
    with engine_at("memory:", SettableClock(TODAY)) as engine:
        for one in before:
            _do(engine, one)
        shown = engine.preview(command, actor=example.actor)
        again = engine.preview(command, actor=example.actor)
        assert shown.outcome.version == again.outcome.version, "something was written"
        outcome = engine.do(command, actor=example.actor)
        assert [one.event for one in shown.outcome.events] == [one.event for one in outcome.events]
        if not any(isinstance(one.event, ActProposed) for one in outcome.events):
            seen = engine.overview(outcome.estate)
            after = shown.estates[0].after
            assert (seen.step, seen.status) == (after.step, after.status)
            assert [one.code for one in seen.missing] == [one.code for one in after.missing]
            assert seen.deadlines == after.deadlines


def test_an_act_that_waits_shows_what_the_approval_will_bring() -> None:
    before, example = BY_NAME["withdraw_certificate"]
    with engine_at("memory:", SettableClock(date(2022, 1, 10))) as engine:
        for one in before:
            _do(engine, one)
        shown = engine.preview(example.command, actor=example.actor).estates[0]
    assert shown.awaits_approval
    assert shown.before is not None
    assert (shown.before.status, shown.after.status) == (Status.VALID, Status.WITHDRAWN)
