"""How do keys of machines look? One line each: whose it is, what it may, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table
from kvob_workflow.clock import civil_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.store.api_keys import ApiKey

_NOTHING: Final = Text("Er zijn geen sleutels voor machines.", "There are no keys for machines.")
_ADVICE: Final = Text(
    "Maak er een met 'kvob key add NAAM --for-role ROL'.",
    "Make one with 'kvob key add NAME --for-role ROLE'.",
)


def draw_keys(screen: Screen, keys: Sequence[ApiKey], now: datetime) -> None:
    """The keys, the oldest first."""
    if not keys:
        phrases.nothing(screen, _NOTHING, _ADVICE)
        return
    columns = [
        Column(screen.choose("Kenmerk", "Id"), fixed=True),
        Column(screen.choose("Naam", "Name")),
        Column(screen.choose("Rol", "Role")),
        Column(screen.choose("Bereikt", "Reaches")),
        Column(screen.choose("Stand", "Standing"), fixed=True),
        Column(screen.choose("Gebruikt", "Used"), fixed=True),
    ]
    draw_table(screen, columns, [Section(None, [_row(screen, one, now) for one in keys])])


def _row(screen: Screen, key: ApiKey, now: datetime) -> Row:
    used = key.last_used_on
    return [
        cell(key.id),
        cell(key.label),
        cell(screen.words(key.role.words)),
        cell(_reached(screen, key)),
        cell(_standing(screen, key, now), "" if key.is_live(now) else "dim"),
        cell("" if used is None else used.isoformat(), "dim"),
    ]


def _standing(screen: Screen, key: ApiKey, now: datetime) -> str:
    if key.revoked_at is not None:
        return screen.choose("ingetrokken", "revoked")
    day = civil_day(key.expires_at)
    if key.is_live(now):
        return screen.choose(f"tot {day}", f"until {day}")
    return screen.choose(f"verlopen {day}", f"expired {day}")


def _reached(screen: Screen, key: ApiKey) -> str:
    if key.reach.everywhere:
        return screen.choose("alles", "everything")
    return ", ".join([*sorted(bond.text for bond in key.reach.bonds), *sorted(key.reach.estates)])
