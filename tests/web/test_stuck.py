"""What does the page of what is stuck show? Why, since when, and the form that moves it on."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from kvob_domain.actor import Role
from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Scope
from kvob_projections.concern_kinds import ConcernKind
from kvob_workflow import RegisterEstate
from tests.web.conftest import WebWorld

Lived = tuple[WebWorld, EstateId]
FORM = re.compile(r'href="(/estates/[0-9a-f]{32}/do/([a-z_]+)[^"]*)"')


def test_the_first_of_each_family_stand_together_with_how_many_there_are(lived_in: Lived) -> None:
    page = lived_in[0].browser().get("/stuck").text
    for family in ("Werking", "Over tijd", "Verweesd", "Tegenstrijdig", "Stil"):
        assert f"<h2>{family} <span" in page
    assert "Wat betekent dit?" in page
    assert "sinds " in page


def test_a_family_is_a_list_that_can_be_paged(lived_in: Lived) -> None:
    browser = lived_in[0].browser()
    page = browser.get("/stuck?family=contradictory").text
    assert "<h2>Over tijd" not in page
    assert re.search("1.50 van", page)
    assert re.search("51.100 van", browser.get("/stuck?family=contradictory&offset=50").text)


def test_each_repair_leads_to_its_form_filled_in(lived_in: Lived) -> None:
    world, _ = lived_in
    page = world.browser(scopes=Scope).get("/stuck?kind=not_renewed").text
    found = FORM.findall(page)
    assert found
    assert {name for _, name in found} <= {name_of(one) for one in ALL_COMMANDS}
    given = parse_qs(urlsplit(unescape(found[0][0])).query)
    assert given["subject"][0].startswith("stuck:not_renewed:")
    assert given["text"] == ["Bekeken en zo gelaten"]
    assert given["provenance.source"] == ["kvob stuck"]


def test_each_form_that_is_offered_opens_filled_in(lived_in: Lived) -> None:
    browser = lived_in[0].browser(scopes=Scope)
    by_command: dict[str, str] = {}
    for kind in ConcernKind:
        for address, name in FORM.findall(browser.get(f"/stuck?kind={kind.value}").text):
            if name not in by_command or "?" in address:
                by_command[name] = unescape(address)
    assert len(by_command) > 3
    for name, address in by_command.items():
        answer = browser.get(address)
        assert answer.status_code == 200, name
        for texts in parse_qs(urlsplit(address).query).values():
            assert texts[0] in unescape(answer.text), (name, texts)


def test_a_repair_is_offered_only_to_who_may_give_it(lived_in: Lived) -> None:
    world, _ = lived_in
    page = world.browser(scopes=[Scope.ESTATES_READ]).get("/stuck?kind=not_renewed").text
    assert "/do/" not in page
    assert "kvob record-remark" not in page


def test_what_one_types_is_shown_to_who_keeps_the_service(lived_in: Lived) -> None:
    world, _ = lived_in
    keeper = world.browser(scopes=[Scope.ESTATES_READ, Scope.OPERATION_READ])
    assert "kvob record-remark" in keeper.get("/stuck?kind=not_renewed").text
    assert "Looked at and left as it is" in keeper.get("/stuck?lang=en").text


def test_what_only_shows_leads_to_the_estate(web_world: WebWorld) -> None:
    page = web_world.browser().get("/stuck?kind=approval_waits")
    assert page.status_code == 200
    assert "Niets in deze keuze" in page.text


def test_nothing_out_of_reach_is_told(lived_in: Lived) -> None:
    world, _ = lived_in
    page = world.browser(Role.MUNICIPALITY, None, ["Soest"]).get("/stuck").text
    assert "Veenendaal" not in page
    assert "<h2>Werking" not in page


def test_held_notices_are_led_to_the_sweep_or_to_who_keeps_the_service(lived_in: Lived) -> None:
    world, _ = lived_in
    mine = world.browser(scopes=Scope).get("/stuck?kind=notice_held").text
    assert 'href="/operation"' in mine
    guide = world.browser().get("/stuck?kind=notice_held").text
    assert "Vraag de beheerder" in guide
    assert 'href="/operation"' not in guide


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.WITNESS, Role.PUBLIC])
def test_who_sees_no_estates_sees_nothing_of_it(web_world: WebWorld, role: Role) -> None:
    assert web_world.browser(role).get("/stuck").status_code == 403


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/stuck?family=feest", "feest"),
        ("/stuck?kind=silent&family=overdue", "silent"),
        ("/stuck?silent_days=veel", "veel"),
    ],
)
def test_what_cannot_be_asked_is_explained(web_world: WebWorld, address: str, said: str) -> None:
    answer = web_world.browser().get(address)
    assert answer.status_code == 400
    assert said in answer.text


def test_a_script_in_a_name_is_shown_as_text(web_world: WebWorld) -> None:
    name = "<script>alert(1)</script>"
    web_world.engine.do(RegisterEstate(name=name, municipalities=("Voorbeeldstad",)))
    web_world.clock.move_on(timedelta(days=400))
    page = web_world.browser().get("/stuck?silent_days=1").text
    assert "<script>alert" not in page


def test_it_is_there_in_english(lived_in: Lived) -> None:
    page = lived_in[0].browser().get("/stuck?lang=en").text
    assert "What does this mean?" in page
    assert "Bekeken" not in page
