"""Can a certificate be renewed by clicking, with what the last cycle left taken over?"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.people import People, done, open_estate


def test_the_third_certificate_is_earned_with_the_plan_of_the_second(
    own_board: Board, visit: Visit
) -> None:
    people = People(own_board, visit)
    guide = people.guide()
    open_estate(guide)
    guide.sees("Geldig t/m 2 juni 2027")
    guide.follow("Enquête vastleggen")
    guide.fill({"Verstuurde formulieren": "120", "Teruggekomen formulieren": "51"})
    guide.confirm()
    for light in ("Bij daglicht", "In het donker"):
        guide.follow("Schouw vastleggen")
        guide.fill({"Wanneer is er gelopen?": light, "Aantal waarnemingen": "8"})
        guide.confirm()
    guide.follow("Eindevaluatie vaststellen")
    guide.fill({"Jaar": "2026", "Inbraken": "8", "Toelichting": "Drie maatregelen lopen nog"})
    guide.confirm()
    guide.follow("Plan vaststellen")
    guide.press("Neem over van de vorige cyclus")
    plan = guide.page.get_by_role("group", name=re.compile(r"^Maatregelen, regel"))
    expect(plan).to_have_count(3)  # the five that are done are left behind
    guide.confirm()
    done(guide, "m7", "m8")
    guide.follow("Audit aanvragen")
    guide.confirm()
    auditor = people.auditor("p-auditor-c")
    open_estate(auditor)
    auditor.follow("Audit vastleggen")
    auditor.fill({"Advies van de auditor": "Advies positief"})
    auditor.confirm()
    decider = people.decider()
    open_estate(decider)
    decider.follow("Toekennen")
    decider.confirm()
    people.settled()
