"""Do the diagram and the time line of an estate tell what they draw?"""

from __future__ import annotations

import re

from kvob_domain.estate.commands.identity import LinkMembers, RegisterEstate, RegisterGroup
from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from kvob_workflow.demo.people import GUIDE
from tests.web.conftest import WebWorld
from tests.web.test_estate import DAY, in_inventory, registered


def _estate_called(world: WebWorld, name: str) -> str:
    found = world.engine.board(BoardQuery(text=name, limit=200, groups=True)).items
    return next(row.estate_id for row in found if row.estate == name)


def test_the_diagram_leads_to_the_forms_of_what_can_be_done(web_world: WebWorld) -> None:
    estate = registered(web_world)
    page = web_world.browser().get(f"/estates/{estate}/diagram").text
    assert f'href="/estates/{estate}/do/start_trajectory"' in page
    assert page.count("<svg") == 4  # two machines, each wide and narrow


def test_each_number_in_the_diagram_has_its_reason_below(web_world: WebWorld) -> None:
    estate = in_inventory(web_world)
    page = web_world.browser().get(f"/estates/{estate}/diagram").text
    numbers = re.findall(r'class="blocked-number">(\d+)<', page)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert "Analyse vaststellen" in page
    assert "Er is in deze cyclus geen enquête vastgelegd" in page


def test_a_reason_that_holds_in_both_machines_is_told_once(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, _ = lived_in
    estate = _estate_called(world, "De Poel")
    page = world.browser().get(f"/estates/{estate}/diagram").text
    assert "Zie 1." in page
    assert page.count("geen incidentcijfers vastgelegd") == 1


def test_a_group_says_that_it_has_no_trajectory(lived_in: tuple[WebWorld, EstateId]) -> None:
    world, _ = lived_in
    group = _estate_called(world, "bedrijventerreinen Ommen")
    browser = world.browser()
    assert "zelf geen traject" in browser.get(f"/estates/{group}/diagram").text
    assert "zelf geen traject" in browser.get(f"/estates/{group}").text


def test_a_group_leads_to_its_members_and_counts_those_out_of_reach(web_world: WebWorld) -> None:
    do = web_world.engine.do
    near = registered(web_world, "Nabij")
    far = do(RegisterEstate(name="Ver", municipalities=("Zwolle",)), actor=GUIDE).estate
    group = do(RegisterGroup(name="Allemaal", municipalities=("Baarn",)), actor=GUIDE).estate
    do(LinkMembers(estate=group, on=DAY, members=(near, far)), actor=GUIDE)
    page = web_world.browser().get(f"/estates/{group}").text
    assert "Terreinen van de groep" in page
    assert f'href="/estates/{far}">Ver</a>' in page
    assert "Allemaal" in web_world.browser().get(f"/estates/{near}").text
    page = web_world.browser(municipalities=["Baarn"]).get(f"/estates/{group}").text
    assert f'href="/estates/{near}">Nabij</a>' in page
    assert "Ver</a>" not in page
    assert "Buiten uw bereik: 1" in page


def test_the_time_line_stands_below_itself_as_a_table(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    page = world.browser().get(f"/estates/{estate}/timeline").text
    table = page.split('class="story"', 1)[1]
    assert "14 jan 2021" in table
    assert "Certificaat 2, Continu Samenwerken" in table
    assert "zonder gebeurtenissen" in table
    assert "Maatregel bijgewerkt: Gevelverlichting" in table
    assert f'href="/estates/{estate}/history/' in table


def test_idle_years_unfold_by_the_address(lived_in: tuple[WebWorld, EstateId]) -> None:
    world, estate = lived_in
    page = world.browser().get(f"/estates/{estate}/timeline?unfold=1").text
    assert "zonder gebeurtenissen" not in page.split('class="story"', 1)[1]
    assert 'name="unfold" value="1" checked' in page


def test_the_address_chooses_what_the_time_line_shows(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    browser = world.browser()
    only = browser.get(f"/estates/{estate}/timeline?kind=certificate").text
    table = only.split('class="story"', 1)[1]
    assert "Certificaat 1" in table
    assert "Maatregel bijgewerkt" not in table
    unknown = browser.get(f"/estates/{estate}/timeline?kind=nothing")
    assert unknown.status_code == 200
    assert "Maatregel bijgewerkt" in unknown.text


def test_what_was_recorded_late_says_when(lived_in: tuple[WebWorld, EstateId]) -> None:
    world, _ = lived_in
    estate = _estate_called(world, "De Poel")
    page = world.browser().get(f"/estates/{estate}/timeline?recorded=1").text
    assert "vastgelegd op 6 mei 2019" in page


def test_what_is_planned_is_told_from_what_happened(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    page = world.browser().get(f"/estates/{estate}/timeline").text
    assert "nog te komen" in page
    assert "Maatregel: Brandkranen" in page
