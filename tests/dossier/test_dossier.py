"""Is the dossier one file that tells everything, the same bytes every time?"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.ids import EstateId
from kvob_workflow.dossier import DossierQuery, NothingToTell, PdfNotInstalled, write_dossier
from kvob_workflow.engine import packaged_book
from kvob_workflow.store import open_store
from tests.dossier.conftest import World

GOLDEN = Path(__file__).parent / "golden"
AGAIN = """
import io, sys
from contextlib import closing
from kvob_workflow.dossier import DossierQuery, write_dossier
from kvob_workflow.documents import folder_of
from kvob_workflow.engine import packaged_book
from kvob_workflow.store import open_store
url, estate = sys.argv[1:]
target = io.BytesIO()
with closing(open_store(url)) as store:
    query = DossierQuery(estate, as_pdf=True, documents=folder_of(url))
    write_dossier(store, packaged_book(), query, target)
sys.stdout.buffer.write(target.getvalue())
"""


def files(dossier: bytes) -> dict[str, bytes]:
    """The files of a dossier."""
    with zipfile.ZipFile(io.BytesIO(dossier)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_same_store_gives_the_same_bytes_in_any_zone_language_and_process(
    world: World,
) -> None:
    first = world.write(as_pdf=True, documents=world.folder)
    assert world.write(as_pdf=True, documents=world.folder) == first
    for zone, locale, seed in (("Pacific/Auckland", "nl_NL.UTF-8", "7"), ("UTC", "C", "0")):
        variables = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", AGAIN, world.url, world.estate],
            capture_output=True,
            check=True,
            env={**os.environ, **variables, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert done.stdout == first


def test_every_file_is_there_and_the_zip_knows_no_clock_and_no_compression(world: World) -> None:
    dossier = world.write(as_pdf=True, documents=world.folder)
    names = set(files(dossier))
    kept = {name for name in names if name.startswith("documents/")}
    assert len(kept) == 1
    assert names - kept == {
        "FORMAT.md",
        "MANIFEST",
        "check.py",
        "checkpoint.txt",
        "documents.jsonl",
        "dossier.html",
        "dossier.pdf",
        "events.jsonl",
    }
    with zipfile.ZipFile(io.BytesIO(dossier)) as packed:
        for info in packed.infolist():
            assert (info.date_time, info.compress_type) == ((1980, 1, 1, 0, 0, 0), 0)


def test_the_events_are_the_stored_bytes(world: World) -> None:
    with closing(open_store(world.url)) as store:
        stored = [(row[2], row[3], row[4]) for row in store.raw_stream(world.estate)]
    lines = [json.loads(line) for line in files(world.write())["events.jsonl"].splitlines()]
    told = [(line["version"], line["topic"], line["state"].encode()) for line in lines]
    assert told == stored
    assert [line["index"] for line in lines] == list(range(len(lines)))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_of_the_invented_estate_is_as_it_was_looked_at(
    world: World, language: str
) -> None:
    page = files(world.write(language=language))["dossier.html"].decode()
    # `KVOB_GOLDEN=1 pytest` writes it anew; look at it before it is kept.
    file = GOLDEN / f"dossier.{language}.html"
    if os.environ.get("KVOB_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(page, "utf-8")
    assert page == file.read_text("utf-8")


class Tags(HTMLParser):
    """The elements of a page and the addresses in it."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        """Note an element."""
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_what_people_wrote_cannot_become_markup_and_nothing_is_fetched(world: World) -> None:
    page = files(world.write())["dossier.html"].decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    tags = Tags()
    tags.feed(page)
    assert not tags.seen & {"script", "img", "link", "iframe", "object", "form", "a"}
    assert not {name for name in tags.attributes if name.startswith("on")} | (
        tags.attributes & {"src", "href", "style"}
    )
    assert "url(" not in page
    assert "@import" not in page


def test_headings_go_down_one_by_one_and_tables_have_headers(world: World) -> None:
    page = files(world.write())["dossier.html"].decode()
    assert re.findall(r"<h([1-6])", page)[0] == "1"
    assert set(re.findall(r"<h([1-6])", page)) == {"1", "2"}
    assert page.count("<table") == page.count("<thead>")
    assert '<html lang="nl">' in page


def test_the_standing_is_that_of_the_day_asked(world: World) -> None:
    page = files(world.write(day=date(2020, 10, 1)))["dossier.html"].decode()
    assert "<dd>1 oktober 2020</dd>" in page
    latest = files(world.write())["dossier.html"].decode()
    assert "<dd>24 november 2026</dd>" in latest


def test_names_stand_there_only_where_they_are_asked_for(world: World) -> None:
    names = {"p-guide": "Jan Jansen", "p-auditor": "gewist"}
    plain = files(world.write())["dossier.html"].decode()
    named = files(world.write(names=names.get))["dossier.html"].decode()
    assert "p-guide (" in plain
    assert "Jan Jansen" not in plain
    assert "Jan Jansen (procesbegeleider" in named
    assert "gewist (auditor" in named
    assert "p-decider (" in named


def test_without_a_log_it_says_that_it_proves_nothing(anew: Callable[..., World]) -> None:
    found = files(anew(signed=False).write())
    assert "checkpoint.txt" not in found
    assert "bewijst nog niets" in found["dossier.html"].decode()
    assert "kvob log init" in found["dossier.html"].decode()


def test_an_estate_without_events_has_no_dossier(world: World) -> None:
    with closing(open_store(world.url)) as store, pytest.raises(NothingToTell):
        query = DossierQuery(EstateId("f" * 32))
        write_dossier(store, packaged_book(), query, io.BytesIO())


def test_a_pdf_is_pdf_a_and_takes_the_extra(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    written = files(world.write(as_pdf=True))["dossier.pdf"]
    assert written.startswith(b"%PDF-1.")
    assert b"pdfaid:part" in written
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PdfNotInstalled, match="kvob_workflow\\[pdf\\]"):
        world.write(as_pdf=True)
