"""What happened in the store that a release leaves behind? Told with that release's own code.

Run in a process that has the packages of one release on its path, which may be an old one:

    python tests/evolution/living.py FOLDER

writes `kvob.db` and `answers.json` (`tests/evolution/answers.py`) to the folder, and where the
release has a proof log `key.txt` and `head.txt`. It uses what 0.1.0 had; what came later is asked
for by name. An example of a command that the release does not know is passed over.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from kvob_domain.actor import Actor
from kvob_domain.errors import KvobError
from kvob_domain.estate.commands import command_adapter
from kvob_domain.ids import EstateId, PersonId
from kvob_workflow.demo import walk
from kvob_workflow.engine import Engine
from kvob_workflow.importing import import_file, sample_cases
from kvob_workflow.testing import SettableClock
from tests.cli.command_examples import BY_NAME, in_corner
from tests.cli.walked_so_far import SECOND, Given
from tests.evolution.answers import TODAY, answers

_BEFORE: Final = date(2026, 6, 15)
_APPROVED: Final = ("waive_deadline", "waive_requirement", "withdraw_certificate")
_ROWS: Final = 40
_NAME: Final = "Wilhelmina Voorbeeldsma"
_ROLES: Final = ("entrepreneurs", "municipality", "police", "fire_brigade")


class Ids:
    """Ids that count, from another number for each part of the story."""

    def __init__(self) -> None:
        """Begin with 1."""
        self._numbers: Iterator[int] = itertools.count(1)

    def count_from(self, number: int) -> None:
        """Give out this id next."""
        self._numbers = itertools.count(number)

    def __call__(self) -> str:
        """The next id."""
        return f"{next(self._numbers):032x}"


def live(folder: Path) -> list[str]:
    """Make the store; the commands that this release does not have, or refuses."""
    clock, ids = SettableClock(_BEFORE), Ids()
    url = f"sqlite:///{folder / 'kvob.db'}"
    with Engine.open(url, clock=clock, new_id=ids, synchronous="NORMAL") as engine:
        ids.count_from(500_000)
        import_file(engine, _some_cases(folder))
        list(walk(engine))
        unknown = [name for name in BY_NAME if not _example(engine, ids, name)]
        ids.count_from(900_000)
        if hasattr(engine, "make_keys"):
            _sign_and_forget(engine)
        clock.set_day(TODAY)
        if hasattr(engine, "sweep"):
            engine.sweep(confirm=True)
        if hasattr(engine, "build_periods"):
            engine.build_periods()
        if hasattr(engine, "proof_log"):
            _sign_the_log(engine, folder)
        told = json.dumps(answers(engine), ensure_ascii=False, sort_keys=True, indent=0)
    (folder / "answers.json").write_text(told, encoding="utf-8")
    return unknown


def _some_cases(folder: Path) -> Path:
    """The first rows of the sample: enough to be of every kind, few enough to keep for ever."""
    with sample_cases() as path:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    some = folder / "cases.csv"
    some.write_text("".join(lines[: _ROWS + 1]), encoding="utf-8")
    return some


def _example(engine: Engine, ids: Ids, name: str) -> bool:
    """One command, in a corner of its own; whether this release has it and lets it through."""
    number = list(BY_NAME).index(name) + 1
    before, example = BY_NAME[name]
    ids.count_from(number * 1000 + 1)
    try:
        for one in before:
            _do(engine, in_corner(one, number))
        ids.count_from(number * 1000 + 600)
        done = in_corner(example, number)
        _do(engine, done, command_id=f"example-{name}")
        if name in _APPROVED:
            _approve(engine, done)
        if name == "record_past_fact":
            _do(engine, _from_elsewhere(done))
    except (KvobError, ValidationError):
        return False
    return True


def _approve(engine: Engine, proposed: Given) -> None:
    """The second person agrees, so that the act's own event is in the store too."""
    estate = EstateId(proposed.fields["estate"])
    for proposal in engine.state(estate).proposals:
        fields = {"estate": estate, "on": proposed.fields["on"], "proposal": proposal.id}
        _do(engine, Given(SECOND, {"command": "approve_act", **fields}))


def _from_elsewhere(stated: Given) -> Given:
    """The same fact as another source states it."""
    provenance = {"source": "https://example.org/elsewhere"}
    fact = {**stated.fields["fact"], "provenance": provenance}
    return Given(stated.actor, {**stated.fields, "fact": fact})


def _do(engine: Engine, given: Given, command_id: str | None = None) -> None:
    command = command_adapter().validate_python(given.fields)
    engine.do(command, actor=given.actor, command_id=command_id)


def _sign_and_forget(engine: Any) -> None:
    """Two persons sign under their names; one of them is erased."""
    from kvob_domain.estate.events.oversight import ErasureBasis
    from kvob_workflow import PersonDetails

    engine.make_keys()
    for number, person in enumerate(("p-one", "p-two")):
        engine.persons.add(PersonDetails(f"{_NAME} {number}"), person=person)
        where = {"name": f"De Naam {number}", "municipalities": ["Voorbeeldstad"]}
        estate = _asked(engine, "register_estate", **where)
        _asked(engine, "start_trajectory", estate=estate, on="2026-06-01")
        signatories = [
            {"organisation": role, "role": role, "person": person, "name": _NAME} for role in _ROLES
        ]
        _asked(engine, "declare_intent", estate=estate, on="2026-06-02", signatories=signatories)
    asks, approves = Actor(PersonId("p-asks")), Actor(PersonId("p-approves"))
    asked = engine.propose_erasure("p-one", ErasureBasis.OBJECTION, actor=asks)
    engine.erase([asked.id], actor=approves)


def _asked(engine: Engine, command_name: str, /, **fields: object) -> str:
    command = command_adapter().validate_python({"command": command_name, **fields})
    return str(engine.do(command).estate)


def _sign_the_log(engine: Any, folder: Path) -> None:
    """Sign for every event; the private key goes, the public one and the head stay."""
    from kvob_workflow.proofs.heads import make_key

    signer = make_key(folder / "log.key", "voorbeeld")
    engine.sequence(signer.path)
    (folder / "key.txt").write_text(f"{signer.key.verifier}\n", encoding="utf-8")
    (folder / "head.txt").write_text(str(signer.heads()[-1]), encoding="utf-8")


if __name__ == "__main__":
    passed_over = live(Path(sys.argv[1]))
    print(json.dumps(passed_over))
