"""Is it the same program everywhere? Every story, told by memory, by a file and by PostgreSQL.

The same commands with the same clock, ids and actors; then every answer is laid side by side.
Which stories there are: `stories`. How answers are compared: `plain`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from kvob_workflow import Engine
from tests.conformance.comparing import first_difference
from tests.conformance.conftest import STORIES, tell
from tests.conformance.world import Telling, Told

InMemory = Callable[[str], tuple[Telling, Path]]

ELSEWHERE: Final = {
    "open": "tests/store/test_opening.py",
    "close": "every story ends with it",
    "dispatcher": "the story of the years makes one",
    "doctor": "what a keeper should know differs by store: tests/store/test_doctor.py",
    "start": "tests/alarm",
    "alarm_status": "tests/alarm",
    "measured": "it is the status as numbers: tests/followers/test_telemetry.py",
    "health": "it speaks of threads and time: tests/followers/test_health.py",
    "under": "tests/mandates: what it answers is the engine's, asked with a reach",
    "answers_at_once": "it says which store it is",
    "webhooks": "tests/webhooks, on every store",
    "deliver_webhooks": "tests/webhooks, on every store",
    "cloud_events": "positions are in it: tests/cloud_events, on every store",
    "event_stream": "positions are in it: tests/cloud_events, on every store",
    "today": "the clock is the test's own",
    "repair": "tests/store/test_views.py: rows that a view refused",
    "rotate_master_key": "changes the key file alone: tests/privacy/test_keys.py",
    "scrub": "free space is a matter of each store: tests/privacy/test_erasure_scan.py",
}
"""Methods of the engine that no story compares, and why."""
FEWEST: Final = 18


@pytest.mark.parametrize("story", STORIES)
def test_every_store_tells_the_same_story(
    story: str, url: str, in_memory: InMemory, tmp_path: Path
) -> None:
    expected, folder = in_memory(story)
    found = tell(story, url, folder / tmp_path.name)
    assert first_difference(found, expected) is None
    assert len(expected.told) >= FEWEST


def test_every_question_and_command_of_the_engine_is_in_a_story(in_memory: InMemory) -> None:
    asked = {method for story in STORIES for method in in_memory(story)[0].methods}
    public = {name for name in dir(Engine) if not name.startswith("_")}
    assert public - asked - ELSEWHERE.keys() == set()
    assert asked & ELSEWHERE.keys() == set()


def test_a_difference_is_found_and_told() -> None:
    here = Telling([Told("board", [1, 2]), Told("due", {"a": [1]})])
    there = Telling([Told("board", [1, 2]), Told("due", {"a": [2]})])
    assert first_difference(here, here) is None
    assert first_difference(here, there) == ("due", ".a.0", 1, 2)
    assert first_difference(here, Telling(here.told[:1])) == ("the end", "", 2, 1)
