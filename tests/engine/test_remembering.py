"""Is an answer given again only while nothing has happened since?"""

from __future__ import annotations

from itertools import count

from kvob_workflow.engine.remembering import Remembered
from kvob_workflow.store.periods import RowState


def test_an_answer_is_worked_out_once_until_an_event_or_a_repair() -> None:
    remembered, numbers = Remembered(), count(1)

    def ask(position: int, remade: int = 0, asked: str = "board") -> int:
        return remembered.answer(asked, RowState(position, remade), lambda: next(numbers))

    assert [ask(1), ask(1), ask(2), ask(2)] == [1, 1, 2, 2]
    assert [ask(2, 1), ask(2, 1)] == [3, 3]
    assert [ask(2, 1, "today"), ask(2, 1)] == [4, 3]


def test_what_was_asked_longest_ago_is_forgotten_first() -> None:
    remembered, numbers = Remembered(), count(1)
    state = RowState(1, 0)
    for asked in range(64):
        remembered.answer(asked, state, lambda: next(numbers))
    assert remembered.answer(0, state, lambda: next(numbers)) == 1
    assert remembered.answer(64, state, lambda: next(numbers)) == 65
    assert remembered.answer(0, state, lambda: next(numbers)) == 1
    assert remembered.answer(1, state, lambda: next(numbers)) == 66
