"""Where does a row stand in a list of all estates? Its rank, and numbers to find it by.

`rank` sorts as the default order of the list does. `first` and `second` are the facets that are
asked for most often, as numbers; `places` are the municipalities. A row that is no estate's has
`GROUP` added to its first number.
"""

import zlib
from datetime import date
from typing import Final, NamedTuple

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.values import EstateKind, Progress
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board import BOARD
from kvob_projections.deadlines import DEADLINES
from kvob_projections.measures import MEASURES
from kvob_projections.view import Row

GROUP: Final = 1000
_SEPARATOR: Final = "\x01"  # below every character of a name
_STEPS: Final = {step.value: number for number, step in enumerate(Step)}
# None comes first, so that what has a certificate are the numbers from 1 on.
_STATUSES: Final = {
    Status.NONE.value: 0,
    **{
        status.value: number
        for number, status in enumerate((one for one in Status if one is not Status.NONE), start=1)
    },
}
_KINDS: Final = {kind.value: number for number, kind in enumerate(DeadlineKind)}
_PROGRESS: Final = {progress.value: number for number, progress in enumerate(Progress)}
_GROUPS: Final = (EstateKind.GROUP.value, EstateKind.OTHER_AREA.value)

_ID, _KIND, _FOLDED, _PLACES, _STEP = (
    BOARD.columns.index(name) for name in ("estate_id", "kind", "estate_folded", "places", "step")
)
_DUE, _DUE_KIND, _ORDINAL = (
    DEADLINES.columns.index(name) for name in ("due_on", "kind", "ordinal")
)
_LINE, _MEASURE, _PROGRESS_AT = (
    MEASURES.columns.index(name) for name in ("line", "measure", "progress")
)


class Place(NamedTuple):
    """Where a row stands."""

    rank: str
    first: int
    second: int
    places: str


def board_place(row: Row, status: Status) -> Place:
    """By name; found by step and by status on the day."""
    rank = f"{row[_FOLDED]}{_SEPARATOR}{row[_ID]}"
    first = step_number(str(row[_STEP])) + _group(row)
    return Place(rank, first, _STATUSES[status.value], str(row[_PLACES]))


def deadline_place(row: Row, board: Row) -> Place:
    """By the day, then by name; found by kind and by the day's ordinal."""
    rank = _SEPARATOR.join(
        (
            str(row[_DUE]),
            str(board[_FOLDED]),
            str(row[_ID]),
            str(row[_DUE_KIND]),
            f"{row[_ORDINAL]:06d}",
        )
    )
    due = date.fromisoformat(str(row[_DUE])).toordinal()
    return Place(rank, kind_number(str(row[_DUE_KIND])) + _group(board), due, str(board[_PLACES]))


def measure_place(row: Row, board: Row) -> Place:
    """By name, then by line of the plan; found by progress."""
    rank = _SEPARATOR.join(
        (str(board[_FOLDED]), str(row[_ID]), f"{row[_LINE]:06d}", str(row[_MEASURE]))
    )
    progress = _PROGRESS[str(row[_PROGRESS_AT])]
    return Place(rank, progress + _group(board), 0, str(board[_PLACES]))


def step_number(step: str) -> int:
    """The number of a step."""
    return _STEPS[step]


def status_number(status: str) -> int:
    """The number of a status; 0 is that of an estate without certificate."""
    return _STATUSES[status]


def kind_number(kind: str) -> int:
    """The number of a kind of deadline."""
    return _KINDS[kind]


def progress_number(progress: str) -> int:
    """The number of a measure's progress."""
    return _PROGRESS[progress]


def place_number(place: str) -> int:
    """A number of 31 bits for a municipality (folded); seldom two have the same."""
    return zlib.crc32(place.encode()) >> 1


def place_range(places: str) -> tuple[int, int]:
    """The lowest and the highest number of the municipalities in a `places` text."""
    numbers = [place_number(place) for place in places.strip("|").split("|")]
    return min(numbers), max(numbers)


def _group(board: Row) -> int:
    return GROUP if board[_KIND] in _GROUPS else 0
