"""What does the engine ask of a store? The protocol, and what goes in and comes out of it.

Two stores keep this promise: a file and memory, both `kvob_workflow.store.sqlite`. Read next
`kvob_workflow.store.opening` (addresses) and `kvob_workflow.store.codec` (stored form).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from kvob_domain.words import Text
from kvob_workflow.store.api_keys import ApiKeyKeeping
from kvob_workflow.store.delivery import DeliveryKeeping
from kvob_workflow.store.followers import FollowerKeeping
from kvob_workflow.store.log import LogKeeping
from kvob_workflow.store.periods import PeriodKeeping
from kvob_workflow.store.persons import PersonKeeping
from kvob_workflow.store.rebuild_keeping import RebuildKeeping
from kvob_workflow.store.webhooks import WebhookKeeping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from eventsourcing.application import Application

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import CommandId, EstateId
    from kvob_projections.view import Row, Value, View

Verdict = Literal["ok", "warning", "fault"]
_NO_ADVICE = Text("", "")
SCHEME_MARK = "scheme"
"""The mark that keeps the fingerprint of the scheme data that all view rows were made with."""


@dataclass(frozen=True, slots=True)
class NameClaim:
    """The name that an estate bears in a municipality; unique among the names now in use.

    `name` is already normalised: two spellings of one name must arrive here as one text.
    """

    municipality: str
    name: str
    estate: EstateId


@dataclass(frozen=True, slots=True)
class RowChange:
    """What changes in one view for one estate.

    `upserts` are rows in the order of `view.columns`, `deletes` are keys in the order of
    `view.key`. With `replace_all` every row of the estate goes first, and `deletes` may be empty.
    `at_version` is the estate's version that recomputed rows show; see `repair`.
    """

    view: View
    estate: EstateId
    replace_all: bool = False
    upserts: tuple[Row, ...] = ()
    deletes: tuple[Row, ...] = ()
    at_version: int | None = None


@dataclass(frozen=True, slots=True)
class CommandRecord:
    """A command that was carried out: its id, the hash of its body, its result as JSON text."""

    id: CommandId
    body_hash: str
    result: str


@dataclass(frozen=True, slots=True)
class Append:
    """Everything that one transaction writes.

    Events of one estate stand in the order of their versions; several estates may be mixed.
    Names are released before they are claimed, so one append can pass a name on. `scheme` is the
    fingerprint of the scheme data that the rows were made with.
    """

    events: tuple[Recorded, ...]
    claims: tuple[NameClaim, ...] = ()
    released: tuple[NameClaim, ...] = ()
    rows: tuple[RowChange, ...] = ()
    commands: tuple[CommandRecord, ...] = ()
    scheme: int | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """A view that does not show the newest events of an estate, and why.

    `at_version` is the estate's version when the row was refused.
    """

    view: str
    estate: EstateId
    error: str
    at_version: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The positions of the appended events, in their order, and the views that fell behind."""

    positions: tuple[int, ...]
    behind: tuple[Behind, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that `doctor` looked at; `advice` is empty when it is as it should be."""

    name: str
    value: str
    verdict: Verdict = "ok"
    advice: Text = _NO_ADVICE


class FoundRow(Protocol):
    """A row of an answer: asked by column name or by number, in order when gone over."""

    # Any: what a column holds is known to the view that filled it, not to the driver.
    def __getitem__(self, key: int | str, /) -> Any:
        """The value of a column."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """The values, in the order of the columns."""
        ...

    def __len__(self) -> int:
        """How many columns there are."""
        ...

    def keys(self) -> list[str]:
        """The names of the columns, in order."""
        ...


class EventStore(
    DeliveryKeeping,
    LogKeeping,
    PersonKeeping,
    PeriodKeeping,
    RebuildKeeping,
    FollowerKeeping,
    ApiKeyKeeping,
    WebhookKeeping,
    Protocol,
):
    """Keeps events, guards, inline view rows and deliveries. Any thread may call every method.

    Every method raises `StoreUnavailable` when the store cannot be reached or written, and
    `UnknownTopic` when it meets an event of a newer release.
    """

    @property
    def takes_turns(self) -> bool:
        """Whether only one transaction writes at a time, so that a program's threads may queue."""
        ...

    def append(self, batch: Append) -> Receipt:
        """Writes all of `batch` in one transaction, durably, or nothing.

        A view row that breaks a constraint is rolled back alone and named in the receipt.

        Raises:
            VersionConflict: an event with that estate and version is there already.
            NameTaken: another estate bears a claimed name.
            CommandIdTaken: the command id was used before.
            SchemeDataDiffer: the rows of the store were made with other scheme data.
            StoreUnavailable: nothing was written (lock time-out, disk full, read-only file).
        """
        ...

    def stream(self, estate: EstateId) -> list[Recorded]:
        """The events of an estate by version; empty when it is unknown."""
        ...

    def streams(self, estates: Sequence[EstateId]) -> dict[EstateId, list[Recorded]]:
        """The events of many estates; an estate without events is absent."""
        ...

    def estates(self) -> Iterator[EstateId]:
        """Every estate that has events, in order of id.

        An estate that appears while the iteration goes on may be left out.
        """
        ...

    def page(self, after: int, limit: int) -> list[tuple[int, Recorded]]:
        """At most `limit` events with a position above `after`, in order of position."""
        ...

    def last_position(self) -> int:
        """The position of the newest event; 0 in an empty store."""
        ...

    def wait_for_events(self, after: int, timeout: float) -> bool:
        """Waits until there is an event after a position, so many seconds at most; if there is."""
        ...

    def command(self, id: CommandId) -> CommandRecord | None:
        """What a command answered when it was carried out; None when it was not."""
        ...

    def claimed(self, municipality: str, name: str) -> EstateId | None:
        """The estate that bears this normalised name now."""
        ...

    def bearers(self, name: str) -> list[NameClaim]:
        """The claims on this normalised name now, in every municipality."""
        ...

    def claimed_many(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], EstateId]:
        """The estates that bear these (municipality, name) pairs now; free pairs are absent."""
        ...

    def read(self, sql: str, parameters: Mapping[str, Value]) -> Sequence[FoundRow]:
        """The rows of a query of ours over the view tables; the connection cannot write."""
        ...

    def query(self, sql: str, parameters: Mapping[str, Value], most: int) -> Sequence[FoundRow]:
        """The first rows of a query that a host wrote; whatever it says, nothing is written."""
        ...

    def behind(self) -> list[Behind]:
        """The views that are behind, by view and estate."""
        ...

    def fall_behind(self, marks: Sequence[Behind]) -> None:
        """Records that views do not show the newest events of estates."""
        ...

    def repair(self, *rows: RowChange) -> tuple[Behind, ...]:
        """Writes recomputed rows; answers those that are refused again.

        A `replace_all` that succeeds clears the estate's mark for that view.

        Raises:
            VersionConflict: an estate is no longer at its `at_version`; nothing was written.
        """
        ...

    def prepare_views(self, views: Sequence[View]) -> None:
        """Creates the view tables that are missing.

        Such a table starts empty; when the store has events its view is `unfilled`. A table of
        an older schema stays as it is: see `live_schemas`.

        Raises:
            StoreTooNew: a newer release made one of the tables.
        """
        ...

    def unfilled(self) -> tuple[str, ...]:
        """The names of views whose tables do not show every event; a rebuild replaces them."""
        ...

    def mark(self, name: str) -> int | None:
        """A number that was kept under this name; None when there is none."""
        ...

    def set_mark(self, name: str, number: int) -> None:
        """Keeps a number under a name."""
        ...

    def doctor(self) -> list[Diagnosis]:
        """What a keeper should know: versions, journal, durability, integrity, known defects."""
        ...

    def library_application(self) -> Application[str]:
        """An application of the eventsourcing library over this store; close the store, not it."""
        ...

    def close(self) -> None:
        """Closes every connection; closing twice is allowed."""
        ...


def any_written(rows: Iterable[RowChange], refused: Iterable[Behind]) -> bool:
    """Whether a repair wrote rows; of those that are refused again the tables keep nothing new."""
    left = {(one.view, one.estate) for one in refused}
    return any((row.view.name, row.estate) not in left for row in rows)
