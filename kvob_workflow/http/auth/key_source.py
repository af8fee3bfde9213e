"""Where do the issuer's keys come from, and how old may they be? A file, or https with bounds.

Keys are asked for anew when they are no longer fresh, and when a token names a key that is not
there: that is how an issuer changes keys. Whatever tokens name, that is not oftener than once in
`ask_again` seconds, so a thousand invented names cost one question. While the issuer is away the
keys are kept, for a bounded time. One thread asks; the others go on with what is there.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from kvob_workflow.http.auth.key_set import KeySetMalformed, read_key_set
from kvob_workflow.http.auth.security_log import LOG
from kvob_workflow.http.auth.token_errors import IssuerUnreachable, SigningKeyUnknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_workflow.http.auth.access import Issuer
    from kvob_workflow.http.auth.key_set import KeySet, SigningKey

_NEVER: Final = float("-inf")


class KeySource:
    """The keys of one issuer. Thread-safe."""

    def __init__(
        self,
        issuer: Issuer,
        fetch: Callable[[], bytes],
        *,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask nothing yet. `fetch` brings the JWKS; `elapsed` counts seconds."""
        self._issuer = issuer
        self._fetch = fetch
        self._elapsed = elapsed
        self._asking = threading.Lock()
        self._keys: KeySet | None = None
        self._had_at = self._asked_at = _NEVER

    def key(self, kid: str | None, algorithm: str) -> SigningKey:
        """The key that may have signed a token.

        Raises:
            SigningKeyUnknown: the issuer shows none.
            IssuerUnreachable: what it shows cannot be had, and nothing is kept.
        """
        keys = self._fresh()
        found = keys.find(kid, algorithm)
        if found is None and (kid is None or not keys.names(kid)):
            keys = self._anew(keys, wait=True)
            found = keys.find(kid, algorithm)
        if found is None:
            raise SigningKeyUnknown
        return found

    def _fresh(self) -> KeySet:
        """The keys that are there, asked for anew when they are no longer fresh."""
        keys = self._kept()
        if keys is None:
            with self._asking:  # nobody can go on without them
                keys = self._kept() or self._asked()
            if keys is None:
                raise IssuerUnreachable
            return keys
        if self._elapsed() - self._had_at > self._issuer.keys_fresh:
            keys = self._anew(keys, wait=False)
        return keys

    def _anew(self, keys: KeySet, *, wait: bool) -> KeySet:
        """What the issuer shows now; the same keys when it was asked a moment ago, or is away.

        While another thread asks, its answer is waited for or not.
        """
        if not self._asking.acquire(blocking=wait):
            return keys
        try:
            return self._asked() or self._kept() or keys
        finally:
            self._asking.release()

    def _kept(self) -> KeySet | None:
        too_old = self._elapsed() - self._had_at > self._issuer.keys_kept
        return None if too_old else self._keys

    def _asked(self) -> KeySet | None:
        """Ask, unless that was done a moment ago. To be called by one thread at a time."""
        now = self._elapsed()
        if now - self._asked_at < self._issuer.ask_again:
            return None
        self._asked_at = now
        try:
            keys = read_key_set(self._fetch())
        except (KeySetMalformed, OSError) as error:
            LOG.warning("keys of the issuer not had: %s: %s", type(error).__name__, error)
            return None
        self._keys, self._had_at = keys, now
        return keys
