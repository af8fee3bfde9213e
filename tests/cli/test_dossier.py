"""Does `kvob dossier` write one file, whole, that a stranger can check?"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kvob = Callable[..., Any]
ESTATE = "De Hoek"


@pytest.fixture(autouse=True)
def registered(call: Kvob) -> None:
    """An estate."""
    call("register-estate", ESTATE, "--municipality", "Voorbeeldstad", "--on", "2020")


def test_it_is_written_signed_and_proven_by_the_checker_inside(call: Kvob, tmp_path: Path) -> None:
    out, key_file = tmp_path / "d.zip", tmp_path / "log.key"
    key = call("log", "init", str(key_file), "--json").json()["key"]
    call("log", "sequence", env={"KVOB_LOG_KEY": str(key_file)})
    written = call("dossier", ESTATE, "--out", str(out), "--json")
    assert (written.code, written.err) == (0, "")
    assert (written.json()["events"], written.json()["covered"]) == (1, 1)
    with zipfile.ZipFile(out) as packed:
        packed.extract("check.py", tmp_path / "x")
    checked = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "x" / "check.py"), str(out), "--key", key],
        check=False,
        capture_output=True,
    )
    assert checked.returncode == 0, checked.stdout


def test_a_file_that_is_there_is_not_replaced_by_accident(call: Kvob, tmp_path: Path) -> None:
    out = tmp_path / "d.zip"
    out.write_text("van mij")
    refused = call("dossier", ESTATE, "--out", str(out), "--json")
    assert (refused.code, refused.error()["code"]) == (2, "output-exists")
    assert out.read_text() == "van mij"
    assert call("dossier", ESTATE, "--out", str(out), "--yes").code == 0
    assert zipfile.is_zipfile(out)


def test_without_a_log_it_says_so(call: Kvob, tmp_path: Path) -> None:
    written = call("dossier", ESTATE, "--out", str(tmp_path / "d.zip"), "--lang", "nl")
    assert "Dit bewijst nog niets" in written.out


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ((ESTATE,), 2, "out-missing"),
        (("Nergens", "--out", "d.zip"), 4, "estate-not-found"),
        ((ESTATE, "--out", "nergens/d.zip"), 6, "output-unwritable"),
    ],
)
def test_what_cannot_be_written_is_refused(
    call: Kvob,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    error: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = call("dossier", *words, "--json")
    assert (refused.code, refused.error()["code"]) == (code, error)
    assert [path for path in tmp_path.iterdir() if path.suffix in (".zip", ".part")] == []


def test_kept_documents_and_a_pdf_go_along_where_asked(call: Kvob, tmp_path: Path) -> None:
    report, out = tmp_path / "verslag.pdf", tmp_path / "d.zip"
    report.write_bytes(b"een verslag")
    call("document", "add", ESTATE, str(report), "--keep")
    words = ("--with-documents", "--pdf", "--json")
    written = call("dossier", ESTATE, "--out", str(out), *words)
    assert json.loads(written.out)["enclosed"] == 1
    with zipfile.ZipFile(out) as packed:
        names = packed.namelist()
    assert "dossier.pdf" in names
    assert sum(name.startswith("documents/") for name in names) == 1
