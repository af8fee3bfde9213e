"""Which estates does the box in the address ask for? Its filters, on the day of the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_workflow.web.query_box import asked

if TYPE_CHECKING:
    from kvob_projections.board import BoardQuery
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.query_box import Chip, Problem

FEW: Final = 5_000
"""Of so many estates those that are late are found within some 100 ms without the extra `scale`."""
BOX: Final = "q"
"""The part of the address that holds the text of the box."""


class Boxed(NamedTuple):
    """What the box says. `text` is as it was typed, also where a part could not be read."""

    text: str
    query: BoardQuery
    problems: tuple[Problem, ...]
    chips: tuple[Chip, ...]

    def corrected(self, problem: Problem) -> str:
        """The text with the nearest thing that could be in the place of a problem."""
        end = problem.position + len(problem.word)
        return self.text[: problem.position] + (problem.instead or "") + self.text[end:]


def boxed(ask: Ask) -> Boxed:
    """The box of the address; what cannot be read is told and does not count."""
    text = ask.query.get(BOX, "").strip()
    found = asked(text, ask.day, ask.language)
    query = replace(found.query, day=ask.on, known_at=ask.known_at)
    return Boxed(text, query, found.problems, found.chips)


def are_few(ask: Ask, query: BoardQuery) -> bool:
    """Whether so few estates are asked for that each can be looked at for what is late."""
    found = ask.desk.board(replace(query, sort=(), limit=0, offset=0))
    return found.total_is_exact and found.total <= FEW
