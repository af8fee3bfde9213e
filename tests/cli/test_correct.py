"""How does `kvob correct` look: what it takes, what it shows before it counts, what it refuses?"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow.cli.main import run
from tests.cli.walked_so_far import AT_PLAN, AWARDED, prepare

Kvob = Callable[..., Any]

SURVEY = ("correct", "De Hoek", "--version", "4", "--reason", "Telfout")


@pytest.fixture
def analysed(tmp_path: Path, store: str) -> str:
    """The store of the calls, on which an analysis rests on a survey."""
    prepare(store, AT_PLAN)
    return store


class Terminal(io.StringIO):
    """What a person types, or what is said to one."""

    def isatty(self) -> bool:
        """A person reads along."""
        return True


def survey_of(call: Kvob) -> dict[str, Any]:
    """What the survey says now."""
    (entry,) = [one for one in call("history", "De Hoek", "--json").json() if one["version"] == 4]
    return {"on": entry["on"], **entry["details"]}


@pytest.mark.usefixtures("analysed")
def test_fields_are_set_one_by_one(call: Kvob) -> None:
    done = call(*SURVEY, "--set", "on=2021-02-03", "--set", "sent=120")
    assert done.code == 0, done.err
    assert survey_of(call) == {"on": "2021-02-03", "sent": 120, "returned": 40}


@pytest.mark.usefixtures("analysed")
def test_fields_are_given_as_json_and_set_comes_on_top(call: Kvob) -> None:
    done = call(*SURVEY, "--says", '{"sent": 110, "returned": 50}', "--set", "sent=120")
    assert done.code == 0, done.err
    assert survey_of(call) == {"on": "2021-02-01", "sent": 120, "returned": 50}


@pytest.mark.usefixtures("analysed")
def test_a_field_within_a_field_and_an_empty_one(call: Kvob) -> None:
    figures = ("correct", "De Hoek", "--version", "7", "--reason", "Telfout")
    done = call(*figures, "--set", "figures.incidents=12", "--set", "figures.burglaries=null")
    assert done.code == 0, done.err
    (entry,) = [one for one in call("history", "De Hoek", "--json").json() if one["version"] == 7]
    assert entry["details"]["figures"] == {"year": 2020, "incidents": 12}


@pytest.mark.usefixtures("analysed")
@pytest.mark.parametrize("given", ["sent", "=120", "a..b=1"])
def test_set_takes_a_field_and_a_value(call: Kvob, given: str) -> None:
    done = call(*SURVEY, "--set", given, "--lang", "nl")
    assert done.code != 0
    assert given in done.err
    assert "--set sent=120" in done.err


@pytest.mark.usefixtures("analysed")
def test_a_trial_shows_what_changes_in_both_languages(call: Kvob) -> None:
    tried = call(*SURVEY, "--set", "sent=120", "--dry-run", "--lang", "nl")
    assert tried.code == 0
    assert "Dit verandert:" in tried.out
    assert "dossier.survey" in tried.out
    assert "Proefdraai" in tried.err
    assert "This changes:" in call(*SURVEY, "--set", "sent=120", "--dry-run", "--lang", "en").out
    assert survey_of(call)["sent"] == 100


@pytest.mark.usefixtures("analysed")
def test_a_trial_as_json_has_the_whole_difference(call: Kvob) -> None:
    preview = call(*SURVEY, "--set", "sent=120", "--dry-run", "--json").json()["preview"]
    assert [change["field"] for change in preview["fields"]] == ["dossier.survey"]
    assert preview["fields"][0]["after"]["sent"] == 120


@pytest.mark.usefixtures("analysed")
def test_what_would_break_is_refused_with_the_rule(call: Kvob) -> None:
    done = call(*SURVEY, "--never-happened", "--lang", "nl")
    assert done.code == 3
    assert "gebeurtenis 8" in done.err
    assert "enquête" in done.err
    assert "[correction-breaks]" in done.err


@pytest.mark.usefixtures("analysed")
def test_fields_that_are_not_there_are_named_with_those_that_are(call: Kvob) -> None:
    done = call(*SURVEY, "--set", "send=120", "--lang", "en")
    assert done.code == 3
    assert "has no send. It has: on, sent, returned." in done.err


@pytest.mark.usefixtures("analysed")
def test_the_history_shows_numbers_and_what_was_corrected(call: Kvob) -> None:
    assert call(*SURVEY, "--set", "sent=120").code == 0
    shown = call("history", "De Hoek", "--lang", "en").out
    assert "40 of 120 returned" in shown
    assert "corrected by 9; first: 2021-02-01; 40 of 100 returned" in shown
    done = call("correct", "De Hoek", "--version", "8", "--never-happened", "--reason", "Dubbel")
    assert done.code == 0, done.err
    assert "nooit gebeurd, zie 10" in call("history", "De Hoek", "--lang", "nl").out


def test_after_a_decision_a_second_person_is_asked_for(store: str, call: Kvob) -> None:
    prepare(store, AWARDED)
    done = call(*SURVEY, "--set", "sent=120", "--person", "p-1", "--lang", "en")
    assert done.code == 0, done.err
    assert "kvob approve-act 'De Hoek' --proposal act-14" in done.err
    approve = ("approve-act", "De Hoek", "--proposal", "act-14", "--lang", "en")
    assert call(*approve, "--person", "p-1").code == 3
    assert call(*approve, "--person", "p-2").code == 0
    assert survey_of(call)["sent"] == 120


@pytest.fixture
def at_terminal(
    analysed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs `kvob` as a person at a terminal does; gives the code, the output and the talk."""

    def typing(typed: str, *arguments: str) -> tuple[int, str, str]:
        talk = Terminal()
        with monkeypatch.context() as patch:
            patch.setenv("KVOB_STORE", analysed)
            patch.setattr(sys, "stdin", Terminal(typed))
            patch.setattr(sys, "stderr", talk)
            capsys.readouterr()
            code = int(run(arguments))
        return code, capsys.readouterr().out, talk.getvalue()

    return typing


@pytest.mark.parametrize(("typed", "sent"), [("j\n", 120), ("YES\n", 120), ("\n", 100), ("", 100)])
def test_at_a_terminal_the_change_is_shown_and_asked_for(
    call: Kvob, at_terminal: Callable[..., tuple[int, str, str]], typed: str, sent: int
) -> None:
    code, out, talk = at_terminal(typed, *SURVEY, "--set", "sent=120", "--lang", "en")
    assert code == 0
    assert "This changes:" in out
    assert "Record this correction? [y/N]" in talk
    assert ("Nothing was written." in talk) is (sent == 100)
    assert survey_of(call)["sent"] == sent


@pytest.mark.parametrize("how", ["--yes", "--dry-run", "--json"])
def test_nothing_is_asked_where_it_is_agreed_tried_or_read_by_a_program(
    call: Kvob, at_terminal: Callable[..., tuple[int, str, str]], how: str
) -> None:
    code, _, talk = at_terminal("", *SURVEY, "--set", "sent=120", how, "--lang", "en")
    assert code == 0
    assert "Record this correction?" not in talk
    assert survey_of(call)["sent"] == (100 if how == "--dry-run" else 120)
