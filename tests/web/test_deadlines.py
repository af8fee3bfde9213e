"""What do the pages about deadlines show? A list, a heat map and a month, each from its address."""

from __future__ import annotations

import pytest

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
