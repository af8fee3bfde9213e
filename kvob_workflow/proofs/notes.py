"""In what form is the head of the log told to others? A checkpoint in a signed note (C2SP).

    kvob/<installation>/log-1       the origin, which is also the name of the key
    1024                            how many leaves
    <base64 of the root>

    — kvob/<installation>/log-1 <base64 of key id and signature>

Everything that is read here may come from a stranger: sizes and lengths are bounded, and each
thing has one spelling. Read next: `keys`, which signs and checks the signatures.

Source: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_workflow.proofs.errors import NoteMalformed
from kvob_workflow.proofs.merkle import HASH_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NOTE: Final = 65_536
"""In bytes; a note with sixteen signatures has some 2,000."""

MOST_SIGNATURES: Final = 100
LARGEST_SIZE: Final = 2**63 - 1

_MARK: Final = "\u2014 "
_KEY_ID_BYTES: Final = 4
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_NAME: Final = re.compile(r"[^\s+]{1,255}")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class Signature(NamedTuple):
    """One signature line: who signed, with which key, and the bytes that follow the key id."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """The line as it stands in a note."""
        return f"{_MARK}{self.name} {b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text that ends with a newline, and the signatures over it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """The note as it is sent."""
        return f"{self.text}\n{''.join(one.line() for one in self.signatures)}"

    def with_signatures(self, further: Iterable[Signature]) -> SignedNote:
        """The same text with signatures added; one that is there already stays once."""
        return SignedNote(self.text, tuple(dict.fromkeys((*self.signatures, *further))))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: how many leaves it has, and the root over them."""

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is signed."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extension)
        return "".join(f"{line}\n" for line in lines)


def read_note(raw: str | bytes) -> SignedNote:
    """The note in these bytes.

    Raises:
        NoteMalformed: they are not one, or are too long.
    """
    if len(raw) > LONGEST_NOTE:
        raise NoteMalformed(f"over {LONGEST_NOTE} bytes")
    text = _decoded(raw)
    body, gap, tail = text.rpartition("\n\n")
    if not gap or not body or not tail.endswith("\n"):
        raise NoteMalformed("no empty line before the signatures")
    lines = tail.split("\n")[:-1]
    if not lines or len(lines) > MOST_SIGNATURES:
        raise NoteMalformed(f"{len(lines)} signatures")
    return SignedNote(f"{body}\n", tuple(_signature(line) for line in lines))


def read_notes(raw: str | bytes) -> list[SignedNote]:
    """The notes of a file of heads: one after another, with an empty line in between.

    Raises:
        NoteMalformed: one of them is not a note.
    """
    if len(raw) > LONGEST_NOTE:
        raise NoteMalformed(f"over {LONGEST_NOTE} bytes")
    parts = [part for part in re.split(r"\n{2,}", _decoded(raw).strip("\n")) if part]
    if len(parts) % 2:
        raise NoteMalformed("no empty line before the signatures")
    return [read_note(f"{body}\n\n{tail}\n") for body, tail in zip(parts[::2], parts[1::2])]  # noqa: B905


def read_checkpoint(note: SignedNote) -> Checkpoint:
    """The checkpoint that a note holds; whether a key that counts signed it is not looked at.

    Raises:
        NoteMalformed: the text is not a checkpoint.
    """
    origin, *rest = note.text.split("\n")[:-1]
    if len(rest) < 2 or not _NAME.fullmatch(origin):
        raise NoteMalformed("no origin, size and root")
    size, root, *extension = rest
    if not _DECIMAL.fullmatch(size) or int(size) > LARGEST_SIZE:
        raise NoteMalformed("an impossible size")
    if not all(extension):
        raise NoteMalformed("an empty line")
    return Checkpoint(origin, int(size), read_hash(root), tuple(extension))


def read_hash(text: str) -> bytes:
    """The hash that is written in base64.

    Raises:
        NoteMalformed: it is not 32 bytes in canonical base64.
    """
    found = _from_base64(text)
    if len(found) != HASH_BYTES:
        raise NoteMalformed("a hash of another length")
    return found


def is_name(text: str) -> bool:
    """Whether a key or a log can have this name: no spaces, no plus, at most 255 characters."""
    return _NAME.fullmatch(text) is not None and not _CONTROL.search(text)


def _signature(line: str) -> Signature:
    name, gap, encoded = line.removeprefix(_MARK).partition(" ")
    if not line.startswith(_MARK) or not gap or not is_name(name):
        raise NoteMalformed("a line that is no signature")
    signed = _from_base64(encoded)
    if len(signed) <= _KEY_ID_BYTES:
        raise NoteMalformed("a signature without bytes")
    return Signature(name, signed[:_KEY_ID_BYTES], signed[_KEY_ID_BYTES:])


def _from_base64(text: str) -> bytes:
    try:
        found = b64decode(text, validate=True)
    except ValueError:
        raise NoteMalformed("no base64") from None
    if b64encode(found).decode() != text:  # the unused bits of the last digit
        raise NoteMalformed("another spelling of base64")
    return found


def _decoded(raw: str | bytes) -> str:
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        text.encode()
    except UnicodeError:
        raise NoteMalformed("no UTF-8") from None
    if _CONTROL.search(text):
        raise NoteMalformed("a control character")
    return text
