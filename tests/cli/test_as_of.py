"""Can a clerk ask about the past: the day with --on, what was known with --known-at?"""

from contextlib import closing
from datetime import date

import pytest

from kvob_projections import ALL_VIEWS
from kvob_workflow.store import Append, open_store
from tests.cli.conftest import Kvob
from tests.periods.conftest import ESTATE, at, award, correction, registered, stream

LISTS = ("board", "register", "due", "measures")


@pytest.fixture(autouse=True)
def told(store: str) -> None:
    history = stream(
        (registered(), at(2020, 1, 1)),
        (award("2019-05-01"), at(2020, 1, 1)),
        (correction(2, award("2016-05-01"), date(2021, 3, 1)), at(2021, 3, 1)),
    )
    with closing(open_store(store, ALL_VIEWS)) as opened:
        opened.append(Append(events=history))


def test_the_board_says_what_was_known_then(call: Kvob) -> None:
    then = call("board", "--on", "2020-06-01", "--known-at", "2020-06-02", "--json").json()
    now = call("board", "--on", "2020-06-01", "--json").json()
    assert [row["status"] for row in then] == ["valid"]
    assert [row["status"] for row in now] == ["expired"]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_names_the_two_moments_in_its_heading(call: Kvob, name: str) -> None:
    asked = call(name, "--on", "2020-06-01", "--known-at", "2020-06-02", "--lang", "nl")
    assert asked.code == 0
    assert asked.out.splitlines()[0] == ("Stand op 2020-06-01, zoals bekend op 2020-06-02 23:59:59")
    assert "zoals nu bekend" in call(name, "--on", "2020-06-01", "--lang", "nl").out
    assert "zoals" not in call(name, "--lang", "nl").out


def test_the_heat_map_counts_what_was_open_then(call: Kvob) -> None:
    asked = ("heat-map", "--on", "2022-01-01", "--json")
    assert call(*asked, "--known-at", "2020-06-02").json()["total"] == 1
    assert call(*asked).json()["total"] == 0


def test_an_estate_and_its_history_are_shown_as_known_then(call: Kvob) -> None:
    shown = call("estate", ESTATE, "--on", "2020-06-01", "--known-at", "2020-06-02", "--lang", "en")
    assert "as known at 2020-06-02 23:59:59" in shown.out
    assert "Valid to 2022-04-30" in shown.out
    then = call("history", ESTATE, "--known-at", "2020-06-02", "--json").json()
    assert [entry["version"] for entry in then] == [1, 2]
    until = call("history", ESTATE, "--on", "2020-06-02", "--json").json()
    assert [entry["corrected_by"] for entry in until] == [None, 3]
    told = call("history", ESTATE, "--known-at", "2020-06-02", "--lang", "en")
    assert "as known at 2020-06-02" in told.out


def test_an_instant_takes_its_offset(call: Kvob) -> None:
    right = call("board", "--known-at", "2021-03-01T10:00:00+01:00", "--json")
    assert right.code == 0
    wrong = call("board", "--known-at", "2021-03-01T10:00:00", "--json")
    assert wrong.error()["code"] == "instant-unreadable"


def test_what_will_be_known_is_refused(call: Kvob) -> None:
    refused = call("register", "--known-at", "2199-01-01", "--json")
    assert refused.code == 2
    assert refused.error()["code"] == "known-in-future"


def test_an_estate_that_was_not_there_is_told_so(call: Kvob) -> None:
    refused = call("estate", ESTATE, "--on", "2010-01-01", "--json")
    assert refused.error()["code"] == "not-there-then"


def test_questions_about_the_past_can_be_prepared(call: Kvob) -> None:
    assert call("periods", "build", "--json").json() == {"estates": 1, "parked": []}
    assert call("periods", "build", "--json").json() == {"estates": 0, "parked": []}
