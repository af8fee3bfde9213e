"""Which bytes of an event are hashed? The row as it is stored, each part with its length.

    event     0x01 | u16 n | estate (n bytes, UTF-8) | u64 version | u16 n | topic | u32 n | state
    opening   0x02 | u32 n | note of the last common checkpoint (n bytes, UTF-8) | u32 n | reason

Numbers are big-endian. Every part that can vary in length stands behind its length, so two
different rows never give the same bytes. The state is hashed as stored, so encrypted parts
stay so. An opening is the first entry of a log that was begun anew after a restore.
"""

from __future__ import annotations

from struct import Struct
from struct import error as StructError
from typing import Final, NamedTuple

EVENT: Final = 1
OPENING: Final = 2

_HEAD: Final = Struct(">BH")
_MIDDLE: Final = Struct(">QH")
_LENGTH: Final = Struct(">I")


class Opening(NamedTuple):
    """What the first entry of a log says that was begun anew."""

    note: str
    reason: str


class EntryImpossible(ValueError):
    """A stored row has values that no event can have, so it was written by other means."""


def entry_bytes(estate: str, version: int, topic: str, state: bytes) -> bytes:
    """The bytes of an event that its leaf is the hash of.

    Raises:
        EntryImpossible: a value is of another type or too long.
    """
    try:
        name, kind = estate.encode(), topic.encode()
        return b"%b%b%b%b%b%b" % (
            _HEAD.pack(EVENT, len(name)),
            name,
            _MIDDLE.pack(version, len(kind)),
            kind,
            _LENGTH.pack(len(state)),
            state,
        )
    except (AttributeError, TypeError, UnicodeError, StructError) as error:
        raise EntryImpossible(str(error)) from error


def opening_bytes(opening: Opening) -> bytes:
    """The bytes of an opening."""
    note, reason = opening.note.encode(), opening.reason.encode()
    return b"%c%b%b%b%b" % (
        OPENING,
        _LENGTH.pack(len(note)),
        note,
        _LENGTH.pack(len(reason)),
        reason,
    )


def read_opening(entry: bytes) -> Opening:
    """What an opening says.

    Raises:
        EntryImpossible: these are not the bytes of an opening.
    """
    try:
        if entry[0] != OPENING:
            raise EntryImpossible("another kind of entry")
        (length,) = _LENGTH.unpack_from(entry, 1)
        note = entry[5 : 5 + length].decode()
        (last,) = _LENGTH.unpack_from(entry, 5 + length)
        reason = entry[9 + length : 9 + length + last].decode()
    except (IndexError, UnicodeError, StructError) as error:
        raise EntryImpossible(str(error)) from error
    opening = Opening(note, reason)
    if opening_bytes(opening) != entry:
        raise EntryImpossible("lengths that do not fit")
    return opening
