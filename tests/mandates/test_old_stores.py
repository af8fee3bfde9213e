"""Has a store of an older release the bonds of its estates once it is opened?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kvob_domain.actor import Role
from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.ids import EstateId
from kvob_domain.mandates import BondKind, Reach, bonds_of
from kvob_projections import PERIOD_VIEWS
from kvob_projections.board import BoardQuery
from kvob_workflow import Engine
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock, engine_at
from tests.evolution.kept import RELEASES, store_of
from tests.mandates.sides import TODAY, sides


@pytest.mark.parametrize("release", [RELEASES[0], RELEASES[-1]])
def test_a_file_of_an_older_release_gets_them(release: str, tmp_path: Path) -> None:
    with Engine.open(f"sqlite:///{store_of(release, tmp_path)}") as engine:
        rows = engine.board(BoardQuery(groups=True)).items
        found = 0
        for row in rows[:20]:
            for bond in bonds_of(engine.state(EstateId(row.estate_id))):
                page = engine.board(BoardQuery(groups=True, reach=Reach(bonds=frozenset({bond}))))
                assert row.estate_id in {one.estate_id for one in page.items}
                found += bond.kind is not BondKind.MUNICIPALITY
        assert found > 0


def test_a_store_without_the_table_gets_it_and_its_rows(kept_url: str) -> None:
    # As a release before the bonds made it: the same events, and no view of that name.
    with engine_at(kept_url, SettableClock(TODAY)) as whole:
        ours, others = sides(whole)
    _forget_bonds(kept_url)
    with engine_at(kept_url, SettableClock(TODAY)) as engine:
        for role in (Role.MUNICIPALITY, Role.GUIDE, Role.DECIDER):
            desk = ours.desk(engine, role)
            seen = {row.estate_id for row in desk.board(BoardQuery(groups=True)).items}
            assert ours.walked in seen
            assert seen.isdisjoint(others.estates)
        assert engine.behind() == []


def test_an_empty_store_has_the_table_from_the_start(kept_url: str) -> None:
    with closing(open_store(kept_url, PERIOD_VIEWS)):
        pass
    with engine_at(kept_url, SettableClock(TODAY)) as engine:
        made = engine.do(RegisterEstate(name="Veld", municipalities=("Goes",))).estate
        assert engine.within(Reach(estates=frozenset({made})), [made]) == {made}
        ((bond, *_),) = (bonds_of(engine.state(made)),)
        assert engine.within(Reach(bonds=frozenset({bond})), [made]) == {made}


def _forget_bonds(url: str) -> None:
    from benchmarks.scale_store import sql_on

    with sql_on(url) as connection:
        connection.execute("DROP TABLE view_bonds")
        connection.execute("DELETE FROM kvob_meta WHERE name = 'view:bonds'")
