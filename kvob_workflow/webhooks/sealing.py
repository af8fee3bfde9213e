"""How are the secrets of webhooks kept? Sealed in the store; the key is a file beside it.

They must be readable to sign with, so a hash will not do. A backup of the store alone tells none.
On a file the key is `<store>.webhook-key`, made when the first webhook is; on a server every node
is given the same file (`KVOB_WEBHOOK_KEY`). In memory it lasts as long as the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.privacy.boxes import as_text, from_text, lock, new_key, place, unlock
from kvob_workflow.privacy.key_errors import (
    KeyFileExists,
    KeyFileFailed,
    MasterKeyMalformed,
    MasterKeyMissing,
)
from kvob_workflow.privacy.master import read_master, write_master
from kvob_workflow.webhooks.errors import WebhookKeyMissing, WebhookKeyUnusable

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX: Final = ".webhook-key"
_NONCE: Final = 12
_LOST: Final = Text("het bestand is er niet", "the file is not there")
_OTHER: Final = Text(
    "een geheim is met een andere sleutel verzegeld", "a secret was sealed with another key"
)
_MALFORMED: Final = Text("het bestand bevat geen sleutel", "the file holds no key")


class Seals:
    """Seals and opens secrets; the key is read when it is first needed."""

    def __init__(self, path: Path | None, *, in_memory: bool = False) -> None:
        """The key is in a file, or lives in memory alone."""
        self._path = path
        self._key = new_key() if path is None and in_memory else None

    def sealed(self, webhook: str, secret: str, *, make: bool) -> str:
        """A secret that only this webhook opens. With `make` a missing key file is made.

        Only for the first webhook: another's secret was sealed with the file that is missing.

        Raises:
            WebhookKeyMissing: no file is named.
            WebhookKeyUnusable: the file cannot be read or made.
        """
        nonce, box = lock(self._read(make=make), secret.encode(), _where(webhook))
        return as_text(nonce + box)

    def opened(self, webhook: str, sealed: str) -> str:
        """The secret.

        Raises:
            WebhookKeyMissing, WebhookKeyUnusable: it cannot be had.
        """
        content = from_text(sealed)
        key = self._read(make=False)
        secret = unlock(key, content[:_NONCE], content[_NONCE:], _where(webhook))
        if secret is None:
            raise WebhookKeyUnusable(str(self._path), _OTHER)
        return secret.decode()

    def _read(self, *, make: bool) -> bytes:
        if self._key is not None:
            return self._key
        if self._path is None:
            raise WebhookKeyMissing
        try:
            if make and not self._path.exists():
                self._make(self._path)
            self._key = read_master(self._path)
        except MasterKeyMissing:
            raise WebhookKeyUnusable(str(self._path), _LOST) from None
        except MasterKeyMalformed:
            raise WebhookKeyUnusable(str(self._path), _MALFORMED) from None
        except KeyFileFailed as error:
            raise WebhookKeyUnusable(str(self._path), Text(error.reason, error.reason)) from None
        return self._key

    def _make(self, path: Path) -> None:
        try:
            write_master(path, new_key())
        except KeyFileExists:
            return  # another process was faster: its key holds


def _where(webhook: str) -> bytes:
    return place("kvob webhook secret v1", webhook)
