"""What does monitoring hear? Counts, times and gauges, never a name; and nothing where none is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# In processes of their own: a provider is set once in the life of a program.
WORK = """
import json, sys
from kvob_domain.errors import KvobError
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.followers import Effect
from tests.followers.conftest import STEPS

def closed(happened):
    raise ConnectionError("Jan Jansen is not at home")

effect = Effect("x_post", closed, begins="now")
with Engine.open("memory:", projections=[STEPS], effects=[effect]) as engine:
    estate = engine.do(RegisterEstate(name="De Geheime Hoek", municipalities=("Oss",))).estate
    engine.do(RegisterEstate(name="Gif", municipalities=("Oss",)))
    try:
        engine.do(RegisterEstate(name="Gif", municipalities=("Oss",)))
    except KvobError:
        pass
    engine.follow()
    engine.sweep()
"""
HEARD = (
    """
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

reader, spans = InMemoryMetricReader(), InMemorySpanExporter()
metrics.set_meter_provider(MeterProvider(metric_readers=[reader]))
tracing = TracerProvider()
tracing.add_span_processor(SimpleSpanProcessor(spans))
trace.set_tracer_provider(tracing)
"""
    + WORK
    + """
    collected = json.loads(reader.get_metrics_data().to_json())
    told = [json.loads(span.to_json()) for span in spans.get_finished_spans()]
    print(json.dumps({"metrics": collected, "spans": told, "estate": estate}))
"""
)


def printed(code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def heard() -> Any:
    """What the SDK's own reader and exporter got."""
    return json.loads(printed(HEARD))


@pytest.fixture(scope="module")
def points(heard: Any) -> dict[str, list[dict[str, Any]]]:
    """The data points by the name of the metric."""
    (resource,) = heard["metrics"]["resource_metrics"]
    (scope,) = resource["scope_metrics"]
    assert scope["scope"]["name"] == "kvob_workflow"
    return {one["name"]: one["data"]["data_points"] for one in scope["metrics"]}


def value(points: list[dict[str, Any]], **attributes: str) -> float:
    wanted = {name.replace("_", "."): said for name, said in attributes.items()}
    (found,) = [one["value"] for one in points if one["attributes"] == wanted]
    return float(found)


def test_commands_are_counted_and_timed_with_the_code_of_a_refusal(
    points: dict[str, list[dict[str, Any]]],
) -> None:
    done = points["kvob.commands"]
    assert value(done, kvob_command="RegisterEstate") == 2
    assert value(done, kvob_command="RegisterEstate", error_type="name-taken") == 1
    (timed,) = points["kvob.command.duration"]
    assert timed["count"] == 3 and timed["sum"] > 0
    (appended,) = points["kvob.events.appended"]
    assert appended["value"] == 2


def test_followers_are_counted_and_their_standing_is_measured(
    points: dict[str, list[dict[str, Any]]],
) -> None:
    failed = points["kvob.follower.steps"]
    assert value(failed, kvob_follower="x_post", error_type="ConnectionError") == 1
    assert value(points["kvob.follower.lag"], kvob_follower="x_post") == 2
    assert value(points["kvob.follower.lag"], kvob_follower="x_steps") == 0
    assert value(points["kvob.view.behind"], kvob_follower="x_steps") == 1
    assert value(points["kvob.follower.stalled"], kvob_follower="x_post") == 0
    assert value(points["kvob.rebuild.events"]) == 0


def test_spans_tell_of_each_command_sweep_and_step(heard: Any) -> None:
    names = [span["name"] for span in heard["spans"]]
    assert names.count("kvob.command") == 3
    assert names.count("kvob.sweep") == 1
    assert "kvob.follower" in names
    first = heard["spans"][0]["attributes"]
    assert first == {"kvob.command": "RegisterEstate", "kvob.estate": heard["estate"]}
    refused = heard["spans"][2]
    assert refused["status"]["status_code"] == "ERROR"
    assert refused["attributes"]["error.type"] == "name-taken"


def test_no_name_and_no_free_text_leaves_the_program(heard: Any) -> None:
    everything = json.dumps(heard)
    for said in ("Geheime", "Gif", "Oss", "Jansen"):
        assert said not in everything
    assert heard["estate"] not in json.dumps(heard["metrics"])


def test_every_metric_and_span_is_on_the_page(
    points: dict[str, list[dict[str, Any]]], heard: Any
) -> None:
    page = Path(__file__).parents[2] / "kvob_workflow" / "telemetry.md"
    told = set(re.findall(r"`(kvob\.[a-z.]+)`", page.read_text("utf-8")))
    told |= {"kvob.follower.lag", "kvob.follower.stalled"}  # written as .lag, .stalled there
    assert points.keys() | {span["name"] for span in heard["spans"]} <= told


def test_a_program_without_opentelemetry_loads_nothing_of_it() -> None:
    loaded = "print(json.dumps([name for name in sys.modules if 'opentelemetry' in name]))"
    assert json.loads(printed(f"{WORK}\n{loaded}")) == []
