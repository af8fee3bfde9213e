"""Does `kvob explain` say why, on a screen and as JSON?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Kvob = Callable[..., Any]
SOEST = "De Soestdijkse Grachten, Soest"


@pytest.fixture
def look(call: Kvob, sample_store: str) -> Kvob:
    def look(*arguments: str, lang: str = "en") -> Any:
        return call("explain", *arguments, "--lang", lang, "--store", sample_store)

    return look


def test_a_field_is_told_with_its_value_its_rule_and_its_events(look: Kvob) -> None:
    done = look(SOEST, "expires_on")
    assert (done.code, done.err) == (0, "")
    assert "board.expires_on = 2022-10-10" in done.out
    assert "Valid until 2022-10-09: 3 years from 2019-10-10, by the scheme edition." in done.out
    assert "kvo-3.1, https://" in done.out
    row = next(line for line in done.out.splitlines() if line.startswith(">"))
    assert "2019-10-10" in row
    assert "Certificate awarded" in row
    assert "2022-10-10" in row


def test_dutch_is_dutch(look: Kvob) -> None:
    done = look(SOEST, "status", lang="nl")
    assert "Geldig t/m 2022-10-09: 3 jaar vanaf 2019-10-10, volgens de schemaversie." in done.out
    assert "zonder deze gebeurtenis zou er iets anders staan" in done.out


def test_without_a_field_all_fields_are_listed(look: Kvob) -> None:
    done = look(SOEST)
    assert done.code == 0
    for address in ("board.status", "board.missing", "register.end_basis"):
        assert any(line.startswith(f"{address} ") for line in done.out.splitlines())


def test_json_holds_every_event_with_version_day_instant_person_and_title(look: Kvob) -> None:
    told = look(SOEST, "board.step", "--json").json()
    assert (told["address"], told["value"]) == ("board.step", "evaluation")
    needed = [cause for cause in told["causes"] if cause["needed"]]
    assert len(needed) == 1
    event = needed[0]["event"]
    assert {"version", "on", "recorded_at", "by", "title", "role"} <= event.keys()
    assert (needed[0]["changed"], needed[0]["value"]) == (True, "evaluation")
    assert {"address": "board.step", "value": "evaluation"} in look(SOEST, "--json").json()


def test_a_field_that_no_view_has_ends_with_exit_code_2_and_names_some(look: Kvob) -> None:
    done = look(SOEST, "colour")
    assert done.code == 2
    assert "board.step" in done.err
    assert look("Nergens", "status").code == 4
