"""Does a list with bad rows come in by clicking? Looked at, mended, and then found in the list."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from kvob_domain.actor import Role
from tests.importing.workbook_files import xlsx_of
from tests.web.browser.acting import Person
from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.people import People

SOURCE: Final = "https://example.org/archief"
SCRIPT: Final = "<script>alert(1)</script>"
HEADER: Final = ("estate", "municipality", "event", "date", "source_url")
ROWS: Final = (
    ("De Linde", "Voorbeeldstad", "covenant", "2019-10-10", SOURCE),
    (SCRIPT, "Voorbeeldstad", "kickoff", "2019-03", SOURCE),
    ("De Wilg", "Voorbeeldstad", "audit", "31-02-2020", SOURCE),
    ("De Es", "Voorbeeldstad", "covenant", "2020-05-06", ""),
)


def written(folder: Path, kind: str) -> Path:
    """The list as a file of this kind."""
    file = folder / f"lijst.{kind}"
    if kind == "xlsx":
        file.write_bytes(xlsx_of(HEADER, *ROWS))
    else:
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out, delimiter=";").writerows((HEADER, *ROWS))
    return file


def look_at(person: Person, file: Path) -> None:
    person.page.get_by_label("Bestand").set_input_files(file)
    person.press("Bekijk wat er zou gebeuren")
    person.sees("Nagekeken, nog niets ingevoerd")


def mended(refused: Path) -> Path:
    """The refused rows with what was wrong put right, as a person does in a spreadsheet."""
    text = refused.read_text("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text), delimiter=";")
    rows = list(reader)
    assert [row["estate"] for row in rows] == ["De Wilg", "De Es"]
    rows[0]["date"], rows[1]["source_url"] = "2020-02-28", SOURCE
    file = refused.with_name("hersteld.csv")
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, reader.fieldnames or (), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_bad_rows_are_told_mended_and_brought_in_afterwards(
    kind: str, own_board: Board, visit: Visit, tmp_path: Path
) -> None:
    people = People(own_board, visit)
    importer = people.comes_in(Role.IMPORTER, "p-importer")
    page = importer.page
    importer.follow("Invoer")
    look_at(importer, written(tmp_path, kind))
    refused = page.get_by_role("region", name="Geweigerde rijen")
    expect(refused).to_contain_text("31-02-2020")
    with page.expect_download() as download:
        importer.press("Haal de geweigerde rijen op")
    file = tmp_path / "geweigerd.csv"
    download.value.save_as(file)
    importer.press("Voer alleen de goede rijen in (2)")
    importer.sees("2 rijen vastgelegd")
    importer.follow("Nog een bestand")
    look_at(importer, mended(file))
    importer.press("Voer in (2)")
    importer.sees("2 rijen vastgelegd")
    importer.follow("Naar de lijst van terreinen")
    importer.fill({"Terrein of filter zoeken": "voorbeeldstad"})
    importer.press("Zoek")
    importer.sees("De Linde", "De Wilg", "De Es", SCRIPT)
    importer.follow(SCRIPT)
    expect(page.get_by_role("heading", level=1)).to_have_text(SCRIPT)
    people.settled()
