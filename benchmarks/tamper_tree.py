"""How does an attacker hide traces? The tree computed anew, and heads signed with another key.

Written from the description of the format, in the plainest way; imports nothing of the project.
"""

import sqlite3
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Connection = sqlite3.Connection

_TILE: Final = 256
_COLUMNS: Final = "originator_id, originator_version, topic, state"


def recompute(connection: Connection) -> None:
    """Write tiles, runs and state that fit the events as they are now."""
    events = connection.execute(
        f"SELECT rowid, {_COLUMNS} FROM stored_events ORDER BY rowid"
    ).fetchall()
    level, hashes = 0, [sha256(b"\x00" + _entry(*event[1:])).digest() for event in events]
    connection.execute("DELETE FROM log_tile")
    while hashes:
        upper: list[bytes] = []
        for number, start in enumerate(range(0, len(hashes), _TILE)):
            tile = hashes[start : start + _TILE]
            connection.execute(
                "INSERT INTO log_tile VALUES (?, ?, ?)", (level, number, b"".join(tile))
            )
            if len(tile) == _TILE:
                upper.append(root_of(tile))
        level, hashes = level + 1, upper
    connection.execute("DELETE FROM log_run")
    start = 0
    for at in range(1, len(events) + 1):
        if at == len(events) or events[at][0] != events[at - 1][0] + 1:
            run = (start, events[start][0], at - start)
            connection.execute("INSERT INTO log_run VALUES (?, ?, ?)", run)
            start = at
    last = events[-1][0] if events else 0
    connection.execute("UPDATE log_state SET size = ?, position = ?", (len(events), last))


def root_of(leaves: list[bytes]) -> bytes:
    """The root of a tree, by the recursion of RFC 9162 itself."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def _entry(estate: object, version: object, topic: object, state: object) -> bytes:
    """The bytes of an event as the project documents them."""
    name, kind = str(estate).encode(), str(topic).encode()
    contents = state if isinstance(state, bytes) else str(state).encode()
    number = version if isinstance(version, int) else 0
    return b"".join(
        (
            b"\x01",
            len(name).to_bytes(2, "big"),
            name,
            number.to_bytes(8, "big"),
            len(kind).to_bytes(2, "big"),
            kind,
            len(contents).to_bytes(4, "big"),
            contents,
        )
    )


def sign(connection: Connection, *, keep_id: bool) -> None:
    """Replace the newest head by one over the events as they are, signed with another key.

    With `keep_id` the signature claims to be of the real key.
    """
    newest = connection.execute("SELECT note FROM log_checkpoint ORDER BY size DESC").fetchone()
    if newest is None or not isinstance(newest[0], str) or "\u2014 " not in newest[0]:
        return
    origin = newest[0].split("\n")[0]
    leaves = [
        sha256(b"\x00" + _entry(*event)).digest()
        for event in connection.execute(f"SELECT {_COLUMNS} FROM stored_events ORDER BY rowid")
    ]
    text = f"{origin}\n{len(leaves)}\n{b64encode(root_of(leaves)).decode()}\n"
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    key_id = sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
    if keep_id:
        line = newest[0].split("\u2014 ")[1].split(" ")[1]
        key_id = _key_id(line)
    signature = b64encode(key_id + key.sign(text.encode())).decode()
    connection.execute("DELETE FROM log_checkpoint")
    connection.execute(
        "INSERT INTO log_checkpoint (size, note, cosigned) VALUES (?, ?, 0)",
        (len(leaves), f"{text}\n\u2014 {origin} {signature}\n"),
    )


def _key_id(line: str) -> bytes:
    return b64decode(line.split("\n")[0])[:4]
