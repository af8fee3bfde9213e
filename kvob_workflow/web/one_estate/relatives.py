"""Which groups does an estate belong to, and which estates belong to a group?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.errors import NotFound
from kvob_domain.mandates import OutOfReach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_domain.ids import EstateId
    from kvob_workflow.web.asking import Ask


@dataclass(frozen=True, slots=True)
class Relative:
    """Another estate or group, as it is called today."""

    name: str
    municipality: str
    href: str


def relatives_of(ask: Ask, ids: Iterable[EstateId]) -> tuple[tuple[Relative, ...], int]:
    """Those within reach by name, and how many are not."""
    found: list[Relative] = []
    hidden = 0
    for one in ids:
        try:
            row = ask.desk.board_row(one)
        except (NotFound, OutOfReach):
            hidden += 1
        else:
            href = ask.links.to(f"/estates/{one}")
            found.append(Relative(row.estate, row.municipality, href))
    return tuple(sorted(found, key=lambda one: one.name.casefold())), hidden
