"""Is every screen right in every way that a browser can tell? Light and dark, in both languages.

A new screen is looked at by itself; one whose path asks for more than an estate is named in
`EXAMPLES`. Photographs of all of them: `make screens`.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.request import Request, urlopen

import pytest

from kvob_domain.mandates import Scope
from kvob_workflow.web.screens import ALL_SCREENS
from tests.web.browser.axe_rules import check_axe
from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.keyboard import check_keyboard
from tests.web.browser.loading import check_no_layout_shift, check_weight, photograph
from tests.web.browser.pictures import check_picture_contrast
from tests.web.browser.reflow import check_reflow
from tests.web.browser.watched import Scheme

EXAMPLES: Final[dict[str, str]] = {
    "/estates/{estate}/explain/{field:path}": "/estates/{estate}/explain/board.status",
    "/estates/{estate}/history/{version}": "/estates/{estate}/history/15",
    "/do/{command}": "/do/register_estate",
    "/estates/{estate}/do/{command}": "/estates/{estate}/do/adopt_plan",
    "/operation/projections/{name}": "/operation/projections/board",
    "/operation/rebuilds": "/operation/rebuilds?plan=1",
    "/several": "/several?estate={estate}&command=record_walk_round",
}
"""What to open for a path that asks for more than an estate; may have a query."""

LOOKED_AT: Final = sorted({one.path for one in ALL_SCREENS if one.method == "GET"})
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
PATIENCE: Final = 10


def opened(path: str, board: Board) -> str:
    """The address of an example of a screen."""
    filled = EXAMPLES.get(path, path).replace("{estate}", board.estate)
    filled = filled.replace("{webhook}", board.webhook)
    assert "{" not in filled, f"EXAMPLES names nothing to open for {path}"
    return board.origin + filled


def in_english(url: str) -> str:
    """The same page in English."""
    return f"{url}{'&' if '?' in url else '?'}lang=en"


def everything(board: Board) -> dict[str, str]:
    """The cookie of somebody who may see and do all."""
    return board.badge(scopes=Scope)


def page_at(path: str, board: Board) -> str:
    """The address of an example of a screen; the test is left out where it is no page."""
    url = opened(path, board)
    cookie = "; ".join(f"{name}={value}" for name, value in everything(board).items())
    asked = Request(url, headers={"Accept": "text/html", "Cookie": cookie})
    with urlopen(asked, timeout=PATIENCE) as answer:
        kind = answer.headers.get_content_type()
    if kind != "text/html":
        pytest.skip(f"{path} is no page: {kind}")
    return url


@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_screen_is_accessible_in_both_schemes_and_languages(
    path: str, board_world: Board, visit: Visit
) -> None:
    url = page_at(path, board_world)
    watched = visit(url, cookies=everything(board_world))
    for language, address in (("nl", url), ("en", in_english(url))):
        page = watched.open(address)
        for scheme in SCHEMES:
            assert check_axe(page, scheme=scheme, language=language) == []
        check_picture_contrast(page)
    watched.settled()


@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_screen_fits_loads_well_and_needs_no_mouse(
    path: str, board_world: Board, visit: Visit
) -> None:
    url = page_at(path, board_world)
    watched = visit(url, cookies=everything(board_world))
    check_no_layout_shift(watched.page)
    check_weight(watched.page)
    check_reflow(watched.page)
    check_keyboard(watched.page)
    watched.settled()


@pytest.mark.screens
@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_screen_is_photographed(path: str, board_world: Board, visit: Visit) -> None:
    url = page_at(path, board_world)
    name = re.sub(r"[^a-z0-9]+", "-", path).strip("-") or "today"
    wide = visit(url, cookies=everything(board_world))
    for scheme in SCHEMES:
        wide.page.emulate_media(color_scheme=scheme)
        assert photograph(wide.page, f"{name}-{scheme}").stat().st_size > 0
    wide.page.set_viewport_size({"width": 320, "height": 640})
    photograph(wide.page, f"{name}-narrow")
    wide.settled()
