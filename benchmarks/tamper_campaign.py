"""Is every attack on the record found, and is no untouched store accused?

    python -m benchmarks.tamper_campaign --attacks 1000 --untouched 1000

Ten kinds of attack, each so many times, against stores of 2 to 700 events with a head that a
witness countersigned. `verify` gets key and head from outside. Attacks come from
`benchmarks.tamper_attacks`, which imports nothing of the project. An event that was put behind
the last head counts as found when `verify` says that nobody signed for it.
"""

import argparse
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from benchmarks.report import versions
from benchmarks.scratch import scratch
from benchmarks.tamper_attacks import ALL_KINDS, attack
from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_workflow.proofs.bundles import make_bundle
from kvob_workflow.proofs.findings import Verdict
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.proofs.keys import VerifierKey
from kvob_workflow.proofs.log import ProofLog
from kvob_workflow.proofs.notes import SignedNote
from kvob_workflow.proofs.restarting import restart
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.proofs.verifying import verify
from kvob_workflow.proofs.witness import Witness, new_witness
from kvob_workflow.store import Append, EventStore, open_store

_AT: Final = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
_SIZES: Final = (2, 3, 7, 8, 31, 64, 100, 255, 256, 257, 300, 511, 513, 700)


@dataclass(frozen=True, slots=True)
class Sample:
    """A store with a witnessed head, an earlier copy of it, and what an auditor holds."""

    path: Path
    older: Path
    keys: tuple[VerifierKey, ...]
    heads: tuple[SignedNote, ...]


@dataclass(slots=True)
class Tally:
    """What `verify` said, by kind of attack."""

    verdicts: dict[str, Counter[Verdict]] = field(default_factory=dict[str, Counter[Verdict]])
    undetected: list[str] = field(default_factory=list[str])
    alarms: list[str] = field(default_factory=list[str])
    untouched: int = 0


def main() -> None:
    """Run the campaign and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attacks", type=int, default=1000)
    parser.add_argument("--untouched", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.perf_counter()
    with scratch() as folder:
        tally = campaign(folder, asked.attacks, asked.untouched, asked.seed, _SIZES)
    print("### Attacks on the record\n")
    print(
        f"`python -m benchmarks.tamper_campaign --attacks {asked.attacks} --untouched"
        f" {asked.untouched} --seed {asked.seed}`, {versions()}\n"
    )
    print("| attack | times | changed | not covered | cannot tell | undetected |")
    print("|---|---|---|---|---|---|")
    for kind, found in tally.verdicts.items():
        told = (Verdict.CHANGED, Verdict.NOT_COVERED, Verdict.CANNOT_TELL, Verdict.PROVEN)
        print(f"| {kind} | {found.total()} | {' | '.join(str(found[one]) for one in told)} |")
    total = sum(found.total() for found in tally.verdicts.values())
    print(f"\n{total} attacks, {len(tally.undetected)} undetected {tally.undetected[:5]}")
    print(f"{tally.untouched} untouched stores, {len(tally.alarms)} alarms {tally.alarms[:5]}")
    print(f"{time.perf_counter() - began:.0f} s")
    if tally.undetected or tally.alarms:
        raise SystemExit(1)


def campaign(folder: Path, attacks: int, untouched: int, seed: int, sizes: Sequence[int]) -> Tally:
    """Attack each kind so many times, and verify so many stores that nobody touched."""
    chance = random.Random(seed)
    tally = Tally({kind: Counter() for kind in ALL_KINDS})
    samples = [
        _sample(folder / f"sample-{number}", size, chance) for number, size in enumerate(sizes)
    ]
    target = folder / "target.db"
    for kind in ALL_KINDS:
        for number in range(attacks):
            sample = chance.choice(samples)
            clear(target)
            shutil.copyfile(sample.path, target)
            attack(kind, target, sample.older, chance)
            verdict = _verdict(target, sample)
            tally.verdicts[kind][verdict] += 1
            if verdict is Verdict.PROVEN:
                tally.undetected.append(f"{kind} {number} on {sample.path.parent.name}")
    clear(target)
    for number in range(untouched):
        place = folder / f"untouched-{number}"
        sample = _sample(place, chance.randint(2, max(sizes)), chance, lived=True)
        if (verdict := _verdict(sample.path, sample)) is not Verdict.PROVEN:
            tally.alarms.append(f"{place.name}: {verdict.value}")
        tally.untouched += 1
        shutil.rmtree(place)
    return tally


def clear(path: Path) -> None:
    """Remove a store with what SQLite puts beside it."""
    for ending in ("", "-wal", "-shm", ".lock"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _verdict(path: Path, sample: Sample) -> Verdict:
    with closing(open_store(f"sqlite:///{path}", durable=False)) as store:
        return verify(store, sample.keys, sample.heads).verdict


def _sample(folder: Path, size: int, chance: random.Random, *, lived: bool = False) -> Sample:
    """A store of `size` events; with `lived` it may be vacuumed, and its log begun anew."""
    folder.mkdir()
    path, older = folder / "kvob.db", folder / "older.db"
    signer = make_key(folder / "key", "campaign")
    witness = new_witness("witness.example").trusting(signer.key.verifier)
    heads: list[SignedNote] = []
    cut = chance.randrange(1, size)
    events = list(_events(size, chance))
    for start, end in ((0, cut), (cut, size)):
        with closing(open_store(f"sqlite:///{path}", durable=False)) as store:
            for first in range(start, end, 150):
                store.append(Append(tuple(events[first : min(first + 150, end)])))
                if chance.random() < 0.5:
                    sequence(store, signer)
            sequence(store, signer)
            witness, note = _witnessed(store, witness, heads)
            heads = [note]
        if end == cut:
            shutil.copyfile(path, older)
    keys = (*signer.verifiers(), witness.key.verifier)
    if lived:
        keys, heads = _lived(path, signer, witness, heads, chance)
    return Sample(path, older, keys, tuple(heads))


def _lived(
    path: Path,
    signer: Signer,
    witness: Witness,
    heads: list[SignedNote],
    chance: random.Random,
) -> tuple[tuple[VerifierKey, ...], list[SignedNote]]:
    """What may happen to an honest store: a vacuum, a log begun anew."""
    if chance.random() < 0.2:
        import sqlite3

        with closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM")
    if chance.random() < 0.1:
        with closing(open_store(f"sqlite:///{path}", durable=False)) as store:
            signer, _ = restart(store, signer, "a restore")
            _, note = _witnessed(store, witness.trusting(signer.key.verifier), [])
            heads = [*heads, note]
    return (*signer.verifiers(), witness.key.verifier), heads


def _witnessed(
    store: EventStore, witness: Witness, heads: Sequence[SignedNote]
) -> tuple[Witness, SignedNote]:
    from kvob_workflow.proofs.notes import read_checkpoint

    since = read_checkpoint(heads[0]).size if heads else 0
    return witness.cosigned(make_bundle(ProofLog(store), since), 1_772_000_000)


def _events(count: int, chance: random.Random) -> Iterator[Recorded]:
    """Events of some estates, mixed."""
    estates = [EstateId(f"{chance.getrandbits(128):032x}") for _ in range(max(1, count // 12))]
    versions_of: Counter[EstateId] = Counter()
    for number in range(count):
        estate = chance.choice(estates)
        versions_of[estate] += 1
        survey = SurveyRecorded(on=date(2026, 2, 3), sent=1000, returned=number)
        yield Recorded(estate, versions_of[estate], survey, _AT, via="campaign")


if __name__ == "__main__":
    main()
