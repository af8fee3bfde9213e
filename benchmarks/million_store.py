"""How is a store of a million estates made in minutes? A few thousand real ones, copied.

    python -m benchmarks.million_store --estates 1000000 sqlite:///million.db

The first are made by an import and by commands, so that their events and rows are what the engine
makes. Copies get ids, names and places of their own, in events and rows alike; their tables are
filled below the engine. Names have 100,000 different words, some of them in every third name;
places are as unequal as municipalities are. One estate of a thousand has 1,000 events.
"""

import argparse
import json
import random
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import psycopg

from benchmarks.lifecycle import GUIDE, first_certificate, registration
from benchmarks.postgres_scale import recent_history
from benchmarks.scale_store import settle
from benchmarks.scratch import scratch
from kvob_domain.estate.commands.past import RecordRemark
from kvob_domain.estate.values import Provenance
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_domain.mandates import BondKind
from kvob_domain.partial_date import PartialDate
from kvob_projections import ALL_VIEWS
from kvob_projections.board import BOARD
from kvob_projections.bonds import BONDS
from kvob_projections.estates import places_text
from kvob_workflow.engine import Engine
from kvob_workflow.importing import import_file
from kvob_workflow.store import open_store
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.testing import SettableClock

TODAY: Final = date(2026, 11, 24)
FIRST: Final = 4_000
"""So many are made by the engine itself."""
LONG: Final = 1_000
"""Events of the estates with a long history."""
_BY_COMMANDS: Final = 1_800
_AT_ONCE: Final = 4_000
_EVENT_COLUMNS: Final = ("originator_id", "originator_version", "topic", "state")
_NAME_COLUMNS: Final = ("municipality", "name", "estate", "from_position")
_SYLLABLES: Final = (
    *("bar", "ben", "ber", "bos", "broek", "dal", "dam", "den", "dijk", "dor", "drecht", "el"),
    *("gel", "graaf", "ha", "haven", "hei", "hoek", "hof", "ijs", "kamp", "ker", "kil", "lan"),
    *("lin", "maas", "meer", "mo", "nes", "oever", "ol", "plas", "poort", "rijn", "ro", "schans"),
    *("sluis", "stee", "ter", "veen", "veld", "ven", "waard", "wal", "weer", "werf", "zand"),
)
_KINDS: Final = (
    *("Bedrijventerrein", "Bedrijventerrein", "Bedrijventerrein", "Industrieterrein"),
    *("Bedrijvenpark", "Businesspark", "Haven", "Industriepark", "Kantorenpark", ""),
)
_SIDES: Final = ("", "", "", " Noord", " Zuid", " Oost", " West", " II", " III", " fase 2")


@dataclass(frozen=True, slots=True)
class Estate:
    """One estate of the first ones: its events, and its rows by table."""

    events: tuple[tuple[int, str, bytes], ...]
    registered: Mapping[str, Any]
    rows: Mapping[str, tuple[tuple[Any, ...], ...]]


