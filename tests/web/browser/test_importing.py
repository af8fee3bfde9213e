"""Does a history come in from a real browser? Also without scripts, or where it is too large."""

from __future__ import annotations

import pytest

from kvob_domain.actor import Role
from tests.web.browser.axe_rules import check_axe
from tests.web.browser.board import Board
from tests.web.browser.conftest import Visit
from tests.web.browser.reflow import check_reflow

PARTLY = (
    b"estate;municipality;event;date;source_url\r\n"
    b"<b>De Linde</b>;Voorbeeldstad;covenant;2019-10-10;https://example.org/a\r\n"
    b"De Linde;Voorbeeldstad;audit;10-10-2019;https://example.org/c\r\n"
)
TOO_LARGE = b"x" * 20_000_000


def _file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_looked_at_and_then_recorded(
    own_board: Board, visit: Visit, javascript: bool
) -> None:
    badge = own_board.badge(Role.IMPORTER, person="p-importer")
    watched = visit(f"{own_board.origin}/import", cookies=badge, javascript=javascript)
    page = watched.page
    page.set_input_files("#file", _file("lijst.csv", PARTLY))  # type: ignore[arg-type]
    page.get_by_role("button", name="Bekijk wat er zou gebeuren").click()
    page.get_by_role("heading", name="Nagekeken, nog niets ingevoerd").wait_for()
    if javascript:
        assert check_axe(page, scheme="light", language="nl") == []
        check_reflow(page)
    page.get_by_role("button", name="Voer alleen de goede rijen in (1)").click()
    page.get_by_role("heading", name="Ingevoerd", exact=True).wait_for()
    assert "1 rij vastgelegd" in page.inner_text("main")
    if javascript:
        assert check_axe(page, scheme="light", language="nl") == []
    watched.settled()


def test_a_file_of_20_megabytes_is_told_of_before_it_is_sent(
    board_world: Board, visit: Visit
) -> None:
    badge = board_world.badge(Role.IMPORTER, person="p-importer")
    watched = visit(f"{board_world.origin}/import", cookies=badge)
    page = watched.page
    page.set_input_files("#file", _file("groot.csv", TOO_LARGE))  # type: ignore[arg-type]
    page.get_by_role("button", name="Bekijk wat er zou gebeuren").click()
    told = page.eval_on_selector("#file", "field => field.validationMessage")
    assert told.startswith("Dit bestand is te groot")
    assert page.url.endswith("/import")
    watched.settled()


def test_without_scripts_a_file_of_20_megabytes_gets_a_page_and_no_broken_connection(
    board_world: Board, visit: Visit
) -> None:
    badge = board_world.badge(Role.IMPORTER, person="p-importer")
    watched = visit(f"{board_world.origin}/import", cookies=badge, javascript=False, expect=(413,))
    page = watched.page
    page.set_input_files("#file", _file("groot.csv", TOO_LARGE))  # type: ignore[arg-type]
    page.get_by_role("button", name="Bekijk wat er zou gebeuren").click()
    page.get_by_role("heading", name="Dit kan niet").wait_for()
    assert "groter dan 2 MB" in page.inner_text("main")
    watched.settled()
