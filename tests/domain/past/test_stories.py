"""Stories of real estates, as public pages tell them; the sources stand in the sample cases.

The facts are those of the pages; the names of the files that hold them do not matter here.
"""

from datetime import date

import pytest

from kvob_domain.estate.certificates import certificate_on, status_on
from kvob_domain.estate.commands.identity import RenameEstate
from kvob_domain.estate.deadlines import DeadlineKind, deadlines
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.state import Estate
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE, Given, fact, register


def stated(text: str) -> PartialDate:
    """The last valid day that a page states."""
    return PartialDate.parse(text)


def kinds(state: Estate) -> list[IrregularityKind]:
    """What is odd, in order."""
    return [kind for kind, _ in state.irregularities]


def statuses(story: Scenario, *days: date) -> list[Status]:
    """The status on each of these days."""
    certificates = story.state.certificates
    return [status_on(certificates, day) for day in days]


def test_soest_is_valid_for_three_years_to_the_day(given: Given, book: SchemeBook) -> None:
    level = "Basis Samenwerken"
    story = given(
        register(),
        fact("award", "2019-10-10", level=level),
        fact("covenant", "2019-10-10", level=level),
    )
    days = (date(2019, 10, 9), date(2019, 10, 10), date(2022, 10, 9), date(2022, 10, 10))
    assert statuses(story, *days) == [Status.NONE, Status.VALID, Status.VALID, Status.EXPIRED]
    (certificate,) = story.state.certificates
    assert (certificate.estimated, certificate.start_basis) == (False, "award")
    assert level_names(story.state.certificates, book) == [(level, False)]
    assert story.state.step is Step.EVALUATION
    assert kinds(story.state) == []


def test_lelystad_five_events_a_rename_and_a_late_ceremony(given: Given, book: SchemeBook) -> None:
    renamed = RenameEstate(estate=ESTATE, on=date(2016, 1, 1), name="Larserpoort")
    story = given(
        register(name="Larserpoort-Noordersluis"),
        fact("award", "2011"),
        renamed,
        fact("recertification", "2014"),
        fact("recertification", "2017"),
        fact("audit", "2021-04-13", outcome="positive"),
        fact("recertification", "2021-10-08", level="Continu Samenwerken"),
    )
    state = story.state
    assert (state.name, state.former_names) == ("Larserpoort", ("Larserpoort-Noordersluis",))
    assert [one.number for one in state.certificates] == [1, 2, 3, 4]
    names = [level for level, _ in level_names(state.certificates, book)]
    assert names == ["Basis Samenwerken", *["Continu Samenwerken"] * 3]
    assert IrregularityKind.LATE_RENEWAL in kinds(state)
    days = (date(2021, 10, 7), date(2021, 10, 8), date(2024, 10, 7), date(2024, 10, 8))
    assert statuses(story, *days) == [
        Status.EXPIRED,
        Status.VALID,
        Status.VALID,
        Status.EXPIRED,
    ]


def test_a_positive_audit_alone_starts_no_validity(given: Given) -> None:
    story = given(register(), fact("audit", "2021-04-13", outcome="positive"))
    assert story.state.certificates == ()
    assert (story.state.step, story.state.dossier.audit) == (Step.AWARD, "positive")


@pytest.mark.parametrize(("first", "expires"), [("2007", 2009), ("2009", 2011)])
def test_bergen_op_zoom_three_certificates_and_a_stated_end(
    given: Given, book: SchemeBook, first: str, expires: int
) -> None:
    end = stated("2021-12-31")
    story = given(
        register(on=""),
        fact("award", first),
        fact("audit", "2019-04", last_valid_day=end),
        fact("recertification", "2019-06", last_valid_day=end),
        fact("recertification", "2022"),
        fact("expiry", "2025-11", level="Continu Samenwerken"),
    )
    one, two, three = story.state.certificates
    assert (one.expires_on_earliest, one.expires_on) == (
        date(expires, 1, 1),
        date(expires, 12, 31),
    )
    assert (two.valid_from, two.expires_on, two.end_basis) == (
        date(2019, 6, 1),
        date(2022, 1, 1),
        "stated",
    )
    assert (three.valid_from, three.expires_on, three.end_basis) == (
        date(2022, 1, 1),
        date(2025, 12, 1),
        "expiry_fact",
    )
    assert kinds(story.state) == [
        IrregularityKind.EVIDENCE_NOT_ON_RECORD,
        IrregularityKind.EVIDENCE_NOT_ON_RECORD,
        IrregularityKind.CERTIFICATES_BETWEEN_UNKNOWN,
        IrregularityKind.EVIDENCE_NOT_ON_RECORD,
    ]
    names = [level for level, _ in level_names(story.state.certificates, book)]
    assert names == ["Basis Samenwerken", "Continu Samenwerken", "Continu Samenwerken"]
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2025, 11, 30), date(2025, 12, 1))
    assert statuses(story, *days) == [*[Status.VALID] * 3, Status.EXPIRED]


