"""What does the script add to pages that work without it? Keys, a warning, live news."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page

from kvob_domain.testing import GUIDE
from kvob_workflow import RenameEstate
from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.conftest import TODAY

FOCUSED = "() => document.activeElement.id || document.activeElement.getAttribute('href') || ''"


@pytest.fixture
def warned(board_world: Board, visit: Visit) -> tuple[Page, list[str]]:
    """The form that renames an estate, and the kinds of the questions that the browser asks."""
    path = f"/estates/{board_world.estate}/do/rename_estate"
    page = visit(board_world.origin + path, cookies=board_world.badge()).page
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    return page, asked


def test_keys_lead_through_a_list_and_stay_out_of_fields(board_world: Board, visit: Visit) -> None:
    path = f"/estates/{board_world.estate}/history"
    page = visit(board_world.origin + path, cookies=board_world.badge()).page
    links = page.locator("[data-rows] a[data-row]")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == links.nth(0).get_attribute("href")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == links.nth(1).get_attribute("href")
    page.keyboard.press("k")
    page.keyboard.press("Control+j")
    assert page.evaluate(FOCUSED) == links.nth(0).get_attribute("href")
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.evaluate(FOCUSED) == "search"
    assert page.input_value("#search") == "jk?"


def test_unsent_input_is_not_lost_without_a_question(warned: tuple[Page, list[str]]) -> None:
    page, asked = warned
    page.locator("#f-name").press_sequentially("Andere naam")
    page.reload()
    assert asked == ["beforeunload"]


def test_what_is_back_as_it_was_is_no_input(warned: tuple[Page, list[str]]) -> None:
    page, asked = warned
    page.locator("#f-name").press_sequentially("x")
    page.locator("#f-name").press("Backspace")
    page.reload()
    assert asked == []


def test_to_send_is_not_asked_but_to_leave_before_it_is_recorded_is(
    warned: tuple[Page, list[str]],
) -> None:
    page, asked = warned
    page.locator("#f-name").press_sequentially("Andere naam")
    page.locator("main button.primary").click()
    page.wait_for_selector("button[value=confirm]")
    assert asked == []
    page.locator(".brand").click()
    page.wait_for_url("**/")
    assert asked == ["beforeunload"]


def test_to_cancel_is_not_asked_twice(warned: tuple[Page, list[str]]) -> None:
    page, asked = warned
    page.locator("#f-name").press_sequentially("Andere naam")
    page.locator("a[data-cancels]").click()
    page.wait_for_url("**/estates/*")
    assert asked == []


def test_news_is_read_and_told_and_what_was_unfolded_stays_so(
    own_board: Board, visit: Visit
) -> None:
    path = f"/estates/{own_board.estate}"
    page = visit(own_board.origin + path, cookies=own_board.badge()).page
    page.locator("#estate details.fold > summary").first.click()
    page.locator(".brand").focus()  # who is busy in the part is not disturbed
    own_board.world.engine.do(
        RenameEstate(estate=own_board.estate, on=TODAY, name="Nieuw Broek", reason="Verzoek"),
        actor=GUIDE,
    )
    page.wait_for_function("() => document.querySelector('h1').textContent === 'Nieuw Broek'")
    page.wait_for_function("() => document.getElementById('said').textContent !== ''")
    assert page.locator("#estate details.fold").first.get_attribute("open") is not None


def test_an_answer_without_the_part_leaves_the_page_as_it_is(
    own_board: Board, visit: Visit
) -> None:
    path = f"/estates/{own_board.estate}"
    watched = visit(own_board.origin + path, cookies=own_board.badge(), expect=(404,))
    own_board.world.people.forget()
    swap = '{ target: "#estate", select: "#estate", swap: "outerMorph" }'
    watched.page.evaluate(f'() => htmx.ajax("GET", location.href, {swap})')
    assert watched.page.locator("#estate h1").count() == 1
