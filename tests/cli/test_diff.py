"""Does `kvob diff` show what changed between two moments, and by which events?"""

from contextlib import closing
from datetime import date

import pytest

from kvob_projections import ALL_VIEWS
from kvob_workflow.store import Append, open_store
from tests.cli.conftest import Kvob
from tests.periods.conftest import ESTATE, at, award, correction, registered, stream


@pytest.fixture(autouse=True)
def told(store: str) -> None:
    history = stream(
        (registered(), at(2020, 1, 1)),
        (award("2019-05-01"), at(2020, 1, 1)),
        (correction(2, award("2016-05-01"), date(2021, 3, 1)), at(2021, 3, 1)),
    )
    other = stream((registered("Noord"), at(2020, 1, 1)), estate=type(ESTATE)("b" * 32))
    with closing(open_store(store, ALL_VIEWS)) as opened:
        opened.append(Append(events=(*history, *other)))


def test_one_estate_is_compared_as_known_then_and_as_known_now(call: Kvob) -> None:
    found = call("diff", ESTATE, "2020-06-01@2020-06-02", "2020-06-01", "--json").json()
    assert [event["version"] for event in found["events"]] == [3]
    fields = [field["field"] for field in found["difference"]["certificates"][0]["fields"]]
    assert "expires_on" in fields
    assert {row["view"] for row in found["difference"]["rows"]} >= {"register", "deadlines"}
    shown = call("diff", ESTATE, "2020-06-01@2020-06-02", "2020-06-01", "--lang", "en").out
    assert "2022-05-01" in shown
    assert "(version 3)" in shown


def test_what_did_not_change_is_told_so(call: Kvob) -> None:
    shown = call("diff", ESTATE, "now", "now", "--lang", "nl").out
    assert "Er is niets veranderd." in shown


def test_the_portfolio_lists_what_moved_and_nothing_else(call: Kvob) -> None:
    found = call("diff", "2020-06-01@2020-06-02", "2020-06-01", "--json").json()
    assert (found["total"], found["total_is_exact"]) == (1, True)
    (item,) = found["items"]
    assert (item["estate_id"], item["before"]["status"], item["after"]["status"]) == (
        ESTATE,
        "valid",
        "expired",
    )
    shown = call("diff", "2020-06-01@2020-06-02", "2020-06-01", "--lang", "nl").out
    assert "Geldig → Verlopen" in shown


def test_the_portfolio_is_filtered_like_the_board(call: Kvob) -> None:
    asked = ("diff", "2020-06-01@2020-06-02", "2020-06-01", "--json")
    assert call(*asked, "--status", "expired").json()["total"] == 1
    assert call(*asked, "--status", "suspended").json()["total"] == 0
    assert call(*asked, "--municipality", "oss").json()["total"] == 1
    assert call(*asked, "--municipality", "Baarn").json()["total"] == 0


def test_a_word_that_is_no_moment_is_explained(call: Kvob) -> None:
    assert call("diff", "gisteren", "now", "--json").error()["code"] == "moment-unreadable"
    assert call("diff", ESTATE, "now", "now", "--groups", "--json").code == 2
