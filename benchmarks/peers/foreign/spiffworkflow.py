"""How does SpiffWorkflow do the job? A BPMN process of seven tasks, serialised after each."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from time import perf_counter_ns

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from benchmarks.peers.durable_file import durable_file, told
from benchmarks.peers.job import ENTERED, STEPS, Found, NotYet, Place, Timing
from benchmarks.peers.protocol import serve


def process() -> str:
    """The BPMN of a life: one manual task after another."""
    nodes = ["begin", *STEPS, "end"]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(pairwise(nodes))
    )
    tasks = "".join(f'<manualTask id="{step}" name="{step}"/>' for step in STEPS)
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"'
        ' targetNamespace="urn:life"><process id="life" isExecutable="true">'
        f'<startEvent id="begin"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>'
    )


class Spiff:
    """Instances kept as JSON in a table of ours, since the library has no store."""

    def open(self, place: Place) -> None:
        """SQLite with FULL; the process is parsed once."""
        self._texts = place.texts
        path = Path(place.folder) / "spiff.db"
        durable_file(path)
        self._rows = sqlite3.connect(path, isolation_level=None)
        self._rows.execute("PRAGMA synchronous=FULL")
        self._rows.execute(
            "CREATE TABLE IF NOT EXISTS instance (id TEXT PRIMARY KEY, state TEXT) WITHOUT ROWID"
        )
        parser = BpmnParser()
        parser.add_bpmn_str(process().encode())
        self._spec = parser.get_spec("life")
        self._serializer = BpmnWorkflowSerializer()

    def facts(self) -> dict[str, str]:
        """Versions and durability."""
        return {
            "SpiffWorkflow": version("SpiffWorkflow"),
            "SQLite": sqlite3.sqlite_version,
            "connection": told(self._rows),
        }

    def refuse(self, estate: str) -> str:
        """A task that is not ready cannot be found among the ready ones."""
        workflow = self._enter(estate)
        try:
            self._take(workflow, estate, 5)
        except Exception as refusal:
            return str(refusal)
        return ""

    def walk(self, estate: str) -> Timing:
        """The instance stays in memory between the steps and is written whole after each."""
        timing = Timing()
        began = perf_counter_ns()
        workflow = self._enter(estate)
        last = perf_counter_ns()
        for number in range(len(STEPS)):
            self._take(workflow, estate, number)
            now = perf_counter_ns()
            timing.steps.append(now - last)
            last = now
        timing.total = last - began
        return timing

    def look(self, estate: str) -> Found:
        """The instance, restored."""
        found = self._rows.execute("SELECT state FROM instance WHERE id = ?", (estate,))
        workflow = self._serializer.deserialize_json(found.fetchone()[0])
        done = [step for step in STEPS if step in workflow.data]
        texts = tuple(workflow.data[step] for step in done)
        return Found(done[-1] if workflow.is_completed() else ENTERED, texts)

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def _enter(self, estate: str) -> BpmnWorkflow:
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        self._keep(workflow, estate)
        return workflow

    def _take(self, workflow: BpmnWorkflow, estate: str, number: int) -> None:
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        tasks = [task for task in ready if task.task_spec.name == STEPS[number]]
        if not tasks:
            raise NotYet(STEPS[number], ", ".join(task.task_spec.name for task in ready))
        tasks[0].data[STEPS[number]] = self._texts[number]
        tasks[0].run()
        workflow.do_engine_steps()
        self._keep(workflow, estate)

    def _keep(self, workflow: BpmnWorkflow, estate: str) -> None:
        state = self._serializer.serialize_json(workflow)
        self._rows.execute("BEGIN IMMEDIATE")
        self._rows.execute(
            "INSERT INTO instance VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            (estate, state),
        )
        self._rows.execute("COMMIT")


if __name__ == "__main__":
    serve(Spiff())
