"""What is left of somebody who was erased? The proofs and the events, and no name."""

from __future__ import annotations

from datetime import timedelta

from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.ids import EstateId
from kvob_domain.parties import PartyRole
from kvob_workflow import Actor, DeclareIntent, PersonDetails, PersonId, Signatory, StartTrajectory
from kvob_workflow.privacy.erasing import ErasureException
from kvob_workflow.store import Erasure
from tests.conformance.about import every_list
from tests.conformance.world import TODAY, World

NAME = "Wilhelmina Voorbeeldsma"
ASKS, APPROVES = Actor(PersonId("p-asks")), Actor(PersonId("p-approves"))
_ROLES = (
    PartyRole.ENTREPRENEURS,
    PartyRole.MUNICIPALITY,
    PartyRole.POLICE,
    PartyRole.FIRE_BRIGADE,
)


def story(world: World) -> None:
    """Two persons sign for two estates; one is erased, the other's request is declined."""
    world.ask("erasures")
    world.engine.make_keys()
    for number, person in enumerate(("p-one", "p-two")):
        details = PersonDetails(f"{NAME} {number}", email=f"w{number}@voorbeeld.nl")
        world.engine.persons.add(details, person=person)
    estates = [_signed(world, "De Hoek", "p-one"), _signed(world, "De Bocht", "p-two")]
    signer = world.signer()
    world.engine.sequence(signer.path)
    _names(world, estates)
    first = _requested(world, "p-one")
    second = _requested(world, "p-two")
    for asked in ("p-two", "p-nobody"):
        world.ask("propose_erasure", asked, ErasureBasis.OBJECTION, actor=ASKS)
    world.ask("decline_erasure", second, ErasureException.LEGAL_CLAIMS, actor=APPROVES)
    world.ask("erase", [first], actor=ASKS)
    world.ask("erase", ["nothing"], actor=APPROVES)
    world.clock.move_on(timedelta(days=2))
    world.ask("erase", [first], actor=APPROVES)
    world.ask("erase", [first], actor=APPROVES)
    _names(world, estates)
    world.reopen()
    _names(world, estates)
    world.ask("propose_erasures", ["p-two", "operator"], ErasureBasis.UNLAWFUL, actor=ASKS)
    found = world.engine.verify(signer.verifiers(), signer.heads())
    world.tell("proofs hold", (found.verdict, found.findings, found.events, found.beyond))
    world.telling.methods |= {"make_keys", "persons", "verify", "sequence"}
    every_list(world)


def _requested(world: World, person: str) -> str:
    asked = world.ask("propose_erasure", person, ErasureBasis.CONSENT_WITHDRAWN, actor=ASKS)
    assert isinstance(asked, Erasure)
    return asked.id


def _signed(world: World, name: str, person: str) -> EstateId:
    estate = world.register(name)
    world.do(StartTrajectory(estate=estate, on=TODAY))
    signatories = tuple(
        Signatory(organisation=role.value, role=role, person=PersonId(person), name=f"{NAME} x")
        for role in _ROLES
    )
    world.do(DeclareIntent(estate=estate, on=TODAY, signatories=signatories))
    return estate


def _names(world: World, estates: list[EstateId]) -> None:
    for estate in estates:
        opened = world.engine.names(estate)
        world.tell("names", sorted(str(one) for one in opened.values()))
        world.ask("history", estate)
    for person in ("p-one", "p-two"):
        access = world.engine.export_person(person)
        world.tell("known", (access.known, access.requests, len(access.mentions)))
        world.tell("keys", len(access.keys))
    for text in ("w1@voorbeeld.nl", "w0@VOORBEELD.nl", NAME, "nobody"):
        world.tell(f"find {text}", [one.id for one in world.engine.persons.find(text)])
    world.ask("name_faults")
    world.telling.methods |= {"names", "export_person"}
