"""Can a page be used by keyboard alone? Tab from its top to its end, and look at every stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.web.browser.watched import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_SCRIPT: Final = (Path(__file__).parent / "scripts/keyboard.js").read_text("utf-8")
_NOWHERE: Final = -2
_PARTS: Final = 10
"""A field of a date has stops of its own for day, month, year and the picker."""


def check_keyboard(page: Page, *, most: int = 300) -> None:
    """Assert that Tab visits all that can be used, in the order of the page, visibly.

    The first stop leads to the contents; none is a trap, none is under 24 px (links in running
    text may be), none lies under something else. Of a long page the first `most` are visited.
    """
    page.evaluate(_SCRIPT)
    there: int = page.evaluate("kvobKeyboard.begin()")
    wrong: list[str] = page.evaluate("kvobKeyboard.order()")
    visited: list[int] = []
    for number, told_of_it in _stops(page, min(there, most)):
        if number is not None:
            visited.append(number)
        wrong += told_of_it
    if visited != sorted(visited):
        wrong.append(f"the order of the stops is not that of the page: {visited}")
    for number in sorted(set(range(min(there, most))) - set(visited)):
        wrong.append(f"cannot be reached: {page.evaluate('kvobKeyboard.shown', number)}")
    assert not wrong, told(f"{page.url} cannot be used by keyboard", wrong)


def _stops(page: Page, most: int) -> Iterator[tuple[int | None, list[str]]]:
    """The number of each stop that is one of those expected, with what is wrong with it."""
    seen: set[int] = set()
    before: tuple[int, str] | None = None
    stays = 0
    # A scroller that the browser itself makes a stop of is not among those expected.
    for _ in range(most * 2 + _PARTS):
        if len(seen) == most:
            return
        page.keyboard.press("Tab")
        number, has_parts, shown = page.evaluate("kvobKeyboard.now()")
        stays = stays + 1 if (number, shown) == before else 0
        before = number, shown
        if number == _NOWHERE or (number in seen and not stays):
            return
        if stays > (_PARTS if has_parts else 0):
            yield None, [f"holds the focus: {shown}"]
            return
        if number >= 0 and not stays:
            seen.add(number)
            yield number, page.evaluate("(number) => kvobKeyboard.judge(number)", number)
