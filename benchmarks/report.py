"""How are figures shown? Medians, spread, ratios, versions and the command to repeat them."""

import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One side of a comparison: its values round by round, and its ratios to the others."""

    name: str
    values: tuple[float, ...]
    unit: str
    ratios: Mapping[str, float] = field(default_factory=dict[str, float])


def print_report(title: str, command: str, figures: Sequence[Figure]) -> None:
    """Print a Markdown table with what it takes to repeat it."""
    ratios = list(dict.fromkeys(name for figure in figures for name in figure.ratios))
    print(f"### {title}\n")
    print(f"`{command}`, {versions()}\n")
    head = ["", "median", "lowest", "highest", *ratios]
    print(f"| {' | '.join(head)} |")
    print(f"|{'---|' * len(head)}")
    for figure in figures:
        cells = [
            figure.name,
            *(f"{value:,.0f} {figure.unit}" for value in _spread(figure.values)),
            *(f"{figure.ratios[name]:.2f}" if name in figure.ratios else "" for name in ratios),
        ]
        print(f"| {' | '.join(cells)} |")
    print()


def versions() -> str:
    """The versions that the figures belong to."""
    packages = ("eventsourcing", "pydantic", "python-statemachine")
    listed = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {listed}"


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return median(values), min(values), max(values)
