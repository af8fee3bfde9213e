"""How does the demonstration go? Import, two boards, one history, one invented estate's life."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.estate.commands import name_of
from kvob_domain.words import Text
from kvob_workflow import BoardQuery, Engine
from kvob_workflow.addresses import shown
from kvob_workflow.cli.screens.board import draw_board
from kvob_workflow.cli.screens.history import draw_history
from kvob_workflow.cli.screens.imported import draw_report
from kvob_workflow.cli.screens.touring import draw_walked
from kvob_workflow.cli.serving_tour import serve_tour
from kvob_workflow.clock import AMSTERDAM, SystemClock
from kvob_workflow.demo import MUNICIPALITY, NAME, walk
from kvob_workflow.importing import import_file, sample_cases

if TYPE_CHECKING:
    from kvob_domain.errors import Rejected
    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.board import BoardRow
    from kvob_workflow import HistoryEntry
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.demo import Walked
    from kvob_workflow.importing.report import ReportDict

LONG_AGO: Final = date(2020, 1, 15)
"""A day on which many of the sample estates held a valid mark."""
SHOWN_ESTATE: Final = "De Soestdijkse Grachten, Soest"


@dataclass(eq=False)
class DemoNeedsNewStore(Invalid):
    """The demonstration never writes into a store that somebody uses."""

    code: ClassVar[str] = "demo-needs-new-store"
    nl: ClassVar[str] = (
        "De opslag {store} bestaat al; de rondleiding schrijft alleen in een nieuwe. Noem een "
        "ander bestand, of laat --store weg."
    )
    en: ClassVar[str] = (
        "The store {store} exists already; the tour writes to a new one only. Name another "
        "file, or leave out --store."
    )
    store: str


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of the invented estate: its events, or why it was refused.

    `notices` are those that had fallen due by then.
    """

    command: str
    on: str
    person: str
    notices: tuple[Recorded, ...]
    events: tuple[Recorded, ...]
    refusal: Rejected | None


@dataclass(frozen=True, slots=True)
class Tour:
    """Everything that the demonstration shows, as its JSON names it."""

    store: str
    imported: ReportDict
    board: tuple[BoardRow, ...]
    board_long_ago: tuple[BoardRow, ...]
    history: tuple[HistoryEntry, ...]
    life: tuple[StepTaken, ...]


class TourClock:
    """The machine's clock, but for a story that is told as if it were recorded day by day."""

    def __init__(self) -> None:
        """Tell the real time."""
        self._told: datetime | None = None

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return self._told or SystemClock().now()

    def stand_on(self, day: date) -> None:
        """Stand at noon of a civil day in Amsterdam."""
        self._told = datetime.combine(day, time(12), AMSTERDAM).astimezone(UTC)

    def go_on(self) -> None:
        """Tell the real time again."""
        self._told = None


def tour(desk: Desk, *, serves: bool = False) -> None:
    """Walk through it all; with `serves` the board of it is offered afterwards, until stopped.

    Raises:
        DemoNeedsNewStore: when the store that was named exists.
    """
    store = _new_store(desk)
    clock = TourClock()
    with Engine.open(store, synchronous="NORMAL", clock=clock) as engine:
        with sample_cases() as path:
            report = import_file(engine, path)
        now, then = BoardQuery(day=engine.today()), BoardQuery(day=LONG_AGO)
        boards = engine.board(now), engine.board(then)
        shown = engine.find(SHOWN_ESTATE)
        found = Tour(
            store=store,
            imported=report.as_dict(desk.language),
            board=boards[0].items,
            board_long_ago=boards[1].items,
            history=engine.history(shown),
            life=tuple(_taken(walked) for walked in walk(engine, clock.stand_on)),
        )
        clock.go_on()

        def draw(screen: Screen) -> None:
            _part(screen, _IMPORT)
            draw_report(screen, report)
            _part(screen, _THEN)
            draw_board(screen, boards[1], then)
            _part(screen, _NOW)
            draw_board(screen, boards[0], now)
            _part(screen, _HISTORY)
            draw_history(screen, engine.state(shown), found.history)
            _draw_rest(screen, found)

        desk.give(found, draw)
        if serves:
            serve_tour(desk, engine)


def _draw_rest(screen: Screen, found: Tour) -> None:
    _part(screen, _LIFE)
    draw_walked(screen, found.life)
    _part(screen, _NEXT)
    for line in _TRY:
        screen.whole(f"  {line.format(store=found.store, name=NAME, place=MUNICIPALITY)}")


_IMPORT: Final = Text(
    "1. Feiten uit openbare bronnen, geïmporteerd in een nieuwe opslag",
    "1. Facts from public sources, imported into a new store",
)
_THEN: Final = Text("2. Het bord op 2020-01-15", "2. The board on 2020-01-15")
_NOW: Final = Text("3. Het bord van vandaag", "3. The board of today")
_HISTORY: Final = Text("4. De geschiedenis van één terrein", "4. The history of one estate")
_LIFE: Final = Text(
    "5. Een verzonnen terrein, van start tot hercertificering, en wat de regels weigeren",
    "5. An invented estate from start to renewal, and what the rules refuse",
)
_NEXT: Final = Text("Kijk zelf verder", "Look around yourself")
_TRY: Final = (
    "export KVOB_STORE={store}",
    "kvob estate '{name}, {place}'",
    "kvob due --within 2y",
    "kvob register --on 2022-10-09 --municipality Soest",
    "kvob serve --development",
)


def _part(screen: Screen, title: Text) -> None:
    screen.line()
    screen.heading(screen.words(title))


def _new_store(desk: Desk) -> str:
    """The store named with --store; else a new one that may be thrown away.

    KVOB_STORE does not count: it names the store that somebody works with.
    """
    named = any(one.name == "store" and one.origin == "--store" for one in desk.settings.sources)
    if not named:
        return f"sqlite:///{Path(tempfile.mkdtemp(prefix='kvob-demo-')) / 'kvob.db'}"
    if desk.settings.store != "memory:" and desk.missing_store() is None:
        raise DemoNeedsNewStore(shown(desk.settings.store))
    return desk.settings.store


def _taken(walked: Walked) -> StepTaken:
    outcome = walked.outcome
    return StepTaken(
        command=name_of(type(walked.step.command)),
        on=str(getattr(walked.step.command, "on", "")),  # a past fact has its own
        person=walked.step.actor.person,
        notices=outcome.notices if outcome else (),
        events=outcome.events if outcome else (),
        refusal=walked.refusal,
    )
