"""Which rule gave a field its value, and who says so? Beside the events, the scheme.

The rows of the views carry their rules themselves: a deadline its anchor and rule, a
certificate on what its first and last day rest, a requirement the refusal that explains it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.estate.certificates import Certificate, certificate_on
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines.explained import explained
from kvob_domain.estate.ground import terms_under
from kvob_domain.estate.requirements import missing
from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.terms import add_years, last_valid_day
from kvob_domain.words import Text
from kvob_projections.board import BoardRow
from kvob_projections.deadlines import DueRow
from kvob_projections.explained import SeenRow
from kvob_projections.register import RegisterRow

PERIOD_FIELDS: Final = frozenset(
    {
        "status",
        "valid_from",
        "expires_on",
        "last_valid_day",
        "estimated",
        "start_basis",
        "end_basis",
    }
)
LEVEL_FIELDS: Final = frozenset({"level", "level_derived"})
NEXT_DUE_FIELDS: Final = frozenset({"next_due_on", "next_due_kind"})
_START: Final[dict[str, Text]] = {
    "stated": Text(
        "De eerste geldige dag {day} staat in het besluit of de bron.",
        "The first valid day {day} is stated by the decision or the source.",
    ),
    "decision": Text(
        "De eerste geldige dag {day} is de dag van het besluit.",
        "The first valid day {day} is the day of the decision.",
    ),
    "award": Text(
        "De eerste geldige dag {day} is die van de toekenning; de bron noemt geen andere.",
        "The first valid day {day} is that of the award; the source states no other.",
    ),
    "old_expiry": Text(
        "De eerste geldige dag {day} sluit aan op het einde van het vorige certificaat.",
        "The first valid day {day} follows the end of the certificate before it.",
    ),
    "unknown": Text("De eerste geldige dag is niet bekend.", "The first valid day is not known."),
}
_END: Final[dict[str, Text]] = {
    "stated": Text(
        "Geldig t/m {last}: die dag noemt het besluit of de bron.",
        "Valid until {last}: the decision or the source states that day.",
    ),
    "expiry_fact": Text(
        "Geldig t/m {last}: die dag noemt de bron van het verlopen.",
        "Valid until {last}: the source of the expiry states that day.",
    ),
    "computed": Text(
        "Geldig t/m {last}: de geldigheidsduur van de schemaversie, vanaf {day}.",
        "Valid until {last}: the term that the scheme edition gives, from {day}.",
    ),
    "unknown": Text("De laatste geldige dag is niet bekend.", "The last valid day is not known."),
}
_OF_YEARS: Final = Text(
    "Geldig t/m {last}: {years} jaar vanaf {day}, volgens de schemaversie.",
    "Valid until {last}: {years} years from {day}, by the scheme edition.",
)
_LADDER: Final = Text(
    "Niemand noemt het niveau; het volgt uit de ladder van de schemaversie.",
    "Nobody states the level; it follows from the ladder of the scheme edition.",
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule behind a value; `holder` is the edition or policy that says so, `source` where.

    Both are empty where no scheme value was applied.
    """

    rule: str
    says: Text
    holder: str = ""
    source: str = ""


def rulings(
    estate: Estate, book: SchemeBook, day: date, row: SeenRow, field: str
) -> tuple[Ruling, ...]:
    """The rules behind one field of one row, as it shows on a civil day in the Netherlands."""
    if isinstance(row, DueRow):
        return (_of_deadline(row),)
    if not isinstance(row, BoardRow | RegisterRow):
        return ()
    held = certificate_on(estate.certificates, day)
    if held is not None and field in PERIOD_FIELDS:
        return tuple(_of_period(held, book))
    if held is not None and field in LEVEL_FIELDS and row.level_derived:
        return tuple(_of_level(held, book))
    return tuple(_of_requirements(estate, book)) if field == "missing" else ()


def _of_deadline(row: DueRow) -> Ruling:
    says = explained(
        DeadlineKind(row.kind),
        row.rule,
        row.anchor_on,
        row.computed_on,
        row.due_on,
        row.estimated,
        row.reason,
        row.holder,
    )
    return Ruling(row.rule, says, row.holder, row.source)


def _of_period(held: Certificate, book: SchemeBook) -> Iterator[Ruling]:
    begin, end = held.valid_from, held.expires_on
    told = {"day": str(begin), "last": "" if end is None else str(last_valid_day(end))}
    yield Ruling(f"start:{held.start_basis}", _filled(_START[held.start_basis], told))
    years = terms_under(book, held.edition).validity_years
    if (
        held.end_basis == "computed"
        and years is not None
        and begin is not None
        and add_years(begin, years.value) == end
    ):
        says = _filled(_OF_YEARS, {**told, "years": str(years.value)})
        yield Ruling(f"validity_years:{years.value}", says, years.holder, years.source)
    else:
        yield Ruling(f"end:{held.end_basis}", _filled(_END[held.end_basis], told))


def _of_level(held: Certificate, book: SchemeBook) -> Iterator[Ruling]:
    terms = terms_under(book, held.edition)
    for name, ladder in (("levels", terms.levels), ("stars", terms.stars)):
        if ladder is not None:
            yield Ruling(name, _LADDER, ladder.holder, ladder.source)


def _of_requirements(estate: Estate, book: SchemeBook) -> Iterator[Ruling]:
    for one in missing(estate, terms_under(book, estate.edition)):
        told = one.refusal.fields()
        says = Text(one.refusal.message("nl"), one.refusal.message("en"))
        holder, source = told.get("holder", ""), told.get("source", "")
        yield Ruling(one.code.value, says, str(holder), str(source))


def _filled(words: Text, told: dict[str, str]) -> Text:
    return Text(words.nl.format_map(told), words.en.format_map(told))
