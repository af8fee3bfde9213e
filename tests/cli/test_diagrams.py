"""Do the diagrams show the machines that decide, in both languages, with the state marked?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import CERTIFICATE_TABLE, TRAJECTORY_TABLE
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Language
from kvob_workflow.cli.diagrams import diagrams

Kvob = Callable[..., Any]


@pytest.mark.parametrize("language", get_args(Language))
def test_every_move_and_every_state_is_drawn(language: Language) -> None:
    drawn = diagrams(language, None, None)
    for text, table, states in (
        (drawn.trajectory, TRAJECTORY_TABLE, Step),
        (drawn.certificate, CERTIFICATE_TABLE, Status),
    ):
        assert text.startswith("stateDiagram-v2\n")
        for (source, _), target in table.items():
            assert f"    {source} --> {target} : " in text
        for state in states:
            assert f'state "{state.words.of(language)}" as {state.value}' in text
        assert "classDef" not in text


def test_the_moves_bear_the_titles_of_their_commands() -> None:
    assert "award --> evaluation : Toekennen" in diagrams("nl", None, None).trajectory
    assert "valid --> expired : Verloopt" in diagrams("nl", None, None).certificate
    assert "valid --> expired : Expires" in diagrams("en", None, None).certificate


def test_where_an_estate_stands_is_marked(call: Kvob, sample_store: str) -> None:
    estate = "De Soestdijkse Grachten"
    drawn = call("diagram", estate, "--json", "--store", sample_store).json()
    assert drawn["trajectory"].endswith("    class evaluation now")
    assert drawn["certificate"].endswith("    class expired now")
    for text in drawn.values():
        assert "stroke-width:4px" in text


def test_for_people_both_diagrams_come_as_one_markdown_text(call: Kvob) -> None:
    page = call("diagram", "--lang", "nl").out
    assert page.count("```mermaid\nstateDiagram-v2\n") == 2
    assert page.startswith("## Traject\n")
