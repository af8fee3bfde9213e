"""Does IBIS get a yes, a no, or nothing where nobody knows, and never a formula?"""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from kvob_projections.board import BoardQuery
from kvob_workflow import (
    Engine,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
    RecordPastFact,
    RegisterEstate,
)
from kvob_workflow.exports.ibis import IbisRow, ibis_csv, ibis_json, ibis_rows
from kvob_workflow.testing import engine_in_memory

TODAY = date(2026, 11, 23)
HOSTILE = ("=1+1", "+1", "-1", "@x", "\tx", '=HYPERLINK("http://x";"y")')


def rows_of(engine: Engine, day: date = TODAY) -> dict[str, IbisRow]:
    board = engine.board(BoardQuery(day=day)).items
    return {row.a_plannaam: row for row in ibis_rows(board, day)}


def told(engine: Engine, name: str, *facts: tuple[FactKind, str]) -> None:
    estate = engine.do(RegisterEstate(name=name, municipalities=("Goes",))).estate
    for kind, on in facts:
        said = PastFact.model_validate(
            {
                "kind": kind,
                "on": PartialDate.parse(on),
                "outcome": "positive" if kind is FactKind.AUDIT else None,
                "provenance": Provenance(source="a page"),
            }
        )
        engine.do(RecordPastFact(estate=estate, fact=said))


@pytest.fixture
def small() -> Engine:
    engine = engine_in_memory(TODAY)
    told(engine, "Geldig", (FactKind.AWARD, "2025-05-01"))
    told(engine, "Verlopen", (FactKind.AWARD, "2019-05-01"))
    told(engine, "Ongedateerd", (FactKind.AWARD, ""))
    told(engine, "Positief", (FactKind.AUDIT, "2026-05-01"))
    told(engine, "Nooit")
    return engine


@pytest.mark.parametrize(
    ("name", "answer", "until", "status"),
    [
        ("Geldig", "ja", date(2028, 4, 30), "valid"),
        ("Verlopen", "nee", date(2022, 4, 30), "expired"),
        ("Ongedateerd", None, None, "unknown"),
        ("Positief", None, None, "none"),
        ("Nooit", "nee", None, "none"),
    ],
)
def test_each_estate_is_there_with_what_is_known(
    small: Engine, name: str, answer: str | None, until: date | None, status: str
) -> None:
    with small:
        row = rows_of(small)[name]
    assert (row.p_kvob, row.p_kvobverloopdatum, row.kvob_status) == (answer, until, status)


def test_the_date_is_the_last_valid_day_and_the_answer_changes_on_the_day_after(
    small: Engine,
) -> None:
    with small:
        last = rows_of(small, date(2028, 4, 30))["Geldig"]
        next_day = rows_of(small, date(2028, 5, 1))["Geldig"]
    assert (last.p_kvob, next_day.p_kvob) == ("ja", "nee")
    assert last.p_kvobverloopdatum == next_day.p_kvobverloopdatum == date(2028, 4, 30)


def test_the_file_opens_in_a_dutch_spreadsheet(store: Engine) -> None:
    rows = list(ibis_rows(store.board(BoardQuery(day=TODAY)).items, TODAY))
    raw = b"".join(ibis_csv(rows))
    assert raw.startswith(b"\xef\xbb\xbfa_plannaam;gemeente_naam;p_kvob;p_kvobverloopdatum;")
    assert raw.count(b"\r\n") == raw.count(b"\n") == len(rows) + 1
    read = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [one["kvob_kenmerk"] for one in read] == [row.kvob_kenmerk for row in rows]
    assert {one["p_kvob"] for one in read} == {"ja", "nee", ""}
    days = [one["p_kvobverloopdatum"] for one in read if one["p_kvobverloopdatum"]]
    assert all(date.fromisoformat(day) for day in days)


def test_no_cell_is_a_formula(store: Engine) -> None:
    del store
    with engine_in_memory(TODAY) as engine:
        for name in HOSTILE:
            told(engine, f"{name} terrein", (FactKind.AWARD, "2025-05-01"))
        raw = b"".join(ibis_csv(rows_of(engine).values())).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(raw), delimiter=";") for cell in row]
    assert len(cells) == 10 * (len(HOSTILE) + 1)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_as_json_the_same_is_said_with_null_for_nobody_knows(small: Engine) -> None:
    with small:
        rows = rows_of(small)
    read = {one["a_plannaam"]: one for one in json.loads(b"".join(ibis_json(rows.values())))}
    assert read["Ongedateerd"]["p_kvob"] is None
    assert read["Geldig"]["p_kvobverloopdatum"] == "2028-04-30"
    assert json.loads(b"".join(ibis_json(()))) == []
