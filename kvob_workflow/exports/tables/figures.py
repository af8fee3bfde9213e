"""How do the figures stand in a table? A line for each row of each figure, with what it is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kvob_domain.lifecycle.trajectory import STEP_WORDS
from kvob_domain.words import Text
from kvob_workflow.exports.tables.table import Column, Table, Value

if TYPE_CHECKING:
    from kvob_domain.words import Language
    from kvob_projections.counted import FigureRow
    from kvob_projections.statistics import FigureAnswer, Statistics

_COLUMNS: Final = (
    Column(Text("Cijfer", "Figure"), 40),
    Column(Text("Eenheid", "Unit"), 24),
    Column(Text("Stap of instelling", "Step or body"), 26),
    Column(Text("Maand", "Month"), 10),
    Column(Text("Aantal", "Number"), 10),
    Column(Text("Van", "Of"), 10),
    Column(Text("Aandeel", "Share"), 10),
    Column(Text("Mediaan", "Median"), 10),
    Column(Text("25%", "25%"), 8),
    Column(Text("75%", "75%"), 8),
    Column(Text("90%", "90%"), 8),
    Column(Text("Minst", "Least"), 8),
    Column(Text("Meest", "Most"), 8),
    Column(Text("Waarvan", "Of which"), 40),
    Column(Text("Niet meegeteld", "Left out"), 40),
)
_STEPS: Final = {step.value: words for step, words in STEP_WORDS.items()}


def statistics_table(
    found: Statistics, language: Language = "nl", part_words: Mapping[str, Text] | None = None
) -> Table:
    """The figures; those without a row have a line too, with what was left out.

    `part_words` are what parts and reasons are called; their codes where it says nothing.
    """
    rows = (row for answer in found.figures for row in _rows(answer, language, part_words or {}))
    return Table(Text("Cijfers", "Figures"), _COLUMNS, rows)


def _rows(
    answer: FigureAnswer, language: Language, words: Mapping[str, Text]
) -> Iterator[tuple[Value, ...]]:
    name, unit = answer.figure.name.of(language), answer.figure.unit.of(language)
    for row in answer.rows:
        yield name, unit, *_cells(row, language, words)
    if answer.left_out or not answer.rows:
        nothing = (None,) * (len(_COLUMNS) - 3)
        yield name, unit, *nothing, _parts(answer.left_out, language, words)


def _cells(row: FigureRow, language: Language, words: Mapping[str, Text]) -> tuple[Value, ...]:
    days = row.days
    step = _STEPS.get(row.key)
    return (
        (row.key if step is None else step.of(language)) or None,
        row.month,
        row.n,
        row.of,
        row.share,
        *(
            (None,) * 6
            if days is None
            else (days.median, days.p25, days.p75, days.p90, days.minimum, days.maximum)
        ),
        _parts(row.parts, language, words),
        _parts(row.left_out, language, words),
    )


def _parts(parts: Mapping[str, int], language: Language, words: Mapping[str, Text]) -> str | None:
    told = (
        f"{words[code].of(language) if code in words else code}: {number}"
        for code, number in parts.items()
        if number
    )
    return "; ".join(told) or None
