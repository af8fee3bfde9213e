"""What can an estate that is there lack?

KvobError
└── NotFound
    ├── CovenantNotThere      no covenant was signed
    └── PartNotThere          no measure, cycle, certificate or event of that name
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import NotFound


@dataclass(eq=False)
class CovenantNotThere(NotFound):
    """No covenant of this estate is on record."""

    code: ClassVar[str] = "covenant-not-there"
    nl: ClassVar[str] = (
        "Van {estate} is geen convenant vastgelegd. Wat ontbreekt, staat bij 'evidence'."
    )
    en: ClassVar[str] = "No covenant of {estate} is on record. 'evidence' says what is missing."
    estate: str


@dataclass(eq=False)
class PartNotThere(NotFound):
    """The estate is there, and has nothing of this kind by that name or number."""

    code: ClassVar[str] = "part-not-there"
    nl: ClassVar[str] = "{estate} heeft geen '{name}' onder '{kind}'. Vraag eerst die lijst op."
    en: ClassVar[str] = "{estate} has no '{name}' among its '{kind}'. Ask for that list first."
    estate: str
    kind: str
    name: str
