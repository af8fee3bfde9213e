"""Where does an estate stand in the two machines, what can be done now, and what blocks the rest?

The picture shows every state and move; the reasons are a list that the page writes below it.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.estate.possible import Possible
from kvob_domain.estate.state import Move
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import (
    CERTIFICATE_MOVES,
    CERTIFICATE_TABLE,
    TRAJECTORY_MOVES,
    TRAJECTORY_TABLE,
    Table,
)
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Language, Text
from kvob_workflow.web.pictures.days import short_day
from kvob_workflow.web.pictures.drawn_machine import (
    Arrow,
    Going,
    State,
    arrow,
    box,
    legend,
    legend_rows,
    listed,
)
from kvob_workflow.web.pictures.routes import CERTIFICATE, TRAJECTORY, Layout, end_route
from kvob_workflow.web.pictures.svg import picture, together, wide_and_narrow
from kvob_workflow.web.pictures.walked import Walked, walked

_NARROW: Final = 284
_TITLES: Final[Mapping[str, Text]] = {
    **{name_of(command): command.TITLE for command in ALL_COMMANDS},
    "expire": Text("Loopt af", "Expires"),
    "lose_date": Text("Datum raakt onbekend", "Date becomes unknown"),
}
_TRAJECTORY: Final = Text("Het traject: stappen en handelingen", "The trajectory: steps and acts")
_CERTIFICATE: Final = Text("Het certificaat: standen", "The certificate: states")
_NOW: Final = Text("Nu: {state}.", "Now: {state}.")
_EARLIER: Final = Text("✓ Eerder", "✓ Earlier")
_PAST: Final = Text("Geweest: {states}.", "Before: {states}.")
_CAN: Final = Text("Kan nu: {moves}.", "Possible now: {moves}.")
_BLOCKED: Final = Text("Geblokkeerd: {moves}.", "Blocked: {moves}.")
_NONE: Final = Text("niets", "nothing")


@dataclass(frozen=True, slots=True)
class Blocked:
    """A command that cannot be given, and why; `number` is the picture's, None without one."""

    number: int | None
    command: type[Command]
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """The picture and what the page writes with it.

    `blocked` are the moves and acts of the current state, numbered; `elsewhere` those of other
    states. `staying` are the titles of what can be done now without leaving the state.
    """

    picture: Markup
    blocked: tuple[Blocked, ...]
    elsewhere: tuple[Blocked, ...]
    staying: tuple[str, ...]


def trajectory_diagram(
    step: Step,
    moves: Sequence[Move],
    possible: Iterable[Possible],
    language: Language,
    *,
    name: str = "trajectory",
    first_number: int = 1,
) -> Diagram:
    """The nine steps; `name` starts the ids, `first_number` is the first reason's."""
    been = walked(moves)
    asked = [one for one in possible if _is_of_trajectory(name_of(one.command))]
    return _diagram(
        _Machine(
            TRAJECTORY_TABLE,
            TRAJECTORY.with_route(*end_route(step)) if step is not Step.ENDED else TRAJECTORY,
            tuple(_step_state(one, step, been, language) for one in Step),
            step,
            _TRAJECTORY.of(language),
        ),
        asked,
        language,
        name,
        first_number,
    )


def certificate_diagram(
    status: Status,
    past: Iterable[Status],
    possible: Iterable[Possible],
    language: Language,
    *,
    name: str = "certificate",
    first_number: int = 1,
) -> Diagram:
    """The six states of the certificate; `past` are those that it has been in before."""
    been = frozenset(past)
    states = tuple(
        State(
            one,
            one.words.of(language),
            "current" if one is status else "past" if one in been else "other",
            past=_EARLIER,
        )
        for one in Status
    )
    asked = [one for one in possible if name_of(one.command) in CERTIFICATE_MOVES]
    machine = _Machine(CERTIFICATE_TABLE, CERTIFICATE, states, status, _CERTIFICATE.of(language))
    return _diagram(machine, asked, language, name, first_number)


@dataclass(frozen=True, slots=True)
class _Machine:
    table: Table
    layout: Layout
    states: tuple[State, ...]
    current: str
    title: str

    def has(self, move: str) -> bool:
        """Whether the move leaves the current state or stays in it, as acts without a move do."""
        return (self.current, move) in self.table or not any(name == move for _, name in self.table)

    def stays(self, move: str) -> bool:
        return self.table.get((self.current, move), self.current) == self.current

    def stood_in(self, key: str) -> bool:
        return any(state.key == key and state.standing != "other" for state in self.states)


