"""How do figures look? A table for each, with how many it is of; a bar where it helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Text
from kvob_projections.figure_words import FILTERS, PART_WORDS
from kvob_projections.figures import FigureCode
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.figures import cautions, days_of, parts_of
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text as Styled

    from kvob_projections.counted import FigureRow
    from kvob_projections.figures import Figure
    from kvob_projections.statistics import FigureAnswer, Statistics
    from kvob_workflow.cli.screens.screen import Screen

_FEW: Final = 5
_BAR: Final = 20
_MEASURED: Final = (
    FigureCode.TIME_PER_STEP,
    FigureCode.FIRST_CYCLE,
    FigureCode.RENEWAL,
    FigureCode.RENEWAL_DECIDED,
)
_MONTHLY: Final = (FigureCode.AUDITS, FigureCode.DECISIONS, FigureCode.COMING)
_NOT_KNOWN: Final = Text("(niet bekend)", "(not known)")
_ALL: Final = Text("Alle", "All")
_CAUTION: Final = Text(
    "* minder dan vijf: het toeval weegt zwaar.", "* fewer than five: chance weighs heavily."
)
_MORE: Final = Text(
    "Wat elk cijfer telt: kvob statistics --explain.",
    "What each figure counts: kvob statistics --explain.",
)


def draw_definitions(screen: Screen, figures: Sequence[Figure]) -> None:
    """What each figure counts."""
    for figure in figures:
        unit = screen.words(figure.unit)
        screen.line(f"{figure.code.value}: {screen.words(figure.name)} ({unit})", "bold")
        screen.line(screen.words(figure.definition))
        screen.line()


def draw_statistics(screen: Screen, found: Statistics) -> None:
    """Every figure; those that are shares of one whole stand in one table."""
    _heading(screen, found)
    shares = [one for one in found.figures if one.figure.code in _SHARES]
    for answer in found.figures:
        if answer.figure.code in _MEASURED:
            _measured(screen, answer)
        elif answer.figure.code in _MONTHLY:
            _monthly(screen, answer, found)
        elif answer.figure.code is FigureCode.FUNNEL:
            _funnel(screen, answer)
        elif answer is shares[0]:
            _ended(screen, shares)
    if any(0 < row.n < _FEW for answer in found.figures for row in answer.rows):
        screen.line(screen.words(_CAUTION), "dim")
    screen.line(screen.words(_MORE), "dim")


def _heading(screen: Screen, found: Statistics) -> None:
    """The period and the filters, and what about them may mislead."""
    since = found.since or screen.choose("het begin", "the beginning")
    asked = {name: getattr(found, name) for name in FILTERS}
    filters = "".join(
        f"; {screen.words(FILTERS[name])} '{value}'"
        for name, value in asked.items()
        if value is not None
    )
    screen.heading(
        screen.choose(
            f"Van {since} tot en met {found.until}, naar wat nu bekend is{filters}",
            f"From {since} to {found.until}, by what is known now{filters}",
        )
    )
    for caution in cautions(found):
        screen.line(screen.words(caution), "yellow")
    if found.cut or found.unmatched:
        screen.line()


_SHARES: Final = tuple(
    code for code in FigureCode if code not in (*_MEASURED, *_MONTHLY, FigureCode.FUNNEL)
)


def _measured(screen: Screen, answer: FigureAnswer) -> None:
    _title(screen, answer.figure)
    columns = [
        Column(screen.choose("Stap", "Step") if len(answer.rows) > 1 else ""),
        *(_number(name) for name in ("n", screen.choose("mediaan", "median"))),
        *(_number(name) for name in ("p25", "p75", "p90", "min", "max")),
        Column(screen.choose("Niet meegeteld", "Left out")),
    ]
    rows = [_distribution(screen, row) for row in answer.rows]
    draw_table(screen, columns, [Section(None, rows)])
    screen.line()


def _distribution(screen: Screen, row: FigureRow) -> Row:
    days = row.days
    numbers = (
        (None,) * 6
        if days is None
        else (days.median, days.p25, days.p75, days.p90, days.minimum, days.maximum)
    )
    key = screen.words(Step(row.key).words if row.key else _ALL)
    left_out = cell(parts_of(screen, row.left_out), "dim")
    return [
        cell(key),
        cell(_count(screen, row)),
        *(cell("" if one is None else days_of(screen, one)) for one in numbers),
        left_out,
    ]


def _ended(screen: Screen, answers: Sequence[FigureAnswer]) -> None:
    screen.line(screen.choose("Hoe certificaten eindigden", "How certificates ended"), "bold")
    columns = [
        Column(screen.choose("Afloop", "End")),
        *(_number(name) for name in ("n", screen.choose("van", "of"), "%")),
        Column(""),
        Column(screen.choose("Waarvan", "Of which")),
    ]
    rows: list[Row] = [
        [
            cell(screen.words(answer.figure.name)),
            *_shared(screen, row),
            cell(parts_of(screen, row.parts)),
        ]
        for answer in answers
        for row in answer.rows
    ]
    draw_table(screen, columns, [Section(None, rows)])
    _left_out(screen, answers[0])
    screen.line()


def _funnel(screen: Screen, answer: FigureAnswer) -> None:
    _title(screen, answer.figure)
    columns = [
        Column(screen.choose("Bereikt", "Reached")),
        *(_number(name) for name in ("n", screen.choose("van", "of"), "%")),
        Column(""),
        *(_number(screen.words(PART_WORDS[name])) for name in ("here", "silent", "ended")),
    ]
    rows: list[Row] = [
        [
            cell(screen.words(Step(row.key).words)),
            *_shared(screen, row),
            *(_part(screen, row, name) for name in ("here", "silent", "ended")),
        ]
        for row in answer.rows
    ]
    draw_table(screen, columns, [Section(None, rows)])
    _left_out(screen, answer)
    screen.line()


def _part(screen: Screen, row: FigureRow, name: str) -> Styled:
    number = row.parts.get(name, 0)
    return cell(phrases.number(screen, number) if number else "")


def _monthly(screen: Screen, answer: FigureAnswer, found: Statistics) -> None:
    _title(screen, answer.figure)
    if answer.figure.code is FigureCode.COMING:
        screen.line(screen.choose(f"Tot en met {found.ahead}", f"To {found.ahead}"), "dim")
    most = max((row.n for row in answer.rows), default=0)
    sections: dict[str, Section] = {}
    for row in answer.rows:
        name = row.key or screen.words(_NOT_KNOWN)
        bar = cell("█" * max(1, row.n * _BAR // most), "dim")
        line = [
            cell(row.month or ""),
            cell(phrases.number(screen, row.n)),
            bar,
            cell(parts_of(screen, row.parts)),
        ]
        sections.setdefault(name, Section(name)).rows.append(line)
    columns = [
        Column(screen.choose("Maand", "Month"), fixed=True),
        _number("n"),
        Column(""),
        Column(screen.choose("Waarvan", "Of which")),
    ]
    if sections:
        draw_table(screen, columns, sections.values())
    else:
        screen.line(screen.choose("Geen.", "None."))
    if sections and answer.left_out:
        screen.line()  # it is of all sections, not of the last
    _left_out(screen, answer, _IN_ALL if found.body is None else _OF_THE_FIGURE)
    screen.line()


def _title(screen: Screen, figure: Figure) -> None:
    screen.line(f"{screen.words(figure.name)} ({screen.words(figure.unit)})", "bold")


_OF_THE_FIGURE: Final = Text("Niet meegeteld", "Left out")
_IN_ALL: Final = Text("Niet meegeteld, alle instellingen samen", "Left out, of all bodies together")


def _left_out(screen: Screen, answer: FigureAnswer, title: Text = _OF_THE_FIGURE) -> None:
    if answer.left_out:
        screen.line(f"{screen.words(title)}: {parts_of(screen, answer.left_out)}.", "dim")


def _shared(screen: Screen, row: FigureRow) -> Row:
    percent = "" if row.share is None else f"{100 * row.share:.0f}"
    bar = "█" * round((row.share or 0) * _BAR)
    return (
        cell(_count(screen, row)),
        cell(phrases.number(screen, row.of or 0)),
        cell(percent),
        cell(bar, "dim"),
    )


def _count(screen: Screen, row: FigureRow) -> str:
    return f"{row.n}*" if 0 < row.n < _FEW else phrases.number(screen, row.n)


def _number(title: str) -> Column:
    return Column(title, fixed=True, right=True)
