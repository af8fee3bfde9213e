"""Is anything left of a thousand persons after they were erased? A byte scan of every file.

    python -m benchmarks.erasure_scan --persons 1000 --estates 300

Persons with unique names, e-mail addresses and telephone numbers are planted in the directory and
in the covenants of many estates. They are erased by two persons, the store is scrubbed, and every
file is searched for the names (UTF-8, UTF-16, escaped as in JSON, base64 at each of its three
offsets), the addresses, the numbers, the raw keys and the wrapped keys. Before the erasure the
same scan must find the wrapped keys, or it would prove nothing. Every event must be byte for byte
what it was, and every estate must fold to what it was.
"""

import argparse
import base64
import contextlib
import io
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.scratch import scratch
from kvob_domain.estate.events.oversight import ErasureBasis, PersonErased
from kvob_domain.parties import PartyRole
from kvob_domain.personal import Erased
from kvob_workflow import (
    Actor,
    DeclareIntent,
    Engine,
    EstateId,
    PersonId,
    RegisterEstate,
    Signatory,
    StartTrajectory,
)
from kvob_workflow.cli.main import run
from kvob_workflow.privacy.directory import PersonDetails
from kvob_workflow.privacy.erasing import KEYS_MARK
from kvob_workflow.privacy.files import KeyFiles, key_files
from kvob_workflow.privacy.keyring import Keyring
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock

TODAY: Final = date(2026, 3, 4)
ASKS: Final = Actor(PersonId("p-asks"))
APPROVES: Final = Actor(PersonId("p-approves"))
ROLES: Final = (
    PartyRole.ENTREPRENEURS,
    PartyRole.MUNICIPALITY,
    PartyRole.POLICE,
    PartyRole.FIRE_BRIGADE,
)
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_TOO_SHORT: Final = 6


@dataclass(frozen=True, slots=True)
class Scan:
    """What was planted, what was found, and what else must hold. Times are in seconds."""

    persons: int
    needles: int
    bytes_scanned: int
    hits_before: int
    hits_after: int
    events_changed: int
    states_changed: int
    read_as_erased: int
    erase_seconds: float


