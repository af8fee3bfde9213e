"""Is a page accessible, as far as a machine can tell? axe-core, with every rule up to WCAG 2.2 AA.

axe-core (Mozilla Public License 2.0) comes from npm with the lock in `axe/`; it is used by the
tests alone. `make test` installs it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.web.browser.chromium import NotInstalled
from tests.web.browser.watched import Scheme, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Page

_SOURCE: Final = Path(__file__).parents[3] / ".bench/axe/node_modules/axe-core/axe.min.js"
_IN_PICTURE: Final = re.compile(r" \| <(?:text|tspan)\b")
# Signs such as a tick are judged as letters are, and so is a text of a single letter.
_STRICTER: Final = """
    const contrast = axe._audit.checks["color-contrast"];
    const options = { ...contrast.options, ignoreUnicode: false, ignoreLength: true };
    axe.configure({ checks: [{ id: "color-contrast", options }] });
"""
_OPTIONS: Final = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22a",
            "wcag22aa",
            "best-practice",
        ],
    },
    "resultTypes": ["violations", "incomplete"],
    "preload": False,  # style sheets are the page's own, and nothing more is asked for
}


def axe_source() -> Path:
    """The checker's file.

    Raises:
        NotInstalled: it has not been installed.
    """
    if not _SOURCE.is_file():
        raise NotInstalled("axe-core is not installed: make .bench/axe/installed")
    return _SOURCE


@cache
def _source() -> str:
    return axe_source().read_text("utf-8")


def check_axe(page: Page, *, scheme: Scheme, language: str) -> list[str]:
    """Assert that the page breaks no rule in this scheme, and says that it is in this language.

    Returns what axe could not decide about contrast, one line each; the texts inside pictures, of
    which it can decide none, are those of `check_picture_contrast`.
    """
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    said = page.locator("html").get_attribute("lang")
    assert said == language, f"{page.url} says lang={said!r} where {language!r} was asked"
    # Evaluated by the debugger, to which the security policy of the page does not apply.
    page.evaluate(f"() => {{ if (!window.axe) {{ {_source()}; {_STRICTER} }} }}")
    found: Mapping[str, Any] = page.evaluate("(options) => axe.run(document, options)", _OPTIONS)
    wrong = [line for one in found["violations"] for line in _lines(one)]
    assert not wrong, told(f"{page.url} ({scheme}, {language}) is not accessible", wrong)
    open_ends = [one for one in found["incomplete"] if one["id"] == "color-contrast"]
    return [line for one in open_ends for line in _lines(one) if not _IN_PICTURE.search(line)]


def _lines(one: Mapping[str, Any]) -> Iterator[str]:
    for node in one["nodes"]:
        where = " ".join(map(str, node["target"]))
        why = " ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))
        yield f"{one['id']} at {where}: {why or one['help']} | {node['html'][:200]}"
