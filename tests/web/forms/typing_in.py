"""How would a person type a command? Its JSON as inputs, days as the Dutch write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def typed(
    fields: dict[str, Any], without: tuple[str, ...] = ("command", "estate")
) -> dict[str, str]:
    """The inputs for a command that is given as JSON."""
    body = {name: value for name, value in fields.items() if name not in without}
    if "ordinal" in body and "kind" in body:
        body["kind"] = f"{body['kind']}:{body.pop('ordinal')}"
    return dict(_flat("", body))


def _flat(prefix: str, value: Any) -> list[tuple[str, str]]:
    pairs: Iterable[tuple[object, Any]]
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
    elif isinstance(value, list | tuple):
        pairs = enumerate(cast("Sequence[Any]", value))
    elif value is None:
        return []
    else:
        return [(prefix, _text(value))]
    return [
        pair
        for name, inner in pairs
        for pair in _flat(f"{prefix}.{name}" if prefix else str(name), inner)
    ]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    text = str(value)
    found = _ISO.fullmatch(text)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else text
