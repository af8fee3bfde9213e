"""How does somebody with the database file, but without the key, change the record?

Ten ways, each with variants. This module and `tamper_tree` import nothing of the project: only
the standard library and `cryptography`, as an attacker would. It reads the tables as they are,
drops the triggers before it writes, and puts them back afterwards. In half of the attacks it
also hides its traces: it computes the whole tree anew and writes tiles, runs and state to fit.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.tamper_tree import Connection, recompute, sign

Attack = Callable[[Connection, random.Random], None]

_COLUMNS: Final = "originator_id, originator_version, topic, state"


def attack(kind: str, path: Path, older: Path, chance: random.Random) -> None:
    """Carry out one attack on the store at `path`; `older` is an earlier copy of the file."""
    if kind == "older copy":
        shutil.copyfile(older, path)
        return
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
            ("stored_events",),
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        before = _everything(connection)
        while _everything(connection) == before:  # two rows may be alike
            KINDS[kind](connection, chance)
        for _, statement in triggers:
            connection.execute(statement)
        connection.execute("COMMIT")


def _everything(connection: Connection) -> list[object]:
    tables = ("log_state", "log_tile", "log_run", "log_checkpoint")
    found: list[object] = connection.execute(
        f"SELECT rowid, {_COLUMNS} FROM stored_events"
    ).fetchall()
    for table in tables:
        found += connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    return found


def _some(connection: Connection, chance: random.Random, number: int = 1) -> list[int]:
    rows = [row for (row,) in connection.execute("SELECT rowid FROM stored_events ORDER BY rowid")]
    return chance.sample(rows, number)


def _hide(connection: Connection, chance: random.Random) -> None:
    if chance.random() < 0.5:
        recompute(connection)


def edit(connection: Connection, chance: random.Random) -> None:
    """A byte of the payload, the topic, the version or the estate."""
    (row,) = _some(connection, chance)
    what = chance.choice(("payload", "topic", "version", "estate", "type"))
    if what == "payload":
        (state,) = connection.execute(
            "SELECT state FROM stored_events WHERE rowid = ?", (row,)
        ).fetchone()
        place = chance.randrange(len(state))
        other = bytes((state[place] ^ (1 << chance.randrange(8)),))
        changed = state[:place] + other + state[place + 1 :]
        connection.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (changed, row))
    elif what == "topic":
        connection.execute("UPDATE stored_events SET topic = topic || 'x' WHERE rowid = ?", (row,))
    elif what == "version":
        connection.execute(
            "UPDATE stored_events SET originator_version = originator_version + 500"
            " WHERE rowid = ?",
            (row,),
        )
    elif what == "estate":
        connection.execute(
            "UPDATE stored_events SET originator_id = ? WHERE rowid = ?",
            (f"{chance.getrandbits(128):032x}", row),
        )
    else:
        connection.execute(
            "UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = ?", (row,)
        )
    _hide(connection, chance)


def insert(connection: Connection, chance: random.Random) -> None:
    """An event of an estate put in the middle, before the first, or behind the last."""
    (like,) = _some(connection, chance)
    where = chance.choice(("middle", "front", "tail"))
    last = connection.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
    if where == "middle":
        (row,) = _some(connection, chance)
        connection.execute("UPDATE stored_events SET rowid = -rowid WHERE rowid >= ?", (row,))
        connection.execute("UPDATE stored_events SET rowid = 1 - rowid WHERE rowid < 0")
    else:
        row = chance.choice((0, -7, -(2**63))) if where == "front" else last + chance.randint(1, 3)
    connection.execute(
        f"INSERT INTO stored_events (rowid, {_COLUMNS}) SELECT ?, originator_id,"
        " originator_version + 1000, topic, state FROM stored_events WHERE rowid = ?",
        (row, like + 1 if where == "middle" and like >= row else like),
    )
    _hide(connection, chance)


def delete(connection: Connection, chance: random.Random) -> None:
    """Any event, or the newest."""
    (row,) = _some(connection, chance)
    if chance.random() < 0.5:
        row = connection.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
    connection.execute("DELETE FROM stored_events WHERE rowid = ?", (row,))
    _hide(connection, chance)


def reorder(connection: Connection, chance: random.Random) -> None:
    """Two events change places, or one moves behind all others."""
    one, other = _some(connection, chance, 2)
    if chance.random() < 0.5:
        _move(connection, one, -1)
        _move(connection, other, one)
        _move(connection, -1, other)
    else:
        last = connection.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
        _move(connection, min(one, other), last + 1)
    _hide(connection, chance)


def _move(connection: Connection, row: int, to: int) -> None:
    connection.execute("UPDATE stored_events SET rowid = ? WHERE rowid = ?", (to, row))


def truncate(connection: Connection, chance: random.Random) -> None:
    """Everything from some event on."""
    (row,) = _some(connection, chance)
    connection.execute("DELETE FROM stored_events WHERE rowid >= ?", (row,))
    _hide(connection, chance)


def swap(connection: Connection, chance: random.Random) -> None:
    """Two events exchange their contents, or a part of them, as with ciphertexts."""
    one, other = _some(connection, chance, 2)
    sql = "SELECT topic, state FROM stored_events WHERE rowid = ?"
    first, second = (connection.execute(sql, (row,)).fetchone() for row in (one, other))
    if chance.random() < 0.5:
        half = min(len(first[1]), len(second[1])) // 2
        first, second = (
            (first[0], second[1][:half] + first[1][half:]),
            (second[0], first[1][:half] + second[1][half:]),
        )
    change = "UPDATE stored_events SET topic = ?, state = ? WHERE rowid = ?"
    connection.execute(change, (*second, one))
    connection.execute(change, (*first, other))
    _hide(connection, chance)


def sign_again(connection: Connection, chance: random.Random) -> None:
    """Another payload, the whole tree computed anew, and heads signed with a key of one's own."""
    chance.choice((edit, delete, swap))(connection, chance)
    recompute(connection)
    sign(connection, keep_id=chance.random() < 0.5)


