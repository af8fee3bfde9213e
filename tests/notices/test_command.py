"""Does a command get the digest as JSON, and is every way in which it fails told?"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from queue import SimpleQueue

import pytest

from kvob_workflow.notices import CommandFailed, CommandNotifier
from tests.notices.samples import digest


def script(tmp_path: Path, text: str) -> list[str]:
    """The command that runs a small program in the folder of the test."""
    path = tmp_path / "notify.py"
    path.write_text(f"import json, os, pathlib, subprocess, sys, time\n{text}\n", "utf-8")
    return [sys.executable, str(path), str(tmp_path)]


def test_the_digest_comes_as_json_with_its_id_in_the_environment(tmp_path: Path) -> None:
    run = script(
        tmp_path,
        "document = json.load(sys.stdin.buffer)\n"
        "document['variable'] = os.environ['KVOB_DIGEST_ID']\n"
        "pathlib.Path(sys.argv[1], 'got.json').write_text(json.dumps(document), 'utf-8')",
    )
    sent = digest()
    CommandNotifier(run).send(sent)
    got = json.loads((tmp_path / "got.json").read_text("utf-8"))
    assert got["variable"] == got["id"] == sent.id
    assert (got["subject"], got["text"]) == (sent.subject, sent.text)
    assert got["notices"][0]["last_valid_day"] == "2026-02-28"
    assert "address" not in got


def test_a_command_that_reads_nothing_and_talks_much_is_no_problem(tmp_path: Path) -> None:
    CommandNotifier(script(tmp_path, "print('x' * 1_000_000)")).send(digest())


def test_another_exit_code_is_a_failure_with_the_last_line_of_its_errors(tmp_path: Path) -> None:
    run = script(
        tmp_path, "print('first', 'the queue is full\\t', sep='\\n', file=sys.stderr)\nsys.exit(3)"
    )
    with pytest.raises(CommandFailed) as failed:
        CommandNotifier(run).send(digest())
    assert failed.value.reason == "exit 3 the queue is full"


def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="No such file"):
        CommandNotifier([str(tmp_path / "absent")]).send(digest())
    with pytest.raises(ValueError, match="needs a program"):
        CommandNotifier([])


def test_a_command_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    run = script(
        tmp_path,
        "hang = 'import os, sys, time; os.write(os.open(sys.argv[1], 1), bytes(1)); '\n"
        "hang += 'time.sleep(600)'\n"
        "subprocess.Popen([sys.executable, '-c', hang, sys.argv[1] + '/alive'])\n"
        "print('waiting', file=sys.stderr, flush=True)\n"
        "time.sleep(600)",
    )
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    with pytest.raises(CommandFailed, match="> 2 s waiting"):
        CommandNotifier(run, timeout_seconds=2).send(digest())
    assert os.read(reader, 1) == b"\0"
    assert os.read(reader, 1) == b""  # the end of the pipe comes when its last writer is gone
    os.close(reader)


def test_closing_ends_a_command_that_is_still_running(tmp_path: Path) -> None:
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    run = script(
        tmp_path,
        "os.write(os.open(pathlib.Path(sys.argv[0]).with_name('alive'), os.O_WRONLY), bytes(1))\n"
        "time.sleep(600)",
    )
    notifier = CommandNotifier(run, timeout_seconds=60)
    failures: SimpleQueue[Exception] = SimpleQueue()

    def send() -> None:
        try:
            notifier.send(digest())
        except CommandFailed as error:
            failures.put(error)

    sending = threading.Thread(target=send)
    sending.start()
    with pipe.open("rb", buffering=0) as reader:
        assert reader.read(1) == b"\0"
        notifier.interrupt()
        assert reader.read(1) == b""  # the end of the pipe comes when its writer is gone
    sending.join(timeout=10)
    assert isinstance(failures.get(timeout=10), CommandFailed)


def test_a_child_that_outlives_the_command_does_not_hold_it_up(tmp_path: Path) -> None:
    run = script(
        tmp_path,
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(5)'])",
    )
    CommandNotifier(run, timeout_seconds=4).send(digest())
