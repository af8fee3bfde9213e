"""Does anybody get what is not his? Every operation, every caller, every estate, one by one.

The operations are those of the OpenAPI document, and a route that is not in it fails. What each
caller may do is written out in `expected_rights` and `callers`. Two worlds that differ in nothing
but an estate that a caller must not see, must look the same to him to the last byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from fastapi import FastAPI

from kvob_domain.mandates import EVERYWHERE, Mandate
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.testing import SettableClock
from tests.http.callers import Caller, authenticator, everybody
from tests.http.document import Operation, document_of, documented, operations, routes
from tests.http.expected_rights import NOT_HERE, OF_THE_WHOLE, OPEN, PUBLIC, RIGHTS
from tests.http.filling import filling
from tests.http.matrix import cells, wrong
from tests.http.regions import Regions, opened
from tests.http.two_regions import HERE, THERE


@pytest.fixture(scope="module")
def regions() -> Iterator[Regions]:
    with opened() as world:
        yield world


@pytest.fixture(scope="module")
def without_there() -> Iterator[Regions]:
    with opened(there=False) as world:
        yield world


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
    through: set[str] = set()
    asked = 0
    before = regions.store.last_position()
    for cell in cells(known, callers, filling(regions.engine)):
        answer = cell.ask(regions.asking)
        asked += 1
        complaints += wrong(cell, answer)
        if (now := regions.store.last_position()) != before:
            complaints.append(f"{cell.name} wrote")
            before = now
        if cell.allowed and answer.status < 300:
            through.add(cell.operation.id)
    assert complaints == []
    assert asked >= 5000
    # A matrix in which nobody gets anything would hold as well. Which commands the rules let
    # through is not asked here.
    gets = {one.id for one in known if one.method == "GET"}
    assert gets - through == gets & NOT_HERE


def test_a_caller_who_may_not_see_an_estate_cannot_tell_whether_it_is_there(
    regions: Regions, without_there: Regions, known: list[Operation], callers: list[Caller]
) -> None:
    complaints: list[str] = []
    strangers = [one for one in callers if one.role is not None and THERE not in one.sees]
    of_all = OF_THE_WHOLE | PUBLIC
    looks = [one for one in known if one.method == "GET" and one.id not in of_all]
    for cell in cells(looks, strangers, filling(regions.engine)):
        if not cell.is_sharp or cell.about is HERE:
            continue  # what the matrix above has seen refused, or allowed without a mark
        here, there = cell.ask(regions.asking), cell.ask(without_there.asking)
        if here.told != there.told:
            complaints.append(f"{cell.name}: {here} is not {there}")
    assert complaints == []


class EverythingForEverybody(BearerTokens):
    """An authenticator that forgets whose place is where."""

    def at_hand(self, headers: Mapping[str, str]) -> Mandate | None:
        """Nothing is remembered here."""
        del headers
        return None

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        """Every estate for whoever has a token."""
        found = super().mandate(headers)
        return Mandate(found.actor, found.scopes, EVERYWHERE)


def forgetful(clock: SettableClock) -> EverythingForEverybody:
    """The good authenticator, spoilt."""
    spoilt = EverythingForEverybody.__new__(EverythingForEverybody)
    spoilt.__dict__.update(authenticator(clock).__dict__)
    return spoilt


def test_the_matrix_finds_a_leak(known: list[Operation], callers: list[Caller]) -> None:
    looks = [one for one in known if one.id in ("list_estates", "estate_status")]
    with opened(lets_in=forgetful) as world:
        told = [
            complaint
            for cell in cells(looks, callers, filling(world.engine))
            for complaint in wrong(cell, cell.ask(world.asking))
        ]
    assert any("guide here" in one and THERE.mark in one for one in told)
    assert any("let through" in one for one in told)
