"""Does `kvob document` add, list and check?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow.cli.exit_codes import ExitCode

Kvob = Callable[..., Any]
CONTENT = b"een verslag\n"
HASH = hashlib.sha256(CONTENT).hexdigest()
ESTATE = "De Hoek"


@pytest.fixture
def report(call: Kvob, tmp_path: Path) -> Path:
    """A report, and an estate to which it belongs."""
    call("register-estate", ESTATE, "--municipality", "Voorbeeldstad", "--on", "2020")
    path = tmp_path / "verslag.pdf"
    path.write_bytes(CONTENT)
    return path


def kept(tmp_path: Path) -> Path:
    """Where the report is kept."""
    return tmp_path / "kvob.documents" / HASH[:2] / HASH[2:]


def test_a_kept_document_is_on_record_and_stays_the_same(
    call: Kvob, report: Path, tmp_path: Path
) -> None:
    words = ("--keep", "--about", "1", "--requirement", "walk-round-day", "--title", "Schouw")
    added = call("document", "add", ESTATE, str(report), *words)
    assert (added.code, added.err) == (0, "")
    assert kept(tmp_path).read_bytes() == CONTENT
    (listed,) = call("document", "list", ESTATE, "--json").json()
    assert listed["sha256"] == HASH
    assert (listed["title"], listed["address"], listed["about"]) == ("Schouw", None, 1)
    assert (listed["media_type"], listed["requirement"]) == ("application/pdf", "walk_round_day")
    assert "Schouw" in call("document", "list", ESTATE, "--lang", "nl").out
    checked = call("document", "check", "--json")
    assert (checked.code, checked.json()["counts"]["same"]) == (0, 1)


def test_a_missing_or_changed_document_is_told_with_both_hashes(
    call: Kvob, report: Path, tmp_path: Path
) -> None:
    call("document", "add", ESTATE, str(report), "--keep")
    kept(tmp_path).chmod(0o644)
    kept(tmp_path).write_bytes(b"een ander verslag\n")
    changed = call("document", "check", ESTATE, "--json")
    (finding,) = changed.json()["findings"]
    assert changed.code == ExitCode.ROWS_REJECTED
    assert (finding["outcome"], finding["sha256"]) == ("changed", HASH)
    assert finding["found_sha256"] == hashlib.sha256(b"een ander verslag\n").hexdigest()
    kept(tmp_path).unlink()
    missing = call("document", "check", "--lang", "nl")
    assert (missing.code, "ontbreekt" in missing.out) == (ExitCode.ROWS_REJECTED, True)


def test_without_keep_its_place_is_remembered_and_looked_at(
    call: Kvob, report: Path, tmp_path: Path
) -> None:
    call("document", "add", ESTATE, str(report))
    assert not (tmp_path / "kvob.documents").exists()
    assert call("document", "list", ESTATE, "--json").json()[0]["address"] == str(report)
    assert call("document", "check").code == 0
    report.write_bytes(b"iets anders")
    assert call("document", "check").code == ExitCode.ROWS_REJECTED
    report.unlink()
    gone = call("document", "check", "--json")
    assert (gone.code, gone.json()["counts"]["not_checked"]) == (0, 1)


def test_what_is_on_the_network_is_not_fetched(call: Kvob, report: Path) -> None:
    address = "https://example.org/verslag.pdf"
    call("document", "add", ESTATE, str(report), "--address", address)
    checked = call("document", "check", "--json").json()
    assert checked["findings"][0]["outcome"] == "not_checked"
    assert checked["findings"][0]["place"] == address


def test_a_second_time_is_refused_with_guidance_and_keeps_nothing_more(
    call: Kvob, report: Path
) -> None:
    call("document", "add", ESTATE, str(report), "--keep")
    again = call("document", "add", ESTATE, str(report), "--keep", "--json")
    assert (again.code, again.error()["code"]) == (3, "document-on-record")
    other = call("document", "add", ESTATE, str(report), "--keep", "--about", "1")
    assert other.code == 0


@pytest.mark.parametrize(
    ("name", "words", "code", "error"),
    [
        ("absent.pdf", (), 2, "document-unreadable"),
        (".", ("--keep",), 2, "document-not-regular"),
        ("verslag.pdf", ("--about", "9", "--keep"), 3, "event-unknown"),
        ("verslag.pdf", ("--requirement", "lamp"), 2, "choice-unknown"),
        ("verslag.pdf", ("--address", "a\nb"), 2, "command-malformed"),
    ],
)
def test_what_cannot_be_on_record_is_refused_and_not_kept(
    call: Kvob,
    report: Path,
    tmp_path: Path,
    name: str,
    words: tuple[str, ...],
    code: int,
    error: str,
) -> None:
    refused = call("document", "add", ESTATE, str(report.parent / name), *words, "--json")
    assert (refused.code, refused.error()["code"]) == (code, error)
    assert not kept(tmp_path).exists()


def test_a_hostile_name_becomes_a_harmless_title(call: Kvob, report: Path) -> None:
    hostile = report.parent / "a\x1b[2J\nb.pdf"
    hostile.write_bytes(CONTENT)
    assert call("document", "add", ESTATE, str(hostile), "--keep").code == 0
    assert call("document", "list", ESTATE, "--json").json()[0]["title"] == "a?[2J?b.pdf"


def test_a_trial_run_keeps_nothing(call: Kvob, report: Path, tmp_path: Path) -> None:
    tried = call("document", "add", ESTATE, str(report), "--keep", "--dry-run", "--json")
    assert (tried.code, tried.json()["dry_run"]) == (0, True)
    assert not kept(tmp_path).exists()
    assert call("document", "list", ESTATE, "--json").json() == []


def test_another_folder_can_be_named(call: Kvob, report: Path, tmp_path: Path) -> None:
    env = {"KVOB_DOCUMENTS": str(tmp_path / "elders")}
    call("document", "add", ESTATE, str(report), "--keep", env=env)
    assert (tmp_path / "elders" / HASH[:2] / HASH[2:]).exists()
    assert call("document", "check", env=env).code == 0
    assert call("document", "check").code == ExitCode.ROWS_REJECTED
