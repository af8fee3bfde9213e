"""How does a timeline look? An axis, and lanes of bars and marks in rows that do not overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from kvob_domain.words import Language, Text
from kvob_workflow.web.pictures.days import length, short_day
from kvob_workflow.web.pictures.lettering import line, width_of
from kvob_workflow.web.pictures.packing import Item, Packed, pack
from kvob_workflow.web.pictures.svg import element, group, number, together
from kvob_workflow.web.pictures.time_scale import Fold, TimeScale, ticks
from kvob_workflow.web.pictures.timed import Story, TimelineEvent
from kvob_workflow.web.pictures.timed_marks import (
    ROW,
    Look,
    bar_item,
    deadline_item,
    event_item,
    legend,
)

_STEPS: Final = Text("Stappen", "Steps")
_CERTIFICATES: Final = Text("Certificaten", "Certificates")
_EVENTS: Final = Text("Gebeurtenissen", "Events")
_DEADLINES: Final = Text("Termijnen", "Deadlines")
_TODAY: Final = Text("Vandaag", "Today")
_AS_OF: Final = Text("Op", "On")
_NOTHING: Final = Text("{time} zonder gebeurtenissen", "{time} without events")
_NOTHING_SHORT: Final = Text("{time} zonder iets", "{time} without events")
_MORE_FOLDS: Final = Text(
    "en nog {count} keer een lange tijd zonder gebeurtenissen",
    "and {count} more long times without events",
)
_UNDATED: Final = Text(
    "Zonder datum, alleen in de tabel: {count}", "Without a date, in the table only: {count}"
)
_WORDED: Final = 8  # folds whose words are drawn: the longest ones
_MARK_ROWS: Final = 6  # rows of marks without labels
_HEAD: Final = 20
_MORE: Final = 48  # width of the places in which what is left over is counted


@dataclass(frozen=True, slots=True)
class _Lane:
    words: str
    packed: Packed
    row: float

    @property
    def more(self) -> float:
        return ROW if self.packed.left_over else 0

    @property
    def height(self) -> float:
        return _HEAD + self.packed.rows * self.row + self.more + 10


def draw(
    story: Story, scale: TimeScale, look: Look, language: Language, *, with_recorded: bool
) -> tuple[Markup, float]:
    """Everything inside the picture, and its height."""
    words = _fold_words(scale, language)
    shown = sorted(scale.folds, key=lambda fold: fold.last.toordinal() - fold.next_day.toordinal())
    heads = pack(_fold_item(fold, scale.width, language) for fold in shown[:_WORDED])
    folds_end = 18 * (heads.rows + bool(words)) + (4 if scale.folds else 0)
    axis = folds_end + 46
    lanes = _lanes(story, scale, look, language, with_recorded)
    bottom = axis + 8 + sum(lane.height for lane in lanes)
    parts = [
        *heads.draw(0, 18),
        line(words, (0, 18 * heads.rows + 13), scale.width) if words else Markup(""),
        _grid(scale, axis, bottom, language),
        *(_break(fold, 18 * heads.rows, bottom) for fold in scale.folds),
        _today(story, scale, folds_end, bottom, language),
        _axis(scale, axis, language),
    ]
    top: float = axis + 8
    for lane in lanes:
        parts.extend(_drawn_lane(lane, top, scale.width))
        top += lane.height
    key, keyed = legend(story, bottom + 20, look, language, with_recorded=with_recorded)
    undated = sum(event.on_from is None for event in story.events)
    if undated:
        note = _UNDATED.of(language).format(count=undated)
        parts.append(line(note, (0, keyed + 16), scale.width))
        keyed += 22
    return together([*parts, key]), keyed + 4


def _lanes(
    story: Story, scale: TimeScale, look: Look, language: Language, with_recorded: bool
) -> Sequence[_Lane]:
    found = [
        (_STEPS, pack(bar_item(bar, story, scale, look, language) for bar in story.steps)),
        (
            _CERTIFICATES,
            pack(bar_item(bar, story, scale, look, language) for bar in story.certificates),
        ),
        (_EVENTS, _events(story.events, scale, look, language, with_recorded)),
        (
            _DEADLINES,
            pack(deadline_item(one, story, scale, look, language) for one in story.deadlines),
        ),
    ]
    return [
        _Lane(
            words.of(language),
            packed,
            look.bar_row if words in (_STEPS, _CERTIFICATES) else ROW,
        )
        for words, packed in found
        if packed.rows
    ]


def _events(
    events: Sequence[TimelineEvent],
    scale: TimeScale,
    look: Look,
    language: Language,
    with_recorded: bool,
) -> Packed:
    """With their labels where those fit in the rows that there are, as bare marks otherwise."""
    dated = [event for event in events if event.on_from is not None]

    def items(labelled: bool) -> list[Item]:
        return [
            event_item(event, scale, look, language, labelled=labelled, recorded=with_recorded)
            for event in dated
        ]

    if len(dated) <= look.rows * 6:
        packed = pack(items(True))
        if packed.rows <= look.rows:
            return packed
    return pack(items(False), gap=0, most=_MARK_ROWS)


def _drawn_lane(lane: _Lane, top: float, width: float) -> Sequence[Markup]:
    more: dict[int, int] = {}
    for item in lane.packed.left_over:
        place = int((item.x0 + item.x1) / 2 // _MORE)
        more[place] = more.get(place, 0) + 1
    below = top + _HEAD + lane.packed.rows * lane.row
    return [
        element("line", x1=0, y1=top, x2=width, y2=top, class_="pic-lane"),
        line(lane.words, (0, top + 15), width, "pic-strong"),
        *lane.packed.draw(top + _HEAD, lane.row),
        *(
            line(
                f"+{count}",
                (min(place * _MORE + _MORE / 2, width - 24), below + 15),
                60,
                "pic-text",
                "middle",
            )
            for place, count in more.items()
        ),
    ]


def _grid(scale: TimeScale, y: float, bottom: float, language: Language) -> Markup:
    return together(
        element("line", x1=tick.x, y1=y, x2=tick.x, y2=bottom, class_="pic-grid")
        for tick in ticks(scale, language)
    )


def _axis(scale: TimeScale, y: float, language: Language) -> Markup:
    parts: list[Markup] = []
    for stretch in scale.stretches:
        parts.append(element("line", x1=stretch.x0, y1=y, x2=stretch.x1, y2=y, class_="pic-axis"))
    for tick in ticks(scale, language):
        parts += [
            element("line", x1=tick.x, y1=y - 5, x2=tick.x, y2=y + 5, class_="pic-tick"),
            line(tick.words, (tick.center, y - 8), 120, "pic-text", "middle"),
        ]
    return group(*parts, class_="pic-time")


def _today(story: Story, scale: TimeScale, top: float, bottom: float, language: Language) -> Markup:
    said = (_AS_OF if story.as_of else _TODAY).of(language)
    words = f"{said} {short_day(story.today, language)}"
    x = scale.x(story.today)
    half = width_of(words) / 2 + 12
    center = min(max(x, half), scale.width - half)
    return group(
        element("line", x1=x, y1=top + 18, x2=x, y2=bottom, class_="pic-today"),
        element(
            "rect", x=center - half, y=top, width=half * 2, height=20, rx=4, class_="pic-today-flag"
        ),
        line(words, (center, top + 15), half * 2, "pic-today-words", "middle"),
        class_="pic-now",
    )


def _break(fold: Fold, top: float, bottom: float) -> Markup:
    """Two torn edges, over everything that lasts through them."""
    deep = min((fold.x1 - fold.x0) / 4, 4)
    left = _torn(fold.x0 + deep, top, bottom, deep)
    right = _torn(fold.x1 - deep, top, bottom, deep)
    return group(
        element("polygon", points=" ".join([*left, *reversed(right)]), class_="pic-fold"),
        element("polyline", points=" ".join(left), class_="pic-break", fill="none"),
        element("polyline", points=" ".join(right), class_="pic-break", fill="none"),
    )


def _torn(x: float, top: float, bottom: float, deep: float) -> list[str]:
    count = max(2, int((bottom - top) / 12))
    step = (bottom - top) / count
    return [
        f"{number(x + (deep if at % 2 else -deep))},{number(top + at * step)}"
        for at in range(count + 1)
    ]


def _fold_item(fold: Fold, width: float, language: Language) -> Item:
    time = length(fold.last, fold.next_day, language)
    words = _NOTHING.of(language).format(time=time)
    if width_of(words) > width:
        words = _NOTHING_SHORT.of(language).format(time=time)
    half = min(width_of(words), width) / 2
    center = min(max((fold.x0 + fold.x1) / 2, half), width - half)
    return Item(
        center - half,
        center + half,
        lambda top: line(words, (center, top + 13), half * 2 + 1, "pic-text pic-soft", "middle"),
    )


def _fold_words(scale: TimeScale, language: Language) -> str:
    unsaid = len(scale.folds) - _WORDED
    return _MORE_FOLDS.of(language).format(count=unsaid) if unsaid > 0 else ""
