"""Can somebody give a command in a browser, without a mouse and without scripts?"""

from __future__ import annotations

from typing import Final

import pytest

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.mandates import Scope
from tests.web.browser.axe_rules import check_axe
from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.keyboard import check_keyboard
from tests.web.browser.reflow import check_reflow
from tests.web.browser.watched import Scheme

REGISTRATIONS = ("register_estate", "register_group")
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
NAMES = [name_of(one) for one in ALL_COMMANDS]


def _form(board: Board, name: str) -> str:
    if name in REGISTRATIONS:
        return f"{board.origin}/do/{name}"
    tail = "?version=2" if name == "correct" else ""
    return f"{board.origin}/estates/{board.estate}/do/{name}{tail}"


@pytest.mark.parametrize("name", NAMES)
def test_a_form_and_what_is_wrong_with_it_are_accessible(
    name: str, board_world: Board, visit: Visit
) -> None:
    watched = visit(_form(board_world, name), cookies=board_world.badge(scopes=Scope))
    watched.expect(400, 409, 422)
    page = watched.page
    for scheme in SCHEMES:
        assert check_axe(page, scheme=scheme, language="nl") == []
    check_reflow(page)
    page.click("p.actions button.primary")
    for scheme in SCHEMES:
        assert check_axe(page, scheme=scheme, language="nl") == []
    check_reflow(page)
    watched.settled()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_an_error_gets_the_focus_and_leads_to_its_field_and_nothing_is_lost(
    javascript: bool, board_world: Board, visit: Visit
) -> None:
    url = _form(board_world, "record_remark")
    cookies = board_world.badge(scopes=Scope)
    watched = visit(url, cookies=cookies, javascript=javascript).expect(400)
    page = watched.page
    page.fill("#f-text", "Twee regels\nvan een opmerking")
    page.fill("#f-on", "31-02-2026")
    page.press("#f-on", "Enter")
    page.wait_for_selector("#wrong")
    assert page.locator("#wrong").evaluate("one => one === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#f-subject") or page.url.endswith("#f-on")
    assert page.input_value("#f-text") == "Twee regels\nvan een opmerking"
    assert page.input_value("#f-on") == "31-02-2026"


def test_rows_are_added_filled_and_confirmed_without_scripts(
    board_world: Board, visit: Visit
) -> None:
    cookies = board_world.badge(scopes=Scope)
    page = visit(_form(board_world, "register_estate"), cookies=cookies, javascript=False).page
    page.fill("#f-name", "Het Nieuwe Veld")
    page.fill("#f-municipalities-0", "Baarn")
    page.click("#f-municipalities-add")
    page.fill("#f-municipalities-1", "Soest")
    page.click("p.actions button.primary")
    assert "Het Nieuwe Veld" in page.inner_text("main")
    page.click("button[value=edit]")
    assert page.input_value("#f-municipalities-1") == "Soest"
    page.click("p.actions button.primary")
    page.click("button[value=confirm]")
    assert "done=" in page.url


def test_what_would_follow_is_accessible(board_world: Board, visit: Visit) -> None:
    """With scripts: without them a page never answers what the checker asks it."""
    cookies = board_world.badge(scopes=Scope)
    page = visit(_form(board_world, "register_estate"), cookies=cookies).page
    page.fill("#f-name", "Het Andere Veld")
    page.fill("#f-municipalities-0", "Baarn")
    page.click("p.actions button.primary")
    assert "Het Andere Veld" in page.inner_text("main")
    for scheme in SCHEMES:
        assert check_axe(page, scheme=scheme, language="nl") == []
    check_reflow(page)


def test_a_form_with_rows_needs_no_mouse(board_world: Board, visit: Visit) -> None:
    cookies = board_world.badge(scopes=Scope)
    watched = visit(_form(board_world, "sign_covenant"), cookies=cookies)
    check_keyboard(watched.page)
    watched.settled()