def main() -> None:
    """Plant, erase, scan, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1000)
    parser.add_argument("--estates", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with scratch() as folder:
        scan = erasure_scan(folder, asked.persons, asked.estates, asked.seed)
    print(f"`python -m benchmarks.erasure_scan --persons {asked.persons}", end=" ")
    print(f"--estates {asked.estates} --seed {asked.seed}`\n")
    for field in scan.__slots__:
        print(f"| {field} | {getattr(scan, field)} |")


def erasure_scan(folder: Path, persons: int, estates: int, seed: int) -> Scan:
    """Plant, erase and scan in an empty folder."""
    random = Random(seed)
    path = folder / "kvob.db"
    files = key_files(path)
    if files is None:
        raise ValueError(path)
    people = list(_people(random, persons))
    with Engine.open(f"sqlite:///{path}", clock=SettableClock(TODAY)) as engine:
        engine.make_keys()
        ids = engine.persons.add_many(people)
        places = _sign(engine, list(zip(ids, people, strict=True)), estates, random)
        planted = [*_names(people), *_keys(path, files)]
        before = _events(path)
        states = {place: engine.state(place) for place in places}
        hits_before = _hits(folder, planted)[0]
        began = time.perf_counter()
        asked = engine.propose_erasures(ids, ErasureBasis.CONSENT_WITHDRAWN, actor=ASKS)
        engine.erase([one.id for one in asked], actor=APPROVES)
        took = time.perf_counter() - began
        engine.scrub()
        hits_open = _hits(folder, planted)[0]  # with the log and its index in place
        after = _events(path)
        changed = sum(
            replace(engine.state(place), version=was.version, last_at=was.last_at) != was
            for place, was in states.items()
        )
        opened = [one for place in places for one in engine.names(place).values()]
    _export(folder, path, ids)
    hits, scanned = _hits(folder, planted)
    return Scan(
        persons,
        len(planted),
        scanned,
        hits_before,
        hits + hits_open,
        sum(after.get(place) != state for place, state in before.items()),
        changed,
        sum(isinstance(one, Erased) for one in opened) if len(opened) >= persons else 0,
        round(took, 2),
    )


def _people(random: Random, number: int) -> Iterator[PersonDetails]:
    for index in range(number):
        first, last = ("".join(random.choices(_LETTERS, k=10)).title() for _ in range(2))
        name = f"{first} Ünïek-{last}"
        phone = f"06-{random.randrange(10**7, 10**8)}"
        yield PersonDetails(name, f"{first}.{last}{index}@voorbeeld.nl".lower(), phone)


def _sign(
    engine: Engine, people: Sequence[tuple[PersonId, PersonDetails]], estates: int, random: Random
) -> list[EstateId]:
    """Everybody signs at least one declaration; most sign several."""
    made: list[EstateId] = []
    for number in range(max(estates, -(-len(people) // len(ROLES)))):
        registration = RegisterEstate(name=f"Terrein {number}", municipalities=("Voorbeeldstad",))
        estate = engine.do(registration).estate
        engine.do(StartTrajectory(estate=estate, on=TODAY))
        due = people[number * len(ROLES) : (number + 1) * len(ROLES)]
        who = [*due, *random.choices(people, k=len(ROLES) - len(due))]
        signatories = tuple(
            Signatory(organisation=role.value, role=role, person=id, name=details.name)
            for role, (id, details) in zip(ROLES, who, strict=True)
        )
        engine.do(DeclareIntent(estate=estate, on=TODAY, signatories=signatories))
        made.append(estate)
    return made


def _names(people: Iterable[PersonDetails]) -> Iterator[bytes]:
    """Everything personal, in every form in which it could have been written."""
    for one in people:
        for text in (one.name, one.name.split()[1], one.email or "", one.phone or ""):
            yield text.encode()
            yield text.encode("utf-16-le")
            yield text.encode("utf-16-be")
            yield json.dumps(text)[1:-1].encode()
            for offset in range(3):
                # Of a text within a longer one only the middle is the same at every offset.
                coded = base64.b64encode(b"\0" * offset + text.encode())
                yield coded[4 if offset else 0 : -4]


def _keys(path: Path, files: KeyFiles) -> Iterator[bytes]:
    """Every data key of a person, raw and wrapped."""
    with closing(open_store(f"sqlite:///{path}")) as store:
        number = store.mark(KEYS_MARK)
    ring = Keyring(files, number)
    with closing(ring), closing(sqlite3.connect(files.keys)) as connection:
        rows = connection.execute(
            "SELECT person, purpose, version, wrapped FROM data_key WHERE person != '-'"
        ).fetchall()
        for person, purpose, version, wrapped in rows:
            key = ring.key(person, purpose, version)
            if key is not None:
                yield from (key.key, key.key.hex().encode(), base64.b64encode(key.key))
            yield from (wrapped, wrapped[12:44], wrapped.hex().encode())


def _events(path: Path) -> dict[tuple[str, int], tuple[str, bytes]]:
    """The stored bytes of every event, which must all be readable too."""
    with closing(open_store(f"sqlite:///{path}")) as store:
        store.page(0, 1_000_000)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT originator_id, originator_version, topic, state FROM stored_events"
            " WHERE topic != ?",
            (PersonErased.TOPIC,),
        )
        return {(estate, version): (topic, state) for estate, version, topic, state in rows}


def _export(folder: Path, path: Path, persons: Sequence[PersonId]) -> None:
    """Exports and screens made after the erasure, kept as files to be scanned as well."""
    store = f"--store=sqlite:///{path}"
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        for person in persons[:20]:
            run(["person", "export", person, f"--out={folder / f'{person}.json'}", store])
            run(["person", "show", person, store])
        run(["history", "Terrein 0", store])
        run(["--json", "history", "Terrein 0", store])
        run(["person", "list", store])
        run(["person", "erasures", store])
        run(["store", "scrub", store])
    (folder / "command.log").write_text(shown.getvalue(), "utf-8")


def _hits(folder: Path, needles: Iterable[bytes]) -> tuple[int, int]:
    """How many needles occur in how many bytes of files."""
    hay = b"\0\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
    wanted = {needle for needle in needles if len(needle) >= _TOO_SHORT}
    return sum(needle in hay for needle in wanted), len(hay)


if __name__ == "__main__":
    main()
