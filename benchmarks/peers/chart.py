"""How do the figures look? One SVG without scripts or foreign parts, for light and dark pages.

A bar for the median of the rounds, a line over it from the slowest to the fastest round, the
figure beside it. The scale is logarithmic: a step of equal length is an equal factor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from benchmarks.peers.figures import Figures, figures
from benchmarks.peers.rounds import Run
from benchmarks.peers.sides import Told
from benchmarks.peers.table import number, reference

_WIDTH: Final = 860
_LEFT: Final = 250
_RIGHT: Final = 200
_TOP: Final = 92
_ROW: Final = 34
_BAR: Final = 16
_PLOT: Final = _WIDTH - _LEFT - _RIGHT
# Colours with at least 4.5:1 for text and 3:1 for bars on their backgrounds.
_STYLE: Final = """
  svg { color-scheme: light dark; }
  .page { fill: #ffffff; } .text { fill: #1f2328; } .quiet { fill: #59636e; }
  .grid { stroke: #d1d9e0; } .ours { fill: #0b6e4f; } .peer { fill: #7a8794; }
  .spread { stroke: #1f2328; }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; }
  .title { font-size: 17px; font-weight: 600; } .strong { font-weight: 600; }
  .small { font-size: 12px; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; } .text { fill: #f0f6fc; } .quiet { fill: #9ea7b3; }
    .grid { stroke: #3d444d; } .ours { fill: #3fb68b; } .peer { fill: #6e7a87; }
    .spread { stroke: #f0f6fc; }
  }
"""


def chart(run: Run) -> str:
    """The picture of a run, fastest first; a side that did not run is not in it."""
    drawn = [(told, figures(told, reference(run, told))) for told in run.sides if told.rounds]
    drawn.sort(key=lambda one: -one[1].a_second.median)
    height = _TOP + len(drawn) * _ROW + 46
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title desc">'
    )
    lines = [head, *_words(drawn), f"<style>{_STYLE}</style>"]
    lines.append(f'<rect class="page" width="{_WIDTH}" height="{height}" rx="6"/>')
    lines += _heading()
    if drawn:
        scale = Scale.around([one for _, one in drawn])
        lines += _grid(scale, height)
        for index, (told, one) in enumerate(drawn):
            lines += _bar(scale, _TOP + index * _ROW, told, one)
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


class Scale:
    """Where a number of lifecycles a second lies: whole powers of ten at both ends."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, max(highest, lowest + 1)

    @classmethod
    def around(cls, drawn: list[Figures]) -> Scale:
        """The powers of ten around every round of every side."""
        low = min(one.a_second.lowest for one in drawn)
        high = max(one.a_second.highest for one in drawn)
        return cls(math.floor(math.log10(low)), math.ceil(math.log10(high)))

    def at(self, value: float) -> float:
        """The place of a value, in pixels from the left."""
        part = (math.log10(value) - self.lowest) / (self.highest - self.lowest)
        return round(_LEFT + part * _PLOT, 1)

    def ticks(self) -> list[float]:
        """1, 2 and 5 of every power of ten."""
        powers = range(self.lowest, self.highest)
        inner = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
        return [*inner, 10.0**self.highest]


def _words(drawn: list[tuple[Told, Figures]]) -> Iterator[str]:
    yield '<title id="title">Lifecycles of seven durable steps a second</title>'
    told = "; ".join(
        f"{one.peer.label} on {one.peer.store}: {number(found.a_second.median)}"
        for one, found in drawn
    )
    yield f'<desc id="desc">{escape(told)}.</desc>'


def _heading() -> Iterator[str]:
    yield '<text class="text title" x="24" y="34">Estates taken through seven durable steps</text>'
    yield (
        '<text class="quiet" x="24" y="56">Lifecycles a second, median of the rounds; the line'
        " runs from the slowest to the fastest round. Logarithmic scale.</text>"
    )


def _grid(scale: Scale, height: int) -> Iterator[str]:
    bottom = height - 40
    for tick in scale.ticks():
        whole = abs(math.log10(tick) - round(math.log10(tick))) < 1e-9
        x, wide = scale.at(tick), "1" if whole else "0.5"
        yield (
            f'<line class="grid" x1="{x}" x2="{x}" y1="{_TOP - 10}" y2="{bottom}"'
            f' stroke-width="{wide}"/>'
        )
        if whole:
            yield (
                f'<text class="quiet small" x="{x}" y="{bottom + 18}" text-anchor="middle">'
                f"{tick:,g}</text>"
            )


def _bar(scale: Scale, top: int, told: Told, found: Figures) -> Iterator[str]:
    spread, middle = found.a_second, top + _ROW / 2
    ours = told.peer.name == told.peer.against
    low, mid, high = (scale.at(v) for v in (spread.lowest, spread.median, spread.highest))
    strong = " strong" if ours else ""
    yield (
        f'<text class="text{strong}" x="{_LEFT - 12}" y="{middle + 4}" text-anchor="end">'
        f'{escape(told.peer.label)}<tspan class="quiet"> {escape(told.peer.store)}</tspan></text>'
    )
    yield (
        f'<rect class="{"ours" if ours else "peer"}" x="{_LEFT}" y="{middle - _BAR / 2}"'
        f' width="{max(1.0, round(mid - _LEFT, 1))}" height="{_BAR}" rx="2"/>'
    )
    yield (
        f'<path class="spread" fill="none" stroke-width="1.5"'
        f' d="M{low} {middle}H{high}M{low} {middle - 4}V{middle + 4}'
        f'M{high} {middle - 4}V{middle + 4}"/>'
    )
    told_ratio = ""
    if not ours and found.slower is not None:
        told_ratio = f'<tspan class="quiet"> ours {number(found.slower.median)} times</tspan>'
    yield (
        f'<text class="text{strong}" x="{max(high, mid) + 10}" y="{middle + 4}">'
        f"{number(spread.median)}{told_ratio}</text>"
    )
