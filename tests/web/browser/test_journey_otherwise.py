"""Can the board be used otherwise than with mouse and scripts: by keyboard, bare, or on paper?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.web.browser.board import Board, bare_board
from tests.web.browser.conftest import Visit
from tests.web.browser.people import ESTATE, People, open_estate

_A4: Final = (595, 842)
"""Width and height in points, rounded."""


@pytest.fixture
def bare() -> Iterator[Board]:
    with bare_board(date(2020, 9, 14)) as made:
        yield made


def test_an_estate_is_registered_and_started_without_scripts(bare: Board, visit: Visit) -> None:
    people = People(bare, visit)
    guide = people.guide(javascript=False)
    guide.follow("Terreinen")
    guide.follow("Nieuw terrein")
    guide.fill({"Naam": ESTATE})
    guide.press("Regel toevoegen: Gemeente")
    guide.fill({"Gemeente 1": "Voorbeeldstad", "Gemeente 2": "Elders"})
    guide.press("Weg: Gemeente, regel 2")
    guide.confirm()
    guide.follow("Traject starten")
    roles = ("Ondernemers", "Gemeente", "Politie", "Brandweer")
    guide.rows("Partijen", *({"Organisatie": f"De {one}", "Rol": one} for one in roles[:3]))
    guide.confirm()
    guide.follow("Intentieverklaring ondertekenen")
    guide.press("Neem over wat al bekend is")
    guide.watched.expect(409)
    guide.check()
    guide.sees("Deze verplichte partijen ontbreken: brandweer.", "Er is niets vastgelegd.")
    guide.does_not_see("practice")
    guide.press("Regel toevoegen: Ondertekenaars")
    last = guide.page.get_by_role("group", name="Ondertekenaars, regel 4", exact=True)
    guide.fill({"Organisatie": "De Brandweer", "Rol": "Brandweer"}, within=last)
    guide.confirm()
    guide.sees("Veiligheidsanalyse, sinds 14 september 2020")
    guide.fold_out("Wat nu nog niet kan, en waarom")
    guide.sees("Analyse vaststellen")
    people.settled()


def test_an_estate_is_found_and_worked_on_by_keyboard_alone(own_board: Board, visit: Visit) -> None:
    people = People(own_board, visit)
    guide = people.guide()
    page, keys = guide.page, guide.page.keyboard
    keys.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keys.press("?")
    guide.sees("Uitleg en toetsen", "naar het zoekvak")
    keys.press("/")
    expect(page.get_by_label("Terrein of filter zoeken")).to_be_focused()
    keys.type("gemeente:Voorbeeldstad")
    keys.press("Enter")
    expect(page).to_have_url(re.compile(r"/estates\?.*q="))
    keys.press("j")
    expect(page.get_by_role("link", name=ESTATE)).to_be_focused()
    keys.press("j")
    keys.press("k")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ESTATE)
    tab_to(people, "Schouw vastleggen")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Schouw vastleggen")
    for _ in range(40):
        keys.press("Tab")
        if page.evaluate("document.activeElement.name") == "light":
            break
    keys.press("Space")
    keys.press("Tab")
    expect(page.get_by_label("Aantal waarnemingen")).to_be_focused()
    keys.type("12")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Klopt dit?")
    tab_to(people, "Bevestigen")
    keys.press("Enter")
    guide.sees("Vastgelegd: Schouw vastgelegd")
    people.settled()


def tab_to(people: People, words: str) -> None:
    """Press Tab until the focus is on what says so."""
    page = people.everybody[0].page
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip().startswith(words):
            return
    raise AssertionError(f"Tab does not come to {words}")


def test_an_estate_is_printed_as_a_dossier_without_what_one_can_only_click(
    board_world: Board, visit: Visit
) -> None:
    people = People(board_world, visit)
    guide = people.guide()
    open_estate(guide)
    page = guide.page
    page.emulate_media(media="print")
    for one in (
        page.get_by_role("navigation"),
        page.get_by_role("button"),
        page.get_by_role("search"),
    ):
        expect(one.locator("visible=true")).to_have_count(0)
    guide.sees(ESTATE, "stand op 29 november 2026", "Geldig t/m 2 juni 2027")
    guide.does_not_see("Wat kan nu", "Stand van vandaag")
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", paper)
    assert {(round(float(one)), round(float(other))) for one, other in boxes} == {_A4}
    assert b"/Font" in paper
    people.settled()
