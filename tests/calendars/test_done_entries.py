"""Does what is done stay in the diary as cancelled, as the same entry?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import pytest

from kvob_domain.estate.commands.standing import RestoreCertificate, SuspendCertificate
from kvob_domain.estate.deadlines import deadlines
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from kvob_workflow.calendars import CalendarQuery, feed
from tests.domain.asking import CYCLE, ESTATE, RENEWAL, approve, award, up_to
from tests.domain.noticing import FIRST, lived
from tests.domain.stating import sourced, stating

TARGETS = {"kickoff": 30, "inventory": 90, "covenant": 60, "recertification": 120}


@pytest.fixture
def story(root: Path) -> Scenario:
    """Nothing has happened yet under a scheme with target dates and a limit for suspensions."""
    folder = root / "domain" / "kvob_domain" / "schemes"
    texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.toml")}
    practice = texts.pop("practice")
    book = SchemeBook.parse(texts.values(), practice)
    limited = stating(book, suspension_limit_months=sourced(6))
    return Scenario(stating(limited, target_days=sourced(TARGETS)), FIRST)


def statuses(story: Scenario, kind: str) -> dict[str, str]:
    """UID (without the estate) to status, of the entries of one kind."""
    written = icalendar.Calendar.from_ical(feed([story.state], story.book, CalendarQuery()))
    prefix = f"{ESTATE}-{kind}-"
    return {
        str(event["UID"]).removeprefix(f"{ESTATE}-"): str(event["STATUS"])
        for event in written.events
        if str(event["UID"]).startswith(prefix)
    }


def test_the_targets_of_earlier_steps_are_cancelled_and_keep_their_uid(story: Scenario) -> None:
    seen: list[dict[str, str]] = []
    for step in (Step.KICKOFF, Step.INVENTORY, Step.ACTION_PLAN, Step.COVENANT):
        before = CYCLE[Step.REGISTERED] if step is Step.KICKOFF else ()
        story = lived(story, *before, *CYCLE[step])
        seen.append(statuses(story, "target"))
    kickoff, inventory, covenant = "target-2@kvob", "target-3@kvob", "target-5@kvob"
    done, still = "CANCELLED", "CONFIRMED"
    assert seen == [
        {kickoff: still},
        {kickoff: done, inventory: still},
        {kickoff: done, inventory: done},
        {kickoff: done, inventory: done, covenant: still},
    ]


def test_the_targets_of_an_earlier_cycle_are_not_those_of_the_renewal(story: Scenario) -> None:
    story = lived(story, *up_to(Step.RECERTIFICATION))
    assert statuses(story, "target") == {"target-8@kvob": "CONFIRMED"}
    story = lived(story, *RENEWAL, award(date(2024, 5, 16)))
    assert statuses(story, "target") == {"target-8@kvob": "CANCELLED"}


def test_the_limit_of_a_suspension_that_was_lifted_is_cancelled_until_the_next(
    story: Scenario,
) -> None:
    story = suspended(lived(story, *up_to(Step.EVALUATION)), date(2022, 5, 30))
    limit = "suspension_limit-1@kvob"
    assert statuses(story, "suspension_limit") == {limit: "CONFIRMED"}
    story = lived(story, RestoreCertificate(estate=ESTATE, on=date(2022, 8, 1)))
    assert statuses(story, "suspension_limit") == {limit: "CANCELLED"}
    assert not [one for one in deadlines(story.state, story.book) if one.is_done]
    story = suspended(story, date(2023, 1, 10))
    assert statuses(story, "suspension_limit") == {limit: "CONFIRMED"}


def suspended(story: Scenario, on: date) -> Scenario:
    """The story after two people suspended the certificate."""
    story = lived(story, SuspendCertificate(estate=ESTATE, on=on, reason="geen overleg"))
    return lived(story, approve(on, story.state.proposals[0].id))
