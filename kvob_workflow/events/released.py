"""Which events has which release had? A register that is only ever added to.

`released.jsonl` beside this file: one line for each topic that a release brought, and one for each
form of a topic that a later release widened. `schema` is the form of what is stored under "e",
`fingerprint` its SHA-256, `examples` are bodies that the release wrote. `tests/evolution/record.py`
adds the lines of a new release and changes none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from kvob_workflow.events.compatibility import Form
    from kvob_workflow.store.upcasts import JsonObject

REGISTER: Final = "released.jsonl"


@dataclass(frozen=True, slots=True)
class Released:
    """A topic in the form that it has had since a release."""

    release: str
    topic: str
    fingerprint: str
    schema: Form
    examples: tuple[JsonObject, ...]

    @property
    def is_altered(self) -> bool:
        """Whether the form is not the one of which the fingerprint was taken."""
        return fingerprint_of(self.schema, self.examples) != self.fingerprint


def fingerprint_of(schema: Form, examples: Iterable[JsonObject]) -> str:
    """The SHA-256 of a form and its examples, as sorted JSON without spaces."""
    return hashlib.sha256(_text([schema, list(examples)]).encode()).hexdigest()


def released_in(release: str, topic: str, schema: Form, examples: Iterable[JsonObject]) -> Released:
    """What the register says of a topic from a release on."""
    kept = tuple(examples)
    return Released(release, topic, fingerprint_of(schema, kept), schema, kept)


def line_of(released: Released) -> str:
    """The line of the register, with its end."""
    return (
        _text(
            {
                "release": released.release,
                "topic": released.topic,
                "fingerprint": released.fingerprint,
                "schema": released.schema,
                "examples": list(released.examples),
            }
        )
        + "\n"
    )


def parsed(text: str) -> tuple[Released, ...]:
    """The register in `text`.

    Raises:
        ValueError: a line has another form.
    """
    return tuple(_parsed(line) for line in text.splitlines())


@cache
def register() -> tuple[Released, ...]:
    """The register of the releases up to this one, oldest first; read once."""
    file = files("kvob_workflow.events") / REGISTER
    return parsed(file.read_text(encoding="utf-8"))


def since(released: Iterable[Released]) -> Mapping[str, str]:
    """The release that brought each topic."""
    found: dict[str, str] = {}
    for one in released:
        found.setdefault(one.topic, one.release)
    return found


def _parsed(line: str) -> Released:
    found = cast("dict[str, object]", json.loads(line))
    if set(found) != {"release", "topic", "fingerprint", "schema", "examples"}:
        msg = f"a line of the register has the members {sorted(found)}"
        raise ValueError(msg)
    return Released(
        str(found["release"]),
        str(found["topic"]),
        str(found["fingerprint"]),
        cast("Form", found["schema"]),
        tuple(cast("list[JsonObject]", found["examples"])),
    )


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
