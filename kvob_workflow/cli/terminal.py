"""Who reads the output: a person at a terminal, or a file or program?"""

from __future__ import annotations

import shutil
import sys
from typing import Final

WIDEST: Final = 160
"""Lines longer than this are hard to follow, however wide the window."""


# What a terminal would obey instead of show: control characters but the line break, and the
# controls that turn the direction of text around.
_OBEYED: Final = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0))),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    ord("\t"): " ",
    ord("\n"): "\n",
}


def harmless(text: str) -> str:
    """The text without what a terminal would obey; line breaks stay, a tab becomes a space."""
    return text.translate(_OBEYED)


def on_terminal() -> bool:
    """Whether a person sees what is said beside the data."""
    return sys.stderr.isatty()


def at_terminal() -> bool:
    """Whether a person reads the output and can type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def error_width() -> int | None:
    """The columns for messages on a terminal; None where nothing should be wrapped."""
    if not sys.stderr.isatty():
        return None
    return min(shutil.get_terminal_size().columns, 100)


def output_width() -> int | None:
    """The columns for tables on a terminal; None where every row must stay one line."""
    if not sys.stdout.isatty():
        return None
    return min(shutil.get_terminal_size().columns, WIDEST)
