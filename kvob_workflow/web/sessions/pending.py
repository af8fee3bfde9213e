"""Which logins has this browser begun? A few, sealed in a cookie, for ten minutes.

The cookie ties the answer of the login service to the browser that asked: nobody is logged in as
somebody else by a link that was sent to him (RFC 6749, section 10.12). Several windows may log in
at the same time.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, cast

from kvob_workflow.web.sessions.sealing import LARGEST, Seal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_workflow.web.sessions.sealing import SessionKeys

LASTS_SECONDS: Final = 600
MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Pending:
    """A login that has begun. `verifier` proves to the issuer that the code is ours (RFC 7636).

    `back` is where he goes on, `to` the address at which the answer comes, `begun` in seconds
    since 1970. `is_stronger`: it was to be enough for a decision.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    back: str
    to: str
    begun: int
    is_stronger: bool = False


def begun_login(back: str, to: str, begun: int, *, is_stronger: bool = False) -> Pending:
    """A new one, with 256 random bits of each kind."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Pending(state, nonce, verifier, back, to, begun, is_stronger)


class PendingLogins:
    """Reads and writes the cookie."""

    def __init__(self, keys: SessionKeys) -> None:
        """Derive its keys."""
        self._seal = Seal(keys, "pending logins v1")

    def sealed(self, logins: Iterable[Pending]) -> str:
        """The text of the cookie: the last of them, as many as are kept and fit."""
        kept = list(logins)[-MOST:]
        while True:
            text = self._seal.seal({"logins": [asdict(one) for one in kept]})
            if len(text) <= LARGEST or len(kept) == 1:
                return text
            kept = kept[1:]

    def opened(self, text: str | None, now: int) -> list[Pending]:
        """Those in the cookie that are not too old; none where it is not ours."""
        found = self._seal.open(text) if text else None
        if found is None:
            return []
        logins = [Pending(**one) for one in cast("list[dict[str, object]]", found["logins"])]  # type: ignore[arg-type]
        return [one for one in logins if now - one.begun <= LASTS_SECONDS]
