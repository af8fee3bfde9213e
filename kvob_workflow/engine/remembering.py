"""Which answers are still true? Those that were given since the last event.

A screen that many people look at asks the same again and again, and the answer changes when
somebody writes. Read next: `kvob_workflow.store.periods`, whose `RowState` says when that was.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, TypeVar, cast

from kvob_workflow.store.periods import RowState

T = TypeVar("T")
_MOST: Final = 64
"""Answers that are kept, some 100 kB each at most."""


class Remembered:
    """The latest answers. Any thread may ask."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._answers: OrderedDict[Hashable, tuple[RowState, object]] = OrderedDict()
        self._guard = threading.Lock()

    def answer(self, asked: Hashable, state: RowState, work_out: Callable[[], T]) -> T:
        """The answer to `asked`, worked out where nothing newer than `state` is at hand.

        `state` was read before: an answer that shows more than it says is never too old.
        """
        with self._guard:
            kept = self._answers.get(asked)
            if kept is not None and kept[0] == state:
                self._answers.move_to_end(asked)
                return cast("T", kept[1])  # what was worked out for the same question
        found = work_out()
        with self._guard:
            self._answers[asked] = (state, found)
            self._answers.move_to_end(asked)
            if len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        return found
