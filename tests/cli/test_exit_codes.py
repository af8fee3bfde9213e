"""Does every exit code mean what the help page says?"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.actor import Role
from kvob_domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    KvobError,
    NotFound,
    Rejected,
    Unavailable,
)
from kvob_domain.mandates import Scope, ScopeMissing
from kvob_domain.words import Text
from kvob_workflow.cli import main as calls
from kvob_workflow.cli.desk import Desk
from kvob_workflow.cli.entrance import Entrance, Section, Values
from kvob_workflow.cli.exit_codes import EXIT_CODE_WORDS, ExitCode, exit_code_of

Kvob = Callable[..., Any]


def test_the_codes_are_those_that_scripts_rely_on() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0,
        "BUG": 1,
        "INVALID": 2,
        "REJECTED": 3,
        "NOT_FOUND": 4,
        "CONFLICT": 5,
        "UNAVAILABLE": 6,
        "ROWS_REJECTED": 7,
        "CHANGED": 8,
        "NOT_COVERED": 9,
        "CANNOT_TELL": 10,
        "FORBIDDEN": 11,
        "INTERRUPTED": 130,
        "READER_GONE": 141,
    }


@pytest.mark.parametrize(
    ("family", "code"),
    [
        *((Invalid, 2), (Rejected, 3), (NotFound, 4), (Conflict, 5), (Unavailable, 6)),
        *((Forbidden, 11), (KvobError, 1)),
    ],
)
def test_each_family_of_errors_has_its_code(family: type[KvobError], code: int) -> None:
    assert exit_code_of(family()) == code


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_code_stands_on_the_help_page(language: str, call: Kvob) -> None:
    assert set(EXIT_CODE_WORDS) == set(ExitCode)
    page = call("--help", "--lang", language).out
    for code in ExitCode:
        words = code.words.nl if language == "nl" else code.words.en
        assert f"{code.value:>3}  {words}" in " ".join(page.split("\n"))


def test_0_when_it_is_done(kvob: Kvob) -> None:
    done = kvob("register-estate", "De Hoek", "--municipality", "Voorbeeldstad", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert "Registered: De Hoek, Voorbeeldstad" in done.out


def test_2_when_the_call_does_not_fit(kvob: Kvob) -> None:
    done = kvob("board", "--nonsense")
    assert (done.code, done.out) == (2, "")


def test_3_when_the_rules_refuse(kvob: Kvob) -> None:
    kvob("register-estate", "De Hoek", "--municipality", "Voorbeeldstad")
    done = kvob("award-certificate", "De Hoek", "--lang", "en")
    assert (done.code, done.out) == (3, "")
    assert "is not possible in step Registered" in done.err


def test_4_when_the_estate_is_unknown(kvob: Kvob) -> None:
    assert kvob("estate", "Nergens").code == 4


def test_4_when_the_edition_is_unknown(kvob: Kvob) -> None:
    assert kvob("scheme", "show", "kvo-99").code == 4


def test_6_when_the_store_cannot_be_opened(kvob: Kvob, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("this is a letter and no database", "utf-8")
    done = kvob("board", "--store", "sqlite:///no.db")
    assert (done.code, done.out) == (6, "")


def test_7_when_an_import_rejects_rows(kvob: Kvob, sample_file: Path, tmp_path: Path) -> None:
    header = sample_file.read_text("utf-8").splitlines()[0]
    rows = [
        dict.fromkeys(header.split(","), "")
        | {"estate": "De Hoek", "municipality": "Voorbeeldstad", "event": "award", "date": day}
        | {"source_url": "https://example.org"}
        for day in ("2015-06-01", "2015-13-01")
    ]
    lines = [",".join(row[name] for name in header.split(",")) for row in rows]
    (tmp_path / "facts.csv").write_text("\n".join([header, *lines, ""]), "utf-8")
    done = kvob("import", "facts.csv", "--json")
    report = done.json()
    assert done.code == 7
    assert report["rows"] == 2
    assert report["accepted"] + report["remarks"] + report["duplicates"] == 1
    assert [sorted(row) for row in report["rejected"]] == [["code", "message", "row"]]
    assert report["rejected"][0]["row"] == 3


def raising(error: BaseException) -> Callable[[], tuple[Entrance, ...]]:
    """The only command there is, `fail`, which raises."""

    def handle(desk: Desk, values: Values) -> None:
        raise error

    entrance = Entrance(("fail",), Text("", ""), Section.KEEP, handle, lambda: ())
    return lambda: (entrance,)


def test_1_and_no_traceback_when_kvob_has_a_defect(
    call: Kvob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "all_entrances", raising(RuntimeError("two and two is five")))
    done = call("fail", "--lang", "en")
    assert (done.code, done.out) == (1, "")
    assert "Defect in kvob: RuntimeError: two and two is five" in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in call("fail", "--debug").err
    assert "Traceback" in call("fail", env={"KVOB_DEBUG": "1"}).err


def test_a_defect_is_told_as_json_when_json_was_asked_for(
    call: Kvob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "all_entrances", raising(RuntimeError("oops")))
    error = call("fail", "--json").error()
    assert error["code"] == "defect"
    assert error["fields"] == {"type": "RuntimeError"}


def test_5_when_somebody_was_faster(call: Kvob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "all_entrances", raising(Conflict()))
    assert call("fail").code == 5


@pytest.mark.parametrize(("language", "label"), [("nl", "Geen recht: "), ("en", "No right: ")])
def test_11_when_a_right_is_missing(
    call: Kvob, monkeypatch: pytest.MonkeyPatch, language: str, label: str
) -> None:
    missing = ScopeMissing(Scope.PROOFS_READ, Role.GUIDE)
    monkeypatch.setattr(calls, "all_entrances", raising(missing))
    done = call("fail", "--lang", language)
    assert (done.code, done.out) == (11, "")
    assert done.err.startswith(label)


def test_6_when_the_machine_refuses(call: Kvob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "all_entrances", raising(PermissionError("no entry")))
    done = call("fail", "--lang", "en")
    assert done.code == 6
    assert "The machine refuses: no entry" in done.err


def start(store: str, *arguments: str) -> subprocess.Popen[bytes]:
    """`kvob` as a process that is not waited for."""
    found = shutil.which("kvob", path=str(Path(sys.executable).parent))
    command = [found] if found else [sys.executable, "-m", "kvob_workflow"]
    return subprocess.Popen(
        [*command, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "KVOB_STORE": store, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_130_when_it_is_interrupted(store: str) -> None:
    # Who runs the tests in the background has SIGINT ignored, and what it starts as well.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = start(store, "do")
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        assert process.stdin is not None
        # It waits for its input; the interpreter must be up before the signal comes.
        process.stdin.write(b"{")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=3)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE")
def test_141_and_not_a_word_when_the_reader_stops(sample_store: str) -> None:
    with start(sample_store, "board", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 141
