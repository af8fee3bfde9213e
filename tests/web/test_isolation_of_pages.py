"""Does a page show anybody what is not his, or do it? Every screen, every role, every estate.

What each role may see is written out in `sorted_screens`, by the reference table of the API. The
world is that of its matrix: two regions whose every text carries a mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from kvob_domain.mandates import EVERYWHERE, Mandate
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.testing import SettableClock
from kvob_workflow.web.routing import Screen
from kvob_workflow.web.screens import ALL_SCREENS
from tests.http.callers import authenticator
from tests.http.regions import Regions, opened
from tests.http.two_regions import ABSENT, SITES, THERE, Site
from tests.web.page_matrix import Cell, cells, pages_for, told, wrong
from tests.web.sorted_screens import WHOSE


@pytest.fixture(scope="module")
def regions() -> Iterator[Regions]:
    with opened(pages_for=pages_for) as world:
        yield world


@pytest.fixture(scope="module")
def without_there() -> Iterator[Regions]:
    with opened(there=False, pages_for=pages_for) as world:
        yield world


@pytest.fixture(scope="module")
def asked(regions: Regions) -> list[Cell]:
    return list(cells(ALL_SCREENS, authenticator(regions.clock)))


def unsorted(screens: tuple[Screen, ...]) -> list[str]:
    """The screens of which nobody has said whose they are."""
    named = [f"{one.method} {one.path}" for one in screens]
    return sorted(one for one in named if one not in WHOSE)


def test_of_every_screen_it_is_said_whose_it_is() -> None:
    assert unsorted(ALL_SCREENS) == []


def test_a_screen_of_which_it_is_not_said_is_found() -> None:
    hidden = Screen("GET", "/hidden", ALL_SCREENS[0].handler, None)
    assert unsorted((*ALL_SCREENS, hidden)) == ["GET /hidden"]


def test_no_page_shows_or_does_what_is_not_his(regions: Regions, asked: list[Cell]) -> None:
    pages = pages_for(authenticator(regions.clock))
    complaints: list[str] = []
    through: set[str] = set()
    done: set[str] = set()
    versions = {site: _version(regions, site) for site in SITES}
    before = regions.store.last_position()
    for cell in asked:
        answer = cell.ask(regions.asking, pages)
        complaints += wrong(cell, answer)
        now = regions.store.last_position()
        if now != before and not (cell.is_allowed and cell.screen.startswith("POST")):
            complaints.append(f"{cell.name} wrote")
        if now != before:
            changed = {site for site in SITES if versions[site] != _version(regions, site)}
            complaints += [f"{cell.name} changed {one.mark}" for one in changed - cell.caller.sees]
            versions |= {site: _version(regions, site) for site in changed}
            done.add(cell.screen)
        before = now
        if cell.is_allowed and answer.status == 200:
            through.add(cell.screen)
    assert complaints == []
    assert len(asked) > 15 * len(ALL_SCREENS)
    # A matrix in which nobody gets anything would hold as well.
    shown = {f"GET {one.path}" for one in ALL_SCREENS if one.method == "GET"}
    assert {one for one in shown - through if "{webhook}" not in one} == set()
    assert "POST /estates/{estate}/do/{command}" in done


def _version(regions: Regions, site: Site) -> int:
    return regions.engine.state(site.id).version


def test_an_estate_out_of_reach_is_as_one_that_is_not_there(
    regions: Regions, asked: list[Cell]
) -> None:
    pages = pages_for(authenticator(regions.clock))
    there = {_key(one): one for one in asked if one.about == THERE and not one.is_allowed}
    absent = {_key(one): one for one in asked if one.about is not None and one.about.id == ABSENT}
    complaints: list[str] = []
    for key, cell in there.items():
        here, nowhere = (one.ask(regions.asking, pages) for one in (cell, absent[key]))
        if told(here) != told(nowhere):
            complaints.append(f"{cell.name}: {here.status} is not {nowhere.status}")
    assert complaints == []
    assert len(there) > 50


def _key(cell: Cell) -> tuple[str, str, str]:
    assert cell.about is not None
    return cell.caller.name, f"{cell.screen} {cell.target.replace(cell.about.id, '')}", cell.stage


def test_a_page_about_many_is_the_same_with_and_without_what_is_out_of_reach(
    without_there: Regions, asked: list[Cell]
) -> None:
    pages = pages_for(authenticator(without_there.clock))
    complaints: list[str] = []
    looks = [
        one
        for one in asked
        if one.screen.startswith("GET")
        and one.about is None
        and one.has_right
        and THERE not in one.caller.sees
    ]
    with opened(pages_for=pages_for) as regions:  # the other tests may have written in theirs
        for cell in looks:
            with_it, without = (
                one.ask(world, pages)
                for one, world in ((cell, regions.asking), (cell, without_there.asking))
            )
            if told(with_it) != told(without):
                complaints.append(cell.name)
    assert complaints == []
    assert len(looks) > 50


class EverythingForEverybody(BearerTokens):
    """An authenticator that forgets whose place is where."""

    def mandate(self, headers: Mapping[str, str]) -> Mandate:
        """Every estate for whoever has a token."""
        found = super().mandate(headers)
        return Mandate(found.actor, found.scopes, EVERYWHERE)


def forgetful(clock: SettableClock) -> EverythingForEverybody:
    """The good authenticator, spoilt."""
    spoilt = EverythingForEverybody.__new__(EverythingForEverybody)
    spoilt.__dict__.update(authenticator(clock).__dict__)
    return spoilt


def test_the_matrix_finds_a_leak() -> None:
    screens = tuple(one for one in ALL_SCREENS if one.path in ("/estates", "/estates/{estate}"))
    with opened(lets_in=forgetful, pages_for=pages_for) as world:
        pages = pages_for(forgetful(world.clock))
        complaints = [
            complaint
            for cell in cells(screens, forgetful(world.clock))
            for complaint in wrong(cell, cell.ask(world.asking, pages))
        ]
    assert any("guide here" in one and THERE.mark in one for one in complaints)
    assert any("let through" in one for one in complaints)
