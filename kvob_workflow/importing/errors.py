"""Why can a file not be read at all? Nothing of it was imported, unless the message says so.

KvobError
├── Unavailable
│   └── ImportInterrupted        the store failed after some rows were taken in
└── Invalid
    ├── ImportFileMissing        there is no such file
    ├── ImportFileUnreadable     a folder, a device, no permission, a failing disk
    ├── ImportFileNotText        a binary file; a workbook where only CSV is read
    ├── ImportFileNotUtf8        another encoding; names the byte and the line
    ├── ImportFileEmpty          nothing in it, not even a header
    ├── ImportHeaderUnreadable   the first line is endless or its quotes do not match
    ├── ImportColumnsMissing     required columns are absent
    ├── ImportColumnsRepeated    a column occurs twice
    ├── of workbooks             kvob_workflow.importing.workbooks.errors
    └── RowInvalid               one row is refused (kvob_workflow.importing.row_errors)
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, KvobError, Unavailable
from kvob_domain.words import Language


@dataclass(eq=False)
class ImportInterrupted(Unavailable):
    """The store failed, or somebody was faster, after `rows` rows had been taken in."""

    code: ClassVar[str] = "import-interrupted"
    nl: ClassVar[str] = (
        "{cause} Daarvoor waren er al {rows} rijen opgenomen; verhelp dit en importeer het "
        "bestand opnieuw, wat er al staat wordt herkend."
    )
    en: ClassVar[str] = (
        "{cause} {rows} rows were taken in before that; mend this and import the file again, "
        "what is there is recognised."
    )
    rows: int
    cause: KvobError

    def message(self, language: Language = "en") -> str:
        """The cause in the language asked for, and what is left of the import."""
        template = self.nl if language == "nl" else self.en
        return template.format(cause=self.cause.message(language), rows=self.rows)


@dataclass(eq=False)
class ImportFileMissing(Invalid):
    """There is no such file."""

    code: ClassVar[str] = "import-file-missing"
    nl: ClassVar[str] = "Het bestand {path} bestaat niet. Verbeter de naam of de map."
    en: ClassVar[str] = "The file {path} does not exist. Correct its name or folder."
    path: str


@dataclass(eq=False)
class ImportFileUnreadable(Invalid):
    """The system does not let the file be read; `reason` is in its words."""

    code: ClassVar[str] = "import-file-unreadable"
    nl: ClassVar[str] = (
        "{path} kan niet worden gelezen ({reason}). Noem een gewoon bestand waarvoor deze "
        "gebruiker leesrecht heeft, of - voor standaardinvoer."
    )
    en: ClassVar[str] = (
        "{path} cannot be read ({reason}). Name a regular file that this user may read, "
        "or - for standard input."
    )
    path: str
    reason: str


@dataclass(eq=False)
class ImportFileNotText(Invalid):
    """The contents are not text."""

    code: ClassVar[str] = "import-file-not-text"
    nl: ClassVar[str] = (
        "Dit is geen tekstbestand met een leesbare kopregel: het lijkt een werkmap (xlsx) of een "
        "ander binair bestand. Open het in Excel en kies Opslaan als, 'CSV UTF-8'."
    )
    en: ClassVar[str] = (
        "This is not a text file with a readable header: it looks like a workbook (xlsx) or "
        "another binary file. Open it in Excel and choose Save as, 'CSV UTF-8'."
    )


@dataclass(eq=False)
class ImportFileNotUtf8(Invalid):
    """A byte does not fit the encoding. `offset` counts bytes from 0, `line` lines from 1."""

    code: ClassVar[str] = "import-file-not-utf8"
    nl: ClassVar[str] = (
        "Byte {offset} (op regel {line}, waarde {value}) past niet in de codering {encoding}; het "
        "bestand is waarschijnlijk als Windows-1252 (ANSI) opgeslagen. Kies in Excel Opslaan als, "
        "'CSV UTF-8', en importeer het opnieuw. Wat al was opgenomen, wordt dan herkend."
    )
    en: ClassVar[str] = (
        "Byte {offset} (on line {line}, value {value}) does not fit the encoding {encoding}; the "
        "file was probably saved as Windows-1252 (ANSI). In Excel choose Save as, 'CSV UTF-8', and "
        "import it again. What was taken in before is recognised then."
    )
    offset: int
    line: int
    value: str
    encoding: str


@dataclass(eq=False)
class ImportFileEmpty(Invalid):
    """There is not even a header."""

    code: ClassVar[str] = "import-file-empty"
    nl: ClassVar[str] = "Het bestand is leeg. Zet op de eerste regel de kolomnamen: {columns}."
    en: ClassVar[str] = "The file is empty. Put the column names on the first line: {columns}."
    columns: tuple[str, ...]


@dataclass(eq=False)
class ImportHeaderUnreadable(Invalid):
    """The header line has no end, or a quote in it has none."""

    code: ClassVar[str] = "import-header-unreadable"
    nl: ClassVar[str] = (
        "De kopregel (regel {line}) is langer dan {limit} tekens, of de aanhalingstekens erin "
        "sluiten niet. Zet de kolomnamen op één regel: {columns}."
    )
    en: ClassVar[str] = (
        "The header (line {line}) is longer than {limit} characters, or its quotes do not match. "
        "Put the column names on one line: {columns}."
    )
    line: int
    limit: int
    columns: tuple[str, ...]


@dataclass(eq=False)
class ImportColumnsMissing(Invalid):
    """Required columns are absent."""

    code: ClassVar[str] = "import-columns-missing"
    nl: ClassVar[str] = (
        "De kopregel mist deze kolommen: {missing}. Gelezen is: {found}. "
        "Scheid kolommen met een komma, puntkomma of tab."
    )
    en: ClassVar[str] = (
        "The header lacks these columns: {missing}. It was read as: {found}. "
        "Separate columns by comma, semicolon or tab."
    )
    missing: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(eq=False)
class ImportColumnsRepeated(Invalid):
    """A column occurs twice, so it is unclear which one counts."""

    code: ClassVar[str] = "import-columns-repeated"
    nl: ClassVar[str] = (
        "Deze kolommen staan meer dan eens in de kopregel: {repeated}. "
        "Hernoem of verwijder de overtollige."
    )
    en: ClassVar[str] = (
        "These columns occur more than once in the header: {repeated}. "
        "Rename or remove the superfluous ones."
    )
    repeated: tuple[str, ...]
