"""How is the world of two regions opened over HTTP? In memory, asked in process, without bounds."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI

from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.app import PagesOfPeople
from kvob_workflow.http.auth import Authenticator
from kvob_workflow.privacy.files import key_files
from kvob_workflow.statements import make_keys
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.testing import SettableClock
from tests.http.callers import authenticator
from tests.http.in_process import InProcess
from tests.http.two_regions import TODAY, settle


@dataclass
class Regions:
    """One world, and its API."""

    engine: Engine
    store: EventStore
    clock: SettableClock
    app: FastAPI
    asking: InProcess


@contextmanager
def opened(
    *,
    there: bool = True,
    lets_in: Callable[[SettableClock], Authenticator] = authenticator,
    pages_for: Callable[[Authenticator], PagesOfPeople] | None = None,
    url: str = "memory:",
) -> Generator[Regions]:
    """A world with its API, and pages where they are given; how often one asks is not bounded."""
    clock = SettableClock(TODAY)
    store = open_store(url, ALL_VIEWS)
    ids = count(1)
    with TemporaryDirectory() as folder, ExitStack() as closing:
        names = key_files(None, Path(folder) / "kvob.keys")
        engine = Engine(store, clock=clock, new_id=lambda: f"{next(ids):032x}", key_files=names)
        closing.enter_context(engine)
        engine.make_keys()
        settle(engine, there=there)
        lets = lets_in(clock)
        api = Api(
            authenticator=lets,
            register_keys=make_keys(Path(folder) / "register.key", "voorbeeld"),
            a_minute=None,
            open_a_minute=None,
            stream_seconds=0.0,
        )
        app = asgi_app(engine, api, pages=None if pages_for is None else pages_for(lets))
        yield Regions(engine, store, clock, app, closing.enter_context(InProcess(app)))
