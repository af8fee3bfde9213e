"""What happens when somebody pastes a command? The real parsing and handling, on an open engine."""

from __future__ import annotations

import shlex

from kvob_workflow import Engine
from kvob_workflow.cli.app import build
from kvob_workflow.cli.commands import all_entrances
from kvob_workflow.cli.desk import Desk
from kvob_workflow.cli.entrance import Entrance, Values
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.settings import read_settings


class DeskOfEngine(Desk):
    """A desk with an engine that is open already, on the clock of the test."""

    def __init__(self, engine: Engine, url: str) -> None:
        super().__init__(read_settings({"store": url}, {}), as_json=True)
        self._engine = engine


def paste(line: str, engine: Engine, url: str) -> ExitCode:
    """Give one line of `kvob`, as it stands; a refusal is raised."""
    program, *words = shlex.split(line)
    assert program == "kvob"
    desk = DeskOfEngine(engine, url)

    def serve(entrance: Entrance, values: Values) -> ExitCode:
        return entrance.handle(desk, values) or ExitCode.OK

    answer = build(all_entrances(), "en", serve, words)(words)
    assert isinstance(answer, ExitCode)
    return answer
