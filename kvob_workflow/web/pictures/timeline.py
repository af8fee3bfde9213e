"""What happened to an estate, and when? A line that is true to time, and the same as a table.

Read next: `time_scale` for where a day stands, `drawn_timeline` for how things look.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from markupsafe import Markup

from kvob_domain.words import Language, Text
from kvob_workflow.web.pictures.days import days_between, length, short_day
from kvob_workflow.web.pictures.drawn_timeline import draw
from kvob_workflow.web.pictures.svg import picture, wide_and_narrow
from kvob_workflow.web.pictures.time_scale import FOLD_AFTER, Interval, scale_of
from kvob_workflow.web.pictures.timed import Bar, Deadline, Story, TimelineEvent
from kvob_workflow.web.pictures.timed_marks import Look

__all__ = ["Bar", "Deadline", "Story", "TimelineEvent", "TimelineRow", "rows", "timeline"]

Lane = Literal["step", "certificate", "event", "deadline", "nothing"]
LANES: Final[dict[Lane, Text]] = {
    "step": Text("Stap", "Step"),
    "certificate": Text("Certificaat", "Certificate"),
    "event": Text("Gebeurtenis", "Event"),
    "deadline": Text("Termijn", "Deadline"),
    "nothing": Text("Geen gebeurtenissen", "No events"),
}
_TITLE: Final = Text("Tijdlijn", "Timeline")
_SAID: Final = Text(
    "Van {first} tot en met {last}: {events} gebeurtenissen, {steps} stappen, {certificates} "
    "certificaten en {deadlines} termijnen; {folds} keer is een lange tijd zonder gebeurtenissen "
    "ingeklapt. Dezelfde gegevens staan in de tabel.",
    "From {first} to {last}: {events} events, {steps} steps, {certificates} certificates and "
    "{deadlines} deadlines; {folds} times a long time without events is folded. The table holds "
    "the same.",
)
_SINCE: Final = Text("sinds", "since")
_RECORDED: Final = Text("vastgelegd op", "recorded on")
_WIDE: Final = Look(width=880, label=210, rows=14)
_NARROW: Final = Look(width=284, label=230, rows=24, stacked=True)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One row of the table; `when` are the days in words, `first` None where nobody knows."""

    first: date | None
    last: date | None
    when: str
    lane: Lane
    lane_words: Text
    label: str
    note: str
    href: str | None


def timeline(
    story: Story,
    language: Language,
    *,
    folded: bool = True,
    fold_after: int = FOLD_AFTER,
    with_recorded: bool = False,
    name: str = "timeline",
) -> Markup:
    """The picture. `fold_after` is in days; `with_recorded` adds when things were recorded."""
    intervals = list(_intervals(story, with_recorded))
    drawings: list[Markup] = []
    for look, css in ((_WIDE, "wide"), (_NARROW, "narrow")):
        scale = scale_of(intervals, look.width, folded=folded, fold_after=fold_after)
        inside, height = draw(story, scale, look, language, with_recorded=with_recorded)
        said = _SAID.of(language).format(
            first=short_day(min(one for one, _ in intervals), language),
            last=short_day(max(one for _, one in intervals), language),
            events=len(story.events),
            steps=len(story.steps),
            certificates=len(story.certificates),
            deadlines=len(story.deadlines),
            folds=len(scale.folds),
        )
        drawings.append(
            picture(
                f"{name}-{css}",
                _TITLE.of(language),
                said,
                (look.width, height),
                inside,
                css=f"kvob-{css} pic-timeline",
                has_links=story.has_links,
            )
        )
    return wide_and_narrow(*drawings)


def rows(
    story: Story, language: Language, *, fold_after: int = FOLD_AFTER
) -> tuple[TimelineRow, ...]:
    """Everything in order of its earliest day, undated things first, and the long gaps."""
    gaps = scale_of(_intervals(story, False), 100, fold_after=fold_after).folds
    found = [
        *(_bar_row(bar, "step", language) for bar in story.steps),
        *(_bar_row(bar, "certificate", language) for bar in story.certificates),
        *(_event_row(event, language) for event in story.events),
        *(
            _row(one.due_on, one.due_on, "deadline", one.label, one.note, one.href, language)
            for one in story.deadlines
        ),
        *(
            _row(
                gap.last,
                gap.next_day,
                "nothing",
                length(gap.last, gap.next_day, language),
                "",
                None,
                language,
            )
            for gap in gaps
        ),
    ]
    # A gap begins on the day of what came before it, and stands behind that.
    return tuple(sorted(found, key=lambda row: (row.first or date.min, row.lane == "nothing")))


def _intervals(story: Story, with_recorded: bool) -> Iterator[Interval]:
    yield story.today, story.today
    for event in story.events:
        if event.on_from is not None:
            yield event.on_from, event.on_to or event.on_from
            if with_recorded and event.is_late:
                yield event.recorded_on, event.recorded_on
    for bar in (*story.steps, *story.certificates):
        for day in (bar.first, bar.last):
            if day is not None:
                yield day, day
    for deadline in story.deadlines:
        yield deadline.due_on, deadline.due_on


def _event_row(event: TimelineEvent, language: Language) -> TimelineRow:
    note = ""
    if event.is_late:
        note = f"{_RECORDED.of(language)} {short_day(event.recorded_on, language)}"
    last = event.on_to or event.on_from
    return _row(event.on_from, last, "event", event.label, note, event.href, language)


def _bar_row(bar: Bar, lane: Lane, language: Language) -> TimelineRow:
    row = _row(bar.first, bar.last, lane, bar.label, bar.note, bar.href, language)
    if bar.last is not None or bar.first is None:
        return row
    since = f"{_SINCE.of(language)} {short_day(bar.first, language)}"
    return replace(row, when=since)


def _row(
    first: date | None,
    last: date | None,
    lane: Lane,
    label: str,
    note: str,
    href: str | None,
    language: Language,
) -> TimelineRow:
    when = days_between(first, last, language)
    return TimelineRow(first, last, when, lane, LANES[lane], label, note, href)
