"""How does a receiver know that an event is ours? By its signature, of Standard Webhooks.

Source: Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` (seconds), `webhook-signature`:
`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, one for each secret, with spaces.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
_BYTES: Final = 32  # the standard asks for 24 to 64


def new_secret() -> str:
    """A random secret, in the form that receivers' libraries take."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed(id: str, at: datetime, body: bytes, with_secrets: Sequence[str]) -> dict[str, str]:
    """The three headers of a message, signed with every secret that holds now."""
    timestamp = str(int(at.timestamp()))
    content = f"{id}.{timestamp}.".encode() + body
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(content, one) for one in with_secrets),
    }


def _signature(content: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
