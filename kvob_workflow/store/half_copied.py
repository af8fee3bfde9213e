"""When is a store only half a copy? From the first row of `kvob store copy` until the last check.

Its schema number then stands above every real one, so that releases that do not know this mark
refuse it as well. Read next: `kvob_workflow.moving`.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from kvob_workflow.errors import StoreUnavailable

UNDER_WAY: Final = 1_000_000
"""Added to the number of the store's schema for as long as a copy into it is under way."""


@dataclass(eq=False)
class StoreHalfCopied(StoreUnavailable):
    """A copy into this store was not finished; it is no store before it is."""

    code: ClassVar[str] = "store-half-copied"
    nl: ClassVar[str] = (
        "{store} is nog maar half gekopieerd ({reason}) en wordt niet geopend. Herhaal "
        "'kvob store copy' met dezelfde adressen: de kopie gaat verder waar zij was."
    )
    en: ClassVar[str] = (
        "{store} is only half copied ({reason}) and is not opened. Repeat 'kvob store copy' with "
        "the same addresses: the copy goes on where it was."
    )


def check_whole(number: int, store: str) -> None:
    """Refuses a schema number that says that a copy is under way.

    Raises:
        StoreHalfCopied: it does.
    """
    if number >= UNDER_WAY:
        raise StoreHalfCopied(store, f"schema {number - UNDER_WAY}")
