"""Can the past be looked at and compared by clicking, and does a wrong day say so?"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.web.browser.acting import said
from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.people import People, open_estate


def test_an_earlier_day_is_looked_at_and_nothing_can_be_done_there(
    board_world: Board, visit: Visit
) -> None:
    people = People(board_world, visit)
    guide = people.guide()
    open_estate(guide)
    guide.fold_out("Stand van vandaag")
    guide.fill({"Stand op": "1-6-2021"})
    guide.press("Toon")
    guide.sees("U ziet de stand op 1 juni 2021", "daar kunt u niets vastleggen")
    guide.sees("Toekenning, sinds 8 april 2021")
    guide.does_not_see("Wat kan nu", "Maatregel bijwerken")
    guide.follow("Tijdlijn")
    guide.sees("U ziet de stand op 1 juni 2021")
    guide.follow("Terug naar vandaag")
    guide.sees("Stand van vandaag", "Geldig t/m 2 juni 2027")
    people.settled()


def test_a_day_that_does_not_exist_is_told_at_its_field_and_stays_there(
    board_world: Board, visit: Visit
) -> None:
    people = People(board_world, visit)
    guide = people.guide()
    open_estate(guide)
    guide.fold_out("Stand van vandaag")
    guide.fill({"Stand op": "31-02-2026"})
    guide.watched.expect(400, 422)
    guide.press("Toon")
    field = guide.page.get_by_label(said("Stand op"))
    expect(field).to_be_visible()
    expect(field).to_have_value("31-02-2026")
    expect(field).to_have_accessible_description(re.compile("31-02-2026' is geen dag"))
    guide.fill({"Stand op": "28-02-2026"})
    guide.press("Toon")
    guide.sees("U ziet de stand op 28 februari 2026")
    people.settled()


def test_two_moments_of_an_estate_are_compared(board_world: Board, visit: Visit) -> None:
    people = People(board_world, visit)
    guide = people.guide()
    open_estate(guide)
    guide.page.get_by_role("navigation", name="Over dit terrein").get_by_text("Vergelijken").click()
    guide.fill({"Van": "2 juni 2021", "Tot": "4 juni 2021"})
    guide.press("Vergelijk")
    guide.sees("Wat anders is", "Toegekend")
    people.settled()


def test_the_estates_that_moved_between_two_moments_are_listed(
    board_world: Board, visit: Visit
) -> None:
    people = People(board_world, visit)
    guide = people.guide()
    guide.follow("Vergelijken")
    guide.fill({"Van": "2-6-2021", "Tot": "4-6-2021"})
    guide.press("Vergelijk")
    guide.sees("De Zilverhoek")
    guide.follow("De Zilverhoek")
    guide.sees("Wat anders is")
    people.settled()
