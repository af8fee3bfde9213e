"""What did the box say? The filters, what could not be read, and the parts to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kvob_domain.words import Text
    from kvob_projections.board import BoardQuery


class Problem(NamedTuple):
    """A word that could not be read; its filter does not count.

    `position` is that of its first character in the box, from 0. `instead` is the nearest thing
    that could be, to write in its place; None where nothing is near.
    """

    word: str
    position: int
    text: Text
    instead: str | None = None


class Chip(NamedTuple):
    """One filter as a page shows it. `without` is the text of the box when it is taken away."""

    label: str
    value: str
    without: str


class Asked(NamedTuple):
    """A box that was read.

    `query` has the filters alone: no day, page or order. Words without a key are its `text`.
    """

    query: BoardQuery
    problems: tuple[Problem, ...]
    chips: tuple[Chip, ...]
