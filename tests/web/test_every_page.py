"""What holds for every page? Nothing from elsewhere, nobody unknown, the moment in its address."""

from __future__ import annotations

from kvob_domain.ids import EstateId
from tests.web.conftest import WebWorld


def test_a_page_loads_nothing_from_elsewhere_and_runs_no_script_of_its_own(
    web_world: WebWorld,
) -> None:
    answer = web_world.browser().get("/estates")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http://" not in answer.text.replace("http://www.w3.org/", "")
    assert "https://" not in answer.text


def test_who_is_not_logged_in_is_led_to_the_login_and_back(web_world: WebWorld) -> None:
    answer = web_world.stranger().get("/estates?on=2020-01-15")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?back=/estates")


def test_a_day_that_does_not_exist_is_explained(web_world: WebWorld) -> None:
    answer = web_world.browser().get("/estates?on=31-02-2026")
    assert answer.status_code == 400
    assert "februari 2026 heeft 28 dagen" in answer.text
    assert 'value="31-02-2026"' in answer.text


def test_links_keep_the_day_and_the_language(lived_in: tuple[WebWorld, EstateId]) -> None:
    world, estate = lived_in
    answer = world.browser().get("/estates?on=15-01-2022&lang=en")
    assert f'href="/estates/{estate}?on=15-01-2022&amp;lang=en"' in answer.text
