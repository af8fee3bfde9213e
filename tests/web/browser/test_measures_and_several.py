"""Are the pages that show consequences right too? They have no address that one can simply open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.web.browser.axe_rules import check_axe
from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.keyboard import check_keyboard
from tests.web.browser.reflow import check_reflow
from tests.web.browser.test_every_screen import everything
from tests.web.browser.watched import Scheme

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")


def _check(page: Page, language: str = "nl") -> None:
    for scheme in SCHEMES:
        assert check_axe(page, scheme=scheme, language=language) == []
    check_reflow(page)


def test_the_matrix_is_filled_in_by_keyboard_and_looked_at(
    board_world: Board, visit: Visit
) -> None:
    url = f"{board_world.origin}/estates/{board_world.estate}/measures"
    watched = visit(url, cookies=everything(board_world), expect=(400,))
    page = watched.page
    page.locator("select").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator("input[name$='.note']").first.fill("Besproken")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=confirm]")
    _check(page)
    check_keyboard(page)
    page.click("button[value=edit]")
    page.wait_for_selector("select")
    assert page.locator("input[name$='.note']").first.input_value() == "Besproken"
    page.fill("#f-on", "31-02-2026")
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-on-error")
    _check(page)
    watched.settled()


def test_the_choice_of_what_to_do_with_several_estates(board_world: Board, visit: Visit) -> None:
    url = f"{board_world.origin}/several?estate={board_world.estate}"
    for language in ("nl", "en"):
        watched = visit(f"{url}&lang={language}", cookies=everything(board_world))
        _check(watched.page, language)
        watched.settled()


def test_what_it_leads_to_at_each_estate_and_what_became_of_it(
    board_world: Board, visit: Visit
) -> None:
    other = board_world.world.engine.find("De Compagnie")
    url = f"{board_world.origin}/several?estate={board_world.estate}&estate={other}"
    watched = visit(f"{url}&command=record_remark", cookies=everything(board_world))
    page = watched.page
    page.fill("#f-subject", "Brief")
    page.fill("#f-text", "Brief verstuurd")
    page.fill("[name='provenance.source']", "Archief")
    page.click("button.primary")
    page.wait_for_selector("button[value=confirm]")
    _check(page)
    check_keyboard(page)
    page.click("button[value=confirm]")
    page.wait_for_selector("[role=status]:has-text('Vastgelegd voor 2 van 2')")
    _check(page)
    watched.settled()
