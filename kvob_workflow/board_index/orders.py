"""Where does a text stand among a million others? As a number, with room for texts to come.

The texts of the beginning keep their places; one that comes later takes a number in between. Both
names and ids are compared byte by byte, as both stores do.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final, Protocol

import numpy

from kvob_workflow.board_index.refusal import Outgrown

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LARGEST: Final = 2**31 - 2
_ROOM_AT_THE_END: Final = 0.05
_MOST_STEP: Final = 32


class Texts(Protocol):
    """Texts in order, each once."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, number: int, /) -> bytes:
        """One of them."""
        ...

    @property
    def nbytes(self) -> int:
        """How much memory they take."""
        ...


class Order:
    """Numbers of 31 bits that sort as their texts do; equal texts have one number."""

    def __init__(self, texts: Texts) -> None:
        """Give the texts their numbers: `step` times their place."""
        self._texts = texts
        self.step: Final = int(_LARGEST / ((len(texts) + 1) * (1 + _ROOM_AT_THE_END)))
        self._later: list[bytes] = []
        self._numbers: dict[bytes, int] = {}

    @property
    def nbytes(self) -> int:
        """How much memory the texts take."""
        return self._texts.nbytes

    def number(self, text: bytes, column: NDArray[numpy.int32]) -> int:
        """The number of a text, which gets one if it has none.

        `column` are all numbers in use: where there is no room, some of them are changed.

        Raises:
            Outgrown: there is no room even so.
        """
        place = bisect_left(self._texts, text)
        if place < len(self._texts) and self._texts[place] == text:
            return place * self.step
        if text not in self._numbers:
            self._put_between(place, text, column)
        return self._numbers[text]

    def _put_between(self, place: int, text: bytes, column: NDArray[numpy.int32]) -> None:
        """Give a number to a text that stands before the text at `place` of the beginning."""
        low = (place - 1) * self.step
        high = place * self.step if place < len(self._texts) else _LARGEST
        at = bisect_left(self._later, text)
        below = max(low, self._numbers[self._later[at - 1]]) if at else low
        above = min(high, self._numbers[self._later[at]]) if at < len(self._later) else high
        self._later.insert(at, text)
        # A small step: what comes one after another, such as numbered names, then finds room.
        self._numbers[text] = below + min((above - below) // 2, _MOST_STEP)
        if self._numbers[text] == below:
            self._spread(low, high, text, column)

    def _spread(self, low: int, high: int, new: bytes, column: NDArray[numpy.int32]) -> None:
        """Give the later texts between two numbers new ones, as far apart as can be."""
        some = [one for one in self._later if one == new or low < self._numbers[one] < high]
        apart = min((high - low) // (len(some) + 1), _MOST_STEP * _MOST_STEP)
        if not apart:
            raise Outgrown("no room between two names")
        numbers = [low + apart * (number + 1) for number in range(len(some))]
        known = [number for number, one in enumerate(some) if one != new]
        was = numpy.array([self._numbers[some[number]] for number in known], dtype=numpy.int32)
        becomes = numpy.array([numbers[number] for number in known], dtype=numpy.int32)
        those = (column > low) & (column < high)
        column[those] = becomes[numpy.searchsorted(was, column[those])]
        self._numbers.update(zip(some, numbers, strict=True))
