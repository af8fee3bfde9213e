"""Which commands does the lifecycle allow? The two compiled tables, and nothing else."""

from datetime import date
from typing import Final

from kvob_domain.errors import Rejected
from kvob_domain.estate.certificates import certificate_on, status_on
from kvob_domain.estate.commands import ALL_COMMANDS, Command, EstateCommand, name_of
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import (
    CERTIFICATE_MOVES,
    CERTIFICATE_TABLE,
    TRAJECTORY_MOVES,
    TRAJECTORY_TABLE,
    has_move,
    is_legal,
    next_status,
    statuses_with,
    steps_with,
)
from kvob_domain.lifecycle.trajectory import IDLE_STEPS, Step
from kvob_domain.refusals.lifecycle import (
    GroupHasNoTrajectory,
    NoTrajectory,
    WrongStatus,
    WrongStep,
)
from kvob_domain.words import Text

# Recorded without a move, but only while a trajectory runs: evidence has to belong to a cycle.
IN_TRAJECTORY: Final = frozenset(
    {
        "record_survey",
        "record_walk_round",
        "record_figures",
        "update_measure",
        "waive_requirement",
        "migrate_edition",
        "revert_migration",
    }
)


def illegal(command: Command, estate: Estate) -> Rejected | None:
    """Why the lifecycle has no such move now, or None."""
    if not isinstance(command, EstateCommand):
        return None
    return unmoved(type(command), estate, command.on)


def unmoved(command: type[Command], estate: Estate, day: date) -> Rejected | None:
    """Why the lifecycle has no move on `day` for commands of this class, or None."""
    name = name_of(command)
    if not (has_move(name) or name in IN_TRAJECTORY):
        return None
    if estate.kind is EstateKind.GROUP:
        return GroupHasNoTrajectory(estate.name)
    if name in IN_TRAJECTORY:
        return NoTrajectory(estate.step) if estate.step in IDLE_STEPS else None
    status = _status(estate, day)
    if name in TRAJECTORY_MOVES and (estate.step, name) not in TRAJECTORY_TABLE:
        return WrongStep(command.TITLE, estate.step, steps_with(name), allowed_titles(estate, day))
    if name in CERTIFICATE_MOVES and (status, name) not in CERTIFICATE_TABLE:
        return WrongStatus(command.TITLE, status, statuses_with(name))
    return None


def allowed(estate: Estate, day: date) -> tuple[type[Command], ...]:
    """The commands that have a move on `day`; the rules may still ask for evidence."""
    if estate.kind is EstateKind.GROUP:
        return ()
    status = _status(estate, day)
    return tuple(
        command
        for command in ALL_COMMANDS
        if has_move(name_of(command)) and is_legal(estate.step, status, name_of(command))
    )


def allowed_titles(estate: Estate, day: date) -> tuple[Text, ...]:
    """The same, as the screens call them."""
    return tuple(command.TITLE for command in allowed(estate, day))


def _status(estate: Estate, day: date) -> Status:
    """The certificate's status, with a withdrawal behind it once a new trajectory has started."""
    status = status_on(estate.certificates, day)
    certificate = certificate_on(estate.certificates, day)
    if status is not Status.WITHDRAWN or certificate is None:
        return status
    started_anew = any(
        move.step is Step.KICKOFF and move.version > certificate.version for move in estate.moves
    )
    return (next_status(status, "start_trajectory") or status) if started_anew else status
