"""Does the page about OWASP ASVS say something true of every requirement?"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

# The requirements of levels 1 and 2 by section. Source: OWASP ASVS 5.0.0,
# https://github.com/OWASP/ASVS/tree/master/5.0.
NUMBERS: Final = {
    **{"1.1": "1-2", "1.2": "1-9", "1.3": "1-11", "1.4": "1-3", "1.5": "1-2"},
    **{"2.1": "1-3", "2.2": "1-3", "2.3": "1-4", "2.4": "1"},
    **{"3.2": "1-2", "3.3": "1-4", "3.4": "1-6", "3.5": "1-5", "3.7": "1-2"},
    **{"4.1": "1-3", "4.2": "1", "4.3": "1-2", "4.4": "1-4"},
    **{"5.1": "1", "5.2": "1-3", "5.3": "1-2", "5.4": "1-3"},
    **{"6.1": "1-3", "6.2": "1-12", "6.3": "1-4", "6.4": "1-4", "6.5": "1-5", "6.6": "1-3"},
    **{"6.8": "1-4"},
    **{"7.1": "1-3", "7.2": "1-4", "7.3": "1-2", "7.4": "1-5", "7.5": "1-2", "7.6": "1-2"},
    **{"8.1": "1-2", "8.2": "1-3", "8.3": "1", "8.4": "1"},
    **{"9.1": "1-3", "9.2": "1-4"},
    **{"10.1": "1-2", "10.2": "1-2", "10.3": "1-4", "10.4": "1-11", "10.5": "1-5", "10.6": "1-2"},
    **{"10.7": "1-3"},
    **{"11.1": "1-2", "11.2": "1-3", "11.3": "1-3", "11.4": "1-4", "11.5": "1", "11.6": "1"},
    **{"12.1": "1-3", "12.2": "1-2", "12.3": "1-4"},
    **{"13.1": "1", "13.2": "1-5", "13.3": "1-2", "13.4": "1-5"},
    **{"14.1": "1-2", "14.2": "1-4", "14.3": "1-3"},
    **{"15.1": "1-3", "15.2": "1-3", "15.3": "1-7"},
    **{"16.1": "1", "16.2": "1-5", "16.3": "1-4", "16.4": "1-3", "16.5": "1-3"},
    **{"17.1": "1", "17.2": "1-4", "17.3": "1-2"},
}
VERDICTS: Final = {"met", "host", "n/a", "not met"}
_ITEMS: Final = re.compile(r"(\d+\.\d+)\.(\d+(?:-\d+)?)")
_TEST: Final = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


class Row(NamedTuple):
    """One line of the table."""

    items: tuple[str, ...]
    verdict: str
    evidence: str


@pytest.fixture(scope="module")
def rows(root: Path) -> list[Row]:
    page = (root / "kvob_workflow" / "http" / "asvs.md").read_text("utf-8")
    found: list[Row] = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        items = _ITEMS.fullmatch(cells[0])
        if items is not None:
            assert len(cells) == 4, line
            found.append(Row(numbers(items[1], items[2]), cells[2], cells[3]))
    return found


def numbers(section: str, span: str) -> tuple[str, ...]:
    first, _, last = span.partition("-")
    return tuple(f"{section}.{one}" for one in range(int(first), int(last or first) + 1))


def test_every_requirement_of_levels_1_and_2_stands_there_once(rows: list[Row]) -> None:
    wanted = [one for section, span in NUMBERS.items() for one in numbers(section, span)]
    assert len(wanted) == 253
    assert sorted(one for row in rows for one in row.items) == sorted(wanted)


def test_every_verdict_is_one_of_four_and_says_why(rows: list[Row]) -> None:
    assert [row for row in rows if row.verdict not in VERDICTS or not row.evidence] == []


def test_what_is_met_names_a_test(rows: list[Row]) -> None:
    met = [row for row in rows if row.verdict == "met"]
    assert len(met) > 80
    assert [row.items for row in met if not _TEST.search(row.evidence)] == []


def test_every_test_that_is_named_is_there(rows: list[Row], root: Path) -> None:
    named = {found for row in rows for found in _TEST.findall(row.evidence)}
    assert len(named) > 80
    missing = [
        f"{file}::{test}" for file, test in sorted(named) if test not in names_in(root / file)
    ]
    assert missing == []


def test_a_test_that_is_not_there_is_found(root: Path) -> None:
    assert "test_nothing" not in names_in(root / "tests/governance/test_asvs.py")
    assert names_in(root / "tests/governance/none.py") == frozenset()


@cache
def names_in(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_the_times_for_repairs_are_written_down(root: Path) -> None:
    page = (root / "SECURITY.md").read_text("utf-8")
    assert re.findall(r"\| (critical|high|other)[^|]*\| [^|]*\d+ (?:working )?days", page) == [
        "critical",
        "high",
        "other",
    ]


def test_the_architect_finds_fifteen_answers(root: Path) -> None:
    page = (root / "kvob_workflow" / "http" / "architect.md").read_text("utf-8")
    assert [int(one) for one in re.findall(r"^## (\d+)\. ", page, re.M)] == list(range(1, 16))
    missing = [
        f"{file}::{test}" for file, test in _TEST.findall(page) if test not in names_in(root / file)
    ]
    assert missing == []
    for target in re.findall(r"\]\(([^)#:]+)\)", page):
        assert (root / "kvob_workflow" / "http" / target).exists(), target
