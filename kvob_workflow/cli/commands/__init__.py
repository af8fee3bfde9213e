"""What can be asked of `kvob`? The fixed commands, and one for each command of the domain.

Read `looking` and `lists` for the read models, `derived` and `fields` for the domain's commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.cli.commands import (
    calendars,
    derived,
    keeping,
    looking,
    notices,
    running,
    scheme,
    simulating,
    taking_in,
)

if TYPE_CHECKING:
    from kvob_workflow.cli.entrance import Entrance


def all_entrances() -> tuple[Entrance, ...]:
    """Every command, in the order of the help page."""
    return (
        looking.board,
        looking.register,
        looking.due,
        looking.measures,
        looking.estate,
        looking.history,
        calendars.heat_map,
        simulating.simulate,
        calendars.calendar,
        *derived.derived(),
        taking_in.demo,
        taking_in.import_,
        derived.do,
        scheme.list_,
        scheme.show,
        scheme.migrate,
        running.sweep,
        running.run,
        notices.notices,
        keeping.diagram,
        keeping.config_show,
        keeping.doctor,
        keeping.version,
        keeping.completion,
    )
