"""Does `kvob projection` show, try again and skip, for what is ours and for what a host has?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.store import Behind, open_store

Kvob = Callable[..., Any]

HOST = """
from pathlib import Path
from kvob_workflow.followers import Effect, Projection, table_ddl

COLUMNS = {"estate_id": "TEXT", "name": "TEXT"}
def names(estate, book):
    return ((estate.id, estate.name),)
def post(happened):
    closed = Path(__file__).with_name("closed")
    if closed.exists():
        raise ConnectionError("the post office is closed")
    with Path(__file__).with_name("posted").open("a") as file:
        print(happened.id, file=file)

NAMES = Projection("x_names", 1, tuple(COLUMNS), ("estate_id",),
                   (table_ddl("view_x_names", COLUMNS, ("estate_id",)),), names)
BOTH = [NAMES, Effect("x_post", post, begins="beginning")]
NUMBER = 3
"""


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module of a host, which the command line is told of."""
    (tmp_path / "house_of_kvob.py").write_text(HOST)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield tmp_path
    sys.modules.pop("house_of_kvob", None)


@pytest.fixture
def hosted(call: Kvob, host: Path) -> Kvob:
    """Calls `kvob` as the host does."""
    return partial(call, env={"KVOB_PROJECTIONS": "house_of_kvob:BOTH"})


@pytest.fixture
def estates(hosted: Kvob) -> None:
    """Two estates, and an effect that waits for both."""
    for name in ("Een", "Twee"):
        assert hosted("register-estate", name, "--municipality", "Oss").code == 0


def test_every_projection_stands_in_one_list(hosted: Kvob, estates: None) -> None:
    found = hosted("projection", "status", "--json")
    assert found.code == 0
    listed = {one["name"]: one for one in found.json()["projections"]}
    assert listed.keys() >= {"board", "register", "deadlines", "measures", "periods", "proofs"}
    assert listed["board"]["rows"] == {"number": 2, "exact": True}
    assert listed["x_post"]["standing"] == "lagging"
    assert listed["x_post"]["lag"] == {"number": 2, "exact": True}
    screen = hosted("projection", "status", "--lang", "nl").out
    assert "x_names" in screen and "bewijslogboek" in screen


def test_an_effect_that_fails_is_shown_tried_again_and_skipped(
    hosted: Kvob, estates: None, host: Path
) -> None:
    (host / "closed").touch()
    failed = hosted("projection", "retry", "x_post", "--json")
    assert (failed.code, failed.json()["standing"]) == (7, "failing")
    shown = hosted("projection", "status", "x_post")
    assert "ConnectionError: the post office is closed" in shown.out
    assert "kvob.estate:estate-registered.v1" in shown.out
    assert hosted("projection", "skip", "x_post").code == 2
    skipped = hosted("projection", "skip", "x_post", "--reason", "twee keer", "--person", "p-7")
    assert skipped.code == 0 and "p-7: twee keer" in skipped.out
    assert hosted("projection", "skip", "x_post", "--reason", "nog een").code == 3
    (host / "closed").unlink()
    assert hosted("projection", "retry", "x_post").code == 0
    assert len((host / "posted").read_text().splitlines()) == 1
    history = hosted("projection", "status", "x_post", "--json").json()["skipped"]
    assert [(one["reason"], one["by"]) for one in history] == [("twee keer", "p-7")]


def test_a_follower_that_fails_and_an_estate_that_it_lacks_are_stuck_until_tried_again(
    hosted: Kvob, estates: None, host: Path
) -> None:
    words = ("stuck", "--family", "operation")
    assert hosted(*words).code == 0
    (host / "closed").touch()
    hosted("projection", "retry", "x_post")
    (found,) = hosted(*words, "--json").json()["items"]
    assert (found["kind"], found["detail"]) == (
        "follower_fails",
        "x_post: ConnectionError: the post office is closed",
    )
    assert found["command"]["en"] == "kvob projection retry x_post"
    shown = hosted(*words, "--lang", "nl")
    assert shown.code == 7
    assert "'kvob projection status x_post'" in shown.out
    assert "    KVOB_PROJECTIONS=house_of_kvob:BOTH\n" in shown.out
    (host / "closed").unlink()
    assert hosted(*found["command"]["en"].split()[1:]).code == 0
    assert hosted(*words).code == 0


