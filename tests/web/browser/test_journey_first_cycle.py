"""Can an estate earn its first certificate by clicking alone? Every person in his own role.

The story is that of the invented estate of the demonstration, from 2020 to 2021.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.web.browser.board import Board, bare_board
from tests.web.browser.conftest import Visit
from tests.web.browser.people import BODY, GUIDES, People, done, open_estate

if TYPE_CHECKING:
    from tests.web.browser.acting import Person

PARTIES: Final = (
    ("Ondernemersvereniging De Zilverhoek", "Ondernemers"),
    ("gemeente Voorbeeldstad", "Gemeente"),
    ("politie Voorbeeldland", "Politie"),
    ("Veiligheidsregio Voorbeeldland", "Brandweer"),
    ("Parkmanagement De Zilverhoek", "Parkmanagement"),
)
MEASURES: Final = (
    ("Gevelverlichting", 0),
    ("Straatverlichting", 1),
    ("Groen snoeien", 1),
    ("Surveillance", 4),
    ("Brandkranen", 3),
)
FINDINGS: Final = ("Planning van m3 ontbreekt", "Verslag van de schouw onvolledig")


@pytest.fixture
def bare() -> Iterator[Board]:
    with bare_board(date(2020, 9, 14)) as made:
        yield made


def party(number: int) -> Mapping[str, str]:
    organisation, role = PARTIES[number]
    return {"Organisatie": organisation, "Rol": role}


def test_an_estate_earns_its_first_certificate_by_clicking(bare: Board, visit: Visit) -> None:
    people = People(bare, visit)
    guide, auditor, decider = people.guide(), people.auditor(), people.decider()
    register_and_start(people, guide)
    an_analysis_that_is_refused_at_first(people, guide)
    plan_and_request(people, guide)
    sign(people, guide)
    audit(people, auditor)
    award_and_present(people, guide, auditor, decider)
    guide.sees("Geldig t/m 2 juni 2024")
    guide.follow("Tijdlijn")
    guide.sees("Toegekend")
    guide.follow("Geschiedenis")
    guide.sees("Toegekend", "Uitgereikt", "Analyse vastgesteld")
    people.settled()


def register_and_start(people: People, guide: Person) -> None:
    guide.follow("Terreinen")
    guide.follow("Nieuw terrein")
    guide.fill({"Naam": "De Zilverhoek", "Gemeente 1": "Voorbeeldstad", "Bestaat sinds": "9-2020"})
    guide.confirm()
    people.on(2020, 9, 15)
    guide.follow("Traject starten")
    guide.rows("Partijen", *map(party, range(5)))
    guide.fill({"Procesbegeleider": GUIDES, "Certificatie-instelling": BODY})
    guide.confirm()
    people.on(2020, 10, 6)
    guide.follow("Intentieverklaring ondertekenen")
    guide.press("Neem over")
    assert guide.value("Organisatie") == PARTIES[0][0]
    guide.confirm()


def an_analysis_that_is_refused_at_first(people: People, guide: Person) -> None:
    people.on(2020, 11, 19)
    for light, observations in (("Bij daglicht", "14"), ("In het donker", "22")):
        guide.follow("Schouw vastleggen")
        guide.fill({"Wanneer is er gelopen?": light, "Aantal waarnemingen": observations})
        guide.confirm()
    guide.follow("Incidentcijfers vastleggen")
    guide.fill({"Jaar": "2020", "Inbraken": "18", "Schade in hele euro's": "146.000"})
    guide.confirm()
    guide.follow("Enquête vastleggen")
    guide.fill({"Verstuurde formulieren": "113", "Teruggekomen formulieren": "27"})
    guide.confirm()
    guide.fold_out("Wat nu nog niet kan, en waarom")
    guide.sees("Analyse vaststellen → Plan van aanpak")
    guide.sees("De respons is 27 van 113 (23,9 %), nodig is 30 %: nog 7 formulieren.")
    people.on(2020, 11, 23)
    guide.watched.expect(409)
    guide.watched.open(f"{guide.page.url.partition('?')[0]}/do/adopt_analysis")
    guide.check()
    guide.sees("Dit kan nu niet", "nog 7 formulieren", "Er is niets vastgelegd.")
    guide.follow("Enquête vastleggen")
    people.on(2020, 11, 30)
    guide.fill({"Dag waarop de enquête sloot": "30 november 2020"})
    guide.fill({"Verstuurde formulieren": "113", "Teruggekomen formulieren": "41"})
    guide.confirm()
    guide.sees("36,3 % respons")
    people.on(2021, 1, 14)
    guide.follow("Analyse vaststellen")
    guide.check()
    guide.sees("Plan van aanpak")
    guide.press("Bevestigen")
    guide.sees("Vastgelegd", "Plan van aanpak, sinds 14 januari 2021")


def plan_and_request(people: People, guide: Person) -> None:
    people.on(2021, 2, 9)
    guide.follow("Plan vaststellen")
    goal = {"Doelstelling": "Minder inbraken", "Meetbaar doel": "ten minste 30 % minder"}
    guide.rows("Doelstellingen", goal)
    guide.rows("Maatregelen", *map(measure, range(len(MEASURES))))
    guide.confirm()
    people.on(2021, 4, 6)
    done(guide, "m1", "m2", "m3")
    people.on(2021, 4, 8)
    guide.follow("Audit aanvragen")
    guide.confirm()


def measure(number: int) -> Mapping[str, str]:
    text, owner = MEASURES[number]
    organisation, role = PARTIES[owner]
    return {
        "Maatregel": text,
        "Eigenaar": organisation,
        "Rol van de eigenaar": role,
        "Bij doelstelling": "g1",
        "Klaar op": "31-12-2023",
    }


def sign(people: People, guide: Person) -> None:
    people.on(2021, 4, 29)
    guide.follow("Convenant ondertekenen")
    guide.press("Neem over")
    witness = {"Organisatie": "Verzekeraar Voorbeeld", "Rol": "Overige"}
    guide.rows("Getuigen", witness)
    agreement = {"Onderwerp": "Overleg", "Wie belooft het?": PARTIES[4][0], "Keer per jaar": "4"}
    guide.rows("Afspraken", agreement)
    guide.confirm()


def audit(people: People, auditor: Person) -> None:
    people.on(2021, 5, 11)
    open_estate(auditor)
    auditor.follow("Audit vastleggen")
    assert auditor.value("Kenmerk van de auditor") == "p-auditor"
    auditor.fill({"Advies van de auditor": "Advies positief"})
    auditor.rows("Tekortkomingen", *({"Ernst": "Licht", "Tekortkoming": one} for one in FINDINGS))
    auditor.confirm()
    people.on(2021, 5, 25)
    open_estate(auditor)
    for number, finding in enumerate(FINDINGS, start=1):
        auditor.sees(finding)
        auditor.follow(f"Afsluiten: f{number}")
        auditor.confirm()
    auditor.does_not_see("Open tekortkomingen")


def award_and_present(people: People, guide: Person, auditor: Person, decider: Person) -> None:
    people.on(2021, 5, 27)
    open_estate(decider)
    decider.fold_out("Wat nu nog niet kan, en waarom")
    decider.sees("Er zijn 3 maatregelen uitgevoerd, nodig zijn er 4.")
    people.on(2021, 6, 1)
    open_estate(guide)
    done(guide, "m4")
    people.on(2021, 6, 3)
    open_estate(auditor)
    auditor.does_not_see("Toekennen")
    auditor.watched.expect(403)
    auditor.watched.open(f"{auditor.page.url}/do/award_certificate")
    auditor.sees("Dit kan niet", "over certificaten besluiten")
    open_estate(decider)
    decider.follow("Toekennen")
    decider.check()
    decider.sees("Geldig", "2 juni 2024", "Uitvoering en evaluatie")
    decider.press("Bevestigen")
    decider.sees("Basis Samenwerken", "Geldig t/m 2 juni 2024")
    people.on(2021, 6, 10)
    open_estate(guide)
    guide.follow("Uitreiken")
    guide.fill({"Door wie": "burgemeester"})
    guide.confirm()
