"""Does an independent reader of event logs read both exports? pm4py, in a Python of its own.

pm4py is under the AGPL and is no dependency: `make process-mining` sets it apart and runs this.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow import Engine
from kvob_workflow.exports import ocel, xes

PYTHON = os.environ.get("KVOB_PM4PY_PYTHON", "")
needs_pm4py = pytest.mark.skipif(
    not PYTHON, reason="KVOB_PM4PY_PYTHON names no Python with pm4py; see 'make process-mining'"
)
READ_XES = """
import json, sys, pm4py
log = pm4py.read_xes(sys.argv[1], show_progress_bar=False)
graph, start, end = pm4py.discover_dfg(log)
print(json.dumps({
    "events": len(log),
    "cases": log["case:concept:name"].nunique(),
    "columns": sorted(log.columns),
    "steps": sorted(log["kvob:step"].unique()),
    "edges": sum(graph.values()),
    "start": sorted(start),
}))
"""
READ_OCEL = """
import json, sys, pm4py
log = pm4py.read_ocel2_json(sys.argv[1])
print(json.dumps({
    "events": len(log.events),
    "objects": len(log.objects),
    "relations": len(log.relations),
    "types": sorted(pm4py.ocel_get_object_types(log)),
    "graphs": sorted(pm4py.discover_ocdfg(log)["object_types"]),
}))
"""


def read_back(program: str, path: Path) -> Any:
    """What the other Python read; it prints warnings of its own libraries before the answer."""
    command = [PYTHON, "-W", "ignore", "-c", program, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@needs_pm4py
def test_pm4py_reads_the_xes_log_as_it_was_written(store: Engine, tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_bytes(b"".join(xes(store.histories)))
    read = read_back(READ_XES, path)
    histories = dict(store.histories())
    events = sum(map(len, histories.values()))
    assert (read["cases"], read["events"]) == (len(histories), events)
    assert read["edges"] == events - len(histories)
    assert read["start"] == ["estate-registered"]
    assert {"org:resource", "org:role", "time:timestamp", "identity:id"} <= set(read["columns"])
    assert "evaluation" in read["steps"]


@needs_pm4py
def test_pm4py_reads_the_ocel_log_as_it_was_written(store: Engine, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonocel"
    path.write_bytes(b"".join(ocel(store.histories)))
    read = read_back(READ_OCEL, path)
    written = json.loads(path.read_bytes())
    assert read["events"] == len(written["events"])
    assert read["objects"] == len(written["objects"])
    # It keeps one qualifier where an event names an object in two ways, as who audits and records.
    links = [{link["objectId"] for link in one["relationships"]} for one in written["events"]]
    assert read["relations"] == sum(map(len, links))
    assert read["types"] == sorted(one["name"] for one in written["objectTypes"])
    assert "certificate" in read["graphs"]
