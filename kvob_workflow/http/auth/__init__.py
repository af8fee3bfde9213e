"""Who is there? An authenticator makes a mandate of the credentials in a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kvob_domain.mandates import Mandate


class Authenticator(Protocol):
    """Makes a mandate of the headers of a request; their names are in lower case."""

    def at_hand(self, headers: Mapping[str, str]) -> Mandate | None:
        """The mandate, when it is known without waiting for a network or a disk; None otherwise."""
        ...

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        """The mandate; may wait, so that it is called in a thread of its own.

        Raises:
            Unauthenticated: nobody who may come in.
        """
        ...
