"""Is a document kept whole, once, under its hash, or not at all?"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from kvob_workflow.documents import (
    DocumentChanging,
    DocumentEmpty,
    DocumentFolder,
    DocumentNotKept,
    DocumentNotRegular,
    DocumentsFolderUnknown,
    DocumentUnreadable,
    folder_of,
    measured,
)

CONTENT = b"een verslag\n"
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    """A folder that is not there yet."""
    return DocumentFolder(tmp_path / "kept")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A report."""
    path = tmp_path / "verslag.pdf"
    path.write_bytes(CONTENT)
    return path


def left_in(folder: DocumentFolder) -> list[Path]:
    """The files in the folder."""
    return sorted(path for path in folder.path.rglob("*") if path.is_file())


def test_a_document_is_kept_under_its_hash_and_can_only_be_read(
    folder: DocumentFolder, source: Path
) -> None:
    with folder.taking(source) as incoming:
        assert (incoming.measured.sha256, incoming.measured.size_bytes) == (HASH, len(CONTENT))
        assert incoming.keep() == "new"
    place = folder.path / HASH[:2] / HASH[2:]
    assert left_in(folder) == [place]
    assert place.read_bytes() == CONTENT
    assert stat.S_IMODE(place.stat().st_mode) == 0o444


def test_the_same_bytes_are_one_file(folder: DocumentFolder, source: Path) -> None:
    for expected in ("new", "already"):
        with folder.taking(source) as incoming:
            assert incoming.keep() == expected
    assert len(left_in(folder)) == 1


def test_a_damaged_copy_is_replaced_by_the_right_bytes(
    folder: DocumentFolder, source: Path
) -> None:
    with folder.taking(source) as incoming:
        incoming.keep()
    place = folder.path_of(HASH)
    place.chmod(0o644)
    place.write_bytes(b"iets anders")
    with folder.taking(source) as incoming:
        assert incoming.keep() == "restored"
    assert place.read_bytes() == CONTENT


def test_what_is_not_kept_leaves_nothing(folder: DocumentFolder, source: Path) -> None:
    with folder.taking(source):
        pass
    assert left_in(folder) == []
    with pytest.raises(RuntimeError), folder.taking(source):
        raise RuntimeError
    assert left_in(folder) == []


def test_a_link_folder_pipe_or_missing_file_is_no_document(
    folder: DocumentFolder, source: Path, tmp_path: Path
) -> None:
    link, pipe, empty = tmp_path / "link", tmp_path / "pipe", tmp_path / "empty"
    link.symlink_to(source)
    os.mkfifo(pipe)
    empty.touch()
    for path, error in (
        (link, DocumentNotRegular),
        (pipe, DocumentNotRegular),
        (tmp_path, DocumentNotRegular),
        (Path("/dev/zero"), DocumentNotRegular),
        (empty, DocumentEmpty),
        (tmp_path / "absent", DocumentUnreadable),
        (tmp_path / "a\0b", DocumentUnreadable),
    ):
        with pytest.raises(error), folder.taking(path):
            pass
        assert left_in(folder) == []


def test_a_file_that_is_written_to_while_it_is_read_has_no_hash(source: Path) -> None:
    def write_more(_: bytes) -> None:
        with source.open("ab") as file:
            file.write(b"meer" * 300_000)

    source.write_bytes(b"x" * 3_000_000)
    with pytest.raises(DocumentChanging):
        read = iter([write_more])
        measured(source, lambda piece: next(read, bytes)(piece))


def test_a_large_file_is_read_in_pieces(tmp_path: Path) -> None:
    large, most = tmp_path / "large", 0
    with large.open("wb") as file:
        file.truncate(64 * 1024 * 1024)

    def note(piece: bytes) -> None:
        nonlocal most
        most = max(most, len(piece))

    assert measured(large, note).size_bytes == 64 * 1024 * 1024
    assert most <= 1024 * 1024


def test_a_full_or_closed_disk_leaves_nothing_half_written(
    folder: DocumentFolder, source: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DocumentNotKept, match="space"), folder.taking(source):
            pass
    assert left_in(folder) == []
    blocked = DocumentFolder(source)
    with pytest.raises(DocumentNotKept), blocked.taking(source):
        pass
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder.path / HASH[:2]).symlink_to(elsewhere)
    with pytest.raises(DocumentNotKept, match="link"), folder.taking(source) as incoming:
        incoming.keep()
    assert list(elsewhere.iterdir()) == []


def test_the_folder_is_beside_the_store_unless_another_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kvob.db'}"
    assert folder_of(url).path == tmp_path / "kvob.documents"
    assert folder_of(url, str(tmp_path / "d")).path == tmp_path / "d"
    with pytest.raises(DocumentsFolderUnknown):
        folder_of("memory:")
