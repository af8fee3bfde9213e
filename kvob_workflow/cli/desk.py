"""What does every command work with? The settings, the engine, and where to write."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from kvob_workflow.jsonable import as_json_text, jsonable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from kvob_domain.actor import Actor
    from kvob_domain.words import Language, Text
    from kvob_projections.view import View
    from kvob_workflow import BoardIndexing, Engine
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.followers import Effect
    from kvob_workflow.settings import Settings
    from kvob_workflow.store import EventStore
    from kvob_workflow.webhooks.outlet import Outlet


class Desk:
    """One call of one command. Data goes to standard output, talk to standard error."""

    def __init__(self, settings: Settings, *, as_json: bool) -> None:
        """Open nothing yet: `kvob version` needs no store."""
        self.settings = settings
        self.as_json = as_json
        self._open = ExitStack()
        self._engine: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    @property
    def language(self) -> Language:
        """The language of screens and messages."""
        return self.settings.language

    @property
    def actor(self) -> Actor:
        """Who acts, through the command line."""
        from kvob_domain.actor import Actor
        from kvob_domain.ids import PersonId

        return Actor(
            person=PersonId(self.settings.person),
            organisation=self.settings.organisation,
            role=self.settings.role,
            origin="cli",
        )

    @property
    def engine(self) -> Engine:
        """The engine on the store, which is made when it is missing."""
        return self._engine or self._opened(self.settings.store)

    @property
    def serving_engine(self) -> Engine:
        """The engine for many answers: large boards are kept in memory."""
        from kvob_workflow.engine.core import LARGE_BOARDS

        return self._engine or self._opened(self.settings.store, LARGE_BOARDS)

    @property
    def reading_engine(self) -> Engine:
        """The engine to look with: a store that is not there is empty, and stays away."""
        missing = self.missing_store()
        if missing is not None and self._engine is None:
            from kvob_workflow.cli.talk import STORE_MISSING

            self.say(STORE_MISSING.nl.format(missing), STORE_MISSING.en.format(missing))
        return self.trial_engine

    @property
    def trial_engine(self) -> Engine:
        """The engine to try something out with; it makes no store either."""
        if self._engine is not None:
            return self._engine
        return self._opened("memory:" if self.missing_store() else self.settings.store)

    def missing_store(self) -> str | None:
        """The path of the store's file when there is no such file yet."""
        from kvob_workflow.store import parse_url

        path = parse_url(self.settings.store)
        return str(path) if path is not None and not path.exists() else None

    def check_store(self) -> None:
        """For an answer that would look as if all was well, where a name was mistyped.

        Raises:
            StoreMissing: there is no such file; it is not made either.
        """
        missing = self.missing_store()
        if missing is not None:
            from kvob_workflow.cli.commands.running import StoreMissing

            raise StoreMissing(missing)

    def open_store(self, url: str | None = None, *, prepare: bool = True) -> EventStore:
        """The store itself, without an engine; the caller closes it.

        Without `prepare` its tables stay those of the release that made them.
        """
        from kvob_workflow.store import open_store

        settings = self.settings
        durable = settings.synchronous == "FULL"
        return open_store(
            url or settings.store, durable=durable, limits=settings.limits, prepare=prepare
        )

    def words(self, text: Text) -> str:
        """A text in the language of this call."""
        return text.of(self.language)

    def say(self, nl: str, en: str) -> None:
        """Talk to the person, beside the data; a program gets JSON and nothing beside it."""
        if not self.as_json:
            print(nl if self.language == "nl" else en, file=sys.stderr)

    def give(self, document: object, draw: Callable[[Screen], None]) -> None:
        """Give the answer: the document as JSON, or its drawing for people."""
        if self.as_json:
            print(as_json_text(jsonable(document, self.language), sys.stdout))
            return
        from kvob_workflow.cli.screens.screen import Screen

        draw(Screen(self.language))

    def _opened(self, url: str, board_index: BoardIndexing | None = None) -> Engine:
        """Open it; a single answer does not earn boards in memory back."""
        from kvob_workflow import Engine

        projections, effects = self.of_host()
        engine = Engine.open(
            url,
            actor=self.actor,
            synchronous=self.settings.synchronous,
            keys=self.settings.keys,
            master_key=self.settings.master_key,
            access_log=self.settings.access_log,
            limits=self.settings.limits,
            projections=projections,
            effects=effects,
            board_index=board_index,
            outlet=self._outlet(),
        )
        self._engine = self._open.enter_context(engine)
        return engine

    def _outlet(self) -> Outlet:
        """How events go out, by the settings."""
        from pathlib import Path

        from kvob_workflow.cloud_events.envelope import UNNAMED, Sender
        from kvob_workflow.webhooks.outlet import Outlet

        settings = self.settings
        hosts = (settings.webhook_hosts or "").replace(",", " ").split()
        return Outlet(
            sender=Sender(settings.source or UNNAMED),
            hosts=tuple(hosts),
            development=settings.development,
            key=Path(settings.webhook_key) if settings.webhook_key else None,
        )

    def of_host(self) -> tuple[tuple[View, ...], tuple[Effect, ...]]:
        """The host's own projections and effects, where a setting names them."""
        if self.settings.projections is None:
            return (), ()
        from kvob_workflow.followers.loading import loaded
        from kvob_workflow.setting_names import PROJECTIONS

        return loaded(self.settings.projections, PROJECTIONS.variable)
