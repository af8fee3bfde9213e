"""Do two different rows ever give the same bytes to hash?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvob_workflow.proofs.entries import (
    EntryImpossible,
    Opening,
    entry_bytes,
    opening_bytes,
    read_opening,
)

TEXTS = st.text(max_size=4, alphabet="ab\x00")
ROWS = st.tuples(
    TEXTS,
    st.sampled_from([0, 1, 97, 256, 2**64 - 1]),
    TEXTS,
    st.binary(max_size=4),
)


def test_the_bytes_are_as_documented() -> None:
    found = entry_bytes("e1", 258, "t", b"{}")
    assert found == b"\x01\x00\x02e1\x00\x00\x00\x00\x00\x00\x01\x02\x00\x01t\x00\x00\x00\x02{}"


@given(ROWS, ROWS)
def test_different_rows_give_different_bytes(
    one: tuple[str, int, str, bytes], other: tuple[str, int, str, bytes]
) -> None:
    assert (entry_bytes(*one) == entry_bytes(*other)) == (one == other)


@pytest.mark.parametrize(
    "row",
    [
        (b"e", 1, "t", b""),
        ("e", "1", "t", b""),
        ("e", 1.0, "t", b""),
        ("e", -1, "t", b""),
        ("e", 2**64, "t", b""),
        ("e", 1, None, b""),
        ("e", 1, "t", "{}"),
        ("e", 1, "t", None),
        ("\ud800", 1, "t", b""),
        ("e" * 65_536, 1, "t", b""),
    ],
)
def test_a_row_that_no_event_can_have_is_refused(row: tuple[str, int, str, bytes]) -> None:
    with pytest.raises(EntryImpossible):
        entry_bytes(*row)


@given(st.text(), st.text())
def test_an_opening_is_read_back(note: str, reason: str) -> None:
    opening = Opening(note, reason)
    assert read_opening(opening_bytes(opening)) == opening


@pytest.mark.parametrize(
    "entry",
    [b"", b"\x01", b"\x02", b"\x02\x00\x00\x00\x09a", b"\x02" + bytes(9), b"\x02" + b"\xff" * 8],
)
def test_bytes_that_are_no_opening_are_refused(entry: bytes) -> None:
    with pytest.raises(EntryImpossible):
        read_opening(entry)
