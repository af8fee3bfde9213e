"""Which trace is a request of? The one that it names (W3C Trace Context), or a new one."""

from __future__ import annotations

import re
import secrets
from typing import Final

_FORM: Final = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?"
)
_NOT_SAMPLED: Final = "00"
_LENGTH: Final = 55  # of version 00; a later one may say more


def trace_of(given: str | None) -> tuple[str, str]:
    """The trace id (32 hexadecimal digits) and the flags of a `traceparent`.

    What is no such header is passed over, as the standard asks, and a new trace begins.
    """
    found = _FORM.fullmatch(given) if given else None
    if found is None or (found[3] and given is not None and given.startswith("00")):
        return secrets.token_hex(16), _NOT_SAMPLED
    return found[1], found[2]


def traceparent(trace: str, flags: str = _NOT_SAMPLED) -> str:
    """The header of the answer: the same trace, with a span id of our own."""
    return f"00-{trace}-{secrets.token_hex(8)}-{flags}"


def kept_trace(given: str | None, trace: str) -> str:
    """The trace as the events of a command keep it: whole, with the span of who asked.

    Where the request of this trace named none, with one of our own.
    """
    found = _FORM.fullmatch(given) if given else None
    if given is None or found is None or found[1] != trace:
        return traceparent(trace)
    return f"00{given[2:_LENGTH]}"


def urn_of(trace: str) -> str:
    """The trace as a URN, which a problem names itself by."""
    parts = (trace[:8], trace[8:12], trace[12:16], trace[16:20], trace[20:])
    return "urn:uuid:" + "-".join(parts)