def test_baarn_s_calendar_years_end_on_31_december(given: Given) -> None:
    level = "Continu Samenwerken"
    story = given(
        register(on=""),
        fact("kickoff", "2017"),
        fact("recertification", "2021", level=level),
        fact("expiry", "2023"),
        fact("recertification", "2024", level=level),
        fact("expiry", "2026"),
    )
    first, second = story.state.certificates
    assert (first.valid_from, first.expires_on) == (date(2021, 1, 1), date(2024, 1, 1))
    assert (second.valid_from, second.expires_on) == (date(2024, 1, 1), date(2027, 1, 1))
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert statuses(story, *days) == [*[Status.VALID] * 3, Status.EXPIRED]
    assert kinds(story.state)[:2] == [
        IrregularityKind.EVIDENCE_NOT_ON_RECORD,
        IrregularityKind.FIRST_CERTIFICATE_UNKNOWN,
    ]


def test_baarn_is_reminded_before_the_last_day_of_the_stated_year(
    given: Given, book: SchemeBook
) -> None:
    story = given(register(on=""), fact("recertification", "2024"), fact("expiry", "2026"))
    due = {one.kind: one for one in deadlines(story.state, book)}
    assert due[DeadlineKind.EXPIRY].due_on == date(2027, 1, 1)
    assert due[DeadlineKind.RENEWAL_START].due_on == date(2026, 7, 1)
    assert due[DeadlineKind.RENEWAL_START].estimated


def test_gelderse_poort_knows_years_only_and_an_end_in_october(given: Given) -> None:
    story = given(
        register(on=""),
        fact("award", "2015"),
        fact("recertification", "2018"),
        fact("expiry", "2021-10"),
    )
    first, second = story.state.certificates
    assert (first.valid_from, first.valid_from_latest) == (date(2015, 1, 1), date(2015, 12, 31))
    assert (first.expires_on_earliest, first.expires_on) == (date(2018, 1, 1), date(2018, 12, 31))
    assert (second.valid_from, second.start_basis) == (date(2018, 1, 1), "old_expiry")
    assert (second.expires_on_earliest, second.expires_on) == (
        date(2021, 11, 1),
        date(2021, 11, 1),
    )
    assert (first.estimated, second.estimated) == (True, True)
    assert statuses(story, date(2021, 10, 31), date(2021, 11, 1)) == [
        Status.VALID,
        Status.EXPIRED,
    ]


def test_de_smokkelhoek_is_known_by_its_end_alone(given: Given) -> None:
    story = given(register(on=""), fact("expiry", "2019"))
    (certificate,) = story.state.certificates
    assert (certificate.valid_from, certificate.expires_on) == (None, date(2020, 1, 1))
    assert statuses(story, date(2012, 1, 1), date(2019, 12, 31), date(2020, 1, 1)) == [
        Status.UNKNOWN,
        Status.UNKNOWN,
        Status.EXPIRED,
    ]
    assert kinds(story.state) == [IrregularityKind.EXPIRY_WITHOUT_CERTIFICATE]
    assert story.state.step is Step.REGISTERED


def test_an_undated_recertification_leaves_the_status_unknown(
    given: Given, book: SchemeBook
) -> None:
    story = given(register(on=""), fact("recertification", "", level="2e ster"))
    (certificate,) = story.state.certificates
    assert (certificate.valid_from, certificate.expires_on) == (None, None)
    assert statuses(story, date(2005, 1, 1), date(2026, 1, 1)) == [Status.UNKNOWN] * 2
    assert deadlines(story.state, book) == ()
    assert level_names(story.state.certificates, book) == [("2nd star", False)]
    assert IrregularityKind.DATE_UNKNOWN in kinds(story.state)


def test_what_is_known_for_a_day_is_not_overruled_by_an_undated_renewal(given: Given) -> None:
    story = given(register(on=""), fact("award", "2019-10-10"), fact("recertification", ""))
    assert statuses(story, date(2022, 10, 9), date(2022, 10, 10)) == [
        Status.VALID,
        Status.UNKNOWN,
    ]
    held = certificate_on(story.state.certificates, date(2022, 10, 10))
    assert held is not None
    assert held.number == 2


def test_nuenen_signs_the_covenant_after_the_audit(given: Given) -> None:
    told = (
        fact("kickoff", "2022"),
        fact("audit", "2023-10", outcome="positive"),
        fact("covenant", "2023-11-09"),
        fact("award", "2023-11-09"),
    )
    steps = [given(register(on=""), *told[: count + 1]).state.step for count in range(4)]
    assert steps == [Step.KICKOFF, Step.AWARD, Step.AWARD, Step.EVALUATION]
    story = given(register(on=""), *told)
    assert kinds(story.state) == []
    assert statuses(story, date(2026, 11, 8), date(2026, 11, 9)) == [
        Status.VALID,
        Status.EXPIRED,
    ]


def test_winkelerzand_renews_late_and_the_gap_is_counted(given: Given) -> None:
    story = given(register(on=""), fact("award", "2012"), fact("recertification", "2016-11-25"))
    first, second = story.state.certificates
    assert first.expires_on == date(2014, 12, 31)
    assert (second.valid_from, second.gap_days) == (date(2016, 11, 25), 695)
    assert IrregularityKind.LATE_RENEWAL in kinds(story.state)
    assert statuses(story, date(2015, 6, 1), date(2016, 11, 25)) == [
        Status.EXPIRED,
        Status.VALID,
    ]
