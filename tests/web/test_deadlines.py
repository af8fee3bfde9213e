"""What do the pages about deadlines show? A list, a heat map and a month, each from its address."""

from __future__ import annotations

from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from tests.web.conftest import WebWorld

Lived = tuple[WebWorld, EstateId]


def test_the_list_shows_what_falls_due_with_how_it_is_computed(lived_in: Lived) -> None:
    world, estate = lived_in
    answer = world.browser().get("/deadlines?municipality=Voorbeeldstad")
    assert answer.status_code == 200
    assert "Start hercertificering uiterlijk" in answer.text
    assert f'href="/estates/{estate}"' in answer.text
    assert '<time datetime="2027-06-03">3 juni 2027</time>' in answer.text
    assert "over 6 maanden" in answer.text
    assert "6 maanden voor het einde van het certificaat (3 juni 2027)" in answer.text
    assert "renewal_start_months" not in answer.text


def test_the_list_takes_days_as_people_write_them(lived_in: Lived) -> None:
    world, _ = lived_in
    browser = world.browser()
    within = browser.get("/deadlines?kind=expiry&from=01-06-2027&until=30-06-2027").text
    assert "De Zilverhoek" in within
    without = browser.get("/deadlines?kind=expiry&from=01-07-2027&until=31-07-2027").text
    assert "De Zilverhoek" not in without


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/deadlines?kind=feest", "feest"),
        ("/deadlines?until=31-02-2027", "februari 2027 heeft 28 dagen"),
        ("/deadlines?offset=-1", "-1"),
        ("/heat-map?first=2027-13", "2027-13"),
        ("/calendar?month=juni", "juni"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(
    lived_in: Lived, address: str, said: str
) -> None:
    answer = lived_in[0].browser().get(address)
    assert answer.status_code == 400
    assert said in answer.text


def test_each_number_of_the_heat_map_leads_to_exactly_those_deadlines(lived_in: Lived) -> None:
    world, _ = lived_in
    browser = world.browser()
    text = browser.get("/heat-map?first=2027-06").text
    address = text.split('<td class="number heat-1"><a href="')[1].split('"')[0]
    listed = browser.get(address.replace("&amp;", "&")).text
    assert '<span class="count">1' in listed


def test_a_month_shows_its_deadlines_on_their_days(lived_in: Lived) -> None:
    world, estate = lived_in
    text = world.browser().get("/calendar?month=2027-06").text
    assert "Juni 2027" in text
    assert 'id="day-3"' in text
    assert f'href="/estates/{estate}"' in text


def test_the_month_may_be_seen_as_it_was_known_then(lived_in: Lived) -> None:
    world, _ = lived_in
    text = world.browser().get("/calendar?on=2021-07-01&known_at=2021-07-01&month=2024-06").text
    assert "De Zilverhoek" in text


@pytest.mark.parametrize("path", ["/deadlines", "/heat-map", "/calendar", "/help"])
def test_each_page_is_there_in_english(lived_in: Lived, path: str) -> None:
    answer = lived_in[0].browser().get(f"{path}?lang=en")
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text
    assert "Termijnen" not in answer.text


def _address(browser: TestClient, token: str, path: str = "/calendar") -> str:
    text = browser.post(path, data={"form_token": token}).text
    return unescape(text.split('spellcheck="false">')[1].split("<")[0])


def _token(browser: TestClient) -> str:
    return browser.get("/calendar").text.split('name="form_token" value="')[1].split('"')[0]


def test_a_diary_follows_the_deadlines_without_logging_in(lived_in: Lived) -> None:
    world, _ = lived_in
    browser = world.browser()
    address = _address(browser, _token(browser))
    answer = world.stranger().get(urlsplit(address).path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "De Zilverhoek" in answer.text


def test_the_diary_sees_no_more_than_who_asked_for_it(lived_in: Lived) -> None:
    world, _ = lived_in
    browser = world.browser(municipalities=["Soest"], person="p-soest")
    answer = world.stranger().get(urlsplit(_address(browser, _token(browser))).path)
    assert answer.status_code == 200
    assert "De Zilverhoek" not in answer.text


def test_an_address_that_was_changed_or_is_too_old_opens_nothing(web_world: WebWorld) -> None:
    browser = web_world.browser()
    path = urlsplit(_address(browser, _token(browser))).path
    assert web_world.stranger().get(path[:-8] + "AAAA.ics").status_code == 404
    web_world.clock.set_day(date(2027, 11, 29))
    assert web_world.stranger().get(path).status_code == 200
    web_world.clock.set_day(date(2027, 11, 30))
    ended = web_world.stranger().get(path)
    assert ended.status_code == 404
    assert "Maak een nieuw adres" in ended.text


def test_who_may_not_see_figures_has_no_heat_map(lived_in: Lived) -> None:
    browser = lived_in[0].browser(Role.PARK_MANAGER)
    assert "/heat-map" not in browser.get("/deadlines").text
    assert browser.get("/heat-map").status_code == 403
