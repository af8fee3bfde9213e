"""Who reads the output: a person at a terminal, or a file or program?"""

from __future__ import annotations

import shutil
import sys
from typing import Final

WIDEST: Final = 160
"""Lines longer than this are hard to follow, however wide the window."""


def on_terminal() -> bool:
    """Whether a person sees what is said beside the data."""
    return sys.stderr.isatty()


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
