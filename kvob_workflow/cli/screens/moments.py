"""How does a screen say which two moments it shows? In its heading, where it is not the present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.clock import AMSTERDAM

if TYPE_CHECKING:
    from datetime import date, datetime

    from kvob_workflow.cli.screens.screen import Screen


def told_moments(screen: Screen, on: date | None, known_at: datetime | None, today: date) -> None:
    """The heading of an answer about the past; nothing for the present as it is known now."""
    if known_at is None and (on is None or on >= today):
        return
    screen.heading(moments(screen, on or today, known_at))


def moments(screen: Screen, on: date, known_at: datetime | None) -> str:
    """A day, and the instant at which it was known so, in the time of Amsterdam."""
    stand = screen.choose(f"Stand op {on}", f"As it stood on {on}")
    return f"{stand}, {known(screen, known_at)}"


def known(screen: Screen, known_at: datetime | None) -> str:
    """As known now, or at an instant."""
    if known_at is None:
        return screen.choose("zoals nu bekend", "as known now")
    local = known_at.astimezone(AMSTERDAM)
    text = f"{local:%Y-%m-%d %H:%M:%S}"
    return screen.choose(f"zoals bekend op {text}", f"as known at {text}")


def instant(at: datetime | None) -> str:
    """An instant to the second in the time of Amsterdam, with its zone; nothing for none."""
    return "" if at is None else f"{at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S %Z}"
