"""What if several nodes deliver, or one is killed? Each event by one node; at most one again."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from kvob_workflow.clock import SystemClock
from kvob_workflow.testing import SettableClock
from kvob_workflow.webhooks.errors import WebhookKeyMissing, WebhookKeyUnusable
from tests.webhooks.conftest import Opening, register
from tests.webhooks.receiving import Receiver

EVENTS = 40
DELIVER = """
import sys
from dataclasses import replace
from pathlib import Path
from kvob_workflow import Engine
from tests.webhooks.conftest import HERE

outlet = replace(HERE, key=Path(sys.argv[2]))
with Engine.open(sys.argv[1], outlet=outlet) as engine:
    engine.deliver_webhooks()
"""


def test_two_nodes_deliver_each_event_once(kept_url: str, opened: Opening, inbox: Receiver) -> None:
    nodes = [opened(kept_url), opened(kept_url)]
    for number in range(2):
        nodes[0].webhooks().add(f"{inbox.address}/{number}")
    estates = [register(nodes[0], f"Terrein {number}") for number in range(EVENTS)]
    threads = [threading.Thread(target=node.deliver_webhooks) for node in nodes]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for node in nodes:  # what a node left because the other had it, is done by then
        node.deliver_webhooks()
    for number in range(2):
        found = [got.id for got in inbox.got if got.path.endswith(str(number))]
        assert found == [f"{one}-1" for one in estates]


def test_killed_between_the_call_and_the_note_the_event_comes_again_under_the_same_id(
    kept_url: str, opened: Opening, inbox: Receiver, tmp_path: Path, clock: SettableClock
) -> None:
    engine = opened(kept_url)
    engine.webhooks().add(inbox.address)
    estates = [register(engine, f"Terrein {number}") for number in range(5)]
    reached, killed = threading.Event(), threading.Event()

    def hang(got: object) -> int:
        del got
        if len(inbox.got) == 2:
            reached.set()
            killed.wait(20)
        return 200

    inbox.answers = hang
    key = str(tmp_path / "webhook.key")
    process = subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{DELIVER}", kept_url, key]
    )
    assert reached.wait(30)  # the third event is with the receiver, and nobody has noted it
    process.kill()
    process.wait()
    killed.set()
    clock.move_on(SystemClock().now() - clock.now())
    assert engine.deliver_webhooks()[0].events == 0  # the lease of the dead one holds
    clock.move_on(timedelta(minutes=2))
    engine.deliver_webhooks()
    ids = [f"{one}-1" for one in estates]
    assert sorted(inbox.ids) == sorted([*ids, ids[2]])
    assert list(dict.fromkeys(inbox.ids)) == ids


def test_a_closed_engine_leaves_the_rest_for_the_next_one(
    kept_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(kept_url)
    engine.webhooks().add(inbox.address)
    estates = [register(engine, f"Terrein {number}") for number in range(4)]
    engine.deliver_webhooks(lambda: len(inbox.got) >= 2)
    assert inbox.ids == [f"{one}-1" for one in estates[:2]]
    engine.close()
    opened(kept_url).deliver_webhooks()
    assert inbox.ids == [f"{one}-1" for one in estates]


def test_the_secrets_are_nowhere_in_the_store_and_take_the_key_file(
    opened: Opening, inbox: Receiver, tmp_path: Path
) -> None:
    url, key = f"sqlite:///{tmp_path}/kvob.db", tmp_path / "webhook.key"
    engine = opened(url)
    added = engine.webhooks().add(inbox.address)
    assert key.stat().st_mode & 0o777 == 0o600
    register(engine, "De Hoek")
    engine.close()
    stored = b"".join(one.read_bytes() for one in tmp_path.iterdir() if one != key)
    assert added.secret.encode() not in stored
    kept = key.read_bytes()
    key.unlink()
    for broken in (None, b"0" * 64, b"garbage"):
        if broken is not None:
            key.write_bytes(broken)
        other = opened(url)
        with pytest.raises(WebhookKeyUnusable):
            other.deliver_webhooks()
        assert inbox.got == [] and other.webhooks().all()[0].attempts == 0
        other.close()
    key.unlink()
    with pytest.raises(WebhookKeyUnusable):  # a new key would lock the old secrets away for good
        opened(url).webhooks().add(inbox.address)
    key.write_bytes(kept)
    opened(url).deliver_webhooks()
    assert len(inbox.got) == 1


def test_on_a_server_a_key_file_must_be_named(postgres_url: str, inbox: Receiver) -> None:
    from kvob_workflow import Engine
    from tests.webhooks.conftest import HERE

    with Engine.open(postgres_url, outlet=HERE) as engine, pytest.raises(WebhookKeyMissing):
        engine.webhooks().add(inbox.address)
