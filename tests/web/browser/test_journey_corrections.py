"""Can what is wrong be put right by clicking, with a second person where that is asked?"""

from __future__ import annotations

from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.people import People, open_estate


def test_a_wrong_day_of_a_decision_is_corrected_when_a_second_person_agrees(
    own_board: Board, visit: Visit
) -> None:
    people = People(own_board, visit)
    first, second = people.decider("p-decider"), people.decider("p-decider-b")
    open_estate(first)
    first.follow("Geschiedenis")
    first.follow("Toegekend")
    first.follow("Corrigeren")
    first.fill({"Dag waarop het gebeurde": "15-5-2024", "Reden": "Het besluit is van 15 mei"})
    first.check()
    first.press("Voorstellen")
    first.sees("Voorgesteld, wacht op akkoord", "U stelde dit zelf voor")
    first.does_not_see("Akkoord geven")
    open_estate(second)
    second.sees("Wacht op akkoord", "37: Toegekend, 16 mei 2024", "15 mei 2024")
    second.follow("Akkoord geven")
    second.sees("Over gebeurtenis", "15 mei 2024", "Het besluit is van 15 mei")
    second.confirm()
    second.sees("Uitvoering en evaluatie, sinds 15 mei 2024")
    second.follow("Geschiedenis")
    second.sees("Gecorrigeerd", "Het besluit is van 15 mei")
    second.follow("Toegekend")
    second.sees("16 mei 2024", "15 mei 2024")
    people.settled()


def test_a_suspension_that_a_second_person_declines_changes_nothing(
    own_board: Board, visit: Visit
) -> None:
    people = People(own_board, visit)
    first, second = people.decider("p-decider"), people.decider("p-decider-b")
    open_estate(first)
    first.fold_out("Meer")
    first.follow("Schorsen")
    first.fill({"Reden": "Geen werkgroep meer"})
    first.check()
    first.sees("Dit wordt een voorstel.", "tot dan verandert er niets")
    first.press("Voorstellen")
    open_estate(second)
    second.sees("Wacht op akkoord", "Schorsen", "Geen werkgroep meer")
    second.follow("Weigeren")
    second.fill({"Reden": "De werkgroep kwam in mei nog bijeen"})
    second.confirm()
    second.sees("Geldig t/m 2 juni 2027")
    second.does_not_see("Wacht op akkoord")
    people.settled()
