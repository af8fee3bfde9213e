"""What does the board show? A column for each step, with what presses in front."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from tests.projections import cycle
from tests.web.conftest import WebWorld
from tests.web.played import played

TODAY = date(2024, 2, 1)
SCRIPT = "<script>alert(1)</script>"
Lived = tuple[WebWorld, EstateId]


@pytest.fixture
def world(web_world: WebWorld) -> WebWorld:
    web_world.clock.set_day(TODAY)
    return web_world


def column(text: str, step: str) -> str:
    """The column of a step."""
    found: list[str] = re.findall(r'<details class="step.*?</details>', text, re.DOTALL)
    return next(one for one in found if f"<h2>{step}</h2>" in one)


def test_every_running_step_is_there_with_how_many_stand_in_it(world: WebWorld) -> None:
    played(world, cycle.COVENANT)
    played(world, cycle.COVENANT, "Noord")
    text = world.browser().get("/board").text
    assert text.count('<details class="step') == 7
    assert '<span class="count">2</span>' in column(text, "Convenant")
    assert '<span class="count">0</span>' in column(text, "Toekenning")


def test_a_step_without_a_trajectory_is_folded_below_the_others(world: WebWorld) -> None:
    played(world, ())
    text = world.browser().get("/board").text
    assert " open" not in column(text, "Aangemeld").partition(">")[0]
    assert "Beëindigd" not in text.split('id="results"')[1]


def test_a_card_shows_where_it_stands_and_leads_to_the_estate(world: WebWorld) -> None:
    estate = played(world, cycle.CERTIFIED)
    found = column(world.browser().get("/board").text, "Uitvoering en evaluatie")
    assert f'data-row href="/estates/{estate}"' in found
    assert "Soest" in found
    assert "Geldig" in found
    assert "/8<progress" in found


def test_what_is_late_stands_in_front_and_is_counted_in_the_head(world: WebWorld) -> None:
    world.clock.set_day(date(2024, 5, 1))
    played(world, cycle.RENEWING, "Begonnen")
    played(world, cycle.CERTIFIED, "Vergeten")
    found = column(world.browser().get("/board").text, "Uitvoering en evaluatie")
    assert "te laat" in found.partition("</summary>")[0]
    assert '<li class="board-card is-late">' in found


def test_a_long_step_leads_to_the_list_of_exactly_that_step(world: WebWorld) -> None:
    for number in range(12):
        played(world, (), f"Oost {number}")
    browser = world.browser()
    found = column(browser.get("/board?q=oost").text, "Aangemeld")
    assert found.count("board-card") == 5
    address = re.findall(r'class="all-of"><a href="([^"]+)">Alle 12', found)[0]
    listed = browser.get(address.replace("&amp;", "&")).text
    assert "<strong>12</strong> terreinen" in listed


def test_the_box_filters_and_shows_what_it_filters_by(world: WebWorld) -> None:
    played(world, cycle.COVENANT)
    played(world, cycle.CERTIFIED, "Noord", "Baarn")
    text = world.browser().get("/board?q=gemeente:Baarn").text
    assert "De Hoek" not in text
    assert '<span class="chip-label">Gemeente</span> Baarn' in text
    assert 'href="/board"' in text.split('class="chips"')[1]


def test_one_step_alone_is_unfolded(world: WebWorld) -> None:
    played(world, (), "De Hoek")
    text = world.browser().get("/board?q=stap:aangemeld").text
    assert text.count('<details class="step') == 1
    assert " open" in column(text, "Aangemeld").partition(">")[0]


def test_a_word_that_cannot_be_read_stays_in_the_box_and_is_explained(world: WebWorld) -> None:
    played(world, cycle.COVENANT)
    text = world.browser().get("/board?q=stapp:convenant").text
    assert 'value="stapp:convenant"' in text
    assert "is geen filter" in text
    assert 'href="/board?q=stap%3Aconvenant"' in text
    assert "De Hoek" in text, "a filter that cannot be read does not count"


def test_nothing_found_says_what_to_loosen(world: WebWorld) -> None:
    played(world, cycle.COVENANT)
    text = world.browser().get("/board?q=gemeente:Baarn").text
    assert "Geen terrein past hierbij" in text
    assert "Haal een filter weg" in text


def test_who_has_a_reach_sees_his_own_estates_and_counts(world: WebWorld) -> None:
    played(world, cycle.COVENANT)
    played(world, cycle.COVENANT, "Noord", "Baarn")
    text = world.browser(Role.MUNICIPALITY, municipalities=("Baarn",)).get("/board").text
    assert "De Hoek" not in text
    assert '<span class="count">1</span>' in column(text, "Convenant")


def test_a_script_in_a_name_is_text(world: WebWorld) -> None:
    played(world, cycle.COVENANT, f"De {SCRIPT}", f"Soest {SCRIPT}")
    text = world.browser().get("/board", params={"q": SCRIPT}).text
    assert SCRIPT not in text
    assert "&lt;script&gt;" in text


def test_the_board_of_an_earlier_day_keeps_that_day_in_its_links(lived_in: Lived) -> None:
    world, estate = lived_in
    text = world.browser().get("/board?on=2021-02-10").text
    assert f'href="/estates/{estate}?on=2021-02-10"' in text
    assert "De Zilverhoek" in column(text, "Convenant")


def test_the_board_is_there_in_english(lived_in: Lived) -> None:
    world, _ = lived_in
    text = world.browser().get("/board?lang=en").text
    assert "Action plan" in text
    assert "overdue" in text
    assert "te laat" not in text


def test_who_sees_no_estates_has_no_board(world: WebWorld) -> None:
    assert world.browser(Role.WITNESS).get("/board").status_code == 403
