"""What falls due over ten years? Sweeps, notices once, deadlines moved, digests and deliveries."""

from __future__ import annotations

from datetime import date, timedelta

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.ids import EstateId
from kvob_workflow import (
    EvaluateYear,
    ExtendDeadline,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    ReplanDeadline,
    SuspendCertificate,
    WaiveDeadline,
)
from kvob_workflow.notices import Digest, Recipient
from kvob_workflow.testing import DECIDER
from tests.conformance.about import every_list, every_question
from tests.conformance.population import leave_gap, sample
from tests.conformance.world import World


class Kept:
    """A channel that keeps what it is given; the first two digests for "Ander" fail."""

    name = "kept"

    def __init__(self) -> None:
        self.digests: list[Digest] = []
        self._failures = 2

    def send(self, digest: Digest) -> None:
        """Keep a digest, or fail."""
        if digest.recipient == "Ander" and self._failures:
            self._failures -= 1
            raise ConnectionError("bezet")
        self.digests.append(digest)


def story(world: World) -> None:
    """The sample cases from 2019, a dispatcher beside them, and some certificates of our own."""
    sample(world)
    channel = Kept()
    recipients = (Recipient("Keurders bv"), Recipient("Ander", municipalities=("Goes",)))
    dispatcher = world.engine.dispatcher([channel], [*recipients, Recipient("Al", everything=True)])
    estates = [_awarded(world, f"Terrein {number}", number) for number in range(4)]
    world.ask("sweep")
    leave_gap(world)
    for year in range(2020, 2030):
        world.clock.set_day(date(year, 3, 1))
        _acts(world, estates, year)
        world.ask("sweep")
        world.ask("sweep")
        world.tell("dispatched", dispatcher.run_once())
        world.clock.move_on(timedelta(hours=30))
        world.tell("dispatched again", dispatcher.run_once())
        world.ask("next_due_on")
    world.tell("deliveries", world.store.deliveries())
    # Who is sent what in which order is a matter of ids, which end in a position.
    world.tell("digests", sorted((one.recipient, *_lines(one)) for one in channel.digests))
    world.clock.move_on(timedelta(days=500))
    world.ask("sweep")
    world.ask("sweep", confirm=True)
    every_list(world)
    world.ask("statistics")
    world.ask("stuck")
    for estate in estates:
        every_question(world, estate)
    dispatcher.close()


def _lines(digest: Digest) -> tuple[str, ...]:
    told = (f"{one.name} {one.kind} {one.due_on} {one.explained('nl')}" for one in digest.notices)
    return (digest.subject, *told)


def _awarded(world: World, name: str, number: int) -> EstateId:
    estate = world.register(name, "Goes")
    source = Provenance(source="https://example.org/")
    on = PartialDate.parse(("2018-05-01", "2018-05", "2018", "2019-04-30")[number])
    fact = PastFact(kind=FactKind.AWARD, on=on, body="Keurders bv", provenance=source)
    world.do(RecordPastFact(estate=estate, fact=fact))
    return estate


def _acts(world: World, estates: list[EstateId], year: int) -> None:
    today = world.engine.today()
    first, second, third, fourth = estates
    world.tries(EvaluateYear(estate=first, on=today, note="gedaan"))
    kind, reason = DeadlineKind.EVALUATION, "Verhuizing"
    later = today + timedelta(days=200)
    world.tries(ExtendDeadline(estate=second, on=today, kind=kind, due_on=later, reason=reason))
    planned = date(year, 9, 15)
    world.tries(
        ReplanDeadline(
            estate=third, on=today, kind=DeadlineKind.REMINDER, due_on=planned, reason=reason
        )
    )
    world.tries(WaiveDeadline(estate=second, on=today, kind=kind, reason=reason), DECIDER)
    world.tries(SuspendCertificate(estate=fourth, on=today, reason=reason), DECIDER)
