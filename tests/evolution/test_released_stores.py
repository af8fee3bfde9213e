"""Does today's code open what every release left behind, and answer what that release answered?

Each store was made by the code of its release, with something of every kind; the answers beside it
are that release's own. Here it is opened, upgraded, written to, proven, and moved to a server.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.ids import EstateId
from kvob_workflow import Engine, RegisterEstate, RenameEstate
from kvob_workflow.events.released import register, since
from kvob_workflow.moving import copy_store
from kvob_workflow.proofs.findings import Verdict
from kvob_workflow.proofs.heads import make_key
from kvob_workflow.proofs.keys import read_verifier
from kvob_workflow.proofs.notes import read_note
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.upcasts import UPCASTS
from kvob_workflow.testing import SettableClock, engine_at
from tests.evolution.answers import TODAY, answers
from tests.evolution.kept import RELEASED, RELEASES, SUMS, answers_of, store_of, sums_of

Stored = list[tuple[int, str, int, str, bytes]]


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    """Each release that left a store behind."""
    return str(request.param)


@pytest.fixture
def path(release: str, tmp_path: Path) -> Path:
    """A copy of its store."""
    return store_of(release, tmp_path)


def opened(path: Path) -> Engine:
    """Today's engine on it, on the day on which its release was asked."""
    return engine_at(f"sqlite:///{path}", SettableClock(TODAY))


def stored(path: Path) -> Stored:
    """Every event as it is stored."""
    asked = "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute(f"{asked} ORDER BY rowid"))


def differences(then: Any, now: Any, place: str = "") -> Iterator[str]:
    """Where today's answer is not what it was; a field that a later release added is no change."""
    was: Any = then
    told: Any = now
    if isinstance(then, dict) and isinstance(now, dict):
        is_list_of_rows = place.count("/") < 2
        for name in {*was, *(told if is_list_of_rows else ())}:
            if name in was and name in told:
                yield from differences(was[name], told[name], f"{place}/{name}")
            else:
                yield f"{place}/{name}: {'gone' if name in was else 'came'}"
    elif isinstance(then, list) and isinstance(now, list) and len(was) == len(told):
        for number in range(len(was)):
            yield from differences(was[number], told[number], f"{place}[{number}]")
    elif then != now:
        yield f"{place}: {then!r} then, {now!r} now"


def test_what_a_release_left_behind_is_as_it_was(release: str) -> None:
    folder = RELEASED / release
    assert (folder / SUMS).read_text("utf-8") == sums_of(release, folder)


def test_every_earlier_release_of_the_changelog_left_its_store_behind(root: Path) -> None:
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    newest, *earlier = re.findall(r"^## (\d+\.\d+\.\d+)", changelog, flags=re.MULTILINE)
    assert set(RELEASES) - {newest} == set(earlier)


def test_the_store_holds_every_topic_that_its_release_had(release: str, path: Path) -> None:
    had = {
        topic
        for topic, brought in since(register()).items()
        if RELEASES.index(brought) <= RELEASES.index(release) and topic.startswith("kvob.estate:")
    }
    assert {topic for _, _, _, topic, _ in stored(path)} == had


def test_every_event_is_read_and_would_be_written_in_the_same_bytes(path: Path) -> None:
    codec = Codec()
    for _, estate, version, topic, state in stored(path):
        recorded = codec.decode(EstateId(estate), version, topic, state)
        if topic not in UPCASTS:
            assert codec.encode(recorded) == (topic, state)


def test_upgraded_it_answers_as_its_own_release_did_and_keeps_every_event(
    release: str, path: Path
) -> None:
    before = stored(path)
    with opened(path) as engine:
        now = answers(engine)
        assert engine.behind() == []
    assert list(differences(answers_of(release), now)) == []
    assert stored(path) == before


def test_copied_to_a_server_it_answers_the_same(
    release: str, path: Path, postgres_url: str
) -> None:
    copy_store(f"sqlite:///{path}", postgres_url)
    then = answers_of(release)
    with engine_at(postgres_url, SettableClock(TODAY)) as engine:
        now = answers(engine, one_in=8)  # every event was compared while it was copied
    for asked in ("fold", "history"):
        then[asked] = {estate: then[asked][estate] for estate in now[asked]}
    assert list(differences(then, now)) == []


def test_upgraded_it_takes_commands_gives_notices_and_can_be_asked_about_the_past(
    path: Path,
) -> None:
    before = stored(path)
    with engine_at(f"sqlite:///{path}", SettableClock(TODAY.replace(year=2029))) as engine:
        number = max(int(estate, 16) for _, estate, *_ in before) + 1
        new = RegisterEstate(name="Na de overgang", municipalities=("Voorbeeldstad",))
        estate = EstateId(f"{number:032x}")
        engine.do(new.model_copy(update={"estate": estate}))
        engine.do(RenameEstate(estate=estate, on=TODAY, name="Later hernoemd"))
        assert engine.sweep(confirm=True).held == ()
        engine.build_periods()
        assert engine.parked() == ()
        assert engine.history(estate)[-1].details["name"] == "Later hernoemd"
    assert stored(path)[: len(before)] == before


def test_what_was_signed_for_is_proven_still(release: str, path: Path) -> None:
    folder = RELEASED / release
    if not (folder / "key.txt").exists():
        assert RELEASES.index(release) < RELEASES.index("0.3.0"), "proofs came with 0.3.0"
        return
    key = read_verifier((folder / "key.txt").read_text("utf-8").strip())
    head = read_note((folder / "head.txt").read_text("utf-8"))
    with opened(path) as engine:
        found = engine.verify([key], [head])
    assert (found.verdict, found.findings) == (Verdict.PROVEN, ())
    assert found.events == len(stored(path))


def test_a_proof_log_can_be_begun_over_what_was_stored_before(path: Path, tmp_path: Path) -> None:
    signer = make_key(tmp_path / "new.key", "later")
    with opened(path) as engine:
        if engine.proof_log().checkpoints():
            return  # it goes on with the key that it has, which is not kept here
        engine.sequence(signer.path)
        found = engine.verify(signer.verifiers(), signer.heads())
    assert found.verdict is Verdict.PROVEN


def test_an_answer_that_differs_is_found() -> None:
    then = {"board": {"a": {"name": "A", "deadlines": [1, 2]}}}
    assert (
        list(differences(then, {"board": {"a": {"name": "A", "deadlines": [1, 2], "new": 0}}}))
        == []
    )
    assert list(differences(then, {"board": {"a": {"name": "B", "deadlines": [1]}}})) != []
    assert list(differences(then, {"board": {}})) == ["/board/a: gone"]
    assert list(differences({"board": {}}, then)) == ["/board/a: came"]
