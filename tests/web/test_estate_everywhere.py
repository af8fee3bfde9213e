"""Do the pages of an estate stand for every estate that there can be, on any day?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from markupsafe import escape

from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from tests.web.conftest import WebWorld

_PAGES = ("", "/diagram", "/timeline")
_MOMENTS = (
    "",
    "?lang=en",
    "?on=2016-06-30",
    "?on=31-12-2030&lang=en",
    "?on=2022-01-15&known_at=2021-03-01",
)


@pytest.mark.parametrize("asked", _MOMENTS)
@pytest.mark.parametrize("path", _PAGES)
def test_every_estate_of_the_sample_has_this_page(
    lived_in: tuple[WebWorld, EstateId], path: str, asked: str
) -> None:
    world, _ = lived_in
    browser = world.browser()
    found = world.engine.board(BoardQuery(limit=200, groups=True))
    assert found.total == len(found.items)
    kinds = {row.kind for row in found.items}
    assert kinds == {"estate", "group", "other_area"}
    for row in found.items:
        answer = browser.get(f"/estates/{row.estate_id}{path}{asked}")
        wanted = (200, 404) if "on=" in asked else (200,)  # it need not have been there yet
        assert answer.status_code in wanted, (row.estate, answer.text[:2000])
        if answer.status_code == 200:
            assert f"<h1>{escape(row.estate)}</h1>" in answer.text


def test_an_estate_that_was_not_known_then_is_refused_with_a_way_back(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    for path in _PAGES:
        answer = world.browser().get(f"/estates/{estate}{path}?on=2015-01-01")
        assert answer.status_code == 404
        assert "nog niet, of was toen nog niet bekend" in answer.text
        assert "september 2020" in answer.text
        first = re.search(r'href="([^"]+)">Naar de eerste dag', answer.text)
        assert first is not None
        assert world.browser().get(unescape(first[1])).status_code == 200
