"""Where does a text stand among a million others? As a number, with room for texts to come.

The texts of the beginning keep their places; one that comes later takes a number in between. Both
names and ids are compared byte by byte, as both stores do.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final, Protocol

from kvob_workflow.board_index.refusal import NotIndexable

_LARGEST: Final = 2**31 - 2
_ROOM_AT_THE_END: Final = 0.05
_MOST_STEP: Final = 32
_MOST_LATER: Final = 4_000


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

    def number(self, text: bytes) -> int:
        """The number of a text, which gets one if it has none.

        Raises:
            NotIndexable: there is no room left between its neighbours.
        """
        place = bisect_left(self._texts, text)
        if place < len(self._texts) and self._texts[place] == text:
            return place * self.step
        known = self._numbers.get(text)
        return self._between(place, text) if known is None else known

    def _between(self, place: int, text: bytes) -> int:
        below, above = (place - 1) * self.step, place * self.step
        if place == len(self._texts):
            above = _LARGEST
        at = bisect_left(self._later, text)
        if at:
            below = max(below, self._numbers[self._later[at - 1]])
        if at < len(self._later):
            above = min(above, self._numbers[self._later[at]])
        # A small step: what comes one after another, such as numbered names, then finds room.
        number = below + min((above - below) // 2, _MOST_STEP)
        if number <= below or len(self._later) >= _MOST_LATER:
            raise NotIndexable("no room between two texts")
        self._later.insert(at, text)
        self._numbers[text] = number
        return number

