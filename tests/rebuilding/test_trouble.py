"""What if the disk is full, or somebody may not do it? Nothing breaks, and the reason is told."""

from __future__ import annotations

# pyright: reportPrivateUsage=false
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.engine.rebuilding import running
from kvob_workflow.moving import copy_store
from kvob_workflow.store.faults import StoreBusy, StoreFull
from kvob_workflow.store.opening import postgres_script
from kvob_workflow.store.postgres.address import parse_address
from kvob_workflow.store.server_faults import StoreOwnerNeeded, StoreViewsDepend
from tests.rebuilding.conftest import awarded, broken_off, sql_on, tables

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres_server import Server


def test_a_disk_that_gets_full_leaves_the_live_tables_and_space_mends_it(tmp_path: Path) -> None:
    with Engine.open(f"sqlite:///{tmp_path}/kvob.db") as engine:
        awarded(engine, 60)
        whole = tables(engine)
        connections: Any = getattr(engine._store, "_connections")  # noqa: B009
        with connections.write() as writer:
            used = writer.execute("PRAGMA page_count").fetchone()[0]
            writer.execute(f"PRAGMA max_page_count={used + 12}")
        with pytest.raises(StoreFull):
            engine.rebuild(chunk=20)
        assert tables(engine) == whole
        assert engine.doctor()  # the store is well
        with connections.write() as writer:
            writer.execute("PRAGMA max_page_count=1000000")
        report = engine.rebuild(chunk=20)
        assert (report.resumed, report.differing) == (True, 0)
        assert tables(engine) == whole


def test_the_doctor_tells_of_an_unfinished_rebuild(engine: Engine) -> None:
    def found() -> tuple[str, str]:
        return next((one.value, one.verdict) for one in engine.doctor() if one.name == "rebuild")

    assert found() == ("none", "ok")
    broken_off(engine, "board")
    assert found() == ("1 (board): building", "warning")
    engine.rebuild("board")
    assert found() == ("1 (board): live", "ok")


def test_a_copy_of_a_store_leaves_a_half_built_rebuild_behind(
    kept_url: str, tmp_path: Path
) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine)
        whole = tables(engine)
        broken_off(engine)
    target = f"sqlite:///{tmp_path}/copy.db"
    assert copy_store(kept_url, target).is_equal
    with Engine.open(target) as copied:
        assert tables(copied) == whole
        assert [one.status for one in copied.rebuilds()] in ([], ["live"])
        assert copied.rebuild().differing == 0


def test_the_role_of_writer_is_told_that_the_owner_must(
    postgres: Server, postgres_url: str
) -> None:
    schema = parse_address(postgres_url).schema
    with Engine.open(postgres_url) as engine:
        awarded(engine, 3)
        engine.build_periods()
    with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
        keeper.execute(postgres_script(postgres_url, ALL_VIEWS, tables=False, roles=True).encode())
        member = f"{schema}_m"
        keeper.execute(f"CREATE USER {member} IN ROLE {schema}_writer".encode())
    try:
        with Engine.open(postgres.url(schema, user=member)) as engine:
            whole = tables(engine)
            with pytest.raises(StoreOwnerNeeded, match="view_board"):
                engine.rebuild()
            assert engine.compare_views().differing == 0
            assert engine.rebuild_estate(engine.find("Terrein 1")).differing == 0
            assert tables(engine) == whole
        with Engine.open(postgres_url) as engine:
            engine.rebuild()
        with Engine.open(postgres.url(schema, user=member)) as engine:  # the rights went along
            assert tables(engine) == whole
            awarded(engine, 1, prefix="Van een lid")
    finally:
        with psycopg.connect(postgres.dsn, autocommit=True) as keeper:
            keeper.execute(f"DROP OWNED BY {schema}_writer, {schema}_reader".encode())
            keeper.execute(f"DROP OWNED BY {schema}_verifier".encode())
            keeper.execute(f"DROP USER {member}".encode())
            for role in ("writer", "reader", "verifier"):
                keeper.execute(f"DROP ROLE {schema}_{role}".encode())


def test_a_long_question_keeps_a_server_from_swapping_and_the_next_try_does(
    postgres_url: str,
) -> None:
    with Engine.open(postgres_url) as engine:
        awarded(engine, 3)
        whole = tables(engine)
        with sql_on(engine, postgres_url) as sql:
            sql("SELECT count(*) FROM view_board")  # its transaction stays open
            with pytest.MonkeyPatch.context() as hurried:
                hurried.setattr(running, "_ATTEMPTS", 2)
                with pytest.raises(StoreBusy, match="a long question"):
                    engine.rebuild()
            assert tables(engine) == whole
        assert engine.rebuild().resumed
        assert tables(engine) == whole


def test_an_sql_view_of_a_host_on_a_table_is_named_before_anything_is_built(
    postgres_url: str,
) -> None:
    with Engine.open(postgres_url) as engine:
        awarded(engine, 3)
        with sql_on(engine, postgres_url) as sql:
            sql("CREATE VIEW of_a_host AS SELECT estate FROM view_board")
        with pytest.raises(StoreViewsDepend, match="of_a_host"):
            engine.rebuild()
        assert engine.rebuilds() == []
        with sql_on(engine, postgres_url) as sql:
            sql("DROP VIEW of_a_host")
        assert engine.rebuild().differing == 0
