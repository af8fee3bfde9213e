"""What became of each row? The four counts add up to the rows; every refused row is named."""

from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from kvob_domain.errors import KvobError
from kvob_domain.words import Language, Text


class RejectedRow(NamedTuple):
    """A row that was refused. `row` is the number of its first line in the file, from 1."""

    row: int
    error: KvobError


class Notice(NamedTuple):
    """Something about the file as a whole that the reader should know; no row was lost by it."""

    code: str
    text: Text


class RejectedDict(TypedDict):
    """A refused row in JSON."""

    row: int
    code: str
    message: str


class ReportDict(TypedDict):
    """The report in JSON."""

    rows: int
    accepted: int
    remarks: int
    duplicates: int
    rejected: list[RejectedDict]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of an import, or of its dry run.

    `rows` counts what follows the header, without empty rows. `estates` counts the estates and
    groups that the rows speak of, known before or not.
    """

    rows: int
    accepted: int
    remarks: int
    duplicates: int
    rejected: tuple[RejectedRow, ...]
    notices: tuple[Notice, ...] = ()
    estates: int = 0
    dry_run: bool = False

    def as_dict(self, language: Language = "en") -> ReportDict:
        """The report as `kvob import --json` prints it."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "remarks": self.remarks,
            "duplicates": self.duplicates,
            "rejected": [
                {"row": row, "code": error.code, "message": error.message(language)}
                for row, error in self.rejected
            ],
        }


def columns_unknown(names: tuple[str, ...]) -> Notice:
    """The file has columns that are not read."""
    listed = ", ".join(names)
    return Notice(
        "columns-unknown",
        Text(
            f"Deze kolommen zijn niet gelezen: {listed}.", f"These columns were not read: {listed}."
        ),
    )


def rows_empty(count: int) -> Notice:
    """The file has rows of which every field is empty."""
    return Notice(
        "rows-empty",
        Text(f"Lege rijen overgeslagen: {count}.", f"Empty rows passed over: {count}."),
    )


def rows_personal(count: int) -> Notice:
    """Free text of the file seems to hold e-mail addresses or telephone numbers."""
    return Notice(
        "rows-personal",
        Text(
            "Rijen waarvan de vrije tekst een e-mailadres of telefoonnummer lijkt te bevatten: "
            f"{count}. Die tekst blijft voorgoed leesbaar.",
            "Rows of which the free text seems to hold an e-mail address or telephone number: "
            f"{count}. That text stays readable for good.",
        ),
    )


NO_ROWS = Notice(
    "rows-none",
    Text(
        "Onder de kopregel staan geen rijen; er is niets geïmporteerd.",
        "There are no rows below the header; nothing was imported.",
    ),
)
