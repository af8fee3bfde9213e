"""How is a day written of which only the year, or the month, is known?

`PartialDate` keeps what the source says and gives the earliest and the latest day that it can
mean. Term arithmetic on whole days is in `kvob_domain.terms`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import ClassVar, Final, Literal, final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kvob_domain.errors import Invalid

Precision = Literal["day", "month", "year", "unknown"]

# A certification mark of 1998 has no dates outside these; a year typed as 0219 or 20119 has.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_PATTERN: Final = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
_FORM: Final = re.compile(_PATTERN)
# As narrow as a pattern can be: the years from 1900 to 2199, and no thirteenth month.
_SCHEMA_PATTERN: Final = r"^((19|2[01])[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"
_SHOWN: Final = 40  # characters of refused input that an error repeats
_UNDATED: Final = (date.max.toordinal(), date.max.toordinal())
# 300 years hold 113,000 texts; a history of estates holds some 8,000 of them (22 years of days).
_REMEMBERED: Final = 16_384


@dataclass(eq=False)
class PartialDateMalformed(Invalid):
    """The text is not a day, a month, a year or empty, or no such day exists."""

    code: ClassVar[str] = "partial-date-malformed"
    nl: ClassVar[str] = (
        "'{text}' is geen datum. Schrijf een dag (2019-10-10), een maand (2019-10), een jaar "
        "(2019, van 1900 tot en met 2199) of niets als de datum onbekend is."
    )
    en: ClassVar[str] = (
        "'{text}' is not a date. Write a day (2019-10-10), a month (2019-10), a year "
        "(2019, from 1900 to 2199) or nothing when the date is unknown."
    )
    text: str


@final
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month, a year, or nothing known; ordered by earliest day, the exact one first.

    Raises:
        PartialDateMalformed: when the day does not exist, a part is missing before a known
            one, or the year is outside 1900-2199.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    text: str = field(init=False, repr=False, compare=False)
    """What a person writes: "2019-10-10", "2019-10", "2019" or "" when unknown."""
    earliest: date | None = field(init=False, repr=False, compare=False)
    """The first day that it can mean; None when unknown."""
    latest: date | None = field(init=False, repr=False, compare=False)
    """The last day that it can mean, inclusive; None when unknown."""

    def __post_init__(self) -> None:
        """Work out text and bounds once: folding an estate asks for them again and again."""
        text = _written(self.year, self.month, self.day)
        earliest, latest = _bounds(self.year, self.month, self.day, text)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)

    @staticmethod
    def parse(text: str) -> "PartialDate":
        """The partial date written in `text`; nothing is trimmed or guessed.

        Raises:
            PartialDateMalformed: when `text` has another form, or no such day exists.
        """
        return _parsed(text)

    @staticmethod
    def of(day: date) -> "PartialDate":
        """The exact `day`.

        Raises:
            PartialDateMalformed: when its year is outside 1900-2199.
        """
        return _exactly(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "unknown" if self.year is None else "year"

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.day is not None

    @property
    def is_known(self) -> bool:
        """Whether anything is known, at least the year."""
        return self.year is not None

    def exact(self) -> date | None:
        """The day, or None when only a month, a year or nothing is known."""
        return self.earliest if self.day is not None else None

    @property
    def sort_key(self) -> tuple[int, int]:
        """Ordinals of the earliest and the latest day; unknown sorts after every date."""
        if self.earliest is None or self.latest is None:
            return _UNDATED
        return self.earliest.toordinal(), self.latest.toordinal()

    def __lt__(self, other: "PartialDate") -> bool:
        return self.sort_key < other.sort_key

    def __le__(self, other: "PartialDate") -> bool:
        return self.sort_key <= other.sort_key

    def __gt__(self, other: "PartialDate") -> bool:
        return self.sort_key > other.sort_key

    def __ge__(self, other: "PartialDate") -> bool:
        return self.sort_key >= other.sort_key

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Validate from text, `date` or `PartialDate`; dump as text in Python and in JSON."""
        return core_schema.no_info_plain_validator_function(
            _validated,
            serialization=core_schema.plain_serializer_function_ser_schema(
                _text_of, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A string; the pattern cannot say which days exist."""
        return {
            "type": "string",
            "title": "PartialDate",
            "description": "A day, a month, a year, or empty when unknown.",
            "pattern": _SCHEMA_PATTERN,
            "examples": ["2019-10-10", "2019-10", "2019", ""],
        }


def _written(year: int | None, month: int | None, day: int | None) -> str:
    """The text form; a part after a missing one shows as '-??', for the refusal to repeat."""
    if day is not None:
        return f"{_four(year)}-{_two(month)}-{day:02d}"
    if month is not None:
        return f"{_four(year)}-{month:02d}"
    return "" if year is None else f"{year:04d}"


def _four(year: int | None) -> str:
    return "????" if year is None else f"{year:04d}"


def _two(month: int | None) -> str:
    return "??" if month is None else f"{month:02d}"


def _bounds(
    year: int | None, month: int | None, day: int | None, text: str
) -> tuple[date | None, date | None]:
    if year is None:
        if month is None and day is None:
            return None, None
        raise PartialDateMalformed(text)
    if not FIRST_YEAR <= year <= LAST_YEAR or (month is None and day is not None):
        raise PartialDateMalformed(text)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return _bounds_in_month(year, month, day, text)


def _bounds_in_month(year: int, month: int, day: int | None, text: str) -> tuple[date, date]:
    try:
        first = date(year, month, 1 if day is None else day)
    except ValueError:
        raise PartialDateMalformed(text) from None
    if day is not None:
        return first, first
    return first, date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=_REMEMBERED)
def _parsed(text: str) -> PartialDate:
    if text == "":
        return UNKNOWN_DATE
    # Other scripts' digits and a trailing line break do not match; `int` would take the former.
    found = _FORM.fullmatch(text)
    if found is None:
        raise PartialDateMalformed(_shown(text))
    year, month, day = found.groups()
    return PartialDate(
        int(year), None if month is None else int(month), None if day is None else int(day)
    )


@lru_cache(maxsize=_REMEMBERED)
def _exactly(year: int, month: int, day: int) -> PartialDate:
    return PartialDate(year, month, day)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _text_of(value: PartialDate) -> str:
    return value.text


def _validated(value: object) -> PartialDate:
    """What pydantic calls; an instant is refused, since its day depends on the time zone."""
    try:
        if isinstance(value, str):
            return _parsed(value)
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, date) and not isinstance(value, datetime):
            return PartialDate.of(value)
        raise PartialDateMalformed(_shown(repr(value)))
    except PartialDateMalformed as refusal:
        raise PydanticCustomError(
            "partial-date-malformed",
            "{en}",
            {"en": refusal.message("en"), "nl": refusal.message("nl"), "text": refusal.text},
        ) from None


UNKNOWN_DATE: Final = PartialDate()
"""The date of which nothing is known."""
