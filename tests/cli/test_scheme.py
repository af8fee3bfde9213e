"""Do the commands about the scheme's editions show, migrate and revert?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Kvob = Callable[..., Any]


@pytest.fixture
def running(call: Kvob) -> str:
    """An estate with a running cycle under the edition of 2021."""
    call("register-estate", "De Hoek", "--municipality", "Voorbeeldstad")
    assert call("start-trajectory", "De Hoek", "--on", "2021-01-04").code == 0
    return "De Hoek"


def edition_of(estate: str, call: Kvob) -> str:
    """The edition that the estate's cycle is pinned to."""
    return str(call("estate", estate, "--json").json()["edition"])


def test_the_list_names_every_edition_and_the_practice_policy(call: Kvob) -> None:
    lines = call("scheme", "list", "--json").json()
    ids = ["kvo-b-2.0", "kvo-2008", "kvo-2008-v2", "kvo-3.1", "kvo-4.0", "practice"]
    assert [line["id"] for line in lines] == ids
    assert [line["id"] for line in lines if line["in_force_today"]] == ["kvo-4.0"]


def test_every_value_is_shown_with_who_says_so(call: Kvob) -> None:
    terms = call("scheme", "show", "kvo-4.0", "--json").json()["terms"]
    assert terms["survey_response_percent"]["holder"] == "practice"
    assert all(term["source"] for term in terms.values())
    page = call("scheme", "show", "kvo-4.0", "--lang", "en").out
    assert "survey_response_percent: 30\n    practice, stated: https://" in page


def test_an_unknown_edition_is_told_with_those_that_there_are(call: Kvob) -> None:
    done = call("scheme", "show", "kvo-99", "--lang", "nl")
    assert done.code == 4
    assert "kvo-4.0" in done.err


def test_a_migration_reports_and_writes_nothing_until_it_is_applied(
    running: str, call: Kvob
) -> None:
    to = ("scheme", "migrate", "--to", "kvo-4.0", "--reason", "Nieuw handboek")
    lines = call(*to, "--json").json()
    assert [(line["from_edition"], line["to_edition"], line["done"]) for line in lines] == [
        ("kvo-3.1", "kvo-4.0", False)
    ]
    assert edition_of(running, call) == "kvo-3.1"
    assert "Er is niets geschreven" in call(*to, "--lang", "nl").out
    assert call(*to, "--apply", "--dry-run", "--json").json() == lines

    assert call(*to, "--apply", "--json").json()[0]["done"]
    assert edition_of(running, call) == "kvo-4.0"
    back = call("scheme", "migrate", "--revert", "--reason", "Toch niet", "--apply")
    assert back.code == 0
    assert edition_of(running, call) == "kvo-3.1"


def test_a_migration_that_a_rule_refuses_ends_with_3(running: str, call: Kvob) -> None:
    done = call(
        "scheme", "migrate", "--to", "kvo-4.0", "--reason", "x", "--on", "2022-01-01", "--json"
    )
    assert done.code == 3
    assert done.json()[0]["refusal"]["code"] == "edition-not-in-force"


def test_a_migration_that_concerns_nobody_says_so(running: str, call: Kvob) -> None:
    done = call("scheme", "migrate", "--to", "kvo-3.1", "--lang", "en")
    assert (done.code, done.out) == (0, "No cycle is concerned.\n")
