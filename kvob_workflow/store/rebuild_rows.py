"""How does a rebuild stand in its tables? Queries, and rows there and back, for both stores."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from kvob_domain.ids import EstateId
from kvob_domain.words import Text
from kvob_workflow.store.delivery_rows import instant_of, number_of
from kvob_workflow.store.port import Behind, Diagnosis, RowChange
from kvob_workflow.store.rebuilding import MOST_DIFFERENCES, Rebuild, RowDifference, Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_projections.view import Row, Value, View
    from kvob_workflow.store.rebuilding import Made, RebuildStatus

COLUMNS: Final = (
    "number, status, schemas, scheme, scheme_before, made_by, started_at, progressed_at, ended_at,"
    " claim, reached, filled, position, events, row_count, differences, followed, made_with"
)
NEWEST: Final = f"SELECT {COLUMNS} FROM rebuild ORDER BY number DESC LIMIT ?"
INSERT: Final = f"INSERT INTO rebuild ({COLUMNS}) VALUES ({', '.join('?' * 18)})"
MOVE: Final = (
    "UPDATE rebuild SET status = ?, progressed_at = ?, ended_at = ?, reached = ?, filled = ?,"
    " position = ?, events = ?, row_count = ?, differences = ?, followed = ?"
    " WHERE number = ? AND claim = ? AND status = ?"
)
CLAIM: Final = (
    "UPDATE rebuild SET claim = claim + 1, progressed_at = ?"
    " WHERE number = ? AND claim = ? AND status = 'building'"
)
DIFFER: Final = "INSERT INTO rebuild_difference (rebuild, number, body) VALUES (?, ?, ?)"
DIFFERENCES: Final = "SELECT body FROM rebuild_difference WHERE rebuild = ? ORDER BY number"

_UNFINISHED: Final = Text(
    "Een herbouw is bezig of niet af. Maak hem af met 'kvob projection rebuild --resume', of "
    "breek hem af met 'kvob projection cancel'.",
    "A rebuild is under way or unfinished. Finish it with 'kvob projection rebuild --resume', or "
    "break it off with 'kvob projection cancel'.",
)


def rebuild_of(row: Sequence[Any]) -> Rebuild:
    """What a stored row says."""
    (
        number,
        status,
        schemas,
        scheme,
        before,
        by,
        started,
        progressed,
        ended,
        claim,
        reached,
        *rest,
    ) = row
    filled, position, events, rows, differences, followed, made_with = rest
    return Rebuild(
        number,
        cast("RebuildStatus", status),
        json.loads(schemas),
        scheme,
        before,
        by,
        instant_of(started),
        instant_of(progressed),
        None if ended is None else instant_of(ended),
        claim,
        reached,
        bool(filled),
        position,
        events,
        rows,
        differences,
        json.loads(made_with),
        {name: Shown(*shown) for name, shown in json.loads(followed).items()},
    )


def row_of(rebuild: Rebuild) -> tuple[Value, ...]:
    """The columns of a rebuild."""
    return (
        rebuild.number,
        rebuild.status,
        json.dumps(dict(rebuild.schemas)),
        rebuild.scheme,
        rebuild.scheme_before,
        rebuild.by,
        number_of(rebuild.started_at),
        number_of(rebuild.progressed_at),
        None if rebuild.ended_at is None else number_of(rebuild.ended_at),
        rebuild.claim,
        rebuild.reached,
        int(rebuild.filled),
        rebuild.position,
        rebuild.events,
        rebuild.rows,
        rebuild.differences,
        json.dumps(dict(rebuild.followed)),
        json.dumps(dict(rebuild.made_with)),
    )


def move_of(now: Rebuild, status: RebuildStatus) -> tuple[Value, ...]:
    """The values of `MOVE` for a rebuild that was in this status."""
    row = row_of(now)
    return (now.status, row[7], row[8], *row[10:-1], now.number, now.claim, status)


def body_of(difference: RowDifference) -> str:
    """A difference as the JSON that is stored."""
    return json.dumps(
        {
            "view": difference.view,
            "estate": difference.estate,
            "key": list(difference.key),
            "found": difference.found,
            "right": difference.right,
            "version": difference.version,
            "topic": difference.topic,
        }
    )


def difference_of(body: str) -> RowDifference:
    """What is stored of a difference."""
    said = json.loads(body)
    return RowDifference(
        said["view"],
        EstateId(said["estate"]),
        tuple(said["key"]),
        said["found"],
        said["right"],
        said["version"],
        said["topic"],
    )


def differences_from(now: Rebuild, made: Made) -> list[tuple[int, int, str]]:
    """The values of `DIFFER`; `now` counts these differences already."""
    first = now.differences - made.differing
    kept = enumerate(made.differences[: max(0, MOST_DIFFERENCES - first)], start=first + 1)
    return [(now.number, number, body_of(one)) for number, one in kept]


def marks_of(view: View, made: Made, word: str) -> list[Behind]:
    """The marks of estates that could not be made, for the view's table beside the live one."""
    aside = f"{view.name}__{word}"
    return [replace(mark, view=aside) for mark in made.behind if mark.view == view.name]


def changes_of(view: View, aside: View, made: Made) -> list[RowChange]:
    """The rows of one view, estate by estate, for its table beside the live one."""
    by_estate: dict[str, list[Row]] = {estate: [] for estate in made.estates}
    for row in made.rows[view.name]:
        by_estate.setdefault(str(row[0]), []).append(row)
    return [
        RowChange(aside, EstateId(estate), replace_all=True, upserts=tuple(rows))
        for estate, rows in by_estate.items()
    ]


def diagnosis_of(newest: Rebuild | None) -> Diagnosis:
    """What the keeper should know of the newest rebuild."""
    if newest is None:
        return Diagnosis("rebuild", "none")
    told = f"{newest.number} ({', '.join(newest.views)}): {newest.status}"
    if newest.status != "building":
        return Diagnosis("rebuild", told)
    return Diagnosis("rebuild", told, "warning", _UNFINISHED)
