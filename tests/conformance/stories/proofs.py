"""Is the proof log the same? Same stored bytes, roots, proofs, signed heads, verdicts, dossiers."""

from __future__ import annotations

import hashlib
import io

from kvob_domain.ids import EstateId
from kvob_workflow.calendars import CalendarQuery
from kvob_workflow.dossier import DossierQuery, dossier_from, write_dossier
from kvob_workflow.exports import ocel, xes
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.keys import WITNESS, SigningKey
from kvob_workflow.proofs.log import ProofLog
from kvob_workflow.proofs.notes import read_note
from tests.conformance.population import invented, leave_gap, sample
from tests.conformance.world import TODAY, World


def story(world: World) -> None:
    """Events stored in several rounds, some refused in between, a head after each."""
    signer = world.signer()
    sample(world)
    world.ask("verify", signer.verifiers(), ())
    world.ask("sequence", signer.path)
    leave_gap(world)
    estate = invented(world)
    leave_gap(world)
    world.clock.set_day(TODAY)
    world.ask("sweep", confirm=True)
    world.ask("sequence", signer.path)
    world.ask("sequence", signer.path)
    world.register("Later")
    keys, heads = signer.verifiers(), signer.heads()
    world.ask("verify", keys, heads)
    world.ask("verify", keys, heads, estate)
    world.ask("sequence", signer.path)
    world.ask("verify", keys, signer.heads())
    world.ask("verify", keys, signer.heads(), estate)
    _witnessed(world, signer)
    _proofs(world, estate)
    _files(world, estate)
    stored = [row[1:] for row in world.store.raw_page(0, 10_000)]
    world.tell("stored events", hashlib.sha256(repr(stored).encode()).hexdigest())
    world.tell("number of events", (world.store.number_of_events(), len(stored)))
    world.tell("estates", [*world.store.estates()])


def _witnessed(world: World, signer: Signer) -> None:
    """A witness that signs the newest head twice, an older one, and one that nobody knows."""
    key = SigningKey("w.example", WITNESS, bytes(32))
    newest, *_, oldest = map(read_note, world.engine.proof_log().checkpoints())
    for note in (newest, newest, oldest):
        signed = note.with_signatures((key.sign(note.text, 1_790_000_000),))
        world.ask("add_cosignature", signer.path, signed, (key.verifier,))
    world.ask("add_cosignature", signer.path, newest, (key.verifier,))


def _proofs(world: World, estate: EstateId) -> None:
    log = world.engine.proof_log()
    world.telling.methods.add("proof_log")
    sizes = (1, 2, 255, 256, log.size - 1, log.size)
    world.tell("roots", [log.root(size) for size in sizes if size <= log.size])
    world.tell("inclusion", [log.inclusion(leaf) for leaf in range(0, log.size, 37)])
    world.tell("consistency", [log.consistency(size) for size in sizes if size <= log.size])
    world.tell("leaf", [log.leaf_index(estate, version) for version in (1, 7, 20)])
    world.tell("heads", log.checkpoints())
    world.tell("entries", [one.entry for one in log.entries(estate)])
    _again(world, log)


def _again(world: World, log: ProofLog) -> None:
    world.reopen()
    again = world.engine.proof_log()
    world.tell("after reopening", (again.size == log.size, again.root()))


def _files(world: World, estate: EstateId) -> None:
    target = io.BytesIO()
    report = write_dossier(world.store, world.engine.book, DossierQuery(estate), target)
    world.tell("dossier", report)
    world.tell("dossier's bytes", hashlib.sha256(target.getvalue()).hexdigest())
    again = io.BytesIO()
    world.tell("dossier of the engine", dossier_from(world.engine, DossierQuery(estate), again))
    world.tell("the same bytes", again.getvalue() == target.getvalue())
    for name, export in (("xes", xes), ("ocel", ocel)):
        world.tell(name, b"".join(export(world.engine.histories)))
    world.telling.methods.add("histories")
    world.ask("calendar")
    world.ask("calendar", CalendarQuery(municipality="Voorbeeldstad", language="en", groups=True))
    world.ask("simulate", TODAY.replace(year=2030))
    world.ask("simulate", TODAY.replace(year=2090))
