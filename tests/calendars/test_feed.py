"""Is the calendar one that diaries can read, and does an entry stay the same entry?"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_workflow import (
    ApproveAct,
    Engine,
    EstateId,
    EvaluateYear,
    ExtendDeadline,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    RegisterEstate,
    RegisterGroup,
    WithdrawCertificate,
)
from kvob_workflow.calendars import CalendarQuery
from kvob_workflow.calendars.entries import ALARMS
from kvob_workflow.calendars.errors import CalendarsNotInstalled
from kvob_workflow.testing import DECIDER, SECOND_DECIDER, SettableClock, engine_at

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "De, Hoek; \\n BEGIN:VEVENT"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(date(2025, 3, 1))


@pytest.fixture
def engine(clock: SettableClock) -> Iterator[Engine]:
    with engine_at("memory:", clock) as opened:
        yield opened


def awarded(engine: Engine, name: str = "De Hoek", place: str = "Soest", **fact: Any) -> EstateId:
    """An estate with a certificate since 28 February 2025."""
    command = RegisterEstate(name=name, municipalities=tuple(place.split("/")))
    estate = engine.do(command).estate
    certify(engine, estate, FactKind.AWARD, "2025-02-28", **fact)
    return estate


def certify(engine: Engine, estate: EstateId, kind: FactKind, on: str, **fact: Any) -> None:
    """A source says that a certificate was given."""
    source = Provenance(source="https://example.org/")
    stated = PastFact(kind=kind, on=PartialDate.parse(on), provenance=source, **fact)
    engine.do(RecordPastFact(estate=estate, fact=stated))


def events(engine: Engine, **query: Any) -> dict[str, Any]:
    """The entries by their UID, read back."""
    calendar = icalendar.Calendar.from_ical(engine.calendar(CalendarQuery(**query)))
    return {str(event["UID"]): event for event in calendar.events}


def uid(estate: EstateId, kind: str, ordinal: int = 1) -> str:
    """The UID that an entry has for ever."""
    return f"{estate}-{kind}-{ordinal}@kvob"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_feed_is_the_one_that_was_agreed(engine: Engine, language: Any) -> None:
    estate = awarded(engine, body="Keurders bv")
    engine.do(EvaluateYear(estate=estate, on=date(2025, 3, 1)))
    found = engine.calendar(CalendarQuery(language=language))
    assert found == (GOLDEN / f"de_hoek.{language}.ics").read_bytes()
    assert engine.calendar(CalendarQuery(language=language)) == found


def test_every_deadline_is_an_all_day_entry_with_its_alarms(engine: Engine) -> None:
    estate = awarded(engine)
    found = events(engine)
    expiry = found[uid(estate, "expiry")]
    assert expiry.decoded("DTSTART") == date(2028, 2, 28)
    assert (str(expiry["STATUS"]), str(expiry["TRANSP"])) == ("CONFIRMED", "TRANSPARENT")
    assert [alarm.decoded("TRIGGER") for alarm in expiry.walk("VALARM")] == [
        timedelta(days=-180),
        timedelta(days=-90),
        timedelta(days=-30),
    ]
    assert [str(one) for one in expiry["CATEGORIES"].cats] == ["expiry"]
    assert len(found) == 3 + 2 + 1 + 1 + 1


def test_lines_end_and_are_folded_as_the_standard_says(engine: Engine) -> None:
    awarded(engine, name="Überlange" * 20, place="Fryslân")
    feed = engine.calendar()
    assert feed.count(b"\n") == feed.count(b"\r\n")
    assert max(len(line) for line in feed.split(b"\r\n")) <= 75
    assert b"X-PUBLISHED-TTL:PT12H\r\n" in feed
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in feed


def test_a_hostile_name_adds_no_entry_and_comes_back_as_it_was(engine: Engine) -> None:
    estate = awarded(engine, name=HOSTILE)
    found = events(engine, municipality="Soest")
    assert len(found) == 8
    assert HOSTILE in str(found[uid(estate, "expiry")]["SUMMARY"])


def test_a_line_break_in_a_reason_or_a_filter_opens_no_line(engine: Engine) -> None:
    estate = awarded(engine, place="Soest")
    reason = "later\r\nEND:VEVENT\rBEGIN:VEVENT\u2028UID:x\x00"
    engine.do(
        ExtendDeadline(
            estate=estate,
            on=date(2025, 3, 1),
            kind=DeadlineKind.EVALUATION,
            due_on=date(2026, 5, 1),
            reason=reason,
        )
    )
    found = events(engine)
    assert len(found) == 8
    assert "later\nEND:VEVENT\nBEGIN:VEVENT\nUID:x" in str(
        found[uid(estate, "evaluation")]["DESCRIPTION"]
    )
    injected = engine.calendar(CalendarQuery(organisation="x\r\nBEGIN:VEVENT"))
    assert b"\r\nBEGIN:VEVENT" not in injected


def test_what_is_done_is_cancelled_without_alarms_and_its_number_grows(engine: Engine) -> None:
    estate = awarded(engine)
    first = events(engine)[uid(estate, "evaluation")]
    engine.do(EvaluateYear(estate=estate, on=date(2025, 3, 1)))
    done = events(engine)[uid(estate, "evaluation")]
    assert (str(first["STATUS"]), str(done["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert int(done["SEQUENCE"]) > int(first["SEQUENCE"])
    assert done.walk("VALARM") == []


def test_the_entries_of_a_withdrawn_certificate_are_cancelled(engine: Engine) -> None:
    estate = awarded(engine)
    before = events(engine)
    withdraw = WithdrawCertificate(estate=estate, on=date(2025, 3, 1), reason="opgeheven")
    engine.do(withdraw, actor=DECIDER)
    waiting = engine.state(estate).proposals[0].id
    approve = ApproveAct(estate=estate, on=date(2025, 3, 1), proposal=waiting)
    engine.do(approve, actor=SECOND_DECIDER)
    after = events(engine)
    assert after.keys() == before.keys()
    assert {str(one["STATUS"]) for one in after.values()} == {"CANCELLED"}


def test_an_extension_moves_the_same_entry(engine: Engine) -> None:
    estate = awarded(engine)
    before = events(engine)
    engine.do(
        ExtendDeadline(
            estate=estate,
            on=date(2025, 3, 1),
            kind=DeadlineKind.EVALUATION,
            due_on=date(2026, 5, 1),
            reason="verhuizing",
        )
    )
    after = events(engine)
    assert after.keys() == before.keys()
    moved = after[uid(estate, "evaluation")]
    assert moved.decoded("DTSTART") == date(2026, 5, 1)
    assert "verhuizing" in str(moved["DESCRIPTION"])


def test_entries_keep_their_identity_after_a_renewal(engine: Engine, clock: SettableClock) -> None:
    estate = awarded(engine)
    before = events(engine)
    clock.set_day(date(2028, 1, 10))
    engine.sweep(confirm=True)
    certify(engine, estate, FactKind.RECERTIFICATION, "2028-01-10")
    after = events(engine)
    assert after.keys() == before.keys()
    key = uid(estate, "expiry")
    assert after[key].decoded("DTSTART") == date(2031, 2, 28)
    for each in before:
        assert int(after[each]["SEQUENCE"]) > int(before[each]["SEQUENCE"])
    assert after[key].decoded("DTSTAMP") > before[key].decoded("DTSTAMP")


def test_every_filter_narrows_the_calendar(engine: Engine) -> None:
    soest = awarded(engine, body="Keurders bv")
    both = awarded(engine, "Groenpark", "Aalsmeer/Uithoorn")
    group = RegisterGroup(name="Alles", municipalities=("Weert",))
    weert = engine.do(group).estate
    certify(engine, weert, FactKind.AWARD, "2025-02-28")

    def estates(**query: Any) -> set[str]:
        return {key.split("-", 1)[0] for key in events(engine, **query)}

    assert estates() == {soest, both}
    assert estates(groups=True) == {soest, both, weert}
    assert estates(estate=weert) == {weert}
    assert estates(municipality="UITHOORN") == {both}
    assert estates(organisation="keurders BV") == {soest}
    assert estates(organisation="keurders") == set()
    expiries = events(engine, estate=soest, kinds=(DeadlineKind.EXPIRY,))
    assert list(expiries) == [uid(soest, "expiry")]


def test_every_kind_has_alarms() -> None:
    assert set(ALARMS) == set(DeadlineKind)


def test_without_the_extra_the_answer_says_what_to_install(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "icalendar"]:
        monkeypatch.delitem(sys.modules, name)
    load = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.split(".")[0] == "icalendar":
            raise ModuleNotFoundError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CalendarsNotInstalled) as refused:
        engine.calendar()
    assert "pip install" in refused.value.message("nl")
