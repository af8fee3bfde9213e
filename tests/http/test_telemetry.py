"""What does monitoring hear of requests? Method, route and status; no id, no person, no query."""

from __future__ import annotations

import json
import subprocess
import sys

# In a process of its own: a provider is set once in the life of a program.
HEARD = """
import json, warnings
from datetime import date
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

from fastapi.testclient import TestClient
from kvob_workflow.http import asgi_app
from kvob_workflow.testing import engine_in_memory

with engine_in_memory(date(2026, 11, 23)) as engine:
    client = TestClient(asgi_app(engine))
    client.get("/v1/problems/store-unavailable")
    given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    client.get("/v1/estates?text=geheim", headers={"traceparent": given})
    collected = json.loads(reader.get_metrics_data().to_json())
    told = [json.loads(span.to_json()) for span in spans.get_finished_spans()]
    print(json.dumps({"metrics": collected, "spans": told}))
"""


def test_requests_are_counted_by_method_route_and_status() -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{HEARD}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "geheim" not in run.stdout
    heard = json.loads(run.stdout)
    (resource,) = heard["metrics"]["resource_metrics"]
    (scope,) = resource["scope_metrics"]
    points = {one["name"]: one["data"]["data_points"] for one in scope["metrics"]}
    assert [one["attributes"] for one in points["kvob.requests"]] == [
        {
            "http.request.method": "GET",
            "http.route": "/problems/{code}",
            "http.response.status_code": 200,
        },
        {
            "http.request.method": "GET",
            "http.route": "/estates",
            "http.response.status_code": 401,
        },
    ]
    assert [one["name"] for one in heard["spans"]] == ["kvob.request"] * 2
    assert heard["spans"][1]["context"]["trace_id"] == "0x4bf92f3577b34da6a3ce929d0e0e4736"
    assert heard["spans"][1]["parent_id"] == "0x00f067aa0ba902b7"
