"""What does the register say of one certificate on one day, and when does it not know?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kvob_domain.estate.certificate_status import (
    CertificateStatus,
    certificate_of,
    certificate_status,
)
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.values import FactKind, PastFact, Provenance
from kvob_domain.ids import (
    CertificateId,
    CertificateIdMalformed,
    EstateId,
    parse_certificate_id,
)
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Scenario
from tests.domain.asking import ESTATE, Given, award, up_to

KNOWN = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fact(kind: FactKind, on: str, **more: object) -> RecordPastFact:
    told = {"kind": kind, "on": PartialDate.parse(on), "provenance": Provenance(source="a page")}
    return RecordPastFact(estate=ESTATE, fact=PastFact.model_validate({**told, **more}))


def asked(story: Scenario, book: SchemeBook, day: date, number: int = 1) -> CertificateStatus:
    state = story.state
    return certificate_status(state, state.certificates[number - 1], day, KNOWN, book)


@pytest.mark.parametrize(
    ("day", "status", "valid"),
    [
        (date(2021, 6, 2), Status.NONE, False),
        (date(2021, 6, 3), Status.VALID, True),
        (date(2024, 6, 2), Status.VALID, True),
        (date(2024, 6, 3), Status.EXPIRED, False),
        (date(2099, 1, 1), Status.EXPIRED, False),
    ],
)
def test_it_is_valid_from_its_first_to_its_last_day_and_no_day_more(
    given: Given, book: SchemeBook, day: date, status: Status, valid: bool
) -> None:
    found = asked(given(*up_to(Step.AWARD), award(date(2021, 6, 3))), book, day)
    assert (found.status, found.valid) == (status, valid)
    assert (found.valid_from, found.last_valid_day) == (date(2021, 6, 3), date(2024, 6, 2))
    assert (found.on, found.known_at, found.mark) == (day, KNOWN, "KVO-B")
    assert (found.level, found.level_derived) == ("Basis Samenwerken", True)


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2018, 12, 31), False),
        (date(2019, 1, 1), None),
        (date(2019, 12, 30), None),
        (date(2019, 12, 31), True),
        (date(2021, 12, 31), True),
        (date(2022, 1, 1), None),
        (date(2022, 12, 30), None),
        (date(2022, 12, 31), False),
    ],
)
def test_where_a_source_gives_a_year_the_days_that_depend_on_it_are_not_known(
    given: Given, book: SchemeBook, day: date, valid: bool | None
) -> None:
    found = asked(given(fact(FactKind.AWARD, "2019")), book, day)
    assert found.valid is valid
    assert found.estimated


def test_of_an_undated_certificate_nobody_knows_and_that_is_not_a_no(
    given: Given, book: SchemeBook
) -> None:
    found = asked(given(fact(FactKind.AWARD, "")), book, date(2026, 1, 1))
    assert (found.status, found.valid) == (Status.UNKNOWN, None)
    assert (found.valid_from, found.last_valid_day) == (None, None)


def test_a_renewed_certificate_names_the_one_that_followed_it(
    given: Given, book: SchemeBook
) -> None:
    story = given(fact(FactKind.AWARD, "2016-05-01"), fact(FactKind.RECERTIFICATION, "2019-05-01"))
    before, after = (asked(story, book, date(2020, 1, 1), number) for number in (1, 2))
    assert (before.status, before.valid) == (Status.EXPIRED, False)
    assert before.followed_by == after.certificate_id
    assert (after.valid, after.followed_by) == (True, None)
    assert asked(story, book, date(2018, 1, 1), 1).followed_by is None
    assert asked(story, book, date(2018, 1, 1), 2).status is Status.NONE


def test_an_earlier_certificate_that_becomes_known_moves_the_number_and_not_the_id(
    given: Given, book: SchemeBook
) -> None:
    story = given(fact(FactKind.AWARD, "2019-05-01"))
    before = asked(story, book, date(2020, 1, 1))
    told = story.given(fact(FactKind.AWARD, "2012-05-01"))
    after = asked(told, book, date(2020, 1, 1), 2)
    assert (before.certificate_number, after.certificate_number) == (1, 2)
    assert before.certificate_id == after.certificate_id
    assert certificate_of(told.state, parse_certificate_id(before.certificate_id or "").version)


def test_an_estate_without_a_certificate_has_none_and_is_not_valid(
    given: Given, book: SchemeBook
) -> None:
    found = certificate_status(given().state, None, date(2026, 1, 1), KNOWN, book)
    assert (found.status, found.valid, found.certificate_id) == (Status.NONE, False, None)


def test_the_id_of_a_certificate_comes_back_as_it_was_written() -> None:
    identity = CertificateId(EstateId("0" * 31 + "f"), 12)
    assert parse_certificate_id(str(identity)) == identity


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "0" * 32,
        f"{'0' * 32}-",
        f"{'0' * 32}-0",
        f"{'0' * 32}-01",
        f"{'0' * 32}-1\n",
        f"{'F' * 32}-1",
        f"{'0' * 32}-12345678901",
        f"{'0' * 31}-1",
        f"{'0' * 32}-\N{FULLWIDTH DIGIT ONE}",
    ],
)
def test_anything_else_is_no_id_of_a_certificate(text: str) -> None:
    with pytest.raises(CertificateIdMalformed):
        parse_certificate_id(text)
