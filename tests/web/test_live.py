"""Does a page hear at once that something happened, of what is within reach, and no longer?"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import pytest
from httpx2 import Client

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import command_adapter
from kvob_domain.ids import PersonId
from kvob_domain.mandates import Bond, BondKind, Mandate, Reach, scopes_of
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app, streaming
from kvob_workflow.testing import SettableClock, engine_at
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import SessionKeys
from tests.http.serving import PATIENCE, served
from tests.http.two_regions import HERE, THERE, TODAY, Site, settle
from tests.web.conftest import COOKIE, Introduced

LONG: Final = 60.0
_NUMBERS: Final = count(1)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with engine_at("memory:", SettableClock(TODAY)) as opened:
        settle(opened)
        yield opened


@dataclass
class Board:
    """A server with pages, and the browser of a guide who works in one region."""

    engine: Engine
    address: str
    people: Introduced
    browser: Client = field(init=False)

    def __post_init__(self) -> None:
        bonds = frozenset({Bond.to(BondKind.MUNICIPALITY, HERE.place)})
        actor = Actor(PersonId("p-reader"), None, Role.GUIDE)
        mandate = Mandate(actor, scopes_of(Role.GUIDE), Reach(bonds=bonds))
        self.browser = Client(
            base_url=self.address,
            cookies={COOKIE: self.people.introduce(mandate)},
            headers={"accept": "text/html"},
            timeout=PATIENCE,
        )

    def happens(self, site: Site) -> int:
        """Somebody else notes something about an estate; the position of it."""
        told = {
            "command": "record_remark",
            "estate": site.id,
            "subject": "other",
            "text": f"opmerking {next(_NUMBERS)}",  # the same remark twice is one
            "on": "2022-06-15",
            "provenance": {"source": "https://voorbeeld.example/", "note": "proef"},
        }
        actor = Actor(PersonId("p-writer"), site.organisation("Gids"), Role.GUIDE)
        self.engine.do(command_adapter().validate_python(told), actor=actor)
        return self.engine.last_position()

    def heard(self, after: int, **headers: str) -> str:
        """All that a whole stream says."""
        answer = self.browser.get(f"/live?after={after}", headers=headers)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        return answer.text


@contextmanager
def boards(engine: Engine, seconds: float) -> Generator[Board]:
    """A server whose streams go on for so many seconds."""
    people = Introduced()
    api = Api(a_minute=None, open_a_minute=None, stream_seconds=seconds)
    app = asgi_app(engine, api, pages=Pages(login=people, keys=SessionKeys()))
    with served(app) as port:
        board = Board(engine, f"http://127.0.0.1:{port}", people)
        with board.browser:
            yield board


def test_a_page_hears_at_once_that_somebody_else_did_something(engine: Engine) -> None:
    with boards(engine, LONG) as board:
        page = board.browser.get(f"/estates/{HERE.id}").text
        begin = engine.last_position()
        assert f'data-live="/live?after={begin}"' in page
        with board.browser.stream("GET", f"/live?after={begin}") as stream:
            lines = stream.iter_lines()
            assert next(lines).startswith("retry:")
            position = board.happens(HERE)  # while it listens
            told = [line for line in _until_news(lines) if line]
        assert told[-3:] == [f"id: {position}", "event: news", f"data: {position}"]


def _until_news(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if line.startswith("data:"):
            return


def test_of_an_estate_out_of_reach_nothing_is_said(engine: Engine) -> None:
    with boards(engine, 0.0) as board:
        begin = engine.last_position()
        board.happens(THERE)
        assert "news" not in board.heard(begin)
        position = board.happens(HERE)
        assert f"data: {position}" in board.heard(begin)


def test_what_is_told_is_that_there_is_something_and_never_what(engine: Engine) -> None:
    with boards(engine, 0.0) as board:
        begin = engine.last_position()
        board.happens(HERE)
        told = board.heard(begin)
        assert "news" in told
        assert HERE.id not in told
        assert "remark" not in told


def test_it_goes_on_after_what_was_heard_last(engine: Engine) -> None:
    with boards(engine, 0.0) as board:
        begin = engine.last_position()
        first, second = board.happens(HERE), board.happens(HERE)
        assert f"data: {second}" in board.heard(begin, **{"last-event-id": str(first)})
        assert "news" not in board.heard(begin, **{"last-event-id": str(second)})


def test_it_ends_by_itself_so_that_the_session_is_looked_at_anew(engine: Engine) -> None:
    with boards(engine, 0.2) as board:
        begin = engine.last_position()
        assert "news" not in board.heard(begin)  # it came to its end
        board.people.forget()
        answer = board.browser.get(f"/live?after={begin}")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?")


def test_a_server_carries_so_many_streams_and_no_more(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "MOST_STREAMS", 2)
    with boards(engine, LONG) as board:
        path = f"/live?after={engine.last_position()}"
        with board.browser.stream("GET", path) as one, board.browser.stream("GET", path) as other:
            listening = one.iter_lines(), other.iter_lines()
            assert [next(lines)[:5] for lines in listening] == ["retry", "retry"]
            refusal = board.browser.get(path)
            assert refusal.status_code == 503
            assert refusal.headers["retry-after"]
            assert board.browser.get("/estates").status_code == 200  # pages do not wait for them
        # Both have hung up: there is room again as soon as that was noticed.
        assert any(_is_let_in(board, path) for _ in range(1_000))


def _is_let_in(board: Board, path: str) -> bool:
    with board.browser.stream("GET", path) as stream:
        return stream.status_code == 200
