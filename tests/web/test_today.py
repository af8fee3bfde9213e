"""What does the first page show? What waits, for whom, before when, and the way to do it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.preparation import RecordSurvey
from kvob_domain.estate.commands.standing import SuspendCertificate
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import Scope, scopes_of
from tests.projections import cycle
from tests.projections.cycle import DECIDER
from tests.projections.desk import does
from tests.web.conftest import WebWorld
from tests.web.played import played

TODAY = date(2024, 2, 1)
SCRIPT = "<script>alert(1)</script>"
Lived = tuple[WebWorld, EstateId]
EXPIRING, APPROVALS = "Verloopt zonder hercertificering", "Wacht op tweede persoon"
DECISIONS = "Klaar voor een besluit"


@pytest.fixture
def world(web_world: WebWorld) -> WebWorld:
    web_world.clock.set_day(TODAY)
    return web_world


def waiting(text: str) -> list[str]:
    """The heads of the sections in which something waits."""
    return [one.strip() for one in re.findall(r'<h2 id="head-[a-z_]+">([^<]+)', text)]


def test_when_nothing_waits_that_is_told_as_good_news(world: WebWorld) -> None:
    answer = world.browser().get("/")
    assert answer.status_code == 200
    assert "Er wacht niets" in answer.text
    assert waiting(answer.text) == []


def test_a_certificate_that_ends_shows_where_before_when_and_what_to_do(world: WebWorld) -> None:
    estate = played(world, cycle.CERTIFIED)
    text = world.browser().get("/").text
    assert EXPIRING in waiting(text)
    assert f'href="/estates/{estate}"' in text
    assert "vervalt over 4 maanden" in text
    assert '<time datetime="2024-06-03">3 juni 2024</time>' in text
    assert f'href="/estates/{estate}/do/evaluate_term"' in text


def test_a_section_without_anything_is_named_among_what_does_not_wait(world: WebWorld) -> None:
    played(world, cycle.CERTIFIED)
    text = world.browser().get("/").text
    quiet = text.split("Niets te doen</span>")[1].split("</p>")[0]
    assert "audits met open punten" in quiet
    assert "wacht op tweede persoon" in quiet


def test_an_audit_with_gaps_says_what_is_missing_first_and_who_owes_it(world: WebWorld) -> None:
    played(world, cycle.AWARD)
    text = world.browser().get("/?work=all").text
    section = text.split('id="head-audit_gaps"')[1].split("</section>")[0]
    assert "Audit met positief advies" in section
    assert "certificatie-instelling" in section
    assert "audit aangevraagd" in section


def test_what_was_audited_is_ready_for_a_decision_by_who_decides(world: WebWorld) -> None:
    estate = played(world, cycle.AUDITED)
    decider = world.browser(Role.DECIDER, person="p-other").get("/").text
    assert DECISIONS in waiting(decider)
    assert f'href="/estates/{estate}/do/award_certificate"' in decider
    guide = world.browser().get("/").text
    assert DECISIONS not in waiting(guide)
    everything = world.browser().get("/?work=all").text
    assert DECISIONS in waiting(everything)
    assert "do/award_certificate" not in everything, "a guide decides nothing"


def test_a_survey_is_drawn_against_its_threshold(world: WebWorld) -> None:
    estate = played(world, cycle.INVENTORY)
    survey = RecordSurvey(estate=estate, on=date(2024, 1, 15), sent=100, returned=12)
    world.engine.do(survey, actor=Actor(PersonId("p-guide")))
    text = world.browser().get("/").text
    section = text.split('id="head-surveys"')[1].split("</section>")[0]
    assert "12 van 100 (12 %), drempel 30 %" in section
    assert f'id="dial-{estate}"' in section
    assert "nog 18 ingevulde formulieren" in section


def test_late_measures_stand_under_their_owner_with_a_form_for_each(world: WebWorld) -> None:
    estate = played(world, cycle.COVENANT)
    text = world.browser().get("/").text
    section = text.split('id="head-measures"')[1].split("</section>")[0]
    assert "Ondernemersvereniging De Zilverhoek" in section
    assert "Gevelverlichting" in section
    assert f'href="/estates/{estate}/do/update_measure?measure=m-1"' in section


def test_who_proposed_it_himself_is_told_that_somebody_else_approves(world: WebWorld) -> None:
    estate = played(world, cycle.CERTIFIED)
    step = does(SuspendCertificate, "2024-01-10", DECIDER, reason="geen evaluatie")
    world.engine.do(step.command(estate), actor=Actor(PersonId(DECIDER), "CI", Role.DECIDER))
    own = world.browser(Role.DECIDER, person=DECIDER).get("/").text
    assert APPROVALS in waiting(own)
    assert "iemand anders geeft akkoord" in own
    assert "do/approve_act" not in own
    other = world.browser(Role.DECIDER, person="p-second").get("/").text
    assert f"/estates/{estate}/do/approve_act?proposal=" in other
    guide = world.browser().get("/").text
    assert "do/approve_act" not in guide, "a guide approves nothing"


def test_the_figures_lead_to_exactly_those_deadlines(world: WebWorld) -> None:
    played(world, cycle.CERTIFIED)
    browser = world.browser()
    figures = browser.get("/").text.split('class="figures"')[1].split("</ul>")[0]
    found = re.findall(r'href="([^"]+)"><strong>(\d+)', figures)
    assert len(found) == 4
    for address, number in found:
        listed = browser.get(address.replace("&amp;", "&")).text
        if number != "0":
            said = (f'<span class="count">{number}</span>', f"<strong>{number}</strong> terrein")
            assert any(one in listed for one in said), address


def test_a_role_without_duties_sees_everything_and_no_switch(world: WebWorld) -> None:
    played(world, cycle.AUDITED)
    text = world.browser(Role.SCHEME_MANAGER).get("/").text
    assert DECISIONS in waiting(text)
    assert "Mijn werk" not in text


def test_the_switch_keeps_the_municipality(world: WebWorld) -> None:
    text = world.browser().get("/?municipality=Soest").text
    assert 'href="/?municipality=Soest&amp;work=all"' in text


def test_a_municipality_narrows_the_page(world: WebWorld) -> None:
    played(world, cycle.CERTIFIED, "De Hoek", "Soest")
    played(world, cycle.CERTIFIED, "Noord", "Baarn")
    text = world.browser().get("/?municipality=Baarn").text
    assert "Noord" in text
    assert "De Hoek" not in text


def test_nobody_sees_what_lies_outside_his_reach(world: WebWorld) -> None:
    played(world, cycle.CERTIFIED, "De Hoek", "Soest")
    played(world, cycle.CERTIFIED, "Noord", "Baarn")
    text = world.browser(Role.MUNICIPALITY, municipalities=("Baarn",)).get("/?work=all").text
    assert "Noord" in text
    assert "De Hoek" not in text


def test_one_section_has_a_page_of_its_own(world: WebWorld) -> None:
    for number in range(7):
        played(world, cycle.CERTIFIED, f"Oost {number}")
    browser = world.browser()
    assert 'href="/?section=expiring"' in browser.get("/").text
    text = browser.get("/?section=expiring").text
    assert all(f"Oost {number}" in text for number in range(7))
    assert browser.get("/?section=feest").status_code == 400


def test_on_another_day_nothing_can_be_done(world: WebWorld) -> None:
    played(world, cycle.CERTIFIED)
    text = world.browser().get("/?on=2024-05-20").text
    assert "vervalt over 2 weken" in text
    assert "/do/evaluate_term" not in text


def test_a_script_in_a_name_is_text(world: WebWorld) -> None:
    played(world, cycle.CERTIFIED, f"De {SCRIPT}")
    text = world.browser().get(f"/?municipality={SCRIPT}").text + world.browser().get("/").text
    assert SCRIPT not in text
    assert "&lt;script&gt;" in text


def test_the_page_is_there_in_english(world: WebWorld) -> None:
    played(world, cycle.CERTIFIED)
    text = world.browser().get("/?lang=en").text
    assert '<html lang="en">' in text
    assert "Expiring without renewal" in text
    assert "expires in 4 months" in text
    assert "Verloopt" not in text


@pytest.mark.parametrize(
    ("role", "leads_to"), [(Role.OPERATOR, "/report"), (Role.SCHEME_MANAGER, None)]
)
def test_who_sees_no_estates_is_led_to_what_he_does_see(
    world: WebWorld, role: Role, leads_to: str | None
) -> None:
    answer = world.browser(role).get("/")
    assert answer.status_code == (303 if leads_to else 200)
    assert answer.headers.get("location") == leads_to


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.WITNESS, Role.PRIVACY_OFFICER, Role.ALARM])
def test_who_sees_no_page_at_all_is_told_what_he_can_do(world: WebWorld, role: Role) -> None:
    answer = world.browser(role).get("/")
    assert answer.status_code == 200
    assert role.words.nl in answer.text
    for scope in scopes_of(role):
        assert scope.words.nl[1:] in answer.text


def test_who_may_only_import_is_led_to_the_import(world: WebWorld) -> None:
    answer = world.browser(Role.IMPORTER, scopes=(Scope.PAST_RECORD,)).get("/?lang=en")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/import?lang=en"
