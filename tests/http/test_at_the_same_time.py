"""What becomes of commands that come at the same time? One wins a version; a key counts once.

The store is a file, so that commands are written as they are in service.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kvob_domain.actor import Role
from tests.http.callers import caller
from tests.http.in_process import Answer
from tests.http.regions import Regions, opened
from tests.http.two_regions import HERE

GUIDE = caller(Role.GUIDE)
REMARKS = f"/v1/estates/{HERE.id}/remarks"


@pytest.fixture
def regions(tmp_path: Path) -> Iterator[Regions]:
    with opened(url=f"sqlite:///{tmp_path / 'kvob.db'}") as world:
        yield world


async def remark(world: Regions, text: str, version: int, key: str | None = None) -> Answer:
    """One remark about the estate as it was at this version."""
    body = {
        "subject": "other",
        "on": "2021",
        "text": text,
        "provenance": {"source": "https://example.org/"},
    }
    headers = {
        **GUIDE.headers,
        "content-type": "application/json",
        "if-match": f'"{version}"',
        **({} if key is None else {"idempotency-key": key}),
    }
    return await world.asking.asked("POST", REMARKS, headers, json.dumps(body).encode())


async def together(world: Regions, texts: list[str], key: str | None = None) -> list[Answer]:
    """All of them at once, about the version that the estate has now."""
    version = world.engine.state(HERE.id).version
    return await asyncio.gather(*(remark(world, text, version, key) for text in texts))


def texts_of(world: Regions) -> list[str]:
    """The texts of the remarks on record."""
    entries = world.engine.history(HERE.id)
    return [str(one.details["text"]) for one in entries if "remark" in one.topic]


def test_of_a_hundred_commands_on_one_version_exactly_one_wins(regions: Regions) -> None:
    before = regions.store.last_position()
    answers = regions.asking.wait_for(together(regions, [f"nummer {n}" for n in range(100)]))
    assert Counter(one.status for one in answers) == {201: 1, 412: 99}
    assert {one.code for one in answers if one.status == 412} == {"estate-changed"}
    assert regions.store.last_position() == before + 1


def test_who_reads_again_and_tries_again_gets_his_turn_and_nothing_is_lost(
    regions: Regions,
) -> None:
    async def stubborn(text: str) -> None:
        while True:
            version = regions.engine.state(HERE.id).version
            if (await remark(regions, text, version)).status == 201:
                return

    async def all_of_them() -> None:
        await asyncio.gather(*(stubborn(f"volhouder {n}") for n in range(12)))

    regions.asking.wait_for(all_of_them())
    kept = [text for text in texts_of(regions) if text.startswith("volhouder")]
    assert sorted(kept) == sorted(f"volhouder {n}" for n in range(12))


def test_a_command_that_comes_fifty_times_at_once_under_one_key_is_done_once(
    regions: Regions,
) -> None:
    before = regions.store.last_position()
    answers = regions.asking.wait_for(together(regions, ["zelfde"] * 50, "sleutel-1"))
    assert Counter(one.status for one in answers) == {201: 50}
    assert len({one.body for one in answers}) <= 2  # the first, and its repetitions
    assert {one.headers["etag"] for one in answers} == {answers[0].headers["etag"]}
    assert sum("idempotent-replayed" not in one.headers for one in answers) == 1
    assert regions.store.last_position() == before + 1


def test_of_different_commands_under_one_key_one_is_done_and_the_others_are_refused(
    regions: Regions,
) -> None:
    before = regions.store.last_position()
    answers = regions.asking.wait_for(
        together(regions, [f"ander {n}" for n in range(30)], "sleutel-2")
    )
    done = [one for one in answers if one.status == 201]
    assert len(done) == 1
    assert {one.status for one in answers} <= {201, 400, 409, 412}
    assert regions.store.last_position() == before + 1


def test_a_key_of_somebody_else_gives_nothing_of_his(regions: Regions) -> None:
    first = regions.asking.wait_for(together(regions, ["van mij"], "sleutel-3"))[0]
    assert first.status == 201
    stranger = caller(Role.GUIDE, "there")
    other = regions.asking.ask(
        "POST",
        REMARKS,
        {
            **stranger.headers,
            "content-type": "application/json",
            "if-match": first.headers["etag"],
            "idempotency-key": "sleutel-3",
        },
        b'{"subject": "other", "on": "2021", "text": "van mij",'
        b' "provenance": {"source": "https://example.org/"}}',
    )
    assert (other.status, other.code) == (400, "command-id-reused")
    assert "merkhier" not in other.text.lower()
