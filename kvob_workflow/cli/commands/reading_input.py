"""What stands on standard input? Exactly one JSON object."""

from __future__ import annotations

import json
import sys
from typing import Final, cast

from kvob_domain.words import Text
from kvob_workflow.malformed import InputMalformed

_LARGEST: Final = 16 * 1024 * 1024
"""Bytes; a command with thousands of measures is far smaller."""


def object_on_stdin() -> dict[str, object]:
    """The object on standard input.

    Raises:
        InputMalformed: when there is nothing, something else, or too much of it.
    """
    raw = sys.stdin.buffer.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise InputMalformed(Text("meer dan 16 MiB", "over 16 MiB"))
    try:
        document: object = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once_each)
    except UnicodeDecodeError as error:
        raise InputMalformed(
            Text(f"byte {error.start + 1} is geen UTF-8", f"byte {error.start + 1} is not UTF-8")
        ) from None
    except json.JSONDecodeError as error:
        raise InputMalformed(_at(raw, error)) from None
    except ValueError:  # Python reads no integer of more than 4,300 digits
        raise InputMalformed(
            Text("een getal heeft te veel cijfers", "a number has too many digits")
        ) from None
    except RecursionError:
        raise InputMalformed(Text("te diep genest", "nested too deeply")) from None
    if not isinstance(document, dict):
        raise InputMalformed(Text("het is iets anders", "it is something else"))
    return cast("dict[str, object]", document)


def _at(raw: bytes, error: json.JSONDecodeError) -> Text:
    if not raw.strip():
        return Text("er staat niets", "there is nothing")
    place = Text(
        f"regel {error.lineno}, teken {error.colno}", f"line {error.lineno}, column {error.colno}"
    )
    return Text(f"het breekt af bij {place.nl}", f"it breaks off at {place.en}")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise InputMalformed(
                Text(f"het veld '{name}' staat er twee keer", f"the field '{name}' stands twice")
            )
        found[name] = value
    return found
