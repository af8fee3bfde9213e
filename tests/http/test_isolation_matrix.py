"""Does anybody get what is not his? Every operation, every caller, every estate, one by one.

The operations are those of the OpenAPI document, and a route that is not in it fails. What each
caller may do is written out in `expected_rights` and `callers`. Two worlds that differ in nothing
but an estate that a caller must not see, must look the same to him to the last byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from fastapi import FastAPI

from kvob_domain.mandates import EVERYWHERE, Mandate
from kvob_projections import ALL_VIEWS
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.testing import SettableClock, engine_at
from tests.http.callers import Caller, authenticator, everybody
from tests.http.document import Operation, document_of, documented, operations, routes
from tests.http.expected_rights import OF_THE_WHOLE, OPEN, RIGHTS
from tests.http.filling import filling
from tests.http.in_process import InProcess
from tests.http.matrix import cells, wrong
from tests.http.two_regions import THERE, TODAY, settle


@dataclass
class Regions:
    """One world, and its API."""

    engine: Engine
    store: EventStore
    app: FastAPI
    asking: InProcess


def opened(*, there: bool = True) -> Iterator[Regions]:
    """A world with its API."""
    clock = SettableClock(TODAY)
    store = open_store("memory:", ALL_VIEWS)
    ids = count(1)
    with Engine(store, clock=clock, new_id=lambda: f"{next(ids):032x}") as engine:
        settle(engine, there=there)
        app = asgi_app(engine, Api(authenticator=authenticator(clock)))
        with InProcess(app) as asking:
            yield Regions(engine, store, app, asking)


@pytest.fixture(scope="module")
def regions() -> Iterator[Regions]:
    yield from opened()


@pytest.fixture(scope="module")
def without_there() -> Iterator[Regions]:
    yield from opened(there=False)


@pytest.fixture(scope="module")
def callers() -> list[Caller]:
    return list(everybody())


@pytest.fixture(scope="module")
def known(regions: Regions) -> list[Operation]:
    return list(operations(document_of(regions.app)))


def test_every_route_is_in_the_document_and_every_operation_is_a_route(regions: Regions) -> None:
    assert routes(regions.app) == documented(document_of(regions.app))


def test_a_route_that_is_not_in_the_document_is_found(regions: Regions) -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(regions.app.router)
    app.add_api_route("/v1/hidden", lambda: None, include_in_schema=False)
    assert ("GET", "/v1/hidden") in routes(app) - documented(document_of(regions.app))


def test_the_rights_of_every_operation_are_written_out(known: list[Operation]) -> None:
    assert {one.id for one in known} == RIGHTS.keys() | OPEN
    assert {one.id for one in known if one.open} == OPEN


def test_no_caller_gets_what_is_not_his_in_at_least_5000_cells(
    regions: Regions, known: list[Operation], callers: list[Caller]
) -> None:
    complaints: list[str] = []
    asked = 0
    before = regions.store.last_position()
    for cell in cells(known, callers, filling(regions.engine)):
        complaints += wrong(cell, cell.ask(regions.asking))
        asked += 1
        if (now := regions.store.last_position()) != before:
            complaints.append(f"{cell.name} wrote")
            before = now
    assert complaints == []
    assert asked >= 5000


def test_every_operation_lets_somebody_through(
    regions: Regions, known: list[Operation], callers: list[Caller]
) -> None:
    through = {
        cell.operation.id
        for cell in cells(known, callers, filling(regions.engine))
        if cell.allowed and cell.ask(regions.asking).status < 300
    }
    assert {one.id for one in known} - through == set()


def test_a_caller_who_may_not_see_an_estate_cannot_tell_whether_it_is_there(
    regions: Regions, without_there: Regions, known: list[Operation], callers: list[Caller]
) -> None:
    complaints: list[str] = []
    strangers = [one for one in callers if THERE not in one.sees]
    looks = [one for one in known if one.method == "GET" and one.id not in OF_THE_WHOLE]
    for cell in cells(looks, strangers, filling(regions.engine)):
        here, there = cell.ask(regions.asking), cell.ask(without_there.asking)
        if here != there:
            complaints.append(f"{cell.name}: {here} is not {there}")
    assert complaints == []


class EverythingForEverybody(BearerTokens):
    """An authenticator that forgets whose place is where."""

    def mandate(self, headers: object) -> Mandate:
        """Every estate for whoever has a token."""
        found = super().mandate(headers)  # type: ignore[arg-type]
        return Mandate(found.actor, found.scopes, EVERYWHERE)


def test_the_matrix_finds_a_leak(known: list[Operation], callers: list[Caller]) -> None:
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        settle(engine)
        good = authenticator(clock)
        leaky = EverythingForEverybody.__new__(EverythingForEverybody)
        leaky.__dict__.update(good.__dict__)
        app = asgi_app(engine, Api(authenticator=leaky))
        looks = [one for one in known if one.id in ("list_estates", "estate_status")]
        with InProcess(app) as asking:
            told = [
                complaint
                for cell in cells(looks, callers, filling(engine))
                for complaint in wrong(cell, cell.ask(asking))
            ]
    assert any("guide here" in one and THERE.mark in one for one in told)
    assert any("let through" in one for one in told)
