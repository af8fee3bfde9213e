"""What the tests in a browser share: the browser, pages that are watched, and the board.

On a machine without a Chromium or without axe-core these tests are left out; with CI set they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

import pytest

from tests.web.browser.axe_rules import axe_source
from tests.web.browser.board import Board, board
from tests.web.browser.chromium import Chromium, NotInstalled
from tests.web.browser.watched import Scheme, Watched, context_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

_HERE: Final = Path(__file__).parent
_CHROMIUM: Final = Chromium()


class Visit(Protocol):
    """Opens an address in a context without memory, and gives the page that is watched."""

    def __call__(
        self,
        url: str,
        *,
        cookies: dict[str, str] | None = None,
        scheme: Scheme = "light",
        language: str = "nl",
        javascript: bool = True,
        width: int = 1280,
        height: int = 900,
        expect: tuple[int, ...] = (),
    ) -> Watched: ...


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Closes the browser before a test elsewhere, which may want an event loop of its own."""
    if nextitem is None or not nextitem.path.is_relative_to(_HERE):
        _CHROMIUM.close()


def left_out(reason: str) -> NoReturn:
    """Say that a test cannot run here; in CI that is a failure."""
    said = f"NOT LOOKED AT in a browser: {reason}"
    if os.environ.get("CI"):
        pytest.fail(said, pytrace=False)
    pytest.skip(said)


@pytest.fixture
def chromium() -> Browser:
    """The browser of this process."""
    try:
        axe_source()
        return _CHROMIUM.started()
    except NotInstalled as reason:
        left_out(str(reason))


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens pages; their contexts go with the test."""
    contexts: list[BrowserContext] = []

    def visit(
        url: str,
        *,
        cookies: dict[str, str] | None = None,
        scheme: Scheme = "light",
        language: str = "nl",
        javascript: bool = True,
        width: int = 1280,
        height: int = 900,
        expect: tuple[int, ...] = (),
    ) -> Watched:
        context = context_of(
            chromium,
            cookies=cookies,
            scheme=scheme,
            language=language,
            javascript=javascript,
            width=width,
            height=height,
        )
        contexts.append(context)
        watched = Watched(context).expect(*expect)
        watched.open(url)
        return watched

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def board_world() -> Iterator[Board]:
    """A full board, for tests that only look."""
    with board() as made:
        yield made


@pytest.fixture
def own_board() -> Iterator[Board]:
    """A full board of its own, for a test that changes something."""
    with board() as made:
        yield made
