"""What does an import take in? Good rows and bad ones, tried first, repeated, cut in chunks."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generate_history import write_history
from kvob_domain.estate.values import EstateKind
from kvob_workflow import FactItem, FactKind, PartialDate, PastFact, Provenance, Remark
from kvob_workflow.importing import import_file
from tests.conformance.about import every_list
from tests.conformance.world import World

_HEADER = "estate,municipality,event,date,outcome,source_url,level,valid_to,variant,note\n"
_ROWS = (
    "De Vendel,Veenendaal,award,2010-10-21,held,https://example.nl/a,,,,",
    "De Vendel,Veenendaal,award,2010-10-21,held,https://example.nl/b,,,,",
    "De Vendel,Veenendaal,expiry,2009,,https://example.nl/b,,,,",
    ",Veenendaal,award,2010,held,https://example.nl/a,,,,",
    "De Vendel,Veenendaal,toekenning,2010,held,https://example.nl/a,,,,",
    "De Vendel,Veenendaal,award,10-10-2010,held,https://example.nl/a,,,,",
    "De Vendel,Veenendaal,award,2099,held,https://example.nl/a,,,,",
    "De Vendel,Veenendaal,award,2012,held,,,,,",
    "Ωmega \U0001d4a6,Súdwest-Fryslân/Goes,award,2012-05,held,https://example.nl/a,Basis,2015-05,,ja",
    "Winkels,Goes,award,2012-05,held,https://example.nl/a,,,shopping_area,",
    "De Vendel,Veenendaal,award,2013-01-01,held,https://example.nl/a,,2012-01-01,,",
    "De Vendel,Veenendaal,audit,2013-01-01,negative,https://example.nl/a,,,,mail jan@example.nl",
    "Alle,Goes,kickoff,2013-01-01,held,https://example.nl/a,,,,",
    "Alle,Goes,kickoff,2013-01-01,planned,https://example.nl/a,,,,",
)


def story(world: World) -> None:
    """A file with every kind of badness, an invented history, and facts given one by one."""
    bad = world.folder / "bad.csv"
    bad.write_text(_HEADER + "\n".join(_ROWS) + "\n", encoding="utf-8")
    history = world.folder / "history.csv"
    write_history(history, 60, seed=5)
    for path in (bad, bad, history):
        _imported(world, path, dry_run=True)
        _imported(world, path, dry_run=False)
    _imported(world, history, dry_run=False)
    items = [
        _award("Noord", "Goes", on="2099-01-01"),
        _award("Noord", "Goes", on="2019"),
        _award("noord", "Goes", on="2019"),
        _award("Noord", "Goes", "Weert", on="2020"),
        _award("Noord", "Goes", on="2019", kind=EstateKind.GROUP),
        FactItem("Noord", ("Goes",), EstateKind.ESTATE, _remark()),
    ]
    world.ask("take_facts", items, dry_run=True)
    world.ask("take_facts", items, source="brief")
    world.ask("take_facts", items)
    world.ask("migrate", "kvo-4.0", reason="Nieuw", dry_run=True)
    every_list(world)


def _imported(world: World, path: Path, *, dry_run: bool) -> None:
    report = import_file(world.engine, path, dry_run=dry_run)
    world.tell(f"import of {path.name}, dry run {dry_run}", report)


def _award(name: str, *places: str, on: str, kind: EstateKind = EstateKind.ESTATE) -> FactItem:
    source = Provenance(source="https://example.org")
    fact = PastFact(kind=FactKind.AWARD, on=PartialDate.parse(on), provenance=source)
    return FactItem(name, places, kind, fact)


def _remark() -> Remark:
    source = Provenance(source="https://example.org")
    return Remark("winkels", PartialDate.parse("2015"), "ook de winkels", source)
