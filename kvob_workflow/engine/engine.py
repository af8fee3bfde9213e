"""How does a host use the mark? `Engine`: open a store, do commands, ask the read models."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, Self

from kvob_domain.actor import Actor
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.words import Language
from kvob_projections import ALL_VIEWS
from kvob_workflow import telemetry
from kvob_workflow.clock import Clock
from kvob_workflow.engine.api_keys import Keyed
from kvob_workflow.engine.certified import Certified
from kvob_workflow.engine.core import DEFAULT_ACTOR, LARGE_BOARDS, STATES_AT_HAND
from kvob_workflow.engine.explaining import Explaining
from kvob_workflow.engine.gap import diagnosed
from kvob_workflow.engine.glancing import Glancing
from kvob_workflow.engine.health import Watched
from kvob_workflow.engine.histories import Histories
from kvob_workflow.engine.overseeing import Overseeing
from kvob_workflow.engine.persons import Personal
from kvob_workflow.engine.proving import Proving
from kvob_workflow.engine.reaching import Reaching
from kvob_workflow.engine.rebuilding.operating import Rebuilding
from kvob_workflow.engine.together import Together
from kvob_workflow.privacy.files import key_files
from kvob_workflow.store import Behind, Diagnosis, EventStore, open_store, parse_url
from kvob_workflow.store.opening import MEMORY

if TYPE_CHECKING:
    from kvob_domain.mandates import Mandate
    from kvob_projections.view import View
    from kvob_workflow.access import AccessLog
    from kvob_workflow.board_index import BoardIndexing
    from kvob_workflow.engine.mandated import Mandated
    from kvob_workflow.followers.effect import Effect
    from kvob_workflow.limits import StoreLimits
    from kvob_workflow.notices import Dispatcher, Notifier, Recipient
    from kvob_workflow.store.postgres.lent import HostPool
    from kvob_workflow.webhooks.outlet import Outlet

DEFAULT_STORE: Final = "sqlite:///kvob.db"


class Engine(
    Personal,
    Together,
    Keyed,
    Watched,
    Explaining,
    Histories,
    Overseeing,
    Glancing,
    Proving,
    Certified,
    Reaching,
    Rebuilding,
):
    """The life of the mark on one store. Thread-safe; configures no logging.

    Use it as a context manager, or call `close`. Commands of one process are written one after
    another; questions do not wait for them.
    """

    @classmethod
    def open(
        cls,
        url: str = DEFAULT_STORE,
        *,
        actor: Actor = DEFAULT_ACTOR,
        clock: Clock | None = None,
        book: SchemeBook | None = None,
        new_id: Callable[[], str] | None = None,
        synchronous: Literal["FULL", "NORMAL"] = "FULL",
        states_at_hand: int = STATES_AT_HAND,
        keys: str | os.PathLike[str] | None = None,
        master_key: str | os.PathLike[str] | None = None,
        access_log: str | os.PathLike[str] | AccessLog | None = None,
        limits: StoreLimits | None = None,
        pool: HostPool | None = None,
        projections: Sequence[View] = (),
        effects: Sequence[Effect] = (),
        board_index: BoardIndexing | None = LARGE_BOARDS,
        outlet: Outlet | None = None,
    ) -> Self:
        """Open the store at `url`, making it when it is missing.

        `sqlite:///file.db` (`////` before a full path), `memory:` (as long as the engine lives) or
        `postgresql://` (an extra; `pool` is the host's own ConnectionPool to it). With NORMAL a
        power cut may lose the last commands; 0 `states_at_hand` reads every state anew; `keys` and
        `master_key` are the files for names; what `access_log` cannot take is not answered. See
        `followers` for `projections` and `effects`, `webhooks` for `outlet`, and `board_index`.

        Raises:
            Invalid, TypeError, Unavailable: what is given does not fit, or cannot be opened.
        """
        store = open_store(url, ALL_VIEWS, durable=synchronous == "FULL", limits=limits, pool=pool)
        core = partial(cls, store, actor=actor, clock=clock, book=book, new_id=new_id)
        core = partial(core, projections=projections, effects=effects, board_index=board_index)
        with _closed_on_failure(store):
            files = key_files(parse_url(url), keys, master_key)
            engine = core(states_at_hand=states_at_hand, key_files=files)
            engine._is_placed(url, limits, outlet)
            _watch(engine, access_log, actor, clock)
        return engine

    def _is_placed(self, url: str, limits: StoreLimits | None, outlet: Outlet | None) -> None:
        """It knows its own address, for what opens the store once more, and its way out."""
        self._outlet = outlet or self._outlet
        self._address, self._limits = None if url == MEMORY else url, limits
        self._file, self._in_memory = parse_url(url), url == MEMORY

    def under(self, mandate: Mandate) -> Mandated:
        """This engine for somebody with a mandate: what it does not give, is refused.

        The engine itself is its owner's: it checks no rights. An entrance for others (HTTP, the
        pages, a host's own) does and asks everything under the mandate of who is there.
        """
        from kvob_workflow.engine.mandated import Mandated  # hosts without entrances load none

        return Mandated(self, mandate)

    def dispatcher(
        self,
        notifiers: Sequence[Notifier],
        recipients: Sequence[Recipient] = (),
        *,
        language: Language = "nl",
        timeout_seconds: float = 60.0,
        from_start: bool = False,
    ) -> Dispatcher:
        """What brings this engine's notices out: `start(notify=dispatcher.run_once)`.

        It has joined: what is announced from now on is for these notifiers. Close it before the
        engine; closing it closes no store. Without recipients the digests are in `language`. A
        notifier may take `timeout_seconds`. With `from_start` a new notifier gets what was
        announced before as well.

        Raises:
            ValueError: two notifiers or two recipients have the same name.
        """
        from kvob_workflow.notices import Dispatcher  # hosts that send nothing do not load it

        dispatcher = Dispatcher(
            self._store,
            notifiers,
            recipients,
            clock=self._clock,
            language=language,
            timeout_seconds=timeout_seconds,
            from_start=from_start,
        )
        dispatcher.join()
        return dispatcher

    def doctor(self) -> list[Diagnosis]:
        """What a keeper should know: versions, durability, defects, whether somebody sweeps."""
        return [*self._store.doctor(), *diagnosed(self._store, self._clock.now())]

    def behind(self) -> list[Behind]:
        """The views that could not take the rows of an estate, with the error."""
        return self._store.behind()


@contextmanager
def _closed_on_failure(store: EventStore) -> Generator[None]:
    try:
        yield
    except BaseException:
        store.close()
        raise


def _watch(
    engine: Engine,
    access_log: str | os.PathLike[str] | AccessLog | None,
    actor: Actor,
    clock: Clock | None,
) -> None:
    """Let the access log and monitoring hear of it."""
    telemetry.watch(engine)
    if access_log is not None:
        from kvob_workflow.engine.audited import audit  # hosts that log nothing do not load it

        audit(engine, access_log, actor, clock)
