"""Which files cannot be read at all? Each is refused whole, and says what to do."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kvob_domain.errors import Invalid, KvobError
from kvob_workflow.engine import Engine
from kvob_workflow.importing import ImportReport, import_file, import_rows
from kvob_workflow.importing.decoding import CheckedBytes
from kvob_workflow.importing.errors import (
    ImportColumnsMissing,
    ImportColumnsRepeated,
    ImportFileEmpty,
    ImportFileMissing,
    ImportFileNotText,
    ImportFileNotUtf8,
    ImportFileUnreadable,
    ImportHeaderUnreadable,
)

Rows = Callable[..., str]
Importing = Callable[[str | bytes], ImportReport]


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe", b"sep=;\n"])
def test_an_empty_file_is_refused(imported: Importing, content: bytes) -> None:
    with pytest.raises(ImportFileEmpty) as refused:
        imported(content)
    assert "estate, municipality, event, date, source_url" in refused.value.message("nl")


def test_missing_columns_are_named(imported: Importing) -> None:
    with pytest.raises(ImportColumnsMissing) as refused:
        imported("estate;date;event\nx;2019;award\n")
    assert refused.value.missing == ("municipality", "source_url")
    assert refused.value.found == ("estate", "date", "event")


def test_another_separator_shows_how_the_header_was_read(imported: Importing) -> None:
    with pytest.raises(ImportColumnsMissing) as refused:
        imported("estate|municipality|event|date|source_url\n")
    assert refused.value.found == ("estate|municipality|event|date|source_url"[:40],)


def test_a_column_that_occurs_twice_is_refused(rows: Rows, imported: Importing) -> None:
    with pytest.raises(ImportColumnsRepeated) as refused:
        imported(rows({"Date ": "2019", "Level": "a", "level": "b"}))
    assert refused.value.repeated == ("date", "level")


def test_windows_1252_is_refused_at_its_byte_and_line_and_nothing_is_written(
    engine: Engine, rows: Rows, imported: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_workflow.importing.run.ROWS_PER_CHUNK", 1)
    text = rows({}, {"date": "2011"}, {"municipality": "Súdwest-Fryslân"}).encode("cp1252")
    with pytest.raises(ImportFileNotUtf8) as refused:
        imported(text)
    assert (refused.value.offset, refused.value.line) == (text.index(b"\xfa"), 4)
    assert "0xFA" in refused.value.message("nl")
    assert "CSV UTF-8" in refused.value.message("en")
    assert engine.board().total == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_a_wrong_byte_is_right_for_any_line_ends_and_blocks(
    imported: Importing, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvob_workflow.importing.decoding._BLOCK", 3)
    with pytest.raises(ImportFileNotUtf8) as refused:
        imported(end.join(["ab", "é", "cd", "ef"]).encode() + b"\xff")
    assert refused.value.line == 4
    assert refused.value.offset == 8 + 3 * len(end)


def test_a_character_cut_off_at_the_end_is_refused_at_its_first_byte(imported: Importing) -> None:
    with pytest.raises(ImportFileNotUtf8) as refused:
        imported(b"estate\n\xe2\x82")
    assert (refused.value.offset, refused.value.line) == (7, 2)


def test_the_mark_counts_as_bytes(imported: Importing) -> None:
    with pytest.raises(ImportFileNotUtf8) as refused:
        imported(b"\xff\xfea\x00\x00\xdc")
    assert (refused.value.offset, refused.value.encoding) == (4, "UTF-16-LE")


def test_a_pipe_is_refused_at_the_wrong_byte(engine: Engine, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    content = rows().encode() + b"\xff"
    writing = threading.Thread(target=lambda: path.write_bytes(content))
    writing.start()
    with pytest.raises(ImportFileNotUtf8) as refused:
        import_file(engine, path)
    writing.join()
    assert (refused.value.offset, refused.value.line) == (len(content) - 1, 3)


def test_a_pipe_is_read(engine: Engine, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writing = threading.Thread(target=lambda: path.write_text(rows(), "utf-8"))
    writing.start()
    report = import_file(engine, path)
    writing.join()
    assert report.accepted == 1


@pytest.mark.parametrize(
    "content",
    [
        "estate,municipality".encode("utf-16-le"),
        b"\0" * 100,
        b"\0" * (1 << 21),
    ],
)
def test_a_binary_file_is_refused(imported: Importing, content: bytes) -> None:
    with pytest.raises(ImportFileNotText):
        imported(content)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_where_only_csv_is_read_a_workbook_is_refused(start: bytes) -> None:
    with pytest.raises(ImportFileNotText) as refused:
        CheckedBytes(io.BytesIO(start + b" and what follows"), "upload")
    assert "CSV UTF-8" in refused.value.message("nl")


@pytest.mark.parametrize("header", ['estate,"date\n', "x" * (1 << 21)])
def test_a_header_without_end_is_refused(imported: Importing, header: str) -> None:
    with pytest.raises(ImportHeaderUnreadable) as refused:
        imported(header)
    assert refused.value.line == 1


def test_a_file_that_is_not_there_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportFileMissing) as refused:
        import_file(engine, tmp_path / "nowhere.csv")
    assert "nowhere.csv" in refused.value.message("nl")


@pytest.mark.parametrize("path", ["", "bad\0name", "x" * 5000])
def test_an_impossible_path_is_refused(engine: Engine, path: str) -> None:
    with pytest.raises(Invalid):
        import_file(engine, path)


def test_a_folder_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportFileUnreadable):
        import_file(engine, tmp_path)


def test_a_device_without_end_is_refused(engine: Engine) -> None:
    with pytest.raises(ImportFileNotText):
        import_file(engine, "/dev/zero")


def test_a_file_without_permission_is_refused(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.csv"
    path.touch()

    def forbidden(*_: object) -> None:
        # The superuser, as whom tests may run, may read anything.
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(ImportFileUnreadable) as refused:
        import_file(engine, path)
    assert "Permission denied" in refused.value.message("en")


def test_a_program_without_standard_input_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ImportFileUnreadable):
        import_file(engine, "-")


def test_a_disk_that_fails_while_reading_is_told(
    engine: Engine, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object, /) -> int:
            raise OSError(5, "Input/output error")

    stream = io.TextIOWrapper(io.BufferedReader(Failing()), encoding="utf-8")
    with pytest.raises(ImportFileUnreadable, match="Input/output error"):
        import_rows(engine, stream)
    monkeypatch.setattr("sys.stdin", stream)
    with pytest.raises(ImportFileUnreadable, match="Input/output error"):
        import_file(engine, "-")


def test_a_closed_stream_is_refused(engine: Engine) -> None:
    stream = io.StringIO()
    stream.close()
    with pytest.raises(ImportFileUnreadable):
        import_rows(engine, stream)


def test_a_stream_of_another_encoding_is_refused(engine: Engine) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"estate\xff"), encoding="utf-8")
    with pytest.raises(ImportFileUnreadable, match="0xff"):
        import_rows(engine, stream)


def errors_of(base: type[KvobError]) -> list[type[KvobError]]:
    """The class and all classes below it."""
    return [base, *(one for below in base.__subclasses__() for one in errors_of(below))]


def test_every_error_of_the_importer_has_its_own_code() -> None:
    ours = [error for error in errors_of(Invalid) if ".importing." in error.__module__]
    codes = [error.code for error in ours]
    assert len(ours) > 15
    assert len(set(codes)) == len(codes)
