"""How is a state machine drawn? Boxes for states, arrows for moves, and the same as a list.

Where the boxes and arrows of the two machines stand is in `state_diagram`; the shapes are here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from kvob_domain.words import Language, Text
from kvob_workflow.web.pictures.lettering import LEADING, Anchor, line, lines, width_of, wrap
from kvob_workflow.web.pictures.svg import element, group, number, together

Point = tuple[float, float]
Standing = Literal["past", "current", "other"]
Going = Literal["can", "blocked", "walked", "elsewhere"]

BOX: Final = (168, 88)
BADGE: Final = 11  # radius of a number's circle
HERE: Final = Text("● Nu hier", "● Here now")
SINCE: Final = Text("sinds", "since")
DONE: Final = Text("✓ Klaar", "✓ Done")
LEGEND: Final[tuple[tuple[Going, Text], ...]] = (
    ("can", Text("kan nu", "possible now")),
    ("blocked", Text("geblokkeerd, reden bij nummer", "blocked, reason at number")),
    ("walked", Text("al doorlopen", "already passed")),
    ("elsewhere", Text("vanuit een andere stand", "from another state")),
)


@dataclass(frozen=True, slots=True)
class State:
    """A state as it is drawn; `day` is when it began (current) or was left (past), in words.

    `past` is what is said of it when it is past.
    """

    key: str
    words: str
    standing: Standing
    day: str | None = None
    past: Text = DONE

    def note(self, language: Language) -> tuple[str, ...]:
        """The lines below its name; none for a state that is neither past nor current."""
        if self.standing == "current":
            since = (f"{SINCE.of(language)} {self.day}",) if self.day else ()
            return HERE.of(language), *since
        if self.standing == "past":
            past = self.past.of(language)
            return (f"{past} {self.day}" if self.day else past,)
        return ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move as it is drawn; `number` refers to the list of reasons."""

    source: str
    target: str
    move: str
    title: str
    going: Going
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Where an arrow runs, where its title stands, and where its number."""

    points: tuple[Point, ...]
    title: Point
    badge: Point
    width: float = 142
    anchor: Anchor = "middle"
    rising: bool = False


def box(state: State, at: Point, size: tuple[float, float], language: Language) -> Markup:
    """A state: its name, and whether it is past or now in a sign and in words."""
    x, y = at
    width, height = size
    center = x + width / 2
    inner = width - 8
    name = wrap(state.words, inner, 2)
    note = state.note(language)
    top = y + (height - LEADING * (len(name) + len(note))) / 2 + 13
    return group(
        element("rect", x=x, y=y, width=width, height=height, rx=8, class_="pic-box"),
        lines(state.words, (center, top), inner, 2, "pic-name", "middle"),
        *(
            line(said, (center, top + LEADING * (len(name) + row)), inner, "pic-note", "middle")
            for row, said in enumerate(note)
        ),
        class_=f"pic-state pic-{state.standing}",
    )


def arrow(drawn: Arrow, route: Route) -> Markup:
    """A move: its line and head, its title, and its number where it is blocked."""
    title = lines(
        drawn.title, route.title, route.width, 3, "pic-move", route.anchor, rising=route.rising
    )
    mark = badge(drawn.number, route.badge) if drawn.number is not None else Markup("")
    return group(path(route.points), title, mark, class_=f"pic-arrow pic-{drawn.going}")


def path(points: Sequence[Point]) -> Markup:
    """A line with an arrow's head at its end."""
    (x0, y0), (x1, y1) = points[-2], points[-1]
    long = max(abs(x1 - x0), abs(y1 - y0)) or 1
    dx, dy = (x1 - x0) / long, (y1 - y0) / long
    # The line ends inside the head, so that its own end does not blunt the point.
    ended = [*points[:-1], (x1 - dx * 6, y1 - dy * 6)]
    head = [
        (x1, y1),
        (x1 - dx * 10 - dy * 5, y1 - dy * 10 + dx * 5),
        (x1 - dx * 10 + dy * 5, y1 - dy * 10 - dx * 5),
    ]
    return element("polyline", points=_points(ended), class_="pic-line", fill="none") + element(
        "polygon", points=_points(head), class_="pic-head"
    )


def badge(shown: int, at: Point) -> Markup:
    """The number that a reason below bears, in a circle."""
    x, y = at
    wide = max(BADGE * 2, width_of(str(shown)) + 10)
    return element(
        "rect",
        x=x - wide / 2,
        y=y - BADGE,
        width=wide,
        height=BADGE * 2,
        rx=BADGE,
        class_="pic-badge",
    ) + line(str(shown), (x, y + 5), 60, "pic-number", "middle")


def legend(going: Iterable[Going], at: Point, width: float, language: Language) -> Markup:
    """What the kinds of line mean, of the kinds that were drawn; in rows of the width given."""
    x0, y0 = at
    x, y = x0, y0
    present = set(going)
    parts: list[Markup] = []
    for kind, words in LEGEND:
        if kind not in present:
            continue
        shown = words.of(language)
        needed = 44 + width_of(shown) + 24
        if x > x0 and x + needed - 24 > x0 + width:
            x, y = x0, y + 22
        stroke = path([(x, y - 5), (x + 36, y - 5)])
        label = line(shown, (x + 44, y), width - 44, "pic-text")
        parts.append(group(stroke, label, class_=f"pic-arrow pic-{kind}"))
        x += needed
    return group(*parts, class_="pic-legend")


def legend_rows(going: Iterable[Going], width: float, language: Language) -> int:
    """How many rows of 22 that takes."""
    present = set(going)
    rows, used = 1, 0.0
    for kind, words in LEGEND:
        needed = 44 + width_of(words.of(language)) + 24
        if kind in present:
            if used and used + needed - 24 > width:
                rows, used = rows + 1, 0.0
            used += needed
    return rows


def listed(
    states: Sequence[State], arrows: Sequence[Arrow], width: float, language: Language
) -> tuple[Markup, float]:
    """The same for a narrow place: every state with the moves that leave it below it; height."""
    parts: list[Markup] = []
    y = 2.0
    names = {state.key: state.words for state in states}
    for state in states:
        rows = len(wrap(state.words, width - 12, 2)) + len(state.note(language))
        high = 20 + LEADING * rows
        parts.append(box(state, (2, y), (width - 4, high), language))
        y += high + 6
        for one in arrows:
            if one.source == state.key:
                row, taken = _listed_move(one, names[one.target], y, width)
                parts.append(row)
                y += taken
        y += 12
    shown: list[Going] = [one.going for one in arrows]
    parts.append(legend(shown, (2, y + 10), width - 4, language))
    return together(parts), y + 22 * legend_rows(shown, width - 4, language) + 4


def _listed_move(drawn: Arrow, target: str, y: float, width: float) -> tuple[Markup, float]:
    words = f"{drawn.title} → {target}"
    indent = 44 if drawn.number is None else 72
    taken = 8 + LEADING * len(wrap(words, width - indent, 3))
    middle = y + 14
    parts = [
        path([(16, y - 6), (16, middle), (38, middle)]),
        lines(words, (indent, middle + 5), width - indent, 3, "pic-move"),
    ]
    if drawn.number is not None:
        parts.append(badge(drawn.number, (54, middle)))
    return group(*parts, class_=f"pic-arrow pic-{drawn.going}"), max(taken, 26)


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
