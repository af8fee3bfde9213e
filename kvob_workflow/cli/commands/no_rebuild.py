"""What is said where there is no rebuild to cancel, to finish or to show?

KvobError
└── NotFound
    └── RebuildMissing   nothing is being built, or no rebuild has that number
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from kvob_domain.errors import NotFound
from kvob_domain.words import Text


@dataclass(eq=False)
class RebuildMissing(NotFound):
    """The rebuild that the command is about is not there. `problem` says which, and what to do."""

    code: ClassVar[str] = "rebuild-missing"
    nl: ClassVar[str] = "{problem}"
    en: ClassVar[str] = "{problem}"
    problem: Text


NOTHING_TO_CANCEL: Final = Text(
    "Er wordt geen overzicht herbouwd; er is niets af te breken.",
    "No rebuild is being built; there is nothing to cancel.",
)
NOTHING_TO_RESUME: Final = Text(
    "Er is geen herbouw die is afgebroken; er is niets af te maken. 'kvob projection rebuild "
    "--all' begint er een.",
    "No rebuild was broken off; there is nothing to finish. 'kvob projection rebuild --all' begins "
    "one.",
)
NONE_YET: Final = Text(
    "Hier is nog niets herbouwd. Met --compare wordt niets bewaard: wat het vindt, toont het zelf.",
    "Nothing was rebuilt here yet. With --compare nothing is kept: it shows itself what it finds.",
)


def number_missing(number: int, newest: int) -> RebuildMissing:
    """There is no rebuild of that number."""
    return RebuildMissing(
        Text(
            f"Er is geen herbouw {number}; de laatste is {newest}. Met --compare wordt niets "
            "bewaard.",
            f"There is no rebuild {number}; the last one is {newest}. With --compare nothing is "
            "kept.",
        )
    )
