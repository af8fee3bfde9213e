"""Why is one row refused, while the others go on? All are `RowInvalid` (tree: `errors`).

RowInvalid
├── RowTooLong, RowQuotesUnbalanced, RowsSwallowed, RowFieldsExcess    its form
├── RowFieldMissing, RowFieldTooLong, RowCharacterInvalid              a field of it
├── RowValueUnknown, RowDateMalformed, RowCycleInvalid                 what a field says
└── RowEndsBeforeBegin, RowRefused                                     what it says as a whole

The engine adds refusals of the domain, such as a date in the future.
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid


class RowInvalid(Invalid):
    """One row is refused."""

    code: ClassVar[str] = "row-invalid"


@dataclass(eq=False)
class RowTooLong(RowInvalid):
    """The line is longer than any row can be; it was passed over without reading it whole."""

    code: ClassVar[str] = "row-too-long"
    nl: ClassVar[str] = (
        "Deze rij is langer dan {limit} tekens. Kort de toelichting in, of herstel ontbrekende "
        "regeleinden."
    )
    en: ClassVar[str] = (
        "This row is longer than {limit} characters. Shorten its note, or restore missing line "
        "ends."
    )
    limit: int


@dataclass(eq=False)
class RowQuotesUnbalanced(RowInvalid):
    """A quote is not closed, or text follows a closing quote."""

    code: ClassVar[str] = "row-quotes-unbalanced"
    nl: ClassVar[str] = (
        "De aanhalingstekens in deze rij kloppen niet. Sluit elk veld dat met een aanhalingsteken "
        "begint, en verdubbel aanhalingstekens binnen een veld."
    )
    en: ClassVar[str] = (
        "The quotes of this row do not match. Close each field that begins with a quote, and "
        "double the quotes inside a field."
    )


@dataclass(eq=False)
class RowsSwallowed(RowInvalid):
    """Too many rows have unbalanced quotes to try each following line again."""

    code: ClassVar[str] = "rows-swallowed"
    nl: ClassVar[str] = (
        "Een aanhalingsteken in deze rij sluit niet, zoals in te veel andere rijen; tot en met "
        "regel {until} is niets gelezen. Sla het bestand opnieuw op als 'CSV UTF-8'."
    )
    en: ClassVar[str] = (
        "A quote in this row is not closed, as in too many other rows; nothing was read up to and "
        "including line {until}. Save the file again as 'CSV UTF-8'."
    )
    until: int


@dataclass(eq=False)
class RowFieldsExcess(RowInvalid):
    """The row has more fields than the header has columns."""

    code: ClassVar[str] = "row-fields-excess"
    nl: ClassVar[str] = (
        "Deze rij heeft {found} velden, de kopregel {expected} kolommen. Zet tekst waarin het "
        "scheidingsteken voorkomt tussen aanhalingstekens."
    )
    en: ClassVar[str] = (
        "This row has {found} fields, the header {expected} columns. Put text that holds the "
        "separator between quotes."
    )
    found: int
    expected: int


@dataclass(eq=False)
class RowFieldMissing(RowInvalid):
    """A field that every row needs is empty."""

    code: ClassVar[str] = "row-field-missing"
    nl: ClassVar[str] = "De kolom '{column}' is leeg; elke rij heeft die nodig. Vul haar in."
    en: ClassVar[str] = "The column '{column}' is empty; every row needs it. Fill it in."
    column: str


@dataclass(eq=False)
class RowFieldTooLong(RowInvalid):
    """A field holds more text than is kept."""

    code: ClassVar[str] = "row-field-too-long"
    nl: ClassVar[str] = (
        "De kolom '{column}' telt {length} tekens; bewaard worden er ten hoogste {limit}. "
        "Kort haar in."
    )
    en: ClassVar[str] = (
        "The column '{column}' holds {length} characters; at most {limit} are kept. Shorten it."
    )
    column: str
    length: int
    limit: int


@dataclass(eq=False)
class RowCharacterInvalid(RowInvalid):
    """A control character, or half of a character, that no text holds."""

    code: ClassVar[str] = "row-character-invalid"
    nl: ClassVar[str] = (
        "Deze rij bevat een teken dat in geen tekst hoort ({character}). Verwijder het, of sla "
        "het bestand opnieuw op als 'CSV UTF-8'."
    )
    en: ClassVar[str] = (
        "This row holds a character that belongs in no text ({character}). Remove it, or save "
        "the file again as 'CSV UTF-8'."
    )
    character: str


@dataclass(eq=False)
class RowValueUnknown(RowInvalid):
    """A column with a fixed list of words holds another word."""

    code: ClassVar[str] = "row-value-unknown"
    nl: ClassVar[str] = (
        "De kolom '{column}' kent '{text}' niet. Kies een van: {known}, of laat haar leeg waar "
        "dat mag."
    )
    en: ClassVar[str] = (
        "The column '{column}' does not know '{text}'. Choose one of: {known}, or leave it empty "
        "where that is allowed."
    )
    column: str
    text: str
    known: tuple[str, ...]


@dataclass(eq=False)
class RowDateMalformed(RowInvalid):
    """The text is not a date as this project writes them; Excel likes to rewrite dates."""

    code: ClassVar[str] = "row-date-malformed"
    nl: ClassVar[str] = (
        "'{text}' in kolom '{column}' is geen datum. Schrijf jaar-maand-dag (2019-10-10), "
        "jaar-maand (2019-10), een jaar (2019) of niets. Heeft Excel de datum omgezet, geef de "
        "kolom dan eerst de opmaak Tekst."
    )
    en: ClassVar[str] = (
        "'{text}' in column '{column}' is not a date. Write year-month-day (2019-10-10), "
        "year-month (2019-10), a year (2019) or nothing. If Excel has rewritten the date, give "
        "the column the format Text first."
    )
    column: str
    text: str


@dataclass(eq=False)
class RowCycleInvalid(RowInvalid):
    """The number of the trajectory is not a small whole number."""

    code: ClassVar[str] = "row-cycle-invalid"
    nl: ClassVar[str] = "'{text}' is geen cyclus. Schrijf een getal van 1 tot en met 999, of niets."
    en: ClassVar[str] = "'{text}' is not a cycle. Write a number from 1 to 999, or nothing."
    text: str


@dataclass(eq=False)
class RowEndsBeforeBegin(RowInvalid):
    """A certificate cannot end before it was given."""

    code: ClassVar[str] = "row-ends-before-begin"
    nl: ClassVar[str] = (
        "De laatste geldige dag ({valid_to}) ligt voor de datum ({date}). Verbeter een van beide."
    )
    en: ClassVar[str] = (
        "The last valid day ({valid_to}) is before the date ({date}). Correct one of the two."
    )
    date: str
    valid_to: str


@dataclass(eq=False)
class RowRefused(RowInvalid):
    """The domain's own check of a value says no, in its words."""

    code: ClassVar[str] = "row-refused"
    nl: ClassVar[str] = "De rij is geweigerd: {reason}. Verbeter haar en importeer opnieuw."
    en: ClassVar[str] = "The row was refused: {reason}. Correct it and import again."
    reason: str
