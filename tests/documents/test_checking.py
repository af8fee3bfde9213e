"""Are documents read again, of one estate or of all, without those whose registration went?"""

from __future__ import annotations

import hashlib
import itertools
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.estate.commands.documents import RegisterDocument
from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.ids import EstateId
from kvob_workflow import Engine
from kvob_workflow.documents import DocumentFolder, Outcome, check, local_path, media_type_of
from kvob_workflow.store import open_store
from kvob_workflow.testing import SettableClock

DAY = date(2026, 11, 23)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A store with three estates, each with a kept report of its own."""
    address, ids = f"sqlite:///{tmp_path / 'kvob.db'}", itertools.count(1)
    folder = DocumentFolder(tmp_path / "kept")
    with Engine.open(
        address, clock=SettableClock(DAY), new_id=lambda: f"{next(ids):032x}"
    ) as engine:
        for name in ("A", "B", "C"):
            estate = engine.do(RegisterEstate(name=name, municipalities=("Soest",))).estate
            source = tmp_path / name
            source.write_text(f"verslag {name}")
            with folder.taking(source) as incoming:
                incoming.keep()
                engine.do(
                    RegisterDocument(
                        estate=estate, on=DAY, title=name, **incoming.measured._asdict()
                    )
                )
    return address


def kept(tmp_path: Path, name: str) -> Path:
    """Where the report of an estate is kept."""
    folder = DocumentFolder(tmp_path / "kept")
    return folder.path_of(hashlib.sha256(f"verslag {name}".encode()).hexdigest())


def test_all_estates_are_looked_at_and_each_fault_is_told(url: str, tmp_path: Path) -> None:
    kept(tmp_path, "A").unlink()
    kept(tmp_path, "B").chmod(0o644)
    kept(tmp_path, "B").write_bytes(b"")
    with closing(open_store(url)) as store:
        report = check(store, DocumentFolder(tmp_path / "kept"))
    assert [(one.title, one.outcome) for one in report.findings] == [
        ("A", Outcome.MISSING),
        ("B", Outcome.CHANGED),
    ]
    assert report.findings[1].found_sha256 == hashlib.sha256().hexdigest()
    assert (report.counts["same"], report.faults, report.is_sound) == (1, 2, False)


def test_one_estate_alone_can_be_looked_at(url: str, tmp_path: Path) -> None:
    kept(tmp_path, "A").unlink()
    with closing(open_store(url)) as store:
        folder = DocumentFolder(tmp_path / "kept")
        assert not check(store, folder, EstateId(f"{1:032x}")).is_sound
        assert check(store, folder, EstateId(f"{2:032x}")).is_sound


def test_a_link_in_the_folder_is_not_followed(url: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("verslag A")
    kept(tmp_path, "A").unlink()
    kept(tmp_path, "A").symlink_to(elsewhere)
    with closing(open_store(url)) as store:
        report = check(store, DocumentFolder(tmp_path / "kept"))
    assert [one.outcome for one in report.findings] == [Outcome.UNREADABLE]


def test_without_the_folder_every_kept_document_is_missing(url: str, tmp_path: Path) -> None:
    with closing(open_store(url)) as store:
        assert check(store, DocumentFolder(tmp_path / "absent")).counts["missing"] == 3


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/srv/a.pdf", "/srv/a.pdf"),
        ("file:///srv/a%20b.pdf", "/srv/a b.pdf"),
        ("https://example.org/a.pdf", None),
        ("verslagen/a.pdf", None),
        ("file://server/a.pdf", None),
        ("http://[", None),
    ],
)
def test_only_full_paths_on_this_machine_are_looked_at(address: str, path: str | None) -> None:
    assert local_path(address) == (None if path is None else Path(path))


def test_the_media_type_follows_the_name_on_every_machine() -> None:
    assert media_type_of("Verslag.PDF") == "application/pdf"
    assert media_type_of("zonder") == "application/octet-stream"