def main() -> None:
    """Make a store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=1_000_000)
    parser.add_argument("url")
    asked = parser.parse_args()
    made = make_store(asked.url, asked.estates)
    print(f"{made:,} events")


def make_store(url: str, estates: int, seed: int = 6) -> int:
    """Fill an empty store; the number of events."""
    with scratch() as folder:
        first = _first(folder, min(estates, FIRST), seed)
    Engine(open_store(url, ALL_VIEWS), clock=SettableClock(TODAY)).close()
    filled = _on_sqlite if url.startswith("sqlite") else _on_postgres
    events = filled(url, _pages(first, estates, seed))
    settle(url)
    return events


def municipalities() -> list[str]:
    """As many as there are, invented; earlier ones have more estates."""
    dice = random.Random(342)
    names: dict[str, None] = {}
    while len(names) < 342:
        names[_word(dice).capitalize()] = None
    return list(names)


def words(seed: int = 6) -> list[str]:
    """100,000 invented words that names are made of; earlier ones are in more names."""
    dice = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < 100_000:
        found[_word(dice)] = None
    return list(found)


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3, 3, 4))))


def _first(folder: Path, estates: int, seed: int) -> list[Estate]:
    dice = random.Random(seed)
    url = f"sqlite:///{folder / 'first.db'}"
    by_commands = estates * _BY_COMMANDS // FIRST
    with Engine(open_store(url, ALL_VIEWS, durable=False), clock=SettableClock(TODAY)) as engine:
        import_file(engine, recent_history(folder / "history.csv", estates - by_commands))
        for number in range(by_commands):
            estate = engine.do(registration(number), actor=GUIDE).estate
            for command, actor in [*first_certificate(estate)][: dice.randrange(30)]:
                engine.do(command, actor=actor)
        for row in range(max(1, estates // 1_000)):
            _lengthen(engine, EstateId(engine.board().items[row].estate_id))
    with closing(sqlite3.connect(folder / "first.db")) as opened:
        return list(_read(opened))


def _lengthen(engine: Engine, estate: EstateId) -> None:
    version = engine.state(estate).version
    for number in range(LONG - version):
        remark = RecordRemark(
            estate=estate,
            subject=f"rondgang {number}",
            on=PartialDate.parse(f"{2010 + number // 70}-{1 + number % 12:02}"),
            text="Rondgang gelopen met politie en gemeente; niets bijzonders gezien.",
            provenance=Provenance(source="https://bron.example/rondgangen"),
        )
        engine.do(remark)


def _read(opened: sqlite3.Connection) -> Iterator[Estate]:
    events: dict[str, list[tuple[int, str, bytes]]] = defaultdict(list)
    asked = f"SELECT {', '.join(_EVENT_COLUMNS)} FROM stored_events ORDER BY 1, 2"
    for estate, version, topic, state in opened.execute(asked):
        events[estate].append((version, topic, bytes(state)))
    rows: dict[str, dict[str, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    for view in ALL_VIEWS:
        for row in opened.execute(f"SELECT {', '.join(view.columns)} FROM {view.table}"):
            rows[row[0]][view.table].append(row[1:])
    for estate, history in events.items():
        tables = {table: tuple(found) for table, found in rows[estate].items()}
        yield Estate(tuple(history), json.loads(history[0][2]), tables)


Pages = Iterator[dict[str, list[tuple[Any, ...]]]]


def _pages(first: Sequence[Estate], estates: int, seed: int) -> Pages:
    """The rows of all tables, some thousand estates at a time."""
    dice, places, known = random.Random(seed), municipalities(), words(seed)
    taken: set[tuple[str, str]] = set()
    page: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for number in range(estates):
        estate = f"{number + 0x18000000000:012x}{dice.getrandbits(80):020x}"
        place = places[int(dice.random() ** 2 * len(places))]
        name = _name(dice, known)
        if (place, name) in taken:
            name = f"{name} {number}"
        taken.add((place, name))
        _copy(page, first[dice.randrange(len(first))], estate, name, place)
        if number % _AT_ONCE == _AT_ONCE - 1:
            yield page
            page = defaultdict(list)
    yield page


def _name(dice: random.Random, known: Sequence[str]) -> str:
    word = known[int(dice.random() ** 3 * len(known))].capitalize()
    return f"{dice.choice(_KINDS)} {word}{dice.choice(_SIDES)}".strip()


def _copy(
    page: dict[str, list[tuple[Any, ...]]], one: Estate, estate: str, name: str, place: str
) -> None:
    entered = {**one.registered, "e": {**one.registered["e"], "name": name}}
    entered["e"]["municipalities"] = [place]
    encoded = json.dumps(entered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    _, topic, _ = one.events[0]
    page["stored_events"].append((estate, 1, topic, encoded.encode()))
    page["stored_events"] += [(estate, *event) for event in one.events[1:]]
    folded, folded_place = normal_name(name), normal_name(place)
    page["estate_name"].append((folded_place, folded, estate, 1))
    for table, rows in one.rows.items():
        if table == BONDS.table:
            page[table] += sorted({(estate, _bond(bond, folded_place)) for (bond,) in rows})
            continue
        if table != BOARD.table:
            page[table] += [(estate, *row) for row in rows]
            continue
        kind, _, _, _, _, _, *others = rows[0]
        search = f"{folded}\n{folded_place}"
        begin = (estate, kind, name, folded, place, places_text((folded_place,)), search)
        page[table].append((*begin, *others))


def _bond(bond: str, place: str) -> str:
    """The same bond; with a municipality, one with the estate's new one."""
    kind, _, _ = bond.partition(":")
    return f"{kind}:{place}" if kind in (BondKind.MUNICIPALITY, BondKind.UNGUIDED_IN) else bond


def _columns() -> dict[str, tuple[str, ...]]:
    return {
        "stored_events": _EVENT_COLUMNS,
        "estate_name": _NAME_COLUMNS,
        **{view.table: view.columns for view in ALL_VIEWS},
    }


def _on_sqlite(url: str, pages: Pages) -> int:
    events = 0
    indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name GLOB 'view_*'"
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as opened:
        opened.execute("PRAGMA synchronous = OFF")
        opened.execute("PRAGMA cache_size = -500000")
        made = [(name, sql) for name, sql in opened.execute(indexes) if sql]
        for name, _ in made:
            opened.execute(f"DROP INDEX {name}")
        for page in pages:
            for table, columns in _columns().items():
                places = ", ".join("?" * len(columns))
                asked = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
                opened.executemany(asked, page[table])
            events += len(page["stored_events"])
            opened.commit()
        for _, sql in made:
            opened.execute(sql)
        opened.commit()
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return events


def _on_postgres(url: str, pages: Pages) -> int:
    events = 0
    indexes = (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        " AND tablename LIKE 'view\\_%' AND indexname NOT LIKE '%\\_pkey'"
    )
    address = parse_address(url)
    options = f"-c search_path={address.schema} -c synchronous_commit=off"
    with psycopg.connect(address.conninfo, options=options) as opened:
        made = opened.execute(indexes).fetchall()
        for name, _ in made:
            opened.execute(f'DROP INDEX "{name}"'.encode())
        for page in pages:
            for table, columns in _columns().items():
                _copied(opened, table, columns, page[table])
            events += len(page["stored_events"])
            opened.commit()
        for _, sql in made:
            opened.execute(sql.encode())
    return events


def _copied(
    opened: psycopg.Connection[Any],
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    asked = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with opened.cursor() as cursor, cursor.copy(asked.encode()) as copy:
        for row in rows:
            copy.write_row(row)


if __name__ == "__main__":
    begun = time.perf_counter()
    main()
    print(f"{time.perf_counter() - begun:.0f} s")
