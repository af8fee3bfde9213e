"""Which few texts does a column hold? A number for each, so that a column is numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy

if TYPE_CHECKING:
    import numpy.typing

NULL: Final = 2**31 - 1
"""What stands for an unknown value: it sorts last."""


class Codes:
    """The distinct texts of a column, in the order in which they came; None is one of them."""

    def __init__(self) -> None:
        """No text yet."""
        self._codes: dict[str | None, int] = {}
        self._ranks: numpy.typing.NDArray[numpy.int32] | None = None

    def code(self, text: str | None) -> int:
        """The number of a text."""
        found = self._codes.get(text)
        if found is None:
            found = self._codes[text] = len(self._codes)
            self._ranks = None
        return found

    @property
    def ranks(self) -> numpy.typing.NDArray[numpy.int32]:
        """By code, the place of its text among the others, byte by byte; NULL for None."""
        if self._ranks is None:
            texts = sorted((text for text in self._codes if text is not None), key=str.encode)
            places = {text: place for place, text in enumerate(texts)}
            found = [NULL if text is None else places[text] for text in self._codes]
            self._ranks = numpy.array(found, dtype=numpy.int32)
        return self._ranks

    def which(self, fits: Callable[[str], bool]) -> numpy.typing.NDArray[numpy.bool_]:
        """By code, whether its text fits; None never does."""
        found = [text is not None and fits(text) for text in self._codes]
        return numpy.array(found, dtype=numpy.bool_)
