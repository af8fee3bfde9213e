"""What the shipped scheme files say: which edition holds when, with which values, by whom."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kvob_domain.parties import PartyRole
from kvob_domain.scheme import Edition, Policy, SchemeBook, Sourced, Terms

EDITIONS = ["kvo-b-2.0", "kvo-2008", "kvo-2008-v2", "kvo-3.1", "kvo-4.0"]


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    """The text of each file by its name without the ending."""
    folder = root / "domain" / "kvob_domain" / "schemes"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}


@pytest.fixture(scope="module")
def book(texts: dict[str, str]) -> SchemeBook:
    """The book of the files that we ship."""
    editions = [text for name, text in texts.items() if name != "practice"]
    return SchemeBook.parse(editions, texts["practice"])


def holders(book: SchemeBook) -> Iterator[Edition | Policy]:
    """Every edition, then the policy."""
    yield from book.editions
    yield book.policy


def known_value(value: Sourced[int] | None) -> int:
    """The number, where there must be one."""
    assert value is not None
    return value.value


def test_every_file_is_read_and_bears_the_name_of_its_id(
    book: SchemeBook, texts: dict[str, str]
) -> None:
    assert [edition.id for edition in book.editions] == EDITIONS
    assert {holder.id for holder in holders(book)} == set(texts)
    assert book.policy.id == "practice"


def test_every_value_and_remark_names_a_public_page_or_document(book: SchemeBook) -> None:
    for holder in holders(book):
        sources = [
            source
            for _, value in holder.terms.known()
            for source in (value.source, *value.more_sources)
        ]
        sources += [remark.source for remark in holder.remarks]
        if isinstance(holder, Edition):
            sources.append(holder.in_force_from.source)
        assert sources
        for source in sources:
            assert source.startswith(("http://", "https://")), (holder.id, source)


def test_an_inferred_value_of_the_terms_is_explained_in_a_remark(book: SchemeBook) -> None:
    for holder in holders(book):
        explained = {remark.about for remark in holder.remarks}
        for name, value in holder.terms.known():
            assert value.certainty != "inferred" or name in explained, (holder.id, name)


def test_every_title_and_remark_is_written_in_dutch_and_in_english(book: SchemeBook) -> None:
    for holder in holders(book):
        for text in (holder.title, *(remark.text for remark in holder.remarks)):
            assert text.nl
            assert text.en
            assert text.nl != text.en


def test_no_value_that_nobody_confirms_is_set_and_a_remark_says_so(book: SchemeBook) -> None:
    unknown = {
        "covenant_before_renewal",
        "suspension_limit_months",
        "retention_years",
        "corrective_action_months",
        "extension_approval",
        "target_days",
    }
    explained = {remark.about for remark in book.policy.remarks}
    for edition in EDITIONS:
        known = {name for name, _ in book.terms(edition).known()}
        assert known == set(Terms.model_fields) - unknown
    assert unknown <= explained


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2000, 1, 1), None),
        (date(2003, 11, 26), None),
        (date(2003, 11, 27), "kvo-b-2.0"),
        (date(2007, 11, 21), "kvo-b-2.0"),
        (date(2007, 11, 22), "kvo-2008"),
        (date(2012, 12, 2), "kvo-2008"),
        (date(2012, 12, 3), "kvo-2008-v2"),
        (date(2014, 12, 31), "kvo-2008-v2"),
        (date(2015, 1, 1), "kvo-3.1"),
        (date(2024, 2, 29), "kvo-3.1"),
        (date(2024, 3, 1), "kvo-4.0"),
        (date(2026, 11, 23), "kvo-4.0"),
    ],
)
def test_the_edition_in_force_on_a_day(book: SchemeBook, day: date, expected: str | None) -> None:
    found = book.in_force_on(day)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("edition", "start", "end"),
    [
        ("kvo-b-2.0", "2003-11-27", None),
        ("kvo-2008", "2007-11-22", "2012-12-03"),
        ("kvo-2008-v2", "2012-12-03", "2015-01"),
        ("kvo-3.1", "2015-01", "2024-03-01"),
        ("kvo-4.0", "2024-03-01", None),
    ],
)
def test_each_edition_s_span(book: SchemeBook, edition: str, start: str, end: str | None) -> None:
    found = book.edition(edition)
    until = found.in_force_until
    assert found.in_force_from.value.text == start
    assert (until.value.text if until else None) == end


def test_decided_before_2015_is_two_years_and_since_then_three(book: SchemeBook) -> None:
    years = {edition: known_value(book.terms(edition).validity_years) for edition in EDITIONS}
    assert list(years.values()) == [2, 2, 2, 3, 3]


def test_the_term_of_4_0_is_marked_as_inferred(book: SchemeBook) -> None:
    years = book.terms("kvo-4.0").validity_years
    assert years is not None
    assert (years.certainty, years.holder) == ("inferred", "kvo-4.0")


@pytest.mark.parametrize(
    ("edition", "holder"),
    [
        ("kvo-b-2.0", "practice"),
        ("kvo-2008", "kvo-2008"),
        ("kvo-2008-v2", "practice"),
        ("kvo-3.1", "kvo-3.1"),
        ("kvo-4.0", "practice"),
    ],
)
def test_the_ladder_is_the_same_everywhere_but_who_confirms_it_is_not(
    book: SchemeBook, edition: str, holder: str
) -> None:
    terms = book.terms(edition)
    assert terms.levels is not None
    assert terms.ladder() == ("Basis Samenwerken", "Continu Samenwerken")
    assert terms.levels.holder == holder
    assert len(terms.star_ladder()) == 5
    assert terms.level_aliases is not None
    assert terms.level_aliases.value["Continue Samenwerken"] == "Continu Samenwerken"


def test_what_practice_asks_stands_in_the_policy_alone(book: SchemeBook) -> None:
    terms = book.terms("kvo-3.1")
    assert terms.survey_response_percent is not None
    assert terms.survey_response_percent.value == Decimal(30)
    assert terms.survey_response_percent.holder == "practice"
    assert known_value(terms.measures_done) == 4
    assert known_value(terms.renewal_start_months) == 6
    assert terms.reminder_months is not None
    assert terms.reminder_months.value == (9, 6, 3)
    assert terms.walk_rounds is not None
    assert terms.walk_rounds.value == ("day", "dark")
    assert terms.covenant_before is not None
    assert (terms.covenant_before.value, terms.covenant_before.certainty) == ("award", "inferred")
    assert terms.parties is not None
    assert set(terms.parties.value) == {
        PartyRole.ENTREPRENEURS,
        PartyRole.MUNICIPALITY,
        PartyRole.POLICE,
        PartyRole.FIRE_BRIGADE,
    }


def test_evidence_and_evaluation_are_asked_for_under_every_edition(book: SchemeBook) -> None:
    for edition in EDITIONS:
        terms = book.terms(edition)
        for asked in (
            terms.figures_required,
            terms.goals_required,
            terms.audit_required,
            terms.yearly_evaluation,
        ):
            assert asked is not None
            assert asked.value is True


def test_the_transition_rule_of_4_0_is_named_as_unread(book: SchemeBook) -> None:
    remarks = [remark.text.en for remark in book.edition("kvo-4.0").remarks]
    assert any("transition rule" in remark for remark in remarks)
