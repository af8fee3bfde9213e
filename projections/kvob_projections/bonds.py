"""Which estates lie within a reach? One row per bond of an estate, as it is now.

The lists ask it beside their other filters, before anything is counted; so do questions about
the past, for the bonds are those of today. Read next: `kvob_domain.mandates.reach`.
"""

from collections.abc import Sequence
from typing import Final

from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Reach, bonds_of
from kvob_domain.scheme.book import SchemeBook
from kvob_projections.paging import Reader
from kvob_projections.statement import Conditions
from kvob_projections.view import Row, Value, View, index_ddl, table_ddl

_COLUMNS: Final = {"estate_id": "TEXT NOT NULL", "bond": "TEXT NOT NULL"}


def _rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del book
    return tuple((estate.id, bond.text) for bond in bonds_of(estate))


BONDS: Final = View(
    name="bonds",
    schema=1,
    columns=tuple(_COLUMNS),
    key=tuple(_COLUMNS),
    ddl=(
        table_ddl("view_bonds", _COLUMNS, tuple(_COLUMNS)),
        index_ddl("view_bonds", "bond", "estate_id"),
    ),
    rows=_rows,
    reads=("municipalities", "guide", "body", "parties"),
)

# A bond that could not be brought up to date ties nobody: it may be that of an earlier guide.
_SURE: Final = " AND estate_id NOT IN (SELECT estate FROM behind WHERE view = 'bonds')"
_MOST: Final = 500


def held(reader: Reader, reach: Reach, estates: Sequence[EstateId]) -> frozenset[EstateId]:
    """Those of the estates that lie within a reach now; one that is not there has no bonds."""
    if reach.everywhere:
        return frozenset(estates)
    found = set(reach.estates.intersection(estates))
    texts = {bond.text for bond in reach.bonds}
    for begin in range(0, len(estates) if texts else 0, _MOST):
        asked = {f"estate_{at}": str(one) for at, one in enumerate(estates[begin : begin + _MOST])}
        named = ", ".join(f":{name}" for name in asked)
        sql = f"SELECT estate_id, bond FROM view_bonds WHERE estate_id IN ({named}){_SURE}"
        rows = reader(sql, asked)
        found.update(EstateId(row["estate_id"]) for row in rows if row["bond"] in texts)
    return frozenset(found)


def narrow_to(reach: Reach | None, conditions: Conditions, column: str = "b.estate_id") -> None:
    """Let through only what lies within a reach; None asks for no reach, and lets all through."""
    if is_bounded(reach):
        sql, parameters = within(reach, column)
        conditions.add(sql, **parameters)


def is_bounded(reach: Reach | None) -> bool:
    """Whether a reach leaves anything out."""
    return reach is not None and not reach.everywhere


def within(reach: Reach | None, column: str) -> tuple[str, dict[str, Value]]:
    """The condition that the estate in `column` lies within a reach, with its parameters."""
    if reach is None or reach.everywhere:
        return "1 = 1", {}
    bonds = {f"bond_{at}": bond.text for at, bond in enumerate(sorted(reach.bonds))}
    estates = {f"mine_{at}": str(one) for at, one in enumerate(sorted(reach.estates))}
    ways: list[str] = []
    if bonds:
        named = ", ".join(f":{name}" for name in bonds)
        ways.append(
            f"{column} IN (SELECT estate_id FROM view_bonds WHERE bond IN ({named}){_SURE})"
        )
    if estates:
        ways.append(f"{column} IN ({', '.join(f':{name}' for name in estates)})")
    return f"({' OR '.join(ways)})" if ways else "1 = 0", {**bonds, **estates}
