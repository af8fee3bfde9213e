"""What does the page of one estate tell?"""

from __future__ import annotations

from kvob_domain.ids import EstateId
from tests.web.conftest import WebWorld


def test_the_head_says_where_the_estate_stands_and_leads_on(
    lived_in: tuple[WebWorld, EstateId],
) -> None:
    world, estate = lived_in
    answer = world.browser().get(f"/estates/{estate}")
    assert answer.status_code == 200
    assert "<h1>De Zilverhoek</h1>" in answer.text
    assert f'href="/estates/{estate}" aria-current="page"' in answer.text
    assert f'href="/estates/{estate}/timeline"' in answer.text
