"""What do the tests of the store write? Two small views, events, and ids that tell their number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from kvob_domain.estate.events.preparation import SurveyRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import CommandId, EstateId, PersonId
from kvob_projections.view import View
from kvob_workflow.store import Append, CommandRecord, NameClaim, RowChange

if TYPE_CHECKING:
    from kvob_domain.estate.state import Estate
    from kvob_domain.scheme.book import SchemeBook
    from kvob_projections.view import Row, Value

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def _no_rows(estate: Estate, book: SchemeBook) -> tuple[Row, ...]:
    del estate, book
    return ()


STEPS = View(
    name="steps",
    schema=1,
    columns=("estate_id", "step", "since"),
    key=("estate_id",),
    ddl=(
        "CREATE TABLE view_steps (estate_id TEXT PRIMARY KEY,"
        " step TEXT NOT NULL CHECK (step <> 'impossible'), since TEXT)",
        "CREATE INDEX view_steps_step ON view_steps (step)",
    ),
    rows=_no_rows,
)
TASKS = View(
    name="tasks",
    schema=1,
    columns=("estate_id", "task", "hours"),
    key=("estate_id", "task"),
    ddl=(
        "CREATE TABLE view_tasks (estate_id TEXT, task TEXT, hours INTEGER,"
        " PRIMARY KEY (estate_id, task)) STRICT",
    ),
    rows=_no_rows,
)
VIEWS = (STEPS, TASKS)


def estate(number: int) -> EstateId:
    """The estate with this number."""
    return EstateId(f"{number:032x}")


def recorded(of: EstateId, version: int = 1, returned: int = 40) -> Recorded:
    """A survey with its envelope filled in."""
    return Recorded(
        of,
        version,
        SurveyRecorded(on=date(2026, 2, 3), sent=100, returned=returned),
        AT,
        by=PersonId("p-1"),
        via="test",
        source="lijst é.csv:3",
    )


def events(of: EstateId, count: int, first: int = 1) -> tuple[Recorded, ...]:
    """Consecutive events of one estate."""
    return tuple(recorded(of, version) for version in range(first, first + count))


def one(of: EstateId, version: int = 1, *rows: RowChange) -> Append:
    """An append of one event, with what changes in views."""
    return Append((recorded(of, version),), rows=rows)


def claim(of: EstateId, name: str = "vathorst", municipality: str = "Amersfoort") -> NameClaim:
    """A name for an estate."""
    return NameClaim(municipality, name, of)


def command(id: str, body_hash: str = "h1") -> CommandRecord:
    """A command that was carried out."""
    return CommandRecord(CommandId(id), body_hash, f'{{"done":"{id}"}}')


def step(of: EstateId, name: str, since: Value = "2026-02-03") -> RowChange:
    """The estate's one row in the view of steps."""
    return RowChange(STEPS, of, replace_all=True, upserts=((of, name, since),))


def tasks(of: EstateId, *upserts: tuple[str, Value], done: tuple[str, ...] = ()) -> RowChange:
    """A change in the view of tasks that leaves other rows alone."""
    rows = tuple((of, task, hours) for task, hours in upserts)
    return RowChange(TASKS, of, upserts=rows, deletes=tuple((of, task) for task in done))