def test_an_estate_that_a_projection_of_the_host_lacks_is_told_with_where_its_error_stands(
    hosted: Kvob, estates: None, store: str
) -> None:
    with closing(open_store(store, ALL_VIEWS)) as opened:
        opened.fall_behind([Behind("x_names", EstateId("0" * 32), "te groot", 1)])
    found = hosted("stuck", "--kind", "parked", "--lang", "en").out
    assert "\n    kvob projection retry x_names\n" in found
    assert "'kvob projection status x_names'" in found
    assert "    KVOB_PROJECTIONS=house_of_kvob:BOTH\n" in found


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_name_and_no_standing_is_broken_in_a_narrow_terminal(
    hosted: Kvob, estates: None, host: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    (host / "closed").touch()
    hosted("projection", "retry", "x_post")
    monkeypatch.setattr("kvob_workflow.cli.screens.screen.output_width", lambda: 80)
    shown = hosted("projection", "status", "--lang", lang).out
    table, below = shown.split("\n\n")
    assert max(map(len, table.splitlines())) <= 80
    failing = {"nl": "mislukt, wordt herhaald", "en": "failing, tried again"}[lang]
    assert [line.split()[0] for line in table.splitlines() if failing in line] == ["x_post"]
    names = [one["name"] for one in hosted("projection", "status", "--json").json()["projections"]]
    assert [line.split()[0] for line in table.splitlines()[1:]] == names
    assert below.startswith("x_post: ConnectionError: the post office is closed\n")
    assert "kvob projection retry x_post" in " ".join(below.split())


def test_what_cannot_be_tried_again_here_is_told_with_its_name(
    call: Kvob, hosted: Kvob, estates: None, store: str
) -> None:
    done = call("projection", "retry", "x_post")
    assert (done.code, "x_post: lagging" in done.out) == (0, True)
    assert "Nothing was called: KVOB_PROJECTIONS does not name x_post here." in done.err
    assert "Nothing was called" not in hosted("projection", "retry", "x_post").err
    projections = [import_module("house_of_kvob").NAMES]
    with Engine.open(store, projections=projections) as engine:
        engine.follow()
    refused = call("projection", "retry", "x_names")
    assert (refused.code, refused.out) == (3, "")
    assert "KVOB_PROJECTIONS=… kvob projection retry x_names." in refused.err


def test_a_name_that_is_not_there_is_told_with_those_that_are(hosted: Kvob, estates: None) -> None:
    for command in (("status",), ("retry",), ("skip", "--reason", "x")):
        done = hosted("projection", command[0], "x_none", *command[1:])
        assert done.code == 4
        assert "x_post" in done.err


def test_what_is_not_there_is_not_made(hosted: Kvob, host: Path) -> None:
    for command in (("retry", "board"), ("skip", "x_post", "--reason", "x")):
        assert hosted("projection", *command).code == 6
    assert not (host / "kvob.db").exists()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("house_of_kvob", "MODULE:NAME"),
        ("house_of_kvob:NOTHING", "AttributeError"),
        ("no_such_house:BOTH", "ModuleNotFoundError"),
        ("house_of_kvob:NUMBER", "int: 3"),
        ("house_of_kvob:COLUMNS", "dict: "),
    ],
)
def test_a_setting_that_names_nothing_of_use_is_refused(
    call: Kvob, host: Path, value: str, reason: str
) -> None:
    assert call("register-estate", "Een", "--municipality", "Oss").code == 0
    done = call("projection", "status", env={"KVOB_PROJECTIONS": value})
    assert done.code == 2
    assert "KVOB_PROJECTIONS" in done.err and reason in done.err
