"""Does the tour show what the issue promises, and leave every existing store alone?"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Kvob = Callable[..., Any]


@pytest.fixture
def new(tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'tour.db'}"


def test_the_tour_shows_two_boards_a_history_and_a_life_with_its_refusals(
    call: Kvob, new: str
) -> None:
    tour = call("demo", "--json", "--store", new).json()
    assert tour["imported"]["rejected"] == []
    assert len(tour["board"]) > 100
    valid = [row for row in tour["board_long_ago"] if row["status"] == "valid"]
    assert len(valid) > 15
    assert any(entry["on"] == "2019-10-10" for entry in tour["history"])
    refusals = [step["refusal"] for step in tour["life"] if step["refusal"]]
    codes = {refusal["code"] for refusal in refusals}
    assert all(step["on"] for step in tour["life"] if step["refusal"])
    assert {"survey-response-too-low", "too-few-measures-done", "auditor-does-not-decide"} <= codes


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("nl", ["Het bord op 2020-01-15", "verzonnen terrein", "Geweigerd: Analyse vaststellen"]),
        (
            "en",
            ["The board on 2020-01-15", "invented estate", "Refused: Adopt the safety analysis"],
        ),
    ],
)
def test_the_tour_is_told_in_both_languages(
    lang: str, told: list[str], call: Kvob, new: str
) -> None:
    screen = call("demo", "--lang", lang, "--store", new)
    assert (screen.code, screen.err) == (0, "")
    refused = [line for line in screen.out.splitlines() if told[-1] in line]
    assert refused[0].startswith("2020-11-23")
    for words in told:
        assert words in screen.out


def test_the_tour_does_not_write_into_the_store_that_somebody_works_with(
    call: Kvob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    # KVOB_STORE names a store here; only --store can name the one for the tour.
    assert str(scratch) in call("demo", "--json").json()["store"]
    assert list(tmp_path.iterdir()) == [scratch]


def test_the_tour_refuses_a_store_that_exists(call: Kvob, new: str) -> None:
    call("register-estate", "De Hoek", "--municipality", "Voorbeeldstad", "--store", new)
    error = call("demo", "--json", "--store", new).error()
    assert error["code"] == "demo-needs-new-store"
