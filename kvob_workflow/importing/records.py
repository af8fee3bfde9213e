"""Where does a row begin and end? Records of a CSV text with the number of their first line.

No more than one record of a bounded length is ever held. A record that goes wrong after its
first line (a quote that is not closed takes the following rows with it) is refused alone, and
reading goes on at its second line.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Final

from kvob_workflow.importing.row_errors import (
    RowInvalid,
    RowQuotesUnbalanced,
    RowsSwallowed,
    RowTooLong,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_RECORD: Final = 1 << 20
"""Characters of one record, its line ends included."""

# A hostile file can make every line swallow the next million characters; 64 of those are read
# again (a second or so), then no more.
_MOST_READ_AGAIN: Final = 64 * LONGEST_RECORD
_PASSED_OVER_AT_ONCE: Final = 1 << 16

Record = list[str] | RowInvalid


class RecordTooLong(Exception):
    """Passes through the CSV reader. `line` is the one that was too much, or its beginning."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


class Lines:
    """The physical lines of a text, for `csv.reader`; can go back within one record."""

    def __init__(self, readline: Callable[[int], str]) -> None:
        """Reads from a text file's `readline`, whose argument bounds the answer."""
        self._readline = readline
        self._held: list[str] = []
        self._again: deque[str] = deque()
        self._size = 0
        self._cut = False
        self._may_read_again = _MOST_READ_AGAIN
        self.last = 0
        """The number of the last line that was handed out; the first line is 1."""

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        again = self._again
        line = again.popleft() if again else self._read()
        if not line:
            raise StopIteration
        self.last += 1
        self._held.append(line)
        self._size += len(line)
        if self._size > LONGEST_RECORD:
            raise RecordTooLong(line)
        return line

    def begin(self) -> int:
        """Begins a record; answers the number of its first line."""
        self._held.clear()
        self._size = 0
        return self.last + 1

    def back(self) -> None:
        """Hands out all lines of the record again."""
        self._go_back_to(0)

    def give_up(self) -> RowInvalid:
        """Gives up the record; the next one begins at its second line."""
        if len(self._held) == 1:
            too_long = self._size > LONGEST_RECORD
            return RowTooLong(LONGEST_RECORD) if too_long else RowQuotesUnbalanced()
        self._may_read_again -= self._size
        if self._may_read_again < 0:
            return RowsSwallowed(self.last)
        self._go_back_to(1)
        return RowQuotesUnbalanced()

    def _go_back_to(self, first: int) -> None:
        lines = self._held[first:]
        self._again.extendleft(reversed(lines))
        self.last -= len(lines)

    def _read(self) -> str:
        """One line; of one that is too long only the beginning."""
        if self._cut:
            self._pass_over()
        line = self._readline(LONGEST_RECORD + 1)
        self._cut = len(line) > LONGEST_RECORD and line[-1] != "\n"
        return line

    def _pass_over(self) -> None:
        """Reads the rest of a line that was too long; only when another line is wanted."""
        while piece := self._readline(_PASSED_OVER_AT_ONCE):
            if piece[-1] == "\n":
                return


def records(lines: Lines, delimiter: str) -> Iterator[tuple[int, Record]]:
    """Each record with the number of its first line; empty lines are left out."""
    # Strict: without it a stray quote joins two rows into one, and the second is lost unseen.
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        number = lines.begin()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except (csv.Error, RecordTooLong):
            yield number, lines.give_up()
            continue
        if fields:
            yield number, fields
