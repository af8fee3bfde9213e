"""How does a third party keep the keeper honest? It remembers the last head, in its own file.

A witness signs a head only when a log key that it knows signed it, and when the head is proven
to continue the last one that it saw. Two histories for two readers, a cut tail or an older copy
then have no signature of the witness. It needs no store and imports nothing of the engine.

    kvob.witness      its signing key, the log keys it was told, the last head of each log

The file is written before the signature is given away: what a witness signed, it remembers.

Source: https://c2sp.org/tlog-witness, https://c2sp.org/tlog-cosignature.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.words import Text
from kvob_workflow.proofs.errors import KeyMalformed, KeyUnusable, NoteUnsigned, WitnessRefuses
from kvob_workflow.proofs.keys import (
    WITNESS,
    SigningKey,
    VerifierKey,
    new_key,
    read_signing,
    read_verifier,
)
from kvob_workflow.proofs.merkle import EMPTY_ROOT, consistency_is_proven
from kvob_workflow.proofs.notes import Checkpoint, SignedNote, read_checkpoint, read_note

if TYPE_CHECKING:
    from pathlib import Path

    from kvob_workflow.proofs.bundles import Bundle

_OWNER_ONLY: Final = 0o600
_LONGEST_MEMORY: Final = 10_000_000
_SHORTER: Final = Text(
    "het logboek is korter dan wat deze getuige al zag.",
    "the log is shorter than what this witness saw before.",
)
_FORKED: Final = Text(
    "het logboek vertelt een andere geschiedenis dan wat deze getuige al zag.",
    "the log tells another history than what this witness saw before.",
)
_ELSEWHERE: Final = Text(
    "de bundel begint niet waar deze getuige bleef.",
    "the bundle does not begin where this witness stopped.",
)


@dataclass(frozen=True, slots=True)
class Witness:
    """Who signs, for which logs, and the last head seen of each."""

    key: SigningKey
    logs: tuple[VerifierKey, ...] = ()
    heads: dict[str, SignedNote] = field(default_factory=dict[str, SignedNote])

    def trusting(self, log: VerifierKey) -> Witness:
        """The same witness, which also knows this key of a log."""
        return replace(self, logs=tuple(dict.fromkeys((*self.logs, log))))

    def cosigned(self, bundle: Bundle, instant: int) -> tuple[Witness, SignedNote]:
        """The witness that remembers this head, and the head with its signature.

        `instant` is in seconds since 1970.

        Raises:
            NoteUnsigned: no key of a log that this witness knows signed it.
            WitnessRefuses: it does not continue the last head.
        """
        head = read_checkpoint(bundle.note)
        known = [key for key in self.logs if key.name == head.origin]
        if not any(key.has_signed(bundle.note) for key in known):
            raise NoteUnsigned(head.origin)
        self._check_continues(bundle, head)
        note = bundle.note.with_signatures((self.key.sign(bundle.note.text, instant),))
        return replace(self, heads={**self.heads, head.origin: note}), note

    def _check_continues(self, bundle: Bundle, head: Checkpoint) -> None:
        last = self.heads.get(head.origin)
        seen = read_checkpoint(last) if last is not None else None
        size, root = (0, EMPTY_ROOT) if seen is None else (seen.size, seen.root)
        if head.size < size:
            raise WitnessRefuses(_SHORTER, size)
        if head.size == size:
            if head.root != root:
                raise WitnessRefuses(_FORKED, size)
            return  # the same head again: nothing is to be proven
        if bundle.old_size != size:
            raise WitnessRefuses(_ELSEWHERE, size)
        if not consistency_is_proven(size, head.size, bundle.proof, root, head.root):
            raise WitnessRefuses(_FORKED, size)


def new_witness(name: str) -> Witness:
    """A witness with a new key.

    Raises:
        KeyMalformed: no key can have this name.
    """
    return Witness(new_key(name, WITNESS))


def load_witness(path: Path) -> Witness:
    """The witness whose file this is.

    Raises:
        KeyUnusable: the file is missing or cannot be read.
        KeyMalformed, NoteMalformed: it holds something else.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST_MEMORY + 1)
    except OSError as error:
        raise KeyUnusable(str(path), error.strerror or str(error)) from None
    try:
        kept: object = json.loads(raw)
    except ValueError:
        raise KeyMalformed("the file of a witness is JSON") from None
    key, logs, heads = _parts(kept)
    if (read := read_signing(key)).kind != WITNESS:
        raise KeyMalformed("the key of a log")
    notes = [read_note(note) for note in heads]
    return Witness(
        read,
        tuple(read_verifier(one) for one in logs),
        {read_checkpoint(note).origin: note for note in notes},
    )


def save_witness(path: Path, witness: Witness) -> None:
    """Write the file of a witness; it is whole or as it was, and for its owner alone.

    Raises:
        KeyUnusable: the system refuses.
    """
    kept = {
        "key": witness.key.text,
        "logs": [str(one) for one in witness.logs],
        "heads": [str(note) for note in witness.heads.values()],
    }
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise KeyUnusable(str(path), error.strerror or str(error)) from None


def _parts(kept: object) -> tuple[str, list[str], list[str]]:
    """The three members, when they have the right form."""
    if isinstance(kept, dict):
        members = cast("dict[str, object]", kept)  # the keys of a JSON object are texts
        key, logs, heads = members.get("key"), members.get("logs"), members.get("heads")
        if isinstance(key, str) and isinstance(logs, list) and isinstance(heads, list):
            listed = cast("list[object]", logs), cast("list[object]", heads)
            if all(isinstance(one, str) for texts in listed for one in texts):
                return key, cast("list[str]", logs), cast("list[str]", heads)
    raise KeyMalformed("not the file of a witness")
