"""Can the texts in pictures be read? Each against what is painted under it, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from tests.web.browser.watched import Scheme, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

_SCRIPT: Final = (Path(__file__).parent / "scripts/contrast.js").read_text("utf-8")
_BOTH: Final[tuple[Scheme, ...]] = get_args(Scheme)


def check_picture_contrast(page: Page, *, schemes: Sequence[Scheme] = _BOTH) -> None:
    """Assert that each visible <text> has a contrast of 4.5 (large: 3) at each of its letters.

    A text that is covered, that its picture cuts off, or under which is no plain colour, is wrong
    too. The page is left in the last scheme.
    """
    wrong: list[str] = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found: list[str] = page.evaluate(_SCRIPT)
        wrong += [f"{scheme}: {one}" for one in found]
    assert not wrong, told(f"texts in pictures of {page.url} cannot be read", wrong)
