"""What is a run of one story on one store? The engine, its clock, its ids, and all it answered.

The same story gives the same clock, ids, actors and keys on every store. What is told is kept, so
that the tellings of two stores can be laid side by side.
"""

from __future__ import annotations

import itertools
import shutil
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from kvob_domain.errors import KvobError
from kvob_domain.estate.commands import Command
from kvob_domain.ids import EstateId
from kvob_projections import ALL_VIEWS
from kvob_workflow import Actor, BoardIndexing, Engine, Outcome, RegisterEstate
from kvob_workflow.privacy.files import key_files
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.testing import GUIDE, SettableClock
from tests.conformance.plain import Tree, plain

TODAY: Final = date(2026, 11, 23)
Story = Callable[["World"], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a store answered: what was asked, and the answer as a plain tree."""

    asked: str
    answer: Tree


@dataclass
class Telling:
    """All that a story told on one store, and which methods of the engine it used."""

    told: list[Told] = field(default_factory=list[Told])
    methods: set[str] = field(default_factory=set[str])


class World:
    """An engine on one store, for one story."""

    def __init__(self, url: str, folder: Path) -> None:
        """Open a new store at `url`; keys are made in `folder`."""
        self.url, self.folder = url, folder
        self.clock = SettableClock(TODAY)
        self.telling = Telling()
        self._ids = itertools.count(1)
        self._ranks: list[int] = []
        self.store = self._opened()
        self.engine = self._engine()

    def close(self) -> None:
        """Close the store."""
        self.engine.close()

    def reopen(self) -> None:
        """Go on as a program that was started anew; memory is only forgotten by the engine."""
        if self.url != "memory:":
            self.engine.close()
            self.store = self._opened()
        self.engine = self._engine()

    def count_from(self, number: int) -> None:
        """Give out this id next."""
        self._ids = itertools.count(number)

    def signer(self) -> Signer:
        """A copy of the story's key for the proof log, so that every store is signed for alike."""
        first, mine = self.folder.parent / "log.key", self.folder / "log.key"
        if not first.exists():
            make_key(first, "voorbeeld")
        if not mine.exists():
            for file in first.parent.glob("log.key*"):
                shutil.copy2(file, self.folder)
        return Signer(mine)

    def register(self, name: str, *municipalities: str) -> EstateId:
        """An estate."""
        places = municipalities or ("Voorbeeldstad",)
        return self.do(RegisterEstate(name=name, municipalities=places)).estate

    def do(
        self,
        command: Command,
        actor: Actor = GUIDE,
        *,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Carry out a command that every store must take."""
        outcome = self.engine.do(command, actor=actor, command_id=command_id, dry_run=dry_run)
        self.telling.methods.add("do")
        self.tell(f"do {command!r}", outcome)
        return outcome

    def tries(
        self, command: Command, actor: Actor = GUIDE, *, command_id: str | None = None
    ) -> bool:
        """Carry out a command or be refused; whether it was done."""
        answer = self.ask("do", command, actor=actor, command_id=command_id)
        return isinstance(answer, Outcome)

    def ask(self, method: str, *arguments: object, **named: object) -> object:
        """Ask the engine, and keep what it answers or how it refuses."""
        self.telling.methods.add(method)
        return self.ask_of(method, getattr(self.engine, method), *arguments, **named)

    def ask_of(
        self, name: str, question: Callable[..., object], *arguments: object, **named: object
    ) -> object:
        """Ask something else, and keep what it answers or how it refuses."""
        answer: object
        try:
            answer = question(*arguments, **named)
        except KvobError as error:
            answer = error
        except UnicodeError as error:  # half a character: every driver refuses it
            answer = type(error).__name__
        self.tell(f"{name} {arguments!r} {named!r}", answer)
        return answer

    def tell(self, asked: str, answer: object) -> None:
        """Keep an answer for the comparison."""
        shown = asked.replace(str(self.folder), "")
        self.telling.told.append(Told(shown, plain(answer, self.rank)))

    def rank(self, position: int) -> int:
        """Which event in order, from 1, stands at a position; 0 before the first."""
        if not self._ranks or position > self._ranks[-1]:
            after = self._ranks[-1] if self._ranks else 0
            self._ranks += [one.position for one in self.store.touched_after(after, 100_000)]
        return bisect_left(self._ranks, position + 1)

    def _opened(self) -> EventStore:
        return open_store(self.url, ALL_VIEWS, durable=False)

    def _engine(self) -> Engine:
        # Memory is answered by SQL alone, the others from the index as soon as there is one.
        small = BoardIndexing(above=0)
        return Engine(
            self.store,
            board_index=None if self.url == "memory:" else small,
            clock=self.clock,
            new_id=lambda: f"{next(self._ids):032x}",
            key_files=key_files(None, self.folder / "kvob.keys"),
        )
