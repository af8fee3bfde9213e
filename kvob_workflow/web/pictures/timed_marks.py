"""How do the bars and marks of a timeline look? Every kind has its own shape besides its colour."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from markupsafe import Markup

from kvob_domain.words import Language, Text
from kvob_workflow.web.pictures.days import days_between, short_day
from kvob_workflow.web.pictures.lettering import line, shorten, width_of
from kvob_workflow.web.pictures.packing import Item
from kvob_workflow.web.pictures.svg import element, group, named, number, together
from kvob_workflow.web.pictures.time_scale import TimeScale
from kvob_workflow.web.pictures.timed import Bar, Deadline, Story, TimelineEvent

Shape = Literal["plain", "move", "certificate", "refused", "correction", "planned", "overdue"]

ROW: Final = 26  # a target for a finger is 24 high
_RADIUS: Final = 6
SHAPES: Final[dict[Shape, Text]] = {
    "plain": Text("gebeurtenis", "event"),
    "move": Text("nieuwe stap", "new step"),
    "certificate": Text("certificaat", "certificate"),
    "refused": Text("geweigerd", "refused"),
    "correction": Text("correctie", "correction"),
    "planned": Text("gepland", "planned"),
    "overdue": Text("verstreken", "overdue"),
}
_PARTIAL: Final = Text("alleen maand of jaar bekend", "only month or year known")
_LATER: Final = Text("later vastgelegd", "recorded later")
_RECORDED: Final = Text("vastgelegd op {day}", "recorded on {day}")


@dataclass(frozen=True, slots=True)
class Look:
    """How wide the picture is, how wide a label at most, and how many rows labels may take.

    `stacked` puts the label of a bar above it, where a narrow place has no room beside it.
    """

    width: float
    label: float
    rows: int
    stacked: bool = False

    @property
    def bar_row(self) -> float:
        """How high a row of bars is."""
        return ROW + 12 if self.stacked else ROW


def bar_item(bar: Bar, story: Story, scale: TimeScale, look: Look, language: Language) -> Item:
    """A bar with its label inside it, or beside it where it is too short."""
    last = bar.last or max(story.today, bar.first or story.today)
    x0, x1 = scale.x(bar.first or last), scale.x(last)
    x0 = min(x0, look.width - 3)
    x1 = max(x1, x0 + 3)
    label = f"{bar.label} · {bar.note}" if bar.note else bar.label
    shown = shorten(label, look.width - 16)
    needed = width_of(shown)
    is_inside = needed + 12 <= x1 - x0 and not _is_torn(x0, needed, scale)
    if look.stacked:
        begin = min(x0, look.width - needed)
    else:
        begin = x0 + 6 if is_inside else _beside(x0, x1, needed, look.width)
    name = f"{days_between(bar.first, bar.last, language)}: {label}" if bar.last else label
    low = look.bar_row - ROW + 3
    css = "pic-inside" if is_inside and not look.stacked else "pic-label"

    def drawn(top: float) -> Markup:
        return named(
            name,
            bar.href,
            _target(min(x0, begin), top, max(x1, begin + needed), look.bar_row),
            element(
                "rect",
                x=x0,
                y=top + low,
                width=x1 - x0,
                height=14 if look.stacked else 20,
                rx=3,
                class_=f"pic-span pic-span-{bar.kind}",
            ),
            *_tears(x0, x1, top + low, 14 if look.stacked else 20, scale),
            line(shown, (begin, top + (12 if look.stacked else 18)), needed + 1, css),
        )

    return Item(min(x0, begin), max(x1, begin + needed), drawn)


def event_item(
    event: TimelineEvent,
    scale: TimeScale,
    look: Look,
    language: Language,
    *,
    labelled: bool,
    recorded: bool,
) -> Item:
    """A mark in the middle of the days that it can have been, which are a span behind it."""
    first = event.on_from or event.recorded_on
    until = event.on_to or first
    x0, x1 = scale.x(first), scale.x(until)
    x = (x0 + x1) / 2
    name = f"{days_between(first, until, language)}: {event.label}"
    later = scale.x(event.recorded_on) if recorded and event.is_late else None
    if later is not None:
        name += f", {_RECORDED.of(language).format(day=short_day(event.recorded_on, language))}"
    ends = (min(x0, x - 12), max(x1, x + 12, later + 6 if later is not None else 0))
    span = (x0, x1) if until > first else None
    mark = _Mark(x, event.kind, span, later)
    return _marked(mark, ends, event.label if labelled else "", name, event.href, look)


def deadline_item(
    deadline: Deadline, story: Story, scale: TimeScale, look: Look, language: Language
) -> Item:
    """A hollow mark; one that has gone by says so in its shape and in words."""
    x = scale.x(deadline.due_on)
    is_overdue = deadline.due_on < story.today
    label = f"{deadline.label} ({SHAPES['overdue'].of(language)})" if is_overdue else deadline.label
    name = f"{short_day(deadline.due_on, language)}: {label}"
    mark = _Mark(x, "overdue" if is_overdue else "planned")
    return _marked(mark, (x - 12, x + 12), label, name, deadline.href, look)


def legend(
    story: Story, y: float, look: Look, language: Language, *, with_recorded: bool
) -> tuple[Markup, float]:
    """What the shapes mean, of those that were drawn; and where it ends."""
    present: set[Shape] = {event.kind for event in story.events if event.on_from is not None}
    present |= {"overdue" if one.due_on < story.today else "planned" for one in story.deadlines}
    entries = [(_Mark(8, shape), words) for shape, words in SHAPES.items() if shape in present]
    if any(_is_partial(event.on_from, event.on_to) for event in story.events):
        entries.append((_Mark(12, "plain", (0, 24)), _PARTIAL))
    if with_recorded and any(event.is_late for event in story.events):
        entries.append((_Mark(7, "plain", None, 26), _LATER))
    parts: list[Markup] = []
    x = 0.0
    for mark, words in entries:
        said = words.of(language)
        indent = 22 if mark.span is None and mark.later is None else 38
        needed = indent + width_of(said) + 20
        if x and x + needed - 20 > look.width:
            x, y = 0, y + 24
        moved = _Mark(
            mark.x + x,
            mark.shape,
            (mark.span[0] + x, mark.span[1] + x) if mark.span else None,
            mark.later + x if mark.later is not None else None,
        )
        parts += [moved.draw(y - 13), line(said, (x + indent, y + 5), look.width - indent)]
        x += needed
    return group(*parts, class_="pic-legend"), y + 10


@dataclass(frozen=True, slots=True)
class _Mark:
    x: float
    shape: Shape
    span: tuple[float, float] | None = None
    later: float | None = None

    def draw(self, top: float) -> Markup:
        y = top + ROW / 2
        parts: list[Markup] = []
        if self.span is not None:
            x0, x1 = self.span
            parts.append(
                element(
                    "rect",
                    x=x0,
                    y=y - 4,
                    width=max(x1 - x0, 2),
                    height=8,
                    rx=4,
                    class_="pic-partial",
                )
            )
        if self.later is not None:
            parts += [
                element("line", x1=self.x, y1=y, x2=self.later, y2=y, class_="pic-link-line"),
                element("circle", cx=self.later, cy=y, r=3.5, class_="pic-recorded"),
            ]
        return together([*parts, _shape(self.shape, self.x, y)])


def _marked(
    mark: _Mark,
    ends: tuple[float, float],
    label: str,
    name: str,
    href: str | None,
    look: Look,
) -> Item:
    room = max(ends[0], look.width - ends[1]) - 4
    shown = shorten(label, min(look.label, room)) if label else ""
    needed = width_of(shown)
    begin = _beside(*ends, needed, look.width) if shown else ends[0]
    x0, x1 = min(ends[0], begin), max(ends[1], begin + needed)

    def drawn(top: float) -> Markup:
        text = line(shown, (begin, top + 18), needed + 1, "pic-label") if shown else Markup("")
        return named(name, href, _target(x0, top, x1), mark.draw(top), text)

    return Item(x0, x1, drawn)


def _beside(x0: float, x1: float, needed: float, width: float) -> float:
    """Where a label begins: behind what it names, before it, or wherever it still fits."""
    if x1 + 4 + needed <= width:
        return x1 + 4
    return x0 - 4 - needed if x0 - 4 - needed >= 0 else max(0, width - needed)


def _is_torn(x0: float, needed: float, scale: TimeScale) -> bool:
    return any(fold.x0 < x0 + 6 + needed and fold.x1 > x0 + 6 for fold in scale.folds)


def _tears(x0: float, x1: float, top: float, high: float, scale: TimeScale) -> Iterator[Markup]:
    """The sign of a break over a bar that lasts through a fold."""
    for fold in scale.folds:
        if x0 < fold.x0 and fold.x1 < x1:
            x, wide = (fold.x0 + fold.x1) / 2, min(5.0, (fold.x1 - fold.x0) / 4)
            low, up = top + high + 2, top - 2
            corners = [(x - wide, low), (x, up), (x + 2 * wide, up), (x + wide, low)]
            yield element("polygon", points=_points(corners), class_="pic-tear")
            for begin, end in (corners[:2], corners[3:1:-1]):
                yield element(
                    "line", x1=begin[0], y1=begin[1], x2=end[0], y2=end[1], class_="pic-break"
                )


def _points(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)


def _target(x0: float, top: float, x1: float, height: float = ROW) -> Markup:
    return element(
        "rect",
        x=x0,
        y=top + 1,
        width=x1 - x0,
        height=height - 2,
        rx=4,
        fill="none",
        class_="pic-target",
    )


def _is_partial(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and first != last


def _shape(shape: Shape, x: float, y: float) -> Markup:
    css, r = f"pic-mark pic-mark-{shape}", _RADIUS
    if shape == "move":
        return element("rect", x=x - r, y=y - r, width=r * 2, height=r * 2, class_=css)
    if shape in ("plain", "planned"):
        return element("circle", cx=x, cy=y, r=r, class_=css)
    corners: dict[Shape, list[tuple[float, float]]] = {
        "certificate": [(0, -8), (8, 0), (0, 8), (-8, 0)],
        "correction": [(0, -7), (7, 6), (-7, 6)],
        "overdue": [(-7, -6), (7, -6), (0, 7)],
        "refused": [
            (-7, -4),
            (-4, -7),
            (0, -3),
            (4, -7),
            (7, -4),
            (3, 0),
            (7, 4),
            (4, 7),
            (0, 3),
            (-4, 7),
            (-7, 4),
            (-3, 0),
        ],
    }
    points = _points((x + dx, y + dy) for dx, dy in corners[shape])
    return element("polygon", points=points, class_=css)
