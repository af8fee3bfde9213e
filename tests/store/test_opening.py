"""Which addresses open a store, and what does a file that is no store answer?"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kvob_workflow.errors import StoreUnavailable, StoreUrlInvalid
from kvob_workflow.limits import StoreLimits
from kvob_workflow.store import Append, open_store, parse_url
from kvob_workflow.store.faults import (
    StoreBusy,
    StoreClosed,
    StoreDamaged,
    StoreFolderMissing,
    StoreForeign,
    StoreIsFolder,
    StoreNotADatabase,
    StoreTooNew,
)
from kvob_workflow.store.sqlite.store import SQLiteStore
from tests.store.samples import VIEWS, estate, events, one, recorded


def test_three_slashes_are_relative_four_are_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse_url("sqlite:///kvob.db") == tmp_path / "kvob.db"
    assert parse_url("sqlite:////srv/kvob%20mark/kvob.db") == Path("/srv/kvob mark/kvob.db")
    assert parse_url("memory:") is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "kvob.db",
        "sqlite:",
        "sqlite://kvob.db",
        "sqlite:///",
        "sqlite:///folder/",
        "sqlite:///kvob.db?mode=ro",
        "sqlite:///kvob.db#1",
        "sqlite:///a%00b",
        "postgresql://localhost/kvob?schema=Kvob",
        "postgresql://localhost/kvob?schema=kvob&schema=other",
        "postgresql://localhost/kvob#1",
        "mysql://localhost/kvob",
        "memory",
    ],
)
def test_another_address_is_refused_with_examples(url: str) -> None:
    with pytest.raises(StoreUrlInvalid) as refused:
        open_store(url)
    assert "sqlite:///file.db" in str(refused.value)


def test_a_name_with_signs_that_mean_something_in_an_address_is_kept(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/50%25 %3F%23 é.db")
    store.append(one(estate(1)))
    store.close()
    assert (tmp_path / "50% ?# é.db").is_file()


def test_a_store_keeps_its_events_until_the_next_opening(kept_url: str) -> None:
    store = open_store(kept_url, VIEWS)
    store.append(Append(events(estate(1), 3)))
    store.close()
    again = open_store(kept_url, VIEWS)
    assert again.stream(estate(1)) == list(events(estate(1), 3))
    assert again.unfilled() == ()
    again.close()


def test_two_stores_in_memory_share_nothing() -> None:
    first, second = open_store("memory:"), open_store("memory:")
    first.append(one(estate(1)))
    assert second.last_position() == 0
    first.close()
    second.close()


def test_a_closed_store_says_so_and_closes_twice(url: str) -> None:
    store = open_store(url)
    store.close()
    store.close()
    with pytest.raises(StoreClosed):
        store.append(one(estate(1)))
    with pytest.raises(StoreClosed):
        store.stream(estate(1))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreFolderMissing) as refused:
        open_store(f"sqlite:///{tmp_path}/no/such/kvob.db")
    assert f"{tmp_path}/no/such" in refused.value.message("nl")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(StoreIsFolder):
        open_store(f"sqlite:///{tmp_path}")
    with pytest.raises(StoreIsFolder):
        open_store(f"sqlite:///{os.devnull}")


def test_a_file_of_another_kind_is_left_untouched(file_url: str, tmp_path: Path) -> None:
    path = tmp_path / "kvob.db"
    path.write_text("gemeente;naam\nSoest;De Soestdijkse Grachten\n")
    with pytest.raises(StoreNotADatabase):
        open_store(file_url)
    assert path.read_text().startswith("gemeente;naam")
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_another_program_is_left_untouched(file_url: str, tmp_path: Path) -> None:
    path = tmp_path / "kvob.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StoreForeign) as refused:
        open_store(file_url)
    assert refused.value.reason == "bookmarks"
    with closing(sqlite3.connect(path)) as other:
        names = other.execute("SELECT name FROM sqlite_master").fetchall()
    assert names == [("bookmarks",)]


@pytest.mark.parametrize("share", [0.001, 0.3, 0.6, 0.95])
def test_a_file_that_was_cut_short_is_damaged(file_url: str, tmp_path: Path, share: float) -> None:
    store = open_store(file_url)
    store.append(Append(events(estate(1), 2000)))
    store.close()
    path = tmp_path / "kvob.db"
    os.truncate(path, int(path.stat().st_size * share))
    with pytest.raises((StoreDamaged, StoreNotADatabase)) as refused:
        open_store(file_url)
    assert "backup" in str(refused.value)
    assert "reservekopie" in refused.value.message("nl")


def test_garbage_after_a_good_first_line_is_damaged(file_url: str, tmp_path: Path) -> None:
    (tmp_path / "kvob.db").write_bytes(b"SQLite format 3\x00" + b"\x5a" * 8000)
    with pytest.raises((StoreDamaged, StoreNotADatabase)):
        open_store(file_url)


def test_tables_of_a_newer_release_are_refused(file_url: str, tmp_path: Path) -> None:
    open_store(file_url).close()
    with closing(sqlite3.connect(tmp_path / "kvob.db")) as other:
        other.execute("UPDATE kvob_meta SET number = 99 WHERE name = 'store'")
        other.commit()
    with pytest.raises(StoreTooNew, match="99"):
        open_store(file_url)


def test_a_foreign_writer_that_stays_is_waited_for_and_named(file_url: str, tmp_path: Path) -> None:
    store = open_store(file_url, limits=StoreLimits(lock_timeout=0.05))
    with closing(sqlite3.connect(tmp_path / "kvob.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            store.append(one(estate(1)))
        other.execute("ROLLBACK")
    assert store.append(one(estate(1))).positions == (1,)
    store.close()


def test_a_lock_file_that_stays_locked_is_waited_for_and_named(file_url: str) -> None:
    store = open_store(file_url, limits=StoreLimits(lock_timeout=0.05))
    other = open_store(file_url, limits=StoreLimits(lock_timeout=0.05))
    assert isinstance(other, SQLiteStore)
    with other._connections.write():  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(StoreBusy, match="another process"):
            store.append(one(estate(1)))
        assert store.stream(estate(1)) == []
    store.append(one(estate(1)))
    assert other.stream(estate(1)) == [recorded(estate(1))]
    store.close()
    other.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter; pytest's own is closed to others."""
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_file_or_folder_without_the_right_to_write_is_read_only(open_folder: Path) -> None:
    path = open_folder / "kvob.db"
    open_store(f"sqlite:///{path}").close()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    assert _opened_without_rights(path) == "store-read-only"
    assert _opened_without_rights(open_folder / "new.db") == "store-read-only"
    open_folder.chmod(0o755)


def _opened_without_rights(path: Path) -> str:
    """The code of the error that an ordinary user meets; root may write anything."""
    program = (
        "import os, sys\n"
        "from kvob_workflow.errors import StoreUnavailable\n"
        "from kvob_workflow.store import open_store\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: open_store(sys.argv[1])\n"
        "except StoreUnavailable as error: print(error.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, f"sqlite:///{path}"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return done.stdout.strip()


def test_every_cause_is_caught_as_store_unavailable() -> None:
    assert all(issubclass(cause, StoreUnavailable) for cause in (StoreBusy, StoreTooNew))
