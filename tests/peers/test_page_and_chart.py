"""Do table and chart tell what was measured, who failed, and against whom?"""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from benchmarks.peers.chart import chart
from benchmarks.peers.figures import Spread, figures, figures_with_beside, percentile
from benchmarks.peers.rounds import Run
from benchmarks.peers.sides import Told
from benchmarks.peers.table import number, page

SVG = "{http://www.w3.org/2000/svg}"


def test_ratios_are_taken_round_by_round_and_their_median_told(run: Run) -> None:
    ours, dbos, _ = run.sides
    dbos.rounds[1] = dbos.rounds[0]  # 20 ms against 2, then 20 against 4
    told = figures(dbos, ours)
    assert told.slower == Spread(7.5, 5.0, 10.0)
    assert told.a_second == Spread(50.0, 50.0, 50.0)
    assert (told.life_p50, told.step_p50, told.lifecycles) == (20.0, 2.5, 4)


def test_what_was_done_beside_the_steps_has_a_line_of_its_own(run: Run) -> None:
    ours, dbos, _ = run.sides
    whole = figures_with_beside(ours, ours)
    assert whole is not None and whole.slower == Spread(3.25, 2.5, 4.0)
    assert figures_with_beside(dbos, ours) is None


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 0.99) == 99.0
    assert percentile([7.0], 0.99) == 7.0


def test_without_ours_nothing_is_compared(run: Run) -> None:
    assert figures(run.sides[1], None).slower is None


@pytest.mark.parametrize(
    ("value", "told"), [(12345.6, "12,346"), (100.4, "100"), (12.34, "12.3"), (1.234, "1.23")]
)
def test_no_more_figures_are_told_than_count(value: float, told: str) -> None:
    assert number(value) == told


def test_the_page_has_machine_syncs_ratios_and_who_did_not_run(run: Run) -> None:
    told = page(run, {"disk": "ext4"}, "python -m benchmarks.peers", "p.svg", "2026-11-29")
    assert "- disk: ext4" in told
    assert "(8 KiB, fdatasync): 1,234, 5,678" in told
    assert "| DBOS | SQLite | 37.5 (25.0 to 50.0) | 30.0 | 40.0 | 3.75 | 5.00 | 10.0 (10.0" in told
    assert "| kvob_workflow, evidence in the clock | SQLite |" in told
    assert "| Temporal development server | SQLite | did not run, see below |" in told
    assert "- Temporal development server (SQLite): NotStarted: no <program> / here" in told
    assert "- DBOS (SQLite): version 1" in told
    assert told.count("**DBOS (SQLite).**") == 1
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert len({row.count("|") for row in rows}) == 1


def test_the_chart_is_one_accessible_picture_with_a_bar_for_each_that_ran(run: Run) -> None:
    root = ET.fromstring(chart(run))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "title desc"
    told = root.findtext(f"{SVG}desc")
    assert told == "kvob_workflow on SQLite: 375; DBOS on SQLite: 37.5."
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") in ("ours", "peer")]
    widths = [float(bar.attrib["width"]) for bar in bars]
    assert len(widths) == 2 and widths[0] > widths[1] > 0
    assert "http" not in chart(run).replace("http://www.w3.org/2000/svg", "")
    assert "prefers-color-scheme: dark" in chart(run)


def test_a_chart_of_nobody_is_still_a_picture(run: Run) -> None:
    nobody = Run(run.plan, [Told(run.sides[2].peer, failure="no")])
    assert ET.fromstring(chart(nobody)).tag == f"{SVG}svg"