def fork(connection: Connection, chance: random.Random) -> None:
    """Another history of the same length from some event on, with tree and heads to fit."""
    (start,) = _some(connection, chance)
    for (row,) in connection.execute(
        "SELECT rowid FROM stored_events WHERE rowid >= ?", (start,)
    ).fetchall():
        connection.execute(
            "UPDATE stored_events SET state = ? WHERE rowid = ?",
            (b'{"e":{},"m":{"n":%d}}' % chance.getrandbits(64), row),
        )
    recompute(connection)
    if chance.random() < 0.7:
        sign(connection, keep_id=chance.random() < 0.5)


def log_tables(connection: Connection, chance: random.Random) -> None:
    """The tables of the log itself: a hash, a tile, the state, the runs, the heads."""
    flip = "substr(hashes, 1, 31) || X'00' || substr(hashes, 33)"
    connection.execute(
        chance.choice(
            (
                f"UPDATE log_tile SET hashes = CAST({flip} AS BLOB) WHERE level = 0",
                "UPDATE log_tile SET hashes = zeroblob(length(hashes))",
                "DELETE FROM log_tile WHERE level = 0",
                "DELETE FROM log_tile",
                "UPDATE log_state SET size = size - 1",
                "UPDATE log_state SET size = size + 1",
                "UPDATE log_state SET size = 9223372036854775807",
                "UPDATE log_state SET position = position + 1",
                "UPDATE log_state SET generation = 2",
                "UPDATE log_state SET generation = 'log'",
                "DELETE FROM log_state",
                "UPDATE log_run SET number = number + 1",
                "UPDATE log_run SET number = 'x'",
                "DELETE FROM log_run",
                "DELETE FROM log_checkpoint",
                "UPDATE log_checkpoint SET note = replace(note, 'kvob/', 'kvop/')",
                "UPDATE log_checkpoint SET note = ''",
                "UPDATE log_checkpoint SET note = zeroblob(3000000)",
                "UPDATE log_checkpoint SET size = size + 100000",
            )
        )
    )
    if chance.random() < 0.2:
        sign(connection, keep_id=chance.random() < 0.5)


KINDS: Final[dict[str, Attack]] = {
    "edit": edit,
    "insert": insert,
    "delete": delete,
    "reorder": reorder,
    "truncate": truncate,
    "swap": swap,
    "re-sign": sign_again,
    "fork": fork,
    "log tables": log_tables,
}
ALL_KINDS: Final = (*KINDS, "older copy")
