"""Who signs, and how is that checked? Ed25519 keys, in text forms that fit one line.

    verifier key   <name>+<key id>+<base64 of the kind and the public key>
    signing key    PRIVATE+KEY+<name>+<key id>+<base64 of the kind and the seed>

A log signs the text of a note; a witness signs it with the instant at which it saw it. The
public half goes to whoever checks; the signing key stays in a file that its owner alone reads.

Source: https://c2sp.org/signed-note, https://c2sp.org/tlog-cosignature.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.errors import KeyMalformed
from kvob_workflow.proofs.notes import Signature, SignedNote, is_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LOG: Final = 1
"""The kind of key that signs a note: Ed25519."""

WITNESS: Final = 4
"""The kind of key that signs a note and an instant: Ed25519, cosignature/v1."""

LONGEST_KEY: Final = 1000
_PRIVATE: Final = "PRIVATE+KEY+"
_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64
_INSTANT_BYTES: Final = 8
_KEY_ID: Final = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half: its name, kind (`LOG` or `WITNESS`) and 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that a signature line names its key by."""
        named = self.name.encode() + b"\n" + bytes((self.kind,)) + self.public
        return sha256(named).digest()[:4]

    def __str__(self) -> str:
        """The text form."""
        encoded = b64encode(bytes((self.kind,)) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def has_signed(self, note: SignedNote) -> bool:
        """Whether the note bears a signature of this key, and every one that claims so is right."""
        mine = [
            one for one in note.signatures if (one.name, one.key_id) == (self.name, self.key_id)
        ]
        return bool(mine) and all(self._is_right(note.text, one.signature) for one in mine)

    def is_named_in(self, note: SignedNote) -> bool:
        """Whether a signature line of the note names this key, right or wrong."""
        return any((one.name, one.key_id) == (self.name, self.key_id) for one in note.signatures)

    def seen_at(self, note: SignedNote) -> int | None:
        """When this witness saw the note, in seconds since 1970; None when it did not sign."""
        if self.kind != WITNESS or not self.has_signed(note):
            return None
        return max(
            int.from_bytes(one.signature[:_INSTANT_BYTES], "big")
            for one in note.signatures
            if (one.name, one.key_id) == (self.name, self.key_id)
        )

    def _is_right(self, text: str, signature: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        signed = text.encode()
        if self.kind == WITNESS:
            instant, signature = signature[:_INSTANT_BYTES], signature[_INSTANT_BYTES:]
            signed = _cosigned(int.from_bytes(instant, "big"), text)
        if len(signature) != _SIGNATURE_BYTES:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, signed)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """The secret half. It is never printed; `text` is for its file alone."""

    name: str
    kind: int
    seed: bytes

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self.kind, self._private().public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The text form, a secret."""
        encoded = b64encode(bytes((self.kind,)) + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{encoded}"

    def named(self, name: str) -> SigningKey:
        """The same seed under another name, as a log has after a restart."""
        return SigningKey(name, self.kind, self.seed)

    def sign(self, text: str, instant: int | None = None) -> Signature:
        """The signature of a text that ends with a newline.

        A witness gives the instant, in seconds since 1970.
        """
        signed, prefix = text.encode(), b""
        if self.kind == WITNESS:
            prefix = (instant or 0).to_bytes(_INSTANT_BYTES, "big")
            signed = _cosigned(instant or 0, text)
        verifier = self.verifier
        return Signature(self.name, verifier.key_id, prefix + self._private().sign(signed))

    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)


def new_key(name: str, kind: int = LOG) -> SigningKey:
    """A new key with this name.

    Raises:
        KeyMalformed: no key can have this name.
    """
    if not is_name(name):
        raise KeyMalformed("a name without spaces or plus")
    return SigningKey(name, kind, os.urandom(_KEY_BYTES))


def read_verifier(text: str) -> VerifierKey:
    """The verifier key that is written here.

    Raises:
        KeyMalformed: it is none, or its id does not fit.
    """
    key = VerifierKey(*_parts(text.strip()))
    if str(key) != text.strip():
        raise KeyMalformed("its id does not fit its contents")
    return key


def read_signing(text: str) -> SigningKey:
    """The signing key that is written here.

    Raises:
        KeyMalformed: it is none, or its id does not fit.
    """
    stripped = text.strip()
    if not stripped.startswith(_PRIVATE):
        raise KeyMalformed("no signing key")
    key = SigningKey(*_parts(stripped.removeprefix(_PRIVATE)))
    if key.text != stripped:
        raise KeyMalformed("its id does not fit its contents")
    return key


def signers_of(note: SignedNote, keys: Iterable[VerifierKey]) -> list[VerifierKey]:
    """Those of the keys that signed the note."""
    return [key for key in keys if key.has_signed(note)]


def _parts(text: str) -> tuple[str, int, bytes]:
    if len(text) > LONGEST_KEY:
        raise KeyMalformed("too long")
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        contents = b64decode(encoded, validate=True)
    except ValueError:
        raise KeyMalformed("no base64") from None
    if not is_name(name) or not _KEY_ID.fullmatch(key_id) or len(contents) != _KEY_BYTES + 1:
        raise KeyMalformed("not a name, an id and 33 bytes")
    if contents[0] not in (LOG, WITNESS):
        raise KeyMalformed("a kind of key that this release does not know")
    return name, contents[0], contents[1:]


def _cosigned(instant: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {instant}\n{text}".encode()
