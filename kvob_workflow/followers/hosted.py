"""Can a store keep what a host brings? Its projections and effects, looked at before they are used.

Names of hosts begin with `x_`, and no view of ours ever will: a later release cannot take a name
that a host has. A projection's statements are tried on an empty database in memory.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_projections.view import View
from kvob_workflow.followers.effect import Effect
from kvob_workflow.followers.errors import (
    EffectInvalid,
    ProjectionInvalid,
    ProjectionOutdated,
    ProjectionTableDiffers,
)

if TYPE_CHECKING:
    from kvob_workflow.store import EventStore

# With what a rebuild adds, an index on a server's table still has room for its columns' names.
_NAME: Final = re.compile(r"x_[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST: Final = 32
_COLUMN: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BAD_NAME: Final = Text(
    "de naam moet beginnen met x_ en bestaan uit kleine letters, cijfers en enkele _, hooguit 32",
    "the name must begin with x_ and have lower-case letters, digits and single _, 32 at most",
)
_TWICE: Final = Text("de naam komt twee keer voor", "the name is given twice")
_SHORTEST_LEASE, _LONGEST_LEASE = timedelta(seconds=1), timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Hosted:
    """What a host added to an engine."""

    projections: tuple[View, ...] = ()
    effects: tuple[Effect, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.projections or self.effects)


def hosted(projections: Sequence[View], effects: Sequence[Effect]) -> Hosted:
    """What a host brings, after a look at it.

    Raises:
        ProjectionInvalid: a view has another form than a store can keep.
        EffectInvalid: an effect has a name, a beginning or a lease that cannot be.
    """
    found = Hosted(tuple(projections), tuple(effects))
    names = [one.name for one in found.projections]
    for view in found.projections:
        for complaint in _complaints(view, names):
            raise ProjectionInvalid(view.name, complaint)
    names += [one.name for one in found.effects]
    for effect in found.effects:
        for complaint in _objections(effect, names):
            raise EffectInvalid(effect.name, complaint)
    return found


def check_tables(store: EventStore, views: Sequence[View]) -> None:
    """Look whether the tables that are there fit.

    Raises:
        ProjectionTableDiffers: the columns were changed, and not the schema number.
        ProjectionOutdated: a newer release of the host made the table.
    """
    schemas = store.live_schemas(views)
    for view in views:
        made_with = schemas.get(view.name, 0)
        if made_with > view.schema:
            raise ProjectionOutdated(view.name, made_with, view.schema)
        found = store.live_columns(view)
        if schemas.get(view.name) == view.schema and found and found != view.columns:
            raise ProjectionTableDiffers(view.name, found, view.schema)


def _complaints(view: View, names: Sequence[str]) -> list[Text]:
    found: list[Text] = []
    if not _NAME.fullmatch(view.name) or len(view.name) > _LONGEST:
        found.append(_BAD_NAME)
    if names.count(view.name) > 1:
        found.append(_TWICE)
    if type(view.schema) is not int or view.schema < 1:
        found.append(Text("'schema' moet 1 of meer zijn", "'schema' must be 1 or more"))
    if not view.key or view.key[0] != "estate_id" or view.columns[: len(view.key)] != view.key:
        found.append(
            Text(
                "de sleutel begint met estate_id, en zijn kolommen zijn de eerste van de tabel",
                "the key begins with estate_id, and its columns are the first of the table",
            )
        )
    strange = [column for column in view.columns if not _COLUMN.fullmatch(column)]
    if strange:
        found.append(
            Text(
                f"kolom '{strange[0]}' heeft andere tekens dan kleine letters, cijfers en _",
                f"column '{strange[0]}' has other characters than lower-case letters, digits, _",
            )
        )
    return found or _misfits(view)


def _misfits(view: View) -> list[Text]:
    """What is wrong with the tables that its statements make."""
    with closing(sqlite3.connect(":memory:")) as trial:
        try:
            for statement in view.ddl:
                trial.execute(statement)
        except sqlite3.Error as error:
            return [Text(f"de opdracht mislukt: {error}", f"its statement fails: {error}")]
        made = [name for (name,) in trial.execute("SELECT name FROM sqlite_master")]
        strange = [
            name
            for name in made
            if not name.removeprefix("sqlite_autoindex_").startswith(view.table)
        ]
        columns = list(trial.execute("SELECT name, pk FROM pragma_table_info(?)", (view.table,)))
    if strange or view.table not in made:
        said = ", ".join(strange) or "-"
        return [
            Text(
                f"'ddl' moet {view.table} maken, met indexen die zo beginnen (gevonden: {said})",
                f"'ddl' must make {view.table}, with indexes that begin so (found: {said})",
            )
        ]
    key = tuple(name for name, place in sorted(columns, key=lambda one: one[1]) if place)
    if tuple(name for name, _ in columns) != view.columns or key != view.key:
        return [
            Text(
                "de tabel heeft andere kolommen of een andere sleutel dan de View",
                "the table has other columns or another key than the View",
            )
        ]
    return []


def _objections(effect: Effect, names: Sequence[str]) -> list[Text]:
    found: list[Text] = []
    if not _NAME.fullmatch(effect.name) or len(effect.name) > _LONGEST:
        found.append(_BAD_NAME)
    if names.count(effect.name) > 1:
        found.append(_TWICE)
    if effect.begins not in ("now", "beginning"):
        found.append(Text("'begins' is 'now' of 'beginning'", "'begins' is 'now' or 'beginning'"))
    if not _SHORTEST_LEASE <= effect.lease <= _LONGEST_LEASE:
        found.append(
            Text("'lease' is van 1 seconde tot 12 uur", "'lease' is from 1 second to 12 hours")
        )
    return found
