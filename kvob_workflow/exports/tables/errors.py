"""Why can no table be written?

KvobError
├── Unavailable
│   └── TablesNotInstalled    the extra that writes workbooks is not installed
└── Invalid
    └── TableTooLong          more rows than a sheet holds
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, Unavailable


@dataclass(eq=False)
class TablesNotInstalled(Unavailable):
    """The package XlsxWriter is missing."""

    code: ClassVar[str] = "tables-not-installed"
    nl: ClassVar[str] = (
        "Een tabel als xlsx vraagt een extra: pip install 'kvob_workflow[xlsx]'. Als CSV gaat het "
        "ook zonder."
    )
    en: ClassVar[str] = (
        "A table as xlsx takes an extra: pip install 'kvob_workflow[xlsx]'. As CSV it works "
        "without too."
    )


@dataclass(eq=False)
class TableTooLong(Invalid):
    """A sheet holds no more than `limit` rows."""

    code: ClassVar[str] = "table-too-long"
    nl: ClassVar[str] = (
        "Een blad van een werkmap heeft plaats voor {limit} rijen; dit zijn er meer. Kies CSV, of "
        "filter de lijst."
    )
    en: ClassVar[str] = (
        "A sheet of a workbook has room for {limit} rows; these are more. Choose CSV, or filter "
        "the list."
    )
    limit: int
