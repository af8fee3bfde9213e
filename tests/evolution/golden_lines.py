"""Which event lines guard the released versions? Bodies of every topic, a history, the examples."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kvob_domain.ids import EstateId
from kvob_workflow.events.released import register

BODIES, DEMO, EXAMPLES = (EstateId(f"{number:032x}") for number in (1, 2, 3))
OPENED = datetime(2026, 1, 1, 9, tzinfo=UTC)

Lines = dict[EstateId, list[tuple[str, bytes]]]


def canonical(value: object) -> bytes:
    """The bytes that are stored."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def enveloped(body: object, number: int) -> bytes:
    """A body with the least that stands beside it."""
    at = (OPENED + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    return canonical({"e": body, "m": {"at": at, "role": "operator", "via": "python"}})


def golden_lines(root: Path) -> Lines:
    """What is stored of each of the three estates, in order."""
    golden = root / "tests" / "domain" / "golden"
    bodies: list[dict[str, Any]] = [
        json.loads(line) for line in (golden / "events-v1.jsonl").read_text("utf-8").splitlines()
    ]
    demo: list[dict[str, Any]] = [
        json.loads(line)
        for line in (golden / "estate-demo-v1.jsonl").read_text("utf-8").splitlines()
    ]
    examples = [
        (one.topic, body)
        for one in register()
        if one.topic.startswith("kvob.estate:")
        for body in one.examples
    ]
    return {
        BODIES: [(one["topic"], enveloped(one["e"], n)) for n, one in enumerate(bodies, start=1)],
        DEMO: [(one["topic"], canonical(one["state"])) for one in demo[:-1]],
        EXAMPLES: [
            (topic, enveloped(body, n)) for n, (topic, body) in enumerate(examples, start=1)
        ],
    }
