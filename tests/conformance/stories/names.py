"""Who bears a name? Taken, freed, passed on, found by an earlier one, claimed by two at once."""

from __future__ import annotations

from kvob_domain.ids import EstateId
from kvob_workflow import Correct, RegisterEstate, RegisterGroup, RenameEstate, TransferEstate
from tests.conformance.about import every_list
from tests.conformance.world import TODAY, World


def story(world: World) -> None:
    """Names in two municipalities, and what is looked up by them."""
    first = world.register("De Hoek", "Goes")
    world.register("De Hoek", "Soest")
    _registered(world, "de  HOEK", "Goes")
    _registered(world, "Dé Hoek", "Weert", "Goes")
    _registered(world, "De Hoek", "Weert")
    world.tries(RegisterGroup(name="De Hoek", municipalities=("Goes",)))
    world.tries(RegisterEstate(estate=first, name="Anders", municipalities=("Goes",)))
    _renamed(world, first, "De Bocht")
    _registered(world, "De Hoek", "Goes")
    _renamed(world, first, "De Hoek")
    _renamed(world, first, "DE BOCHT")
    _renamed(world, EstateId("9" * 32), "Nergens")
    world.tries(TransferEstate(estate=first, on=TODAY, to_body="Keur B"))
    wrong = Correct(
        estate=first, on=TODAY, version=1, says={"municipalities": ["Soest"]}, reason="fout"
    )
    world.ask("do", wrong, dry_run=True)
    world.tries(wrong)
    for text in ("De Hoek", "de hoek, soest", "De Bocht", "Hoek", first, "De Hoek, Goes", "\0"):
        world.ask("find", text)
    pairs = [("goes", "de hoek"), ("soest", "de hoek"), ("goes", "de bocht"), ("x", "y")]
    world.tell("claimed", [world.store.claimed(*pair) for pair in pairs])
    world.tell("claimed together", world.store.claimed_many(pairs))
    world.tell("bearers", sorted(world.store.bearers("de hoek"), key=str))
    world.ask("wait_for_events", 0, 0.1)
    beyond = world.engine.wait_for_events(world.store.last_position(), 0.0)
    world.tell("an event beyond the last one", beyond)
    every_list(world)


def _registered(world: World, name: str, *places: str) -> None:
    world.tries(RegisterEstate(name=name, municipalities=places))


def _renamed(world: World, estate: EstateId, name: str) -> None:
    world.tries(RenameEstate(estate=estate, on=TODAY, name=name, reason="Wens"))
