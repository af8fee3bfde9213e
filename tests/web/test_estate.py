"""What does the page of one estate tell?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.estate.commands.oversight import WaiveRequirement
from kvob_domain.estate.commands.past import RecordRemark
from kvob_domain.estate.commands.preparation import (
    AdoptAnalysis,
    AdoptPlan,
    DeclareIntent,
    RecordFigures,
    RecordSurvey,
    RecordWalkRound,
    StartTrajectory,
)
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import Figures, Goal, Measure, Provenance
from kvob_domain.ids import EstateId, PersonId, parse_certificate_id
from kvob_domain.mandates import Scope
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole
from kvob_workflow.demo.people import GUIDE, PARTIES, SIGNATORIES
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.statements import make_keys
from tests.web.conftest import WebWorld

DAY = date(2026, 9, 1)
DECIDER = Actor(PersonId("p-decider"), "Keurinstituut", Role.DECIDER, "test")


def registered(world: WebWorld, name: str = "De Hoek") -> EstateId:
    """An estate of which nothing else is known."""
    ask = RegisterEstate(name=name, municipalities=("Baarn",), on=PartialDate.parse("2026-08"))
    return world.engine.do(ask, actor=GUIDE).estate


def in_inventory(world: WebWorld) -> EstateId:
    """An estate whose intent is declared, so that the analysis is worked on."""
    estate = registered(world)
    world.engine.do(StartTrajectory(estate=estate, on=DAY, parties=PARTIES), actor=GUIDE)
    world.engine.do(DeclareIntent(estate=estate, on=DAY, signatories=SIGNATORIES), actor=GUIDE)
    return estate


def test_the_head_says_where_the_estate_stands_and_leads_on(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    answer = world.browser().get(f"/estates/{estate}")
    assert answer.status_code == 200
    assert "<h1>De Zilverhoek</h1>" in answer.text
    assert f'href="/estates/{estate}" aria-current="page"' in answer.text
    assert f'href="/estates/{estate}/timeline"' in answer.text
    assert '<time datetime="2027-06-02">2 juni 2027</time>' in answer.text
    assert "(over 6 maanden)" in answer.text


def test_who_may_not_see_the_history_gets_no_link_to_it(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    page = world.browser(scopes=[Scope.ESTATES_READ]).get(f"/estates/{estate}").text
    assert "/history" not in page
    assert "/timeline" not in page
    assert "/do/" not in page
    assert (
        world.browser(scopes=[Scope.ESTATES_READ]).get(f"/estates/{estate}/timeline").status_code
        == 403
    )


def test_what_is_missing_names_who_owes_it_and_leads_to_the_form(web_world: WebWorld) -> None:
    estate = in_inventory(web_world)
    page = web_world.browser().get(f"/estates/{estate}").text
    assert "Schouw in het donker" in page
    assert f'href="/estates/{estate}/do/record_walk_round?light=dark"' in page
    assert "werkgroep" in page
    assert "Incidentcijfers" in page
    assert "politie" in page
    assert "(record-walk-round)" not in page


def test_what_leads_on_is_the_main_action_once_nothing_is_missing(web_world: WebWorld) -> None:
    estate = in_inventory(web_world)
    main = f'class="button primary" href="/estates/{estate}/do/adopt_analysis"'
    assert main not in web_world.browser().get(f"/estates/{estate}").text
    for command in (
        RecordSurvey(estate=estate, on=DAY, sent=100, returned=30),
        RecordWalkRound(estate=estate, on=DAY, light="day", observations=3),
        RecordWalkRound(estate=estate, on=DAY, light="dark", observations=3),
        RecordFigures(estate=estate, on=DAY, figures=Figures(year=2025, burglaries=4)),
    ):
        web_world.engine.do(command, actor=GUIDE)
    page = web_world.browser().get(f"/estates/{estate}").text
    assert main in page
    assert "Plan van aanpak" in page.split("button-next", 1)[1][:200]
    assert "30 %" in page.replace("30,0 %", "30 %")


def test_what_cannot_be_done_says_why(web_world: WebWorld) -> None:
    estate = in_inventory(web_world)
    page = web_world.browser().get(f"/estates/{estate}").text
    assert "Wat nu nog niet kan, en waarom" in page
    stopped = page.split('class="stopped"', 1)[1]
    assert "Analyse vaststellen" in stopped
    assert "Er is in deze cyclus geen enquête vastgelegd" in stopped


def test_on_another_day_nothing_can_be_done_and_a_link_leads_to_today(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    page = world.browser().get(f"/estates/{estate}?on=2021-03-01").text
    assert "/do/" not in page
    assert f'<a href="/estates/{estate}">Naar vandaag</a>' in page
    assert "Convenant, sinds" in page


def test_a_certificate_that_began_later_is_not_said_to_be_held(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    page = world.browser().get(f"/estates/{estate}?on=2021-07-01").text
    assert "nog niet begonnen" in page.split('id="certificates"', 1)[1]


def test_a_deadline_says_how_it_was_computed_in_words(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    page = world.browser().get(f"/estates/{estate}").text
    assert "6 maanden voor het einde van het certificaat (3 juni 2027)" in page
    assert f"/estates/{estate}/do/extend_deadline?kind=renewal_start" not in page  # a guide's
    keeper = world.browser(scopes=frozenset(Scope))
    page = keeper.get(f"/estates/{estate}").text
    assert f"/estates/{estate}/do/extend_deadline?kind=renewal_start&amp;ordinal=1" in page
    assert f"/estates/{estate}/do/extend_deadline?kind=reminder" not in page


def test_figures_are_compared_with_the_baseline(lived_in: tuple[WebWorld, EstateId]) -> None:
    world, estate = lived_in
    page = world.browser().get(f"/estates/{estate}").text
    assert "-39 %" in page
    assert "146.000" in page
    assert "146,000" in world.browser().get(f"/estates/{estate}?lang=en").text


def test_an_act_that_waits_can_be_approved_by_who_may(web_world: WebWorld) -> None:
    estate = in_inventory(web_world)
    waive = WaiveRequirement(
        estate=estate, on=DAY, requirement=RequirementCode.SURVEY, reason="Te klein terrein"
    )
    web_world.engine.do(waive, actor=DECIDER)
    page = web_world.browser(Role.DECIDER, person="p-other").get(f"/estates/{estate}").text
    assert "Wacht op akkoord" in page
    assert "Te klein terrein" in page
    assert f"/estates/{estate}/do/approve_act?proposal=" in page
    assert "/do/approve_act" not in web_world.browser().get(f"/estates/{estate}").text


def test_what_was_just_recorded_is_said(web_world: WebWorld) -> None:
    estate = in_inventory(web_world)
    browser = web_world.browser()
    assert "Intentieverklaring ondertekend" in browser.get(f"/estates/{estate}?done=3").text
    for odd in ("999", "x", "٣", "9" * 50):
        answer = browser.get(f"/estates/{estate}", params={"done": odd})
        assert answer.status_code == 200


def test_markup_in_what_people_write_is_text(web_world: WebWorld) -> None:
    estate = registered(web_world, "<script>alert(1)</script>")
    browser = web_world.browser()
    remark = RecordRemark(
        estate=estate,
        subject="<img src=x>",
        on=PartialDate.parse("2026-09"),
        text="<b>vet</b>",
        provenance=Provenance(source="krant"),
    )
    web_world.engine.do(remark, actor=GUIDE)
    for path in ("", "/diagram", "/timeline"):
        page = browser.get(f"/estates/{estate}{path}").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    page = browser.get(f"/estates/{estate}").text
    assert "<img src=x>" not in page
    assert "<b>vet" not in page


def test_a_long_plan_is_told_whole(web_world: WebWorld) -> None:
    estate = in_inventory(web_world)
    for command in (
        RecordSurvey(estate=estate, on=DAY, sent=10, returned=9),
        RecordWalkRound(estate=estate, on=DAY, light="day", observations=0),
        RecordWalkRound(estate=estate, on=DAY, light="dark", observations=0),
        RecordFigures(estate=estate, on=DAY, figures=Figures(year=2025, burglaries=0)),
        AdoptAnalysis(estate=estate, on=DAY),
        AdoptPlan(
            estate=estate,
            on=DAY,
            goals=tuple(Goal(id=f"g{n}", text=f"Doel nummer {n}.") for n in range(40)),
            measures=tuple(
                Measure(
                    id=f"m{n}",
                    text=f"Maatregel nummer {n}.",
                    owner="politie",
                    owner_role=PartyRole.POLICE,
                    due_on=date(2026, 10, 1) if n == 7 else None,
                )
                for n in range(60)
            ),
        ),
    ):
        web_world.engine.do(command, actor=GUIDE)
    page = web_world.browser().get(f"/estates/{estate}").text
    assert all(f"Doel nummer {n}." in page for n in range(40))
    assert all(f"Maatregel nummer {n}." in page for n in range(60))
    assert page.count("over tijd") == 1


def test_an_id_that_is_none_is_a_page_that_is_not_there(web_world: WebWorld) -> None:
    assert web_world.browser().get("/estates/nothing").status_code == 404
    assert web_world.browser().get(f"/estates/{'0' * 32}").status_code == 404


def test_a_register_that_signs_offers_its_statement_of_each_certificate(
    lived_in: tuple[WebWorld, EstateId], tmp_path: Path
) -> None:
    world, estate = lived_in
    assert "/statement" not in world.browser().get(f"/estates/{estate}").text
    keys = make_keys(tmp_path / "register.key", "voorbeeld")
    signing = Api(a_minute=None, open_a_minute=None, register_keys=keys)
    browser = TestClient(
        asgi_app(world.engine, signing, pages=world.pages),
        cookies=dict(world.browser().cookies),
        headers={"accept": "text/html"},
    )
    page = browser.get(f"/estates/{estate}").text
    addresses = re.findall(r'href="(/v1/certificates/[^"]+/statement)"', page)
    assert len(addresses) == 2
    certificate = addresses[0].split("/")[3]
    assert parse_certificate_id(certificate).estate == estate


def test_of_very_many_remarks_the_page_shows_a_hundred_and_says_where_the_others_are(
    web_world: WebWorld,
) -> None:
    estate = registered(web_world, "Lage Weide")
    for number in range(103):
        remark = RecordRemark(
            estate=estate,
            subject="other",
            on=PartialDate.parse("2020"),
            text=f"Opmerking nummer {number}.",
            provenance=Provenance(source="krant"),
        )
        web_world.engine.do(remark, actor=GUIDE)
    page = web_world.browser().get(f"/estates/{estate}").text
    assert page.count("Opmerking nummer") == 100
    assert "De overige 3 staan in de geschiedenis." in page
