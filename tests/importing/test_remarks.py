"""Which rows move nothing, and what is kept of them? All of it, with the estate."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kvob_domain.estate.events.past import RemarkRecorded
from kvob_projections.board import BoardQuery
from kvob_workflow.engine import Engine
from kvob_workflow.importing import ImportReport

Rows = Callable[..., str]
Importing = Callable[[str | bytes], ImportReport]


@pytest.mark.parametrize(
    "fields",
    [
        {"event": "other", "outcome": ""},
        {"event": "other", "date": "2040"},
        {"variant": "shopping_area"},
        {"variant": "countryside"},
        {"variant": "other_scheme"},
        {"outcome": "planned"},
        {"outcome": "planned", "date": "2040-01-01"},
        {"outcome": "negative"},
        {"event": "expiry", "variant": "shopping_area", "date": "2040"},
    ],
)
def test_what_moves_nothing_is_a_remark_of_a_registered_estate(
    engine: Engine, rows: Rows, imported: Importing, fields: dict[str, str]
) -> None:
    report = imported(rows(fields))
    assert (report.rows, report.remarks, report.estates) == (1, 1, 1)
    (row,) = engine.board(BoardQuery(groups=True)).items
    assert (row.estate, row.step) == ("De Vendel", "registered")
    other_variant = fields.get("variant") is not None
    assert engine.board().total == (0 if other_variant else 1)
    assert engine.register().total == 0


@pytest.mark.parametrize(
    "fields", [{"event": "audit", "outcome": "negative"}, {"variant": "estate"}, {"outcome": ""}]
)
def test_what_happened_to_a_business_estate_is_a_fact(
    rows: Rows, imported: Importing, fields: dict[str, str]
) -> None:
    report = imported(rows(fields))
    assert (report.accepted, report.remarks) == (1, 0)


def test_a_remark_keeps_all_that_the_row_says(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    said = {
        "event": "recertification",
        "date": "2022-04",
        "outcome": "held",
        "level": "2e ster",
        "valid_to": "2025",
        "variant": "shopping_area",
        "parties": "ondernemers;gemeente",
        "certifier": "Kiwa",
        "cycle": "2",
    }
    provenance = {"date_basis": "derived", "note": 'plaque "unveiled"\non stage'}
    imported(rows({**said, **provenance}))
    entry = engine.history(engine.find("De Vendel"))[-1]
    assert entry.topic == RemarkRecorded.TOPIC
    remark = RemarkRecorded.model_validate({**entry.details, "on": entry.on})
    assert json.loads(remark.text) == said
    assert (remark.subject, remark.on.text) == ("recertification", "2022-04")
    assert remark.provenance.model_dump(mode="json") == {
        "source": "https://example.nl/bericht",
        "basis": "derived",
        "note": provenance["note"],
    }


def test_a_group_is_a_stream_of_its_own_and_no_estate(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    report = imported(rows({"estate": "alle terreinen", "group": "yes"}, {}))
    assert (report.accepted, report.estates) == (2, 2)
    assert [row.estate for row in engine.board().items] == ["De Vendel"]
    assert engine.state(engine.find("alle terreinen")).kind == "group"


def test_two_municipalities_are_joined_by_a_slash(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    imported(rows({"municipality": "Aalsmeer / Uithoorn/Aalsmeer"}))
    estate = engine.find("De Vendel, Uithoorn")
    assert engine.state(estate).municipalities == ("Aalsmeer", "Uithoorn")


def test_parties_are_separated_by_semicolons(
    engine: Engine, rows: Rows, imported: Importing
) -> None:
    imported(rows({"parties": " gemeente Veenendaal;; politie ;"}))
    parties = engine.state(engine.find("De Vendel")).parties
    assert [party.organisation for party in parties] == ["gemeente Veenendaal", "politie"]
