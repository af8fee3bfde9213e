"""What is otherwise at one moment than at another, with one estate and over all of them?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Scope
from kvob_domain.partial_date import PartialDate
from kvob_domain.testing import GUIDE
from kvob_workflow import RegisterEstate
from tests.web.conftest import WebWorld
from tests.web.corrected_world import CORRECTED, corrected_estate

LivedIn = tuple[WebWorld, EstateId]


def row(text: str, label: str) -> str:
    """The part of a page about one thing that differs."""
    return text.split(f'role="rowheader">{label}</span>')[1].split('class="stack"')[0]


def test_each_difference_names_the_events_behind_it(lived_in: LivedIn) -> None:
    world, estate = lived_in
    path = f"/estates/{estate}/differences?from=31-05-2021&to=30-06-2021"
    text = world.browser().get(path).text
    step = row(text, "Stap")
    assert "Toekenning" in step
    assert "Uitvoering en evaluatie" in step
    assert f"/estates/{estate}/history/20" in step
    assert f"/estates/{estate}/history/21" not in step
    assert "Geldig vanaf: 3 juni 2021" in row(text, "Certificaat 1")
    english = world.browser().get(f"{path}&lang=en").text
    assert "Evaluation" in row(english, "Step")


def test_of_a_measure_only_what_differs_is_told(lived_in: LivedIn) -> None:
    world, estate = lived_in
    path = f"/estates/{estate}/differences?from=2025-05-19&to=2025-05-20"
    measures = row(world.browser().get(path).text, "Maatregelen")
    assert "m1: Gevelverlichting, gepland" in measures
    assert "m1: Gevelverlichting, uitgevoerd" in measures
    assert "eigenaar" not in measures


def test_days_are_read_as_people_write_them(lived_in: LivedIn) -> None:
    world, estate = lived_in
    client = world.browser()
    for text in ("31-12-2020", "2020-12-31", "31 december 2020", "31/12/2020@5-7-2021"):
        answer = client.get(f"/estates/{estate}/differences", params={"from": text, "to": "nu"})
        assert answer.status_code == 200, text
        assert "31 december 2020" in answer.text
        assert f'value="{text}"' in answer.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31-02-2026", "februari 2026 heeft 28 dagen"),
        ("gisteren ergens", "zo wordt geen dag geschreven"),
        ("2026-01-01@31-02-2026", "februari 2026 heeft 28 dagen"),
        ("2026-01-01@2199-01-01", "weet nog niemand"),
        ("2026-01-01@een tijdstip dat er geen is", "is geen tijdstip"),
    ],
)
def test_a_moment_that_does_not_exist_is_told_at_its_field(
    lived_in: LivedIn, text: str, told: str
) -> None:
    world, estate = lived_in
    for path in (f"/estates/{estate}/differences", "/differences"):
        answer = world.browser().get(path, params={"from": "2020-01-01", "to": text})
        assert answer.status_code == 400
        field = answer.text.split('<label for="to">')[1].split("</div>")[0]
        assert told in field
        assert f'value="{text}"' in field
        assert 'value="2020-01-01"' in answer.text


def test_what_an_event_changed_can_be_seen_from_its_page(web_world: WebWorld) -> None:
    estate = corrected_estate(web_world)
    client = web_world.browser(Role.DECIDER)
    page = client.get(f"/estates/{estate}/history/{CORRECTED}").text
    found = re.search(r'href="([^"]*/differences\?[^"]*)"', page)
    assert found is not None
    text = client.get(found[1].replace("&amp;", "&")).text
    survey = row(text, "Enquête")
    assert "Formulieren terug: 31" in survey
    assert "Formulieren terug: 61" in survey
    assert f"/estates/{estate}/history/{CORRECTED}" in survey


def test_nothing_that_differs_is_said_in_words(lived_in: LivedIn) -> None:
    world, estate = lived_in
    path = f"/estates/{estate}/differences?from=2022-01-01&to=2022-01-02"
    assert "er is niets veranderd" in world.browser().get(path).text


def test_before_the_estate_was_there_the_page_says_so(lived_in: LivedIn) -> None:
    world, estate = lived_in
    path = f"/estates/{estate}/differences?from=2001-01-01&to=2002-01-01"
    answer = world.browser().get(path)
    assert answer.status_code == 200
    assert "op geen van beide momenten" in answer.text


def test_usual_moments_are_at_hand(lived_in: LivedIn) -> None:
    world, estate = lived_in
    text = world.browser().get(f"/estates/{estate}/differences").text
    assert "from=2025-11-29&amp;to=now" in text
    assert "de laatste toekenning" in text
    assert "from=2024-05-16&amp;to=now" in text


def test_the_other_way_round_events_no_longer_count(lived_in: LivedIn) -> None:
    world, estate = lived_in
    path = f"/estates/{estate}/differences?from=30-06-2021&to=31-05-2021"
    text = world.browser().get(path).text
    assert "Telt daarna niet meer" in text
    assert f"/estates/{estate}/history/20" in row(text, "Stap")


def test_persons_stay_hidden_in_differences(lived_in: LivedIn) -> None:
    world, estate = lived_in
    path = f"/estates/{estate}/differences?from=2020-01-01"
    assert "p-auditor" in world.browser(Role.AUDITOR).get(path).text
    hidden = world.browser(Role.SCHEME_MANAGER).get(path).text
    assert "p-auditor" not in hidden
    assert "p-signs" not in hidden


def test_the_portfolio_tells_which_estates_moved_in_the_last_thirty_days(
    web_world: WebWorld,
) -> None:
    web_world.clock.set_day(date(2026, 9, 1))
    for name in ("Oud", "Nieuw"):
        today = PartialDate.of(web_world.engine.today())
        register = RegisterEstate(name=name, municipalities=("Baarn",), on=today)
        web_world.engine.do(register, actor=GUIDE)
        web_world.clock.set_day(date(2026, 11, 20))
    web_world.clock.set_day(date(2026, 11, 29))
    text = web_world.browser().get("/differences").text
    assert "30 oktober 2026 tot 29 november 2026" in text
    assert "<strong>1</strong> terrein verschoof" in text
    assert ">Nieuw</a>" in text
    assert ">Oud</a>" not in text


def test_the_portfolio_is_filtered_paged_and_leads_to_each_estate(lived_in: LivedIn) -> None:
    world, estate = lived_in
    client = world.browser()
    text = client.get("/differences?from=1-1-2019&step=evaluation").text
    assert f'href="/estates/{estate}/differences?from=1-1-2019&amp;to=now"' in text
    assert "Stap:" in text
    none = client.get("/differences?from=1-1-2019&municipality=Nergens").text
    assert "Er is geen terrein verschoven." in none
    beyond = client.get("/differences?from=1-1-2019&offset=5000").text
    assert "Er is geen verdere pagina." in beyond
    time_passed = client.get("/differences?from=1-1-2019&status=expired&lang=en").text
    assert "only time has passed" in time_passed


def test_only_estates_within_reach_are_compared(lived_in: LivedIn) -> None:
    world, estate = lived_in
    text = world.browser(municipalities=["Schiedam"]).get("/differences?from=1-1-2019").text
    assert estate not in text
    assert "Schiedam" in text
    nothing = world.browser(scopes=[Scope.ESTATES_READ]).get("/differences")
    assert nothing.status_code == 403


def test_events_that_no_longer_count_are_told_in_the_list_too(web_world: WebWorld) -> None:
    corrected_estate(web_world)
    asked = {"from": "now@2026-04-20", "to": "now", "lang": "nl"}
    answer = web_world.browser().get("/differences", params=asked)
    assert answer.status_code == 200
    assert "Telt niet meer" in answer.text
    back = {"from": "now", "to": "now@2026-04-20", "lang": "nl"}
    answer = web_world.browser().get("/differences", params=back)
    assert answer.status_code == 200
    assert "Telt niet meer" in answer.text


def test_a_filter_that_cannot_be_is_told_and_not_passed_over(lived_in: LivedIn) -> None:
    world, _ = lived_in
    answer = world.browser().get("/differences?step=nonsense")
    assert answer.status_code == 400
    assert "nonsense" in answer.text


def test_one_event_is_told_as_one(web_world: WebWorld) -> None:
    estate = corrected_estate(web_world)
    path = f"/estates/{estate}/differences?from=2-4-2026&to=3-4-2026"
    text = web_world.browser().get(path).text
    assert "1 gebeurtenis." in text
    assert "1 gebeurtenissen" not in text


def test_the_portfolio_the_other_way_round_tells_what_no_longer_counts(lived_in: LivedIn) -> None:
    answer = lived_in[0].browser().get("/differences?from=2026-11-29&to=2020-01-01")
    assert answer.status_code == 200
    assert "Telt niet meer" in answer.text
    assert "by-events" in answer.text
