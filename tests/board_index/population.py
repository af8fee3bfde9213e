"""Which boards does the index answer for? Some hundred estates, and questions at random."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.generate_history import write_history
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import Provenance
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board import LISTING, BoardQuery
from kvob_workflow import (
    Engine,
    EstateId,
    PartialDate,
    RecordRemark,
    RegisterEstate,
    RegisterGroup,
    RenameEstate,
    StartTrajectory,
)
from kvob_workflow.importing import import_file
from tests.conformance.population import HARD_NAMES, MUNICIPALITIES

TODAY: Final = date(2026, 11, 23)
_WORDS: Final = (
    "hoek",
    "ijssel",
    "E",
    "_",
    "%",
    "!",
    "'",
    "zuid west",
    "é",
    "ß",
    "Ω",
    "a 1",
    "er",
    "|",
)


def populate(engine: Engine, folder: Path, estates: int = 60) -> None:
    """An invented history, names that are hard to sort and to find, and a group."""
    path = folder / "history.csv"
    write_history(path, estates, seed=37)
    import_file(engine, path)
    for number, name in enumerate(HARD_NAMES):
        places = tuple(MUNICIPALITIES[(number + more) % 4] for more in range(1 + number % 3))
        engine.do(RegisterEstate(name=name, municipalities=places))
    engine.do(RegisterGroup(name="Alle _ en %", municipalities=MUNICIPALITIES))


def queries(dice: random.Random, day: date, count: int) -> list[BoardQuery]:
    """Questions with any filters, sorts and pages together."""
    return [_query(dice, day) for _ in range(count)]


def _query(dice: random.Random, day: date) -> BoardQuery:
    filters: dict[str, Callable[[], Any]] = {
        "text": lambda: dice.choice(_WORDS),
        "municipality": lambda: dice.choice((*MUNICIPALITIES, "Noorderdam 0", "x")),
        "step": lambda: dice.choice(tuple(Step)),
        "status": lambda: dice.choice(tuple(Status)),
        "level": lambda: dice.choice(("BASIS samenwerken", "Continu Samenwerken", "%")),
        "missing": lambda: dice.choice(tuple(RequirementCode)),
        "due_before": lambda: day + timedelta(days=dice.randint(-9, 900)),
        "overdue": lambda: True,
        "expires_from": lambda: day + timedelta(days=dice.randint(-2000, 900)),
        "expires_before": lambda: day + timedelta(days=dice.randint(-900, 900)),
        "approvals": lambda: True,
        "groups": lambda: True,
    }
    asked = {name: make() for name, make in filters.items() if dice.random() < 0.2}
    names = dice.sample(tuple(LISTING.sorts), dice.choice((0, 1, 1, 2, 3)))
    return BoardQuery(
        day=day,
        sort=tuple(dice.choice(("", "-")) + name for name in names),
        limit=dice.choice((0, 1, 7, 50)),
        offset=dice.choice((0, 0, 0, 3, 50, 10_000)),
        **asked,
    )


def acts(dice: random.Random) -> list[Callable[[Engine], object]]:
    """What may happen to a board, in any order."""

    def some(engine: Engine) -> EstateId:
        listed = engine.board(BoardQuery(limit=None)).items
        return EstateId(dice.choice(listed).estate_id)

    def register(engine: Engine) -> object:
        name = f"{dice.choice(('Aa', 'Hoek', 'Zz', 'ijssel'))} {dice.random()}"
        return engine.do(RegisterEstate(name=name, municipalities=(dice.choice(MUNICIPALITIES),)))

    def rename(engine: Engine) -> object:
        named = f"Hernoemd {dice.random()}"
        command = RenameEstate(
            estate=some(engine), on=engine.today(), name=named, reason="Op verzoek"
        )
        return engine.do(command)

    def remark(engine: Engine) -> object:
        return engine.do(
            RecordRemark(
                estate=some(engine),
                subject="winkels",
                on=PartialDate.parse("2015"),
                text="ook de winkels",
                provenance=Provenance(source="https://example.org"),
            )
        )

    def start(engine: Engine) -> object:
        estate = engine.do(
            RegisterEstate(name=f"Nieuw {dice.random()}", municipalities=("Nieuwstad",))
        ).estate
        return engine.do(StartTrajectory(estate=estate, on=engine.today()))

    return [register, rename, remark, start]
