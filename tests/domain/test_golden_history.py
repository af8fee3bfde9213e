"""Does a whole stored history still fold to the same estate, read and written by the store's codec?

`golden/estate-demo-v1.jsonl` is the invented estate: each line a stored event with its metadata,
the last line what the fold must give. Like the samples it guards released versions.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.estate.deadlines import deadlines
from kvob_domain.estate.evolve import evolve, fold
from kvob_domain.estate.levels import level_names
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import Progress
from kvob_domain.scheme import SchemeBook
from kvob_workflow.store.codec import Codec
from kvob_workflow.store.upcasts import UPCASTS
from tests.domain.asking import ESTATE
from tests.domain.canonical import business, canonical
from tests.domain.test_golden_events import golden

CODEC = Codec()


@pytest.fixture(scope="module")
def stored(root: Path) -> list[dict[str, Any]]:
    """The lines of the file."""
    file = root / "tests" / "domain" / "golden" / "estate-demo-v1.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def history(stored: list[dict[str, Any]]) -> list[Recorded]:
    """The events of the file, as the store reads them."""
    return [
        CODEC.decode(ESTATE, line["version"], line["topic"], canonical(line["state"]).encode())
        for line in stored[:-1]
    ]


def key_figures(estate: Estate, book: SchemeBook) -> dict[str, object]:
    """What the fold of the history comes down to."""
    return {
        "name": estate.name,
        "step": estate.step,
        "cycle": estate.cycle,
        "edition": estate.edition,
        "version": estate.version,
        "certificates": [
            [certificate.valid_from, certificate.expires_on, level]
            for certificate, (level, _) in zip(
                estate.certificates, level_names(estate.certificates, book), strict=True
            )
        ],
        "baseline": estate.baseline and business_figures(estate.baseline.model_dump()),
        "latest_figures": estate.latest_figures
        and business_figures(estate.latest_figures.model_dump()),
        "measures": {one.id: one.progress for one in estate.measures},
        "parties": [party.organisation for party in estate.parties],
        "involved": sorted(estate.involved),
        "year_evaluations": list(estate.dossier.year_evaluations),
        "deadlines": sorted([one.due_on, one.kind] for one in deadlines(estate, book)),
        "done": sum(one.progress is Progress.DONE for one in estate.measures),
    }


def business_figures(figures: dict[str, object]) -> dict[str, object]:
    """The figures that are known."""
    return {name: value for name, value in figures.items() if value is not None}


def as_json(value: object) -> object:
    """The value as the file shows it: days as text."""
    return json.loads(json.dumps(value, default=str))


def test_the_history_folds_to_the_key_figures_of_its_last_line(
    stored: list[dict[str, Any]], history: list[Recorded], book: SchemeBook
) -> None:
    assert as_json(key_figures(fold(ESTATE, history), book)) == stored[-1]["folded"]


def test_folding_one_by_one_gives_the_same_estate(history: list[Recorded]) -> None:
    state = Estate(ESTATE)
    for recorded in history:
        state = evolve(state, recorded)
    assert state == fold(ESTATE, history)


def test_every_stored_event_is_written_again_in_the_same_bytes(
    stored: list[dict[str, Any]], history: list[Recorded]
) -> None:
    for line, recorded in zip(stored, history, strict=False):
        if line["topic"] not in UPCASTS:
            assert CODEC.encode(recorded) == (line["topic"], canonical(line["state"]).encode())


def test_all_metadata_occurs_in_the_history(stored: list[dict[str, Any]]) -> None:
    shown = {key for line in stored[:-1] for key in line["state"]["m"]}
    assert shown == {"at", "by", "cau", "cmd", "cor", "org", "role", "src", "trace", "via"}


def test_the_samples_are_what_the_store_writes_under_e(root: Path, history: list[Recorded]) -> None:
    for line in golden(root):
        event = line.read()
        topic, state = CODEC.encode(history[0]._replace(event=event))
        assert topic == line.topic or not line.is_of_today
        assert state.startswith(f'{{"e":{canonical(business(event))},"m":'.encode())
        assert CODEC.decode(ESTATE, 1, topic, state).event == event
