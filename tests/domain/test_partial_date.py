"""How a day, month or year is read, bounded, ordered and kept."""

import copy
import pickle
from calendar import monthrange
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kvob_domain.partial_date import UNKNOWN_DATE, PartialDate, PartialDateMalformed

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
texts = st.one_of(
    st.just(""),
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
)


class Fact(BaseModel):
    """A model with a date that may be partly known."""

    model_config = ConfigDict(frozen=True, strict=True)

    on: PartialDate


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2019-10-10", date(2019, 10, 10), date(2019, 10, 10), "day"),
        ("2020-02-29", date(2020, 2, 29), date(2020, 2, 29), "day"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month"),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28), "month"),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31), "month"),
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year"),
        ("1900", date(1900, 1, 1), date(1900, 12, 31), "year"),
        ("2199-12-31", date(2199, 12, 31), date(2199, 12, 31), "day"),
        ("", None, None, "unknown"),
    ],
)
def test_a_text_gives_the_earliest_and_latest_day_that_it_can_mean(
    text: str, earliest: date | None, latest: date | None, precision: str
) -> None:
    read = PartialDate.parse(text)
    assert (read.earliest, read.latest, read.precision) == (earliest, latest, precision)
    assert read.text == str(read) == text


def test_only_a_day_is_exact_and_only_the_empty_text_is_unknown() -> None:
    kinds = [PartialDate.parse(text) for text in ("2019-10-10", "2019-10", "2019", "")]
    assert [kind.is_exact for kind in kinds] == [True, False, False, False]
    assert [kind.is_known for kind in kinds] == [True, True, True, False]
    assert [kind.exact() for kind in kinds] == [date(2019, 10, 10), None, None, None]
    assert kinds[-1] == UNKNOWN_DATE == PartialDate()


@pytest.mark.parametrize(
    "text",
    [
        *("2019-02-30", "2019-02-29", "2019-13", "2019-00", "2019-10-00", "2019-10-32"),
        *("0000", "1899", "1899-12-31", "2200", "2200-01", "9999-12-31"),
        *("19-1-1", "19", "2019-1", "2019-1-1", "2019-10-1", "2019-", "2019-10-", "-2019", "+2019"),
        *(" ", " 2019", "2019 ", "2019\n", "2019-10-10\n", "2019-10-10T00:00:00"),
        *("10-10-2019", "10/10/2019", "2019/10", "20191010", "okt 2019", "unknown", "None"),
        "\uff12\uff10\uff11\uff19",  # full-width digits
        "\u0662\u0660\u0661\u0669",  # Arabic digits
        "2019\u201010",  # a typographic hyphen
        "2019-10-10-10",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PartialDateMalformed) as refused:
        PartialDate.parse(text)
    assert refused.value.code == "partial-date-malformed"
    assert text in refused.value.message("nl")
    assert "2019-10" in refused.value.message("nl"), "it says what to write instead"
    assert "2019-10" in refused.value.message("en"), "it says what to write instead"


def test_a_refusal_repeats_only_the_beginning_of_a_long_text() -> None:
    with pytest.raises(PartialDateMalformed) as refused:
        PartialDate.parse("9" * 1_000_000)
    assert len(refused.value.message("en")) < 300


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (None, 10, None),
        (None, None, 10),
        (None, 10, 10),
        (2019, None, 10),
        (2019, 2, 30),
        (0, 1, 1),
    ],
)
def test_no_value_can_be_made_that_has_no_text(
    year: int | None, month: int | None, day: int | None
) -> None:
    with pytest.raises(PartialDateMalformed):
        PartialDate(year, month, day)


@given(day=days)
def test_every_day_can_be_written_and_read_back(day: date) -> None:
    exact = PartialDate.of(day)
    assert exact.earliest == exact.latest == exact.exact() == day
    assert exact == PartialDate.parse(day.isoformat()) == PartialDate(day.year, day.month, day.day)


@given(day=days)
def test_every_month_runs_from_its_first_to_its_last_day(day: date) -> None:
    month = PartialDate(day.year, day.month)
    assert month.earliest == day.replace(day=1)
    assert month.latest == day.replace(day=monthrange(day.year, day.month)[1])


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_a_day_outside_the_years_is_refused(day: date) -> None:
    with pytest.raises(PartialDateMalformed):
        PartialDate.of(day)


@given(text=texts)
def test_equal_texts_are_equal_values(text: str) -> None:
    read, copied = PartialDate.parse(text), copy.deepcopy(PartialDate.parse(text))
    assert read == copied == pickle.loads(pickle.dumps(read))
    assert hash(read) == hash(copied)
    assert copied.text == text
    assert (copied.earliest, copied.latest) == (read.earliest, read.latest)


def test_a_month_is_not_equal_to_its_first_day() -> None:
    assert PartialDate.parse("2019-10") != PartialDate.parse("2019-10-01")


def test_order_is_by_earliest_day_then_the_more_exact_then_unknown() -> None:
    in_order = ["2018", "2019-01-01", "2019-01", "2019", "2019-01-02", "2019-02", ""]
    read = [PartialDate.parse(text) for text in in_order]
    assert [value.text for value in sorted(reversed(read))] == in_order


@given(one=texts, other=texts)
def test_order_is_total_and_agrees_with_equality(one: str, other: str) -> None:
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    assert (first < second) + (first == second) + (first > second) == 1
    assert (first <= second) == (first < second or first == second)
    assert (first >= second) == (second <= first)


@given(text=texts)
def test_a_model_keeps_the_text_in_strict_json(text: str) -> None:
    fact = Fact(on=PartialDate.parse(text))
    assert fact.model_dump(mode="json") == fact.model_dump() == {"on": text}
    assert Fact.model_validate_json(fact.model_dump_json()) == fact
    assert Fact.model_validate(fact.model_dump()) == fact


def test_a_model_reads_text_and_day_and_partial_date() -> None:
    read = TypeAdapter(PartialDate)
    expected = PartialDate(2019, 10, 10)
    for given_value in ("2019-10-10", date(2019, 10, 10), expected):
        assert read.validate_python(given_value) == expected


@pytest.mark.parametrize(
    "value", ["2019-13", 2019, None, 2019.0, datetime(2019, 10, 10, tzinfo=UTC), b"2019", ["2019"]]
)
def test_a_model_refuses_what_is_no_date_in_both_languages(value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Fact.model_validate({"on": value})
    (problem,) = refused.value.errors()
    assert problem["type"] == "partial-date-malformed"
    assert problem["loc"] == ("on",)
    assert "not a date" in problem["msg"]
    assert "geen datum" in problem.get("ctx", {})["nl"]


def test_the_json_schema_is_a_string_with_the_pattern_of_the_text_form() -> None:
    schema = TypeAdapter(PartialDate).json_schema()
    assert schema["type"] == "string"
    assert schema == TypeAdapter(PartialDate).json_schema(mode="serialization")
