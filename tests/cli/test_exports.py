"""Do the exports come out whole, filtered, and never over a file by accident?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Kvob = Callable[..., Any]
TRACE = "{http://www.xes-standard.org/}trace"
SOEST = "De Soestdijkse Grachten, Soest"


@pytest.fixture
def export(call: Kvob, sample_store: str) -> Kvob:
    def export(*arguments: str) -> Any:
        return call("export", *arguments, "--lang", "en", "--store", sample_store)

    return export


def traces(path: Path) -> int:
    return len(ElementTree.parse(path).getroot().findall(TRACE))


def test_an_xes_file_holds_all_estates_or_those_that_are_asked_for(
    export: Kvob, tmp_path: Path
) -> None:
    sizes: list[int] = []
    for number, some in enumerate([(), ("--municipality", "soest"), ("--estate", SOEST)]):
        path = tmp_path / f"{number}.xes"
        done = export("xes", "--out", str(path), *some)
        assert (done.code, done.out.strip()) == (0, f"Written: {path}")
        sizes.append(traces(path))
    assert sizes[0] > sizes[1] >= sizes[2] == 1


def test_an_ocel_file_holds_the_objects_of_the_estate_alone(export: Kvob, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonocel"
    assert export("ocel", "--out", str(path), "--estate", SOEST).code == 0
    log = json.loads(path.read_bytes())
    assert sum(one["type"] == "estate" for one in log["objects"]) == 1
    assert log["events"]


@pytest.mark.parametrize("form", ["xes", "ocel"])
def test_a_file_that_is_there_stays_unless_replacing_is_asked_for(
    form: str, export: Kvob, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    path.write_text("mine")
    assert export(form, "--out", str(path)).code == 2
    assert path.read_text() == "mine"
    assert export(form, "--out", str(path), "--yes").code == 0
    assert path.read_text() != "mine"


def test_without_a_file_nothing_is_exported(export: Kvob) -> None:
    assert export("xes").code == 2


def test_a_dash_gives_the_log_on_the_output(kvob: Kvob, sample_store: str) -> None:
    done = kvob("export", "xes", "--out=-", "--store", sample_store)
    assert done.code == 0
    assert len(ElementTree.fromstring(done.out).findall(TRACE)) > 10


def test_an_estate_that_is_not_there_ends_with_exit_code_4(export: Kvob, tmp_path: Path) -> None:
    assert export("ocel", "--out", str(tmp_path / "x"), "--estate", "Nergens").code == 4
    assert not (tmp_path / "x").exists()


def test_the_file_for_ibis_is_of_a_day_and_in_two_forms(export: Kvob, tmp_path: Path) -> None:
    path = tmp_path / "ibis.csv"
    words = ("--municipality", "soest", "--on", "2020-01-15")
    assert export("ibis", "--out", str(path), *words).code == 0
    assert "De Soestdijkse Grachten;Soest;ja;2022-10-09;valid;" in path.read_text("utf-8-sig")
    assert export("ibis", "--out", str(path), *words, "--form", "json", "--yes").code == 0
    assert {one["p_kvob"] for one in json.loads(path.read_bytes())} >= {"ja"}
    assert export("ibis", "--out", str(path), "--form", "xml", "--yes").code == 2


def test_the_file_for_a_case_system_has_the_zaken_of_each_estate(
    export: Kvob, tmp_path: Path
) -> None:
    path = tmp_path / "zgw.json"
    words = ("--out", str(path), "--estate", SOEST)
    assert export("zgw", *words, "--rsin", "002220647").code == 0
    (document,) = json.loads(path.read_bytes())
    assert document["zaken"][0]["zaak"]["bronorganisatie"] == "002220647"
    assert {one["gebruikersId"] for one in document["audittrail"]} == {""}
    assert export("zgw", *words, "--actors", "--yes").code == 0
    (document,) = json.loads(path.read_bytes())
    assert {one["gebruikersId"] for one in document["audittrail"]} != {""}
    wrong = export("zgw", *words, "--rsin", "1", "--yes", "--json")
    assert (wrong.code, wrong.error()["code"]) == (2, "rsin-malformed")
