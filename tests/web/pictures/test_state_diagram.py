"""Does the diagram show where an estate stands, what can be done, and what blocks the rest?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.possible import Possible
from kvob_domain.estate.state import Move
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import (
    CERTIFICATE_TABLE,
    TRAJECTORY_TABLE,
    has_move,
    next_step,
)
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Language
from kvob_workflow.web.pictures.routes import CERTIFICATE, TRAJECTORY, end_route
from kvob_workflow.web.pictures.state_diagram import certificate_diagram, trajectory_diagram
from tests.web.pictures.seen import HOSTILE, complaints, seen


@dataclass(eq=False)
class TooFew(Rejected):
    """A reason that quotes what somebody typed."""

    code: ClassVar[str] = "too-few"
    nl: ClassVar[str] = "Te weinig: {text}."
    en: ClassVar[str] = "Too few: {text}."
    text: str = HOSTILE


KNOWN = datetime(2026, 1, 1, tzinfo=UTC)


def moves(*steps: tuple[Step, date | None]) -> tuple[Move, ...]:
    """The moves of an estate."""
    return tuple(Move(day, step, at + 1, KNOWN) for at, (step, day) in enumerate(steps))


def possible(step: Step, blocked: Iterable[str] = ()) -> tuple[Possible, ...]:
    """Every move, with an obstacle where the step has no such move or where one is asked for."""
    asked = set(blocked)
    found: list[Possible] = []
    for command in ALL_COMMANDS:
        name = name_of(command)
        if has_move(name):
            target = next_step(step, name)
            stopped = target is None or name in asked
            found.append(
                Possible(command, None if target is step else target, (TooFew(),) * stopped)
            )
    return tuple(found)


FIRST = moves(
    (Step.KICKOFF, date(2020, 9, 15)),
    (Step.INVENTORY, date(2020, 10, 6)),
    (Step.ACTION_PLAN, date(2021, 1, 14)),
)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("step", list(Step))
def test_every_step_is_drawn_well_formed_in_both_languages(step: Step, language: Language) -> None:
    one = trajectory_diagram(step, FIRST, possible(step), language)
    other = certificate_diagram(Status.VALID, [Status.NONE], possible(step), language)
    page = seen(one.picture, other.picture)
    assert complaints(page) == []
    assert len(page.pictures) == 4
    words = page.words("kvob-wide")
    assert [state.words.of(language) for state in Step if state.words.of(language) in words]
    assert sum(said.startswith("●") for said in words) == 2


def test_what_was_walked_is_ticked_with_its_day_and_the_current_step_says_so() -> None:
    drawn = trajectory_diagram(Step.ACTION_PLAN, FIRST, possible(Step.ACTION_PLAN), "nl")
    words = seen(drawn.picture).words("kvob-wide")
    assert [said for said in words if said.startswith("✓")] == [
        "✓ Klaar 15 sep 2020",
        "✓ Klaar 6 okt 2020",
        "✓ Klaar 14 jan 2021",
    ]
    assert "● Nu hier" in words
    assert "sinds 14 jan 2021" in words


def test_a_move_that_can_be_made_bears_its_title_and_a_blocked_one_a_number() -> None:
    asked = possible(Step.ACTION_PLAN, ["adopt_plan"])
    drawn = trajectory_diagram(Step.ACTION_PLAN, FIRST, asked, "nl")
    assert [(one.number, one.title) for one in drawn.blocked] == [(1, "Plan vaststellen")]
    assert drawn.blocked[0].reasons == (f"Te weinig: {HOSTILE}.",)
    wide = seen(drawn.picture)
    assert "1" in wide.words("kvob-wide")
    assert [
        " ".join("".join(span.itertext()) for span in text.iter("tspan"))
        for arrow in wide.with_class("pic-can")
        for text in arrow.iter("text")
        if text.attrib["class"] == "pic-move"
    ] == ["Beëindigen", "Beëindigen → Beëindigd"]


def test_moves_of_other_steps_are_told_apart_and_bear_no_number() -> None:
    drawn = trajectory_diagram(Step.ACTION_PLAN, FIRST, possible(Step.ACTION_PLAN), "en")
    assert drawn.blocked == ()
    assert "Award the certificate" in [one.title for one in drawn.elsewhere]
    assert {one.number for one in drawn.elsewhere} == {None}


def test_acts_that_stay_in_the_step_are_named_or_numbered_after_the_moves() -> None:
    asked = possible(Step.AWARD, ["award_certificate", "record_audit"])
    drawn = trajectory_diagram(Step.AWARD, FIRST, asked, "nl", first_number=4)
    assert [(one.number, one.title) for one in drawn.blocked] == [
        (4, "Toekennen"),
        (5, "Audit vastleggen"),
    ]
    assert "Convenant ondertekenen" in drawn.staying


def test_a_new_trajectory_does_not_count_what_the_last_one_walked() -> None:
    again = (*FIRST, *moves((Step.ENDED, date(2021, 3, 1)), (Step.KICKOFF, date(2022, 1, 5))))
    drawn = trajectory_diagram(Step.KICKOFF, again, possible(Step.KICKOFF), "nl")
    ticked = seen(drawn.picture).words("kvob-wide")
    assert [said for said in ticked if said.startswith("✓")] == ["✓ Klaar 15 sep 2020"]


def test_a_day_that_nobody_knows_is_left_out() -> None:
    unknown = moves((Step.KICKOFF, None), (Step.INVENTORY, None))
    drawn = trajectory_diagram(Step.INVENTORY, unknown, possible(Step.INVENTORY), "nl")
    words = seen(drawn.picture).words("kvob-wide")
    assert words.count("✓ Klaar") == 2
    assert not [said for said in words if "sinds" in said]


def test_every_move_that_leaves_a_step_has_a_route() -> None:
    routes = {*TRAJECTORY.routes, *(end_route(step)[0] for step in Step if step is not Step.ENDED)}
    assert routes == {key for key, target in TRAJECTORY_TABLE.items() if key[0] != target}


def test_every_move_of_the_certificate_has_a_route() -> None:
    moving = {key for key, target in CERTIFICATE_TABLE.items() if key[0] != target}
    assert set(CERTIFICATE.routes) == moving


def test_the_certificate_shows_its_status_and_those_before_it() -> None:
    drawn = certificate_diagram(
        Status.SUSPENDED, [Status.NONE, Status.VALID], possible(Step.EVALUATION), "en"
    )
    page = seen(drawn.picture)
    assert len(page.with_class("pic-current")) == 2
    assert len(page.with_class("pic-past")) == 4
    assert "Now: Suspended." in (page.pictures[0].findtext("desc") or "")
