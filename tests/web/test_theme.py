"""Do the pages take over the house style of a municipality, and has every colour its dark one?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.mandates import scopes_of
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import SessionKeys
from tests.web.conftest import COOKIE, WebWorld

STATIC: Final = Path(__file__).parents[2] / "kvob_workflow" / "web" / "static"
BASE: Final = (STATIC / "css" / "base.css").read_text(encoding="utf-8")
LIGHT: Final = BASE.split(":root {")[1].split("}")[0]
DARK: Final = BASE.split("(prefers-color-scheme: dark)")[1].split("}")[0]
SIZES: Final = frozenset({"--kvob-font", "--kvob-radius", "--kvob-width"})
THEME: Final = """
:root {
  --basis-color-action-1-color-default: #00662c;
  --utrecht-document-color: #111111;
}
"""


def sheets() -> list[Path]:
    """The sources of the stylesheets of the screens."""
    return sorted((STATIC / "css").glob("*.css"))


def defined_in(block: str) -> dict[str, str]:
    """The variables that a block sets, with their values."""
    return dict(re.findall(r"(--kvob-[\w-]+):\s*([^;]+);", block))


@pytest.fixture
def themed(web_world: WebWorld, tmp_path: Path) -> TestClient:
    """A browser of pages that have a municipality's own stylesheet."""
    theme = tmp_path / "huisstijl.css"
    theme.write_text(THEME, encoding="utf-8")
    pages = Pages(login=web_world.people, keys=SessionKeys(), theme=theme)
    known = web_world.browser(Role.GUIDE, scopes=scopes_of(Role.GUIDE)).cookies[COOKIE]
    app = asgi_app(web_world.engine, Api(), pages=pages)
    return TestClient(app, cookies={COOKIE: known}, headers={"accept": "text/html"})


def test_the_theme_comes_after_our_own_styles_and_from_here(themed: TestClient) -> None:
    answer = themed.get("/help")
    loaded: list[str] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', answer.text)
    assert [one.rpartition("/")[2] for one in loaded] == ["kvob.css", "print.css", "theme.css"]
    assert all(one.startswith("/static/") for one in loaded)
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    served = themed.get(loaded[-1])
    assert served.text == THEME
    assert served.headers["content-type"] == "text/css; charset=utf-8"


def test_without_a_theme_nothing_more_is_loaded(web_world: WebWorld) -> None:
    assert "theme.css" not in web_world.browser().get("/help").text


@pytest.mark.parametrize("name", re.findall(r"(--[\w-]+):", THEME))
def test_our_colours_read_the_variables_of_a_theme(name: str) -> None:
    assert any(f"var({name}," in value for value in defined_in(LIGHT).values())


def test_every_variable_that_is_used_is_defined() -> None:
    used = {
        name
        for file in sheets()
        for name in re.findall(r"var\((--kvob-[\w-]+)", file.read_text(encoding="utf-8"))
    }
    assert used - defined_in(LIGHT).keys() == set()


def test_every_colour_has_a_light_and_a_dark_value() -> None:
    assert defined_in(DARK).keys() == defined_in(LIGHT).keys() - SIZES


def test_no_sheet_names_a_colour_of_its_own() -> None:
    screen = {
        file.name: re.sub(r"@media print \{.*?\n\}", "", _bare(file), flags=re.DOTALL)
        for file in sheets()
        if file.name != "base.css"
    }
    assert {name: re.findall(r"#[0-9a-fA-F]{3,8}\b", text) for name, text in screen.items()} == {
        name: [] for name in screen
    }


def test_no_class_has_its_look_from_two_sheets() -> None:
    heads: dict[str, set[str]] = {}
    for file in sheets():
        for name in re.findall(r"^\.([\w-]+) \{", _bare(file), flags=re.MULTILINE):
            heads.setdefault(name, set()).add(file.name)
    assert {name: found for name, found in heads.items() if len(found) > 1} == {}


def test_the_sheet_that_is_served_has_no_comments(web_world: WebWorld) -> None:
    client = web_world.browser()
    place = re.findall(r'href="([^"]+kvob.css)"', client.get("/help").text)[0]
    text = client.get(place).text
    assert "/*" not in text
    assert text.count("{") == text.count("}") == sum(_bare(one).count("{") for one in sheets())


def _bare(file: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
