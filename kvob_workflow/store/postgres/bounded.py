"""What if the server falls silent while its machine lives? We stop waiting by our own clock.

A server that was stopped or hangs still has a kernel that acknowledges: `tcp_user_timeout` and
keepalives see nothing, and `statement_timeout` is kept by the very process that hangs.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import psycopg

if TYPE_CHECKING:
    from collections.abc import Generator

T = TypeVar("T")


class AnswerOverdue(psycopg.OperationalError):
    """No answer came within our own bound; the connection is closed."""


class BoundedConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is closed when one answer takes longer than `longest` seconds."""

    longest: ClassVar[float] = 75.0

    # Any: psycopg's own generators, and arguments that differ by its release.
    def wait(self, gen: Generator[Any, Any, T], *arguments: Any, **named: Any) -> T:
        """Waits as psycopg does, within the bound.

        Raises:
            AnswerOverdue: the bound has passed; nobody knows what became of the statement.
        """
        try:
            return super().wait(self._within(gen), *arguments, **named)
        except AnswerOverdue:
            self.pgconn.finish()
            raise

    def _within(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        ends = time.monotonic() + self.longest
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted  # nothing is ready: psycopg looks up every tenth of a second
                if not ready and time.monotonic() > ends:
                    raise AnswerOverdue(f"no answer within {self.longest:g} s")
                wanted = gen.send(ready)
        except StopIteration as end:
            answer: T = end.value
            return answer