def _diagram(
    machine: _Machine, asked: Sequence[Possible], language: Language, name: str, first: int
) -> Diagram:
    stopped = [one for one in asked if one.obstacles]
    # What leaves the state comes first: those are the numbers in the picture.
    here = sorted(
        (one for one in stopped if machine.has(name_of(one.command))),
        key=lambda one: (machine.stays(name_of(one.command)), one.leads_to is Step.ENDED),
    )
    blocked = tuple(_blocked(one, first + at, language) for at, one in enumerate(here))
    away = [one for one in stopped if not machine.has(name_of(one.command))]
    free = {name_of(one.command) for one in asked if not one.obstacles}
    numbers = {name_of(one.command): one.number for one in blocked}
    arrows = tuple(_arrows(machine, free, numbers, language))
    said = _in_words(machine, arrows, language)
    return Diagram(
        _drawn(machine, arrows, said, language, name),
        blocked,
        tuple(_blocked(one, None, language) for one in away),
        tuple(
            one.command.TITLE.of(language)
            for one in asked
            if not one.obstacles and machine.stays(name_of(one.command))
        ),
    )


def _arrows(
    machine: _Machine,
    free: AbstractSet[str],
    numbers: Mapping[str, int | None],
    language: Language,
) -> Iterable[Arrow]:
    for (source, move), target in machine.table.items():
        if source == target or (source, move) not in machine.layout.routes:
            continue
        going: Going = "elsewhere"
        if source == machine.current:
            going = "can" if move in free else "blocked" if move in numbers else "elsewhere"
        elif machine.stood_in(source) and machine.stood_in(target):
            going = "walked"
        yield Arrow(
            source,
            target,
            move,
            _TITLES[move].of(language),
            going,
            numbers.get(move) if going == "blocked" else None,
        )


def _drawn(
    machine: _Machine, arrows: Sequence[Arrow], said: str, language: Language, name: str
) -> Markup:
    layout = machine.layout
    going: list[Going] = [one.going for one in arrows]
    # What can be done is drawn last, over lines that it may cross.
    order = sorted(arrows, key=lambda one: one.going in ("can", "blocked"))
    drawn = [arrow(one, layout.routes[one.source, one.move]) for one in order]
    boxes = [
        box(state, layout.places[state.key], layout.size, language) for state in machine.states
    ]
    key = legend(going, (layout.margin, layout.height + 14), layout.width - 60, language)
    height = layout.height + 22 * legend_rows(going, layout.width - 60, language) + 4
    narrow, tall = listed(machine.states, arrows, _NARROW, language)
    return wide_and_narrow(
        picture(
            f"{name}-wide",
            machine.title,
            said,
            (layout.width, height),
            together([*drawn, *boxes, key]),
            css="kvob-wide pic-machine",
        ),
        picture(
            f"{name}-narrow",
            machine.title,
            said,
            (_NARROW, tall),
            narrow,
            css="kvob-narrow pic-machine",
        ),
    )


def _in_words(machine: _Machine, arrows: Sequence[Arrow], language: Language) -> str:
    names = {state.key: state.words for state in machine.states}
    past = [state.words for state in machine.states if state.standing == "past"]
    can = [f"{one.title} → {names[one.target]}" for one in arrows if one.going == "can"]
    blocked = [f"{one.number} {one.title}" for one in arrows if one.going == "blocked"]
    sentences = [_NOW.of(language).format(state=names[machine.current])]
    if past:
        sentences.append(_PAST.of(language).format(states=", ".join(past)))
    sentences.append(_CAN.of(language).format(moves=", ".join(can) or _NONE.of(language)))
    if blocked:
        sentences.append(_BLOCKED.of(language).format(moves=", ".join(blocked)))
    return " ".join(sentences)


def _blocked(one: Possible, number: int | None, language: Language) -> Blocked:
    reasons = tuple(obstacle.message(language) for obstacle in one.obstacles)
    return Blocked(number, one.command, one.command.TITLE.of(language), reasons)


def _step_state(one: Step, step: Step, been: Walked, language: Language) -> State:
    words = one.words.of(language)
    if one is step:
        day = been.entered.get(one)
        return State(one, words, "current", short_day(day, language) if day else None)
    if one in been.left:
        day = been.left[one]
        return State(one, words, "past", short_day(day, language) if day else None)
    return State(one, words, "other")


def _is_of_trajectory(move: str) -> bool:
    return move in TRAJECTORY_MOVES or move not in CERTIFICATE_MOVES
