"""How does a text stand in a spreadsheet without being run by it?"""

from __future__ import annotations

from typing import Final

# A spreadsheet takes a text that begins so for a formula, and runs it.
_FORMULA: Final = tuple("=+-@\t\r\n")


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
