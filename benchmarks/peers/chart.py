"""How do the figures look? One SVG without scripts or foreign parts, for light and dark pages.

A bar for the median of the rounds, a line over it from the slowest to the fastest round, the
figure and ours against it beside it. The scale is logarithmic: an equal step is an equal factor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from benchmarks.peers.figures import Figures, figures
from benchmarks.peers.roster import OURS, OURS_ON_POSTGRES
from benchmarks.peers.rounds import Run
from benchmarks.peers.sides import Told
from benchmarks.peers.table import number, reference

Drawn = tuple[Told, Figures]

_WIDTH: Final = 900
_LEFT: Final = 282
_RIGHT: Final = 190
_TOP: Final = 88
_ROW: Final = 32
_BAR: Final = 16
_PLOT: Final = _WIDTH - _LEFT - _RIGHT
_GROUPS: Final = {OURS: "On a file, or on its own server", OURS_ON_POSTGRES: "On PostgreSQL"}
# Colours with at least 4.5:1 for text and 3:1 for bars on their backgrounds.
_STYLE: Final = """
  svg { color-scheme: light dark; }
  .page { fill: #ffffff; } .text { fill: #1f2328; } .quiet { fill: #59636e; }
  .grid { stroke: #dfe4e9; } .ours { fill: #0b6e4f; } .peer { fill: #7a8794; }
  .floor { fill: none; stroke: #7a8794; stroke-dasharray: 4 3; } .spread { stroke: #1f2328; }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; }
  .title { font-size: 17px; font-weight: 600; } .strong { font-weight: 600; }
  .small { font-size: 12px; } .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; } .text { fill: #f0f6fc; } .quiet { fill: #9ea7b3; }
    .grid { stroke: #2b323b; } .ours { fill: #3fb68b; } .peer { fill: #6e7a87; }
    .floor { stroke: #8b96a3; } .spread { stroke: #f0f6fc; } .halo { stroke: #0d1117; }
  }
"""


def chart(run: Run) -> str:
    """The picture of a run: in each group the fastest first; who did not run is not in it."""
    drawn = [(told, figures(told, reference(run, told))) for told in run.sides if told.rounds]
    groups = {
        title: sorted(
            (one for one in drawn if one[0].peer.against == ours),
            key=lambda one: -one[1].a_second.median,
        )
        for ours, title in _GROUPS.items()
    }
    groups = {title: members for title, members in groups.items() if members}
    height = _TOP + (len(drawn) + len(groups)) * _ROW + 44
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title desc">',
        *_words([one for members in groups.values() for one in members]),
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{height}" rx="6"/>',
        *_heading(),
    ]
    if drawn:
        scale = Scale.around([one for _, one in drawn])
        lines += [*_grid(scale, height), *_rows(scale, groups)]
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


class Scale:
    """Where a number of lifecycles a second lies: whole powers of ten at both ends."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, max(highest, lowest + 1)

    @classmethod
    def around(cls, drawn: Sequence[Figures]) -> Scale:
        """The powers of ten around every round of every side."""
        low = min(one.a_second.lowest for one in drawn)
        high = max(one.a_second.highest for one in drawn)
        return cls(math.floor(math.log10(low)), math.ceil(math.log10(high)))

    def at(self, value: float) -> float:
        """The place of a value, in pixels from the left."""
        part = (math.log10(value) - self.lowest) / (self.highest - self.lowest)
        return round(_LEFT + part * _PLOT, 1)

    def ticks(self) -> Iterator[tuple[float, bool]]:
        """1, 2 and 5 of every power of ten, and whether it is the power itself."""
        for power in range(self.lowest, self.highest):
            yield from ((factor * 10.0**power, factor == 1) for factor in (1, 2, 5))
        yield 10.0**self.highest, True


def _words(drawn: Sequence[Drawn]) -> Iterator[str]:
    yield '<title id="title">Lifecycles of seven durable steps a second</title>'
    told = "; ".join(
        f"{one.peer.label} on {one.peer.store}: {number(found.a_second.median)}"
        for one, found in drawn
    )
    yield f'<desc id="desc">{escape(told)}.</desc>'


def _heading() -> Iterator[str]:
    yield '<text class="text title" x="24" y="34">Estates taken through seven durable steps</text>'
    yield (
        '<text class="quiet" x="24" y="56">Lifecycles a second: median of the rounds, with a line'
        " from the slowest to the fastest. Logarithmic scale.</text>"
    )


def _grid(scale: Scale, height: int) -> Iterator[str]:
    bottom = height - 38
    for tick, whole in scale.ticks():
        x, wide = scale.at(tick), 1 if whole else 0.5
        yield (
            f'<line class="grid" x1="{x}" x2="{x}" y1="{_TOP + 4}" y2="{bottom}"'
            f' stroke-width="{wide}"/>'
        )
        if whole:
            yield (
                f'<text class="quiet small" x="{x}" y="{bottom + 18}" text-anchor="middle">'
                f"{tick:,g}</text>"
            )


def _rows(scale: Scale, groups: dict[str, list[Drawn]]) -> Iterator[str]:
    middle = _TOP + _ROW / 2
    for title, members in groups.items():
        yield f'<text class="quiet strong" x="24" y="{middle + 4}">{title}</text>'
        middle += _ROW
        for told, found in members:
            yield from _bar(scale, middle, told, found)
            middle += _ROW


def _bar(scale: Scale, middle: float, told: Told, found: Figures) -> Iterator[str]:
    peer, spread = told.peer, found.a_second
    low, mid, high = (scale.at(v) for v in (spread.lowest, spread.median, spread.highest))
    ours = peer.name == peer.against
    strong, kind = (" strong", "ours") if ours else ("", "floor" if peer.is_floor else "peer")
    yield (
        f'<text class="text{strong}" x="{_LEFT - 12}" y="{middle + 4}" text-anchor="end">'
        f'{escape(peer.label)}<tspan class="quiet" dx="6">{escape(peer.store)}</tspan></text>'
    )
    yield (
        f'<rect class="{kind}" x="{_LEFT}" y="{middle - _BAR / 2}"'
        f' width="{max(1.0, round(mid - _LEFT, 1))}" height="{_BAR}" rx="2"/>'
    )
    yield (
        f'<path class="spread" fill="none" stroke-width="1.5"'
        f' d="M{low} {middle}H{high}M{low} {middle - 4}V{middle + 4}'
        f'M{high} {middle - 4}V{middle + 4}"/>'
    )
    against = ""
    if found.slower is not None and not ours and not peer.is_floor:
        times = f"ours {number(found.slower.median)} times as fast"
        against = f'<tspan class="quiet" dx="8">{times}</tspan>'
    yield (
        f'<text class="text halo{strong}" x="{max(high, mid) + 10}" y="{middle + 4}">'
        f"{number(spread.median)}{against}</text>"
    )
