"""What do commands and questions share? One store, one book of scheme data, one clock."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeVar

from kvob_domain.actor import Actor
from kvob_domain.ids import PersonId
from kvob_domain.scheme.book import SchemeBook
from kvob_projections import ALL_VIEWS
from kvob_workflow.board_index import BoardIndex, BoardIndexing
from kvob_workflow.clock import Clock, SystemClock, civil_day
from kvob_workflow.engine.followed import join
from kvob_workflow.engine.hot import HotStates
from kvob_workflow.engine.rebuilding.upgrading import bring_up_to_date
from kvob_workflow.engine.remembering import Remembered
from kvob_workflow.engine.scheme_files import packaged_book
from kvob_workflow.engine.turns import Turns
from kvob_workflow.followers.hosted import Hosted, hosted
from kvob_workflow.store import EventStore

if TYPE_CHECKING:
    from kvob_domain.estate.recorded import Recorded
    from kvob_projections.view import View
    from kvob_workflow.followers.effect import Effect
    from kvob_workflow.privacy.files import KeyFiles
    from kvob_workflow.privacy.office import Office

T = TypeVar("T")

_TIME_BITS: Final = (1 << 48) - 1
STATES_AT_HAND: Final = 10_000
LARGE_BOARDS: Final = BoardIndexing()
DEFAULT_ACTOR: Final = Actor(PersonId("operator"))


def random_id() -> str:
    """A new id of 32 hexadecimal digits: 48 bits of time in milliseconds, then 80 random bits.

    The time in front keeps the rows of estates that are entered together near each other: an
    import writes its view rows in half the time (measured, 134 to 70 µs an estate).
    """
    return f"{time.time_ns() // 1_000_000 & _TIME_BITS:012x}{secrets.token_hex(10)}"


class Core:
    """The parts of an engine. Who waits before deciding: see `turns`."""

    def __init__(
        self,
        store: EventStore,
        *,
        actor: Actor = DEFAULT_ACTOR,
        clock: Clock | None = None,
        book: SchemeBook | None = None,
        new_id: Callable[[], str] | None = None,
        states_at_hand: int = STATES_AT_HAND,
        key_files: KeyFiles | None = None,
        projections: Sequence[View] = (),
        effects: Sequence[Effect] = (),
        board_index: BoardIndexing | None = LARGE_BOARDS,
    ) -> None:
        """Work on an open store; `Engine.open` is the usual way in.

        `actor` acts where a command names nobody. `book` replaces the packaged scheme data.
        `new_id` gives random ids of 32 hexadecimal digits. `states_at_hand` bounds the cache of
        states, some 10 kB each; 0 reads every state from the store. `key_files` are opened when
        a name is first needed. `projections` and `effects` are the host's own, see `following`.
        `board_index` says which boards are kept in memory too. Raises as `Engine.open` does.
        """
        self.book: Final = book or packaged_book()
        self._store = store
        self._actor = actor
        self._clock = clock or SystemClock()
        self._new_id = new_id or random_id
        self._sealing = threading.RLock()
        self._turns = Turns(one_by_one=store.takes_turns)
        self._hot = HotStates(states_at_hand)
        self._remembered = Remembered()
        self._key_files = key_files
        self._office: Office | None = None
        self._hosted: Final = hosted(projections, effects) if projections or effects else Hosted()
        bring_up_to_date(store, self.book, ALL_VIEWS, self._clock, str(actor.person))
        join(store, self._hosted, self._clock)
        self._board_index = BoardIndex(store, board_index)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store and the key file; closing twice is allowed."""
        if self._office is not None:
            self._office.close()
        self._board_index.close()
        self._store.close()

    def wait_for_events(self, after: int, timeout: float) -> bool:
        """Wait until there is an event after a position, `timeout` seconds at most; if there is.

        On a server a message wakes it, and it looks by itself every 2 seconds; on a file it
        looks ten times a second.

        Raises:
            StoreUnavailable: the store cannot be read, or was closed meanwhile.
        """
        return self._store.wait_for_events(after, timeout)

    @property
    def answers_at_once(self) -> bool:
        """Whether a question waits for no network: the store is a file or memory."""
        return self._store.takes_turns

    def _after_writing(self, answer: T) -> T:
        """Called with the answer of each command and chunk of facts; see `Hosting`."""
        return answer

    def _sealed(self, events: list[Recorded], *, dry_run: bool) -> list[Recorded]:
        """Called with the events of each decision; see `Personal`."""
        del dry_run
        return events

    def today(self) -> date:
        """The civil day in Europe/Amsterdam."""
        return civil_day(self._clock.now())
