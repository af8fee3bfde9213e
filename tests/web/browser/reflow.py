"""Does a page fit on a telephone, and at 200 %, without scrolling sideways? WCAG 1.4.4, 1.4.10."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.web.browser.watched import told

if TYPE_CHECKING:
    from playwright.sync_api import Page

_SCRIPT: Final = (Path(__file__).parent / "scripts/reflow.js").read_text("utf-8")
NARROW: Final = 320
TWICE: Final = 640
"""What is left, in CSS pixels, of a window of 1280 that shows everything twice as large."""


def check_reflow(page: Page) -> None:
    """Assert that nothing is cut off and only what is marked `data-scrolls` scrolls sideways.

    What is marked so is a table or picture that needs two dimensions: a region with a label that
    the keyboard reaches. The window has its own size again afterwards.
    """
    before = page.viewport_size
    wrong: list[str] = []
    for width in (NARROW, TWICE):
        page.set_viewport_size({"width": width, "height": 512})
        found: list[str] = page.evaluate(_SCRIPT)
        wrong += [f"at {width} px, {one}" for one in found]
    if before is not None:
        page.set_viewport_size(before)
    assert not wrong, told(f"{page.url} does not fit", wrong)
