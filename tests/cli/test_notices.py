"""Does `kvob notices` list, send and send again?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import pytest

from kvob_workflow.store import open_store
from tests.notices.samples import ZILVERHOEK, expired, fill, reminder


class Called(Protocol):
    """What one call of `kvob` gave."""

    code: int
    out: str
    err: str

    def json(self) -> Any: ...

    def error(self) -> Any: ...


Kvob = Callable[..., Called]

ID = "command:*:5"


@pytest.fixture
def announced(store: str) -> None:
    """A store in which two deadlines fell due."""
    with closing(open_store(store)) as opened:
        fill(opened).record(ZILVERHOEK, reminder(), expired())


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A command that fails as long as there is a file called "broken"."""
    script = tmp_path / "notify.py"
    script.write_text(
        "import os, pathlib, sys\n"
        "if os.path.exists('broken'): sys.exit('the pager is off')\n"
        "pathlib.Path('got.json').write_bytes(sys.stdin.buffer.read())\n"
    )
    config = tmp_path / "notices.toml"
    config.write_text(f"[command]\nrun = {json.dumps([sys.executable, str(script)])}\n")
    return str(config)


@pytest.mark.usefixtures("announced")
def test_a_round_sends_what_is_new_and_the_list_shows_it(
    call: Kvob, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sent = call("notices", "--send", "--from-start", "--notices", file, "--json")
    assert (sent.code, sent.err) == (0, "")
    assert sent.json() == {"collected": 1, "sent": 1, "retried": 0, "failed": 0}
    got = json.loads((tmp_path / "got.json").read_text("utf-8"))
    assert (got["id"], len(got["notices"])) == (ID, 2)
    listed = call("notices", "--status", "verzonden", "--json").json()
    assert [(one["id"], one["status"], one["attempts"]) for one in listed] == [(ID, "sent", 0)]
    assert call("notices", "--json").json() == []
    assert "No delivery has this status" in call("notices").out


@pytest.mark.usefixtures("announced")
def test_what_did_not_arrive_is_listed_with_its_error_and_sent_again(
    call: Kvob, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken").touch()
    env = {"KVOB_NOTICES": file, "KVOB_LANG": "nl"}
    first = call("notices", "--send", "--from-start", env=env)
    assert (first.code, "1  niet gelukt, later opnieuw" in first.out) == (7, True)
    listed = call("notices", env=env)
    assert "wacht" in listed.out
    assert "exit 1 the pager is off" in listed.out
    (tmp_path / "broken").unlink()
    again = call("notices", "--resend", ID, env=env)
    assert again.out == "1 bericht aan de beurt bij de volgende --send.\n"
    assert call("notices", "--send", env=env).code == 0
    assert json.loads((tmp_path / "got.json").read_text("utf-8"))["id"] == ID


@pytest.mark.usefixtures("announced")
def test_nothing_failed_so_nothing_goes_out_again(call: Kvob) -> None:
    assert call("notices", "--resend-failed", "--json").json() == {"resent": 0}


@pytest.mark.usefixtures("announced")
def test_an_unknown_id_is_not_found(call: Kvob) -> None:
    refused = call("notices", "--resend", "mail:nobody:1", "--json")
    assert (refused.code, refused.error()["code"]) == (4, "delivery-not-found")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--send", "--resend-failed"), "notices-unclear"),
        (("--from-start",), "notices-unclear"),
        (("--send",), "notices-file-missing"),
        (("--send", "--notices", "absent.toml"), "notices-file-unreadable"),
        (("--status", "lost"), "choice-unknown"),
    ],
)
@pytest.mark.usefixtures("announced")
def test_a_call_that_does_not_fit_is_refused(call: Kvob, words: tuple[str, ...], code: str) -> None:
    refused = call("notices", *words, "--json")
    assert (refused.code, refused.error()["code"]) == (2, code)


def test_a_store_that_is_not_there_is_empty_and_stays_away(
    call: Kvob, file: str, tmp_path: Path
) -> None:
    assert call("notices", "--json").json() == []
    refused = call("notices", "--send", "--notices", file, "--json")
    assert (refused.code, refused.error()["code"]) == (6, "store-missing")
    assert not (tmp_path / "kvob.db").exists()


def test_the_file_is_among_the_settings(call: Kvob) -> None:
    shown = call("config", "show", "--json", env={"KVOB_NOTICES": "n.toml"}).json()
    assert {"name": "notices", "value": "n.toml", "origin": "KVOB_NOTICES"} in shown
