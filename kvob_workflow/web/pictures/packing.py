"""In which row does something fit, so that nothing lies over anything else?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Item:
    """Something that takes the place from `x0` to `x1` of a row; `draw` takes the row's top."""

    x0: float
    x1: float
    draw: Callable[[float], Markup]


@dataclass(frozen=True, slots=True)
class Packed:
    """Items with their row; `left_over` are those for which no row was left."""

    placed: tuple[tuple[Item, int], ...]
    rows: int
    left_over: tuple[Item, ...]

    def draw(self, top: float, height: float) -> Sequence[Markup]:
        """Everything that was placed, in rows of the height given."""
        return [item.draw(top + row * height) for item, row in self.placed]


def pack(items: Iterable[Item], gap: float = 6, most: int | None = None) -> Packed:
    """Every item in the first row that is free from its start on, with a gap between two."""
    ends: list[float] = []
    placed: list[tuple[Item, int]] = []
    left: list[Item] = []
    for item in sorted(items, key=lambda one: (one.x0, one.x1)):
        free = next((row for row, end in enumerate(ends) if end + gap <= item.x0), None)
        if free is None and most is not None and len(ends) >= most:
            left.append(item)
            continue
        if free is None:
            ends.append(0)
            free = len(ends) - 1
        ends[free] = item.x1
        placed.append((item, free))
    return Packed(tuple(placed), len(ends), tuple(left))
