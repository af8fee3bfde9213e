"""What happens to a store whose file is taken away under it? Nothing is acknowledged and lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvob_workflow.store import open_store
from kvob_workflow.store.faults import StoreReplaced
from kvob_workflow.store.sqlite.store import SQLiteStore
from tests.store.samples import VIEWS, estate, one, recorded

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="an open file cannot be taken away there"
)


def remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink()


def replace(path: Path) -> None:
    other = path.with_name("other.db")
    store = open_store(f"sqlite:///{other}", VIEWS)
    store.append(one(estate(7)))
    store.close()
    os.replace(other, path)


@pytest.mark.parametrize("take_away", [remove, replace])
def test_a_file_that_was_taken_away_takes_and_gives_nothing(
    file_url: str, tmp_path: Path, take_away: Callable[[Path], None]
) -> None:
    store = open_store(file_url, VIEWS)
    store.append(one(estate(1)))
    take_away(tmp_path / "kvob.db")
    with pytest.raises(StoreReplaced):
        store.append(one(estate(1), 2))
    with pytest.raises(StoreReplaced):
        store.stream(estate(1))
    store.close()


def test_a_file_that_was_put_back_goes_on(file_url: str, tmp_path: Path) -> None:
    store = open_store(file_url, VIEWS)
    path = tmp_path / "kvob.db"
    path.rename(tmp_path / "away.db")
    with pytest.raises(StoreReplaced):
        store.append(one(estate(1)))
    (tmp_path / "away.db").rename(path)
    assert store.append(one(estate(1))).positions == (1,)
    store.close()


def test_a_file_taken_away_during_the_transaction_is_met_before_the_commit(
    file_url: str, tmp_path: Path
) -> None:
    store = open_store(file_url, VIEWS)
    assert isinstance(store, SQLiteStore)
    connections = store._connections  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(StoreReplaced), connections.write():
        remove(tmp_path / "kvob.db")
    store.close()


def test_closing_leaves_the_log_of_the_new_file_alone(file_url: str, tmp_path: Path) -> None:
    old = open_store(file_url, VIEWS)
    old.append(one(estate(1)))
    remove(tmp_path / "kvob.db")
    new = open_store(file_url, VIEWS)
    new.append(one(estate(2)))
    old.close()
    assert (tmp_path / "kvob.db-wal").exists()
    third = open_store(file_url, VIEWS)
    assert third.stream(estate(2)) == [recorded(estate(2))]
    third.close()
    new.close()
