"""What happens when several people, or several tabs, are at work at the same time?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from kvob_domain.actor import Role
from tests.web.browser.acting import Person
from tests.web.browser.board import Board, board
from tests.web.browser.conftest import Visit
from tests.web.browser.people import GUIDES, People, open_estate
from tests.web.conftest import COOKIE


@pytest.fixture
def live_board() -> Iterator[Board]:
    with board(stream_seconds=60.0) as made:
        yield made


def test_who_comes_second_sees_what_changed_and_keeps_his_input(
    own_board: Board, visit: Visit
) -> None:
    people = People(own_board, visit)
    first, second = people.guide("p-guide"), people.guide("p-guide-b")
    for one in (first, second):
        open_estate(one)
        one.follow("Schouw vastleggen")
    walk_round(first, "Bij daglicht", "7")
    first.confirm()
    walk_round(second, "In het donker", "12")
    second.watched.expect(409)
    second.check()
    second.sees("Het terrein is intussen gewijzigd", "Schouw vastgelegd, 29 november 2026")
    assert second.value("Aantal waarnemingen") == "12"
    second.press("Controleer opnieuw")
    second.sees("Klopt dit?")
    second.press("Bevestigen")
    second.sees("Vastgelegd")
    people.settled()


def walk_round(guide: Person, light: str, observations: str) -> None:
    guide.fill({"Wanneer is er gelopen?": light, "Aantal waarnemingen": observations})


def test_a_long_form_survives_the_end_of_the_session(own_board: Board, visit: Visit) -> None:
    people = People(own_board, visit)
    guide = people.guide()
    open_estate(guide)
    guide.follow("Convenant ondertekenen")
    guide.press("Neem over")
    agreement = {"Onderwerp": "Overig", "Wie belooft het?": "politie", "Afspraak": "Elke week"}
    guide.press("Regel toevoegen: Afspraken")
    row = guide.page.get_by_role("group", name="Afspraken, regel 4", exact=True)
    guide.fill(agreement, within=row)
    own_board.world.people.forget()
    guide.watched.expect(401)
    guide.check()
    guide.sees("Log opnieuw in; wat u invulde is bewaard", "Elke week")
    logs_in_again(own_board, guide)
    guide.press("Verstuur opnieuw")
    guide.sees("Klopt dit?", "Elke week")
    guide.press("Bevestigen")
    guide.sees("Vastgelegd", "Elke week")
    people.settled()


def logs_in_again(board: Board, person: Person) -> None:
    """As another tab of the same browser does: the cookie is another one."""
    badge = board.badge(Role.GUIDE, GUIDES, person="p-guide")
    person.page.context.add_cookies(
        [{"name": COOKIE, "value": badge[COOKIE], "url": "http://127.0.0.1"}]
    )


def test_a_page_shows_by_itself_what_somebody_else_did(live_board: Board, visit: Visit) -> None:
    people = People(live_board, visit)
    looks, acts = people.guide("p-guide"), people.guide("p-guide-b")
    open_estate(looks)
    looks.page.evaluate("window.isStillHere = true")
    open_estate(acts)
    survey(acts, "118", "90")
    looks.sees("76,3 % respons")
    status = looks.page.locator("#said")
    expect(status).to_have_text("Deze pagina is bijgewerkt.")
    assert looks.page.evaluate("window.isStillHere")
    people.settled()


def test_a_page_does_not_change_under_somebody_who_is_at_work_in_it(
    live_board: Board, visit: Visit
) -> None:
    people = People(live_board, visit)
    looks, acts = people.guide("p-guide"), people.guide("p-guide-b")
    open_estate(looks)
    looks.page.get_by_role("link", name="Schouw vastleggen").focus()
    open_estate(acts)
    with looks.page.expect_event("console", lambda one: one.text == "news"):
        looks.page.evaluate(
            "new EventSource(document.body.dataset.live)"
            ".addEventListener('news', () => setTimeout(() => console.log('news'), 800))"
        )
        survey(acts, "118", "90")
    looks.does_not_see("76,3 % respons")
    expect(looks.page.locator("#said")).to_be_empty()
    looks.page.get_by_label("Terrein of filter zoeken").focus()
    looks.sees("76,3 % respons")
    people.settled()


def test_the_board_moves_by_itself(live_board: Board, visit: Visit) -> None:
    people = People(live_board, visit)
    looks, acts = people.guide("p-guide"), people.guide("p-guide-b")
    looks.follow("Bord")
    expect(looks.page.get_by_role("region", name="Hercertificering")).to_be_hidden()
    open_estate(acts)
    acts.follow("Eindevaluatie vaststellen")
    acts.confirm()
    looks.sees("Het bord is bijgewerkt.")
    people.settled()


def survey(guide: Person, sent: str, returned: str) -> None:
    guide.follow("Enquête vastleggen")
    guide.fill({"Verstuurde formulieren": sent, "Teruggekomen formulieren": returned})
    guide.confirm()
