"""What does a witness get? The newest head, and what proves that it continues the last one.

    old <size>
    <base64 of a hash>, one a line: the consistency proof
    (empty line)
    <the signed note>

Source: https://c2sp.org/tlog-witness, the body of add-checkpoint.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.errors import BundleMalformed, NotCovered, NoteMalformed
from kvob_workflow.proofs.notes import (
    LARGEST_SIZE,
    LONGEST_NOTE,
    SignedNote,
    read_checkpoint,
    read_hash,
    read_note,
)

if TYPE_CHECKING:
    from kvob_workflow.proofs.log import ProofLog

LONGEST_BUNDLE: Final = LONGEST_NOTE + 4096
_LONGEST_PROOF: Final = 63
_OLD: Final = "old "


@dataclass(frozen=True, slots=True)
class Bundle:
    """A head, with the proof that it continues the first `old_size` leaves."""

    old_size: int
    proof: tuple[bytes, ...]
    note: SignedNote

    def __str__(self) -> str:
        """The bundle as it is sent."""
        hashes = "".join(f"{b64encode(one).decode()}\n" for one in self.proof)
        return f"{_OLD}{self.old_size}\n{hashes}\n{self.note}"


def make_bundle(log: ProofLog, since: int) -> Bundle:
    """The newest head of a log, proven to continue its first `since` leaves.

    Raises:
        BundleMalformed: the newest head is shorter than `since`.
        NotCovered: the log has no head yet.
    """
    notes = log.checkpoints()
    if not notes:
        raise NotCovered("-", 0)
    note = read_note(notes[0])
    size = read_checkpoint(note).size
    if not 0 <= since <= size:
        raise BundleMalformed(f"--since {since}, 0 - {size}")
    return Bundle(since, log.consistency(since, size), note)


def read_bundle(raw: str | bytes) -> Bundle:
    """The bundle in these bytes.

    Raises:
        BundleMalformed: they are not one, or are too long.
        NoteMalformed: the note in it is not one.
    """
    if len(raw) > LONGEST_BUNDLE:
        raise BundleMalformed(f"over {LONGEST_BUNDLE} bytes")
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
    except UnicodeError:
        raise BundleMalformed("no UTF-8") from None
    head, gap, note = text.partition("\n\n")
    first, *hashes = head.split("\n")
    size = first.removeprefix(_OLD)
    if not gap or not first.startswith(_OLD) or len(hashes) > _LONGEST_PROOF:
        raise BundleMalformed("no size and proof before the head")
    if len(size) > 19 or not (size.isascii() and size.isdigit()) or str(int(size)) != size:
        raise BundleMalformed("an impossible size")
    if int(size) > LARGEST_SIZE:
        raise BundleMalformed("an impossible size")
    try:
        proof = tuple(read_hash(one) for one in hashes)
    except NoteMalformed as error:
        raise BundleMalformed(error.reason) from None
    return Bundle(int(size), proof, read_note(note))
