"""Does `kvob import` say clearly what it could not read, and write nothing then?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importing.workbook_files import xlsx_of

Kvob = Callable[..., Any]

FACTS = (
    "estate,municipality,event,date,outcome,source_url\n"
    "De Hoek,Voorbeeldstad,award,2015-06-01,held,https://example.org\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file beside the store."""
    return tmp_path / "facts.csv"


@pytest.mark.parametrize(
    "content",
    [
        FACTS.encode(),
        FACTS.encode("utf-8-sig"),
        FACTS.replace(",", ";").encode(),
        FACTS.replace("\n", "\r\n").encode("utf-8-sig"),
        FACTS.encode("utf-16"),
    ],
    ids=["plain", "byte order mark", "semicolons", "as a spreadsheet saves it", "Unicode text"],
)
def test_the_usual_forms_of_csv_are_read(content: bytes, file: Path, call: Kvob) -> None:
    file.write_bytes(content)
    report = call("import", str(file), "--json").json()
    assert (report["rows"], report["accepted"], report["rejected"]) == (1, 1, [])


def test_a_sheet_of_a_workbook_is_read(file: Path, call: Kvob) -> None:
    file.write_bytes(xlsx_of(*(tuple(line.split(",")) for line in FACTS.splitlines())))
    report = call("import", str(file), "--sheet", "Feiten", "--json").json()
    assert (report["rows"], report["accepted"], report["rejected"]) == (1, 1, [])
    refused = call("import", str(file), "--sheet", "Blad7", "--lang", "nl")
    assert refused.code == 2
    assert "Feiten" in refused.err


def test_a_file_can_come_from_standard_input(kvob: Kvob) -> None:
    assert kvob("import", "-", "--json", stdin=FACTS).json()["accepted"] == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"name,place\nDe Hoek,Voorbeeldstad\n",
        FACTS.replace("De", "Dé").encode("cp1252"),
    ],
    ids=["empty", "blank", "other columns", "an old code page"],
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_file_that_cannot_be_read_is_refused_whole(
    content: bytes, lang: str, file: Path, call: Kvob
) -> None:
    file.write_bytes(content)
    done = call("import", str(file), "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Onjuist: " if lang == "nl" else "Not right: ")
    assert call("board", "--json").json() == []


def test_a_file_that_is_not_there_is_named(call: Kvob) -> None:
    done = call("import", "nowhere.csv", "--lang", "en")
    assert done.code == 2
    assert "nowhere.csv" in done.err


def test_the_report_names_each_rejected_row_with_its_reason(file: Path, call: Kvob) -> None:
    file.write_text(FACTS + FACTS.splitlines()[1].replace("2015-06-01", "2015-06-31"), "utf-8")
    done = call("import", str(file), "--lang", "nl")
    assert done.code == 7
    assert "2 rijen" in done.out
    assert "1  geweigerd" in done.out
    assert "2015-06-31" in done.out


def test_the_second_import_knows_them_all(file: Path, call: Kvob) -> None:
    file.write_text(FACTS, "utf-8")
    assert call("import", str(file)).code == 0
    assert call("import", str(file), "--json").json() == {
        "rows": 1,
        "accepted": 0,
        "remarks": 0,
        "duplicates": 1,
        "rejected": [],
    }
