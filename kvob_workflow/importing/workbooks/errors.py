"""Why can a workbook not be read? Nothing of it was imported.

KvobError
├── Unavailable
│   └── WorkbooksNotInstalled      the extra that reads workbooks is not installed
└── Invalid
    ├── ImportWorkbookUnreadable   damaged, or no workbook at all
    ├── ImportWorkbookOld          XLS or XLSB, which are not read
    ├── ImportWorkbookLocked       it has a password
    ├── ImportWorkbookTooLarge     more than is read, packed or unpacked
    ├── ImportSheetUnknown         it has no sheet of that name
    └── RowInvalid
        └── RowCellFailed          a formula of the row gives an error
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, Unavailable
from kvob_workflow.importing.row_errors import RowInvalid


@dataclass(eq=False)
class WorkbooksNotInstalled(Unavailable):
    """The package python-calamine is missing."""

    code: ClassVar[str] = "workbooks-not-installed"
    nl: ClassVar[str] = (
        "Werkmappen lezen vraagt een extra: pip install 'kvob_workflow[xlsx]'. Zonder gaat het "
        "ook: kies in Excel Opslaan als, 'CSV UTF-8'."
    )
    en: ClassVar[str] = (
        "Reading workbooks takes an extra: pip install 'kvob_workflow[xlsx]'. It works without "
        "too: in Excel choose Save as, 'CSV UTF-8'."
    )


@dataclass(eq=False)
class ImportWorkbookUnreadable(Invalid):
    """It looks like a workbook and is none, or it is damaged; `reason` is for whoever made it."""

    code: ClassVar[str] = "import-workbook-unreadable"
    nl: ClassVar[str] = (
        "Dit is geen leesbare werkmap ({reason}). Open het bestand in Excel of LibreOffice en sla "
        "het op als xlsx, ods of 'CSV UTF-8'."
    )
    en: ClassVar[str] = (
        "This is not a readable workbook ({reason}). Open the file in Excel or LibreOffice and "
        "save it as xlsx, ods or 'CSV UTF-8'."
    )
    reason: str


@dataclass(eq=False)
class ImportWorkbookOld(Invalid):
    """A binary workbook: XLS or XLSB."""

    code: ClassVar[str] = "import-workbook-old"
    nl: ClassVar[str] = (
        "Werkmappen van het soort xls en xlsb worden niet gelezen. Kies in Excel Opslaan als, "
        "'Excel-werkmap (xlsx)' of 'CSV UTF-8'."
    )
    en: ClassVar[str] = (
        "Workbooks of the kinds xls and xlsb are not read. In Excel choose Save as, "
        "'Excel Workbook (xlsx)' or 'CSV UTF-8'."
    )


@dataclass(eq=False)
class ImportWorkbookLocked(Invalid):
    """The workbook is encrypted."""

    code: ClassVar[str] = "import-workbook-locked"
    nl: ClassVar[str] = (
        "Deze werkmap is versleuteld met een wachtwoord. Haal het wachtwoord weg (Excel: Bestand, "
        "Info, Werkmap beveiligen) en bied haar opnieuw aan."
    )
    en: ClassVar[str] = (
        "This workbook is encrypted with a password. Take the password away (Excel: File, Info, "
        "Protect Workbook) and offer it again."
    )


@dataclass(eq=False)
class ImportWorkbookTooLarge(Invalid):
    """More than is read; `what` says of what: bytes, cells or characters."""

    code: ClassVar[str] = "import-workbook-too-large"
    nl: ClassVar[str] = (
        "Deze werkmap is te groot (meer dan {limit} {what}). Verwijder opmaak en lege rijen en "
        "kolommen buiten de tabel, of sla het blad op als 'CSV UTF-8', waar geen grens aan zit."
    )
    en: ClassVar[str] = (
        "This workbook is too large (more than {limit} {what}). Remove formats and empty rows and "
        "columns outside the table, or save the sheet as 'CSV UTF-8', which has no bound."
    )
    limit: int
    what: str


@dataclass(eq=False)
class ImportSheetUnknown(Invalid):
    """There is no sheet of that name; `known` are those with cells."""

    code: ClassVar[str] = "import-sheet-unknown"
    nl: ClassVar[str] = "De werkmap heeft geen blad '{sheet}'. Kies uit: {known}."
    en: ClassVar[str] = "The workbook has no sheet '{sheet}'. Choose from: {known}."
    sheet: str
    known: tuple[str, ...]


@dataclass(eq=False)
class RowCellFailed(RowInvalid):
    """A cell of the row shows an error instead of a value, such as #REF!."""

    code: ClassVar[str] = "row-cell-failed"
    nl: ClassVar[str] = (
        "Cel {cell} bevat de fout {value}. Herstel de formule, of zet er de waarde zelf neer."
    )
    en: ClassVar[str] = (
        "Cell {cell} holds the error {value}. Mend the formula, or put the value itself there."
    )
    cell: str
    value: str
