"""Does what looks at the pages see what is wrong with them, and leave good pages alone?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kvob_domain.actor import Role
from tests.web.browser.axe_rules import check_axe
from tests.web.browser.board import Board
from tests.web.browser.chromium import NotInstalled, executable
from tests.web.browser.conftest import Visit, left_out
from tests.web.browser.keyboard import check_keyboard
from tests.web.browser.loading import check_no_layout_shift, check_weight, photograph
from tests.web.browser.pictures import check_picture_contrast
from tests.web.browser.reflow import check_reflow
from tests.web.browser.stand_in import GOOD, StandIn, stand_in_server
from tests.web.browser.watched import Scheme


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with stand_in_server() as made:
        yield made


def finds(*parts: str) -> pytest.RaisesExc[AssertionError]:
    """A complaint that holds these parts, in this order."""
    return pytest.RaisesExc(AssertionError, match="(?s)" + ".*".join(map(re.escape, parts)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_good_page_passes_everything(scheme: Scheme, stand_in: StandIn, visit: Visit) -> None:
    watched = visit(stand_in.put(GOOD), scheme=scheme)
    page = watched.page
    check_no_layout_shift(page)
    assert check_weight(page) > 500
    assert check_axe(page, scheme=scheme, language="nl") == []
    check_picture_contrast(page)
    check_reflow(page)
    check_keyboard(page)
    watched.settled()


def test_what_breaks_a_rule_of_axe_is_found(stand_in: StandIn, visit: Visit) -> None:
    body = '<h1>Proef</h1><img src="data:,"><p class="pale">Bleek</p><input><h4>Diep</h4>'
    body += '<p><button class="small">x</button><button class="small">y</button></p>'
    page = visit(stand_in.put(body)).page
    with finds("color-contrast at", "heading-order", "image-alt", "label at", "target-size"):
        check_axe(page, scheme="light", language="nl")


def test_a_page_in_another_language_is_found(stand_in: StandIn, visit: Visit) -> None:
    page = visit(stand_in.put(GOOD, language="en")).page
    with finds("says lang='en' where 'nl' was asked"):
        check_axe(page, scheme="light", language="nl")


def test_text_on_what_is_no_colour_is_handed_back(stand_in: StandIn, visit: Visit) -> None:
    page = visit(stand_in.put("<h1>Proef</h1><p id='over'>Over een beeld</p>")).page
    page.evaluate("document.querySelector('#over').style.background = 'linear-gradient(red, blue)'")
    (line,) = check_axe(page, scheme="light", language="nl")
    assert line.startswith("color-contrast at #over")


def test_errors_and_warnings_of_scripts_are_found(stand_in: StandIn, visit: Visit) -> None:
    stand_in.put_file("/bad.js", "console.warn('let op'); console.error('mis'); none.there();")
    watched = visit(stand_in.put(GOOD, head='<script src="/bad.js"></script>'))
    with finds("console warning: let op", "console error: mis", "script error: none is not"):
        watched.settled()


def test_what_a_page_asks_of_another_host_is_found(stand_in: StandIn, visit: Visit) -> None:
    body = '<img alt="" src="https://example.org/a.png">'
    hint = '<link rel="preconnect" href="https://example.org">'
    watched = visit(stand_in.put(body, head=hint))
    with finds("security policy: img-src", "points to another host: <link"):
        watched.settled()
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        watched.page.goto("http://192.0.2.1/")
    watched.page.wait_for_url("chrome-error://**")
    with finds("asks another host: http://192.0.2.1/"):
        watched.settled()


def test_what_the_policy_forbids_is_found(stand_in: StandIn, visit: Visit) -> None:
    watched = visit(stand_in.put('<h1>A</h1><p style="color: red">B</p><script>1</script>'))
    with finds("against the security policy: style-src-attr: inline"):
        watched.settled()
    with finds("against the security policy: script-src-elem: inline"):
        watched.settled()


def test_an_answer_that_refuses_is_found_unless_it_is_expected(
    stand_in: StandIn, visit: Visit
) -> None:
    address = stand_in.origin + "/nothing"
    with finds("answered with 404"):
        visit(address).settled()
    visit(address, expect=(404,)).settled()


def test_a_page_that_is_too_wide_is_found(stand_in: StandIn, visit: Visit) -> None:
    page = visit(
        stand_in.put('<div><table class="wide"><tr><td>Breed</td></tr></table></div>')
    ).page
    with finds(
        "at 320 px, ends at 916 of 320 px: <table", "the page scrolls sideways", "at 640 px"
    ):
        check_reflow(page)
    assert page.viewport_size == {"width": 1280, "height": 900}


def test_a_region_that_scrolls_without_a_label_is_found(stand_in: StandIn, visit: Visit) -> None:
    page = visit(stand_in.put('<div data-scrolls><p class="wide">Breed</p></div>')).page
    with finds("scrolls without role=region, tabindex=0 and a label: <div data-scrolls"):
        check_reflow(page)


def test_what_is_not_seen_and_makes_the_page_wider_is_found(
    stand_in: StandIn, visit: Visit
) -> None:
    table = '<table class="wide"><tr><td>A</td><td><b class="heard">af</b></td></tr></table>'
    body = f'<div data-scrolls role="region" aria-label="T" tabindex="0">{table}</div>'
    page = visit(stand_in.put(body)).page
    with finds("is not seen and yet makes the page wider: <b", "the page scrolls sideways"):
        check_reflow(page)


def test_text_that_is_cut_off_is_found(stand_in: StandIn, visit: Visit) -> None:
    page = visit(stand_in.put('<p class="cut">Een lange naam van een bedrijventerrein</p>')).page
    with finds("cuts off", "of its text: <p"):
        check_reflow(page)


def picture(inside: str) -> str:
    """A drawing of 300 by 60."""
    return f'<svg role="img" aria-label="P" viewBox="0 0 300 60" width="300">{inside}</svg>'


UNREADABLE = {
    '<text class="grey" y="20">Grijs</text>': 'light: "Grijs": contrast 3.45, at least 4.5',
    '<text class="white" y="20">Wit</text>': 'light: "Wit": contrast 1.00',
    '<text fill="#000" y="20">Zwart</text>': 'dark: "Zwart": contrast 1.18',
    '<rect width="80" height="60"/><text class="white" x="40" y="20">Half op zwart</text>': (
        'light: "Half op zwart": contrast 1.00'
    ),
    '<text class="label" y="20">Al <tspan class="white">bleek</tspan></text>': (
        'light: "bleek": contrast 1.00'
    ),
    '<g opacity="0.3"><text class="label" y="20">Flets</text></g>': 'light: "Flets": contrast 1.',
    '<text class="label" y="20">Onder</text><rect class="bar" width="300" height="60"/>': (
        'light: "Onder": lies under <rect class="bar">'
    ),
    '<text class="label" x="270" y="20">Te lang</text>': 'light: "Te lang": is cut off by the edge',
    '<linearGradient id="g"><stop stop-color="red"/></linearGradient>'
    '<rect fill="url(#g)" width="300" height="60"/><text class="label" y="20">Kleurig</text>': (
        'light: "Kleurig": <rect> is no plain colour'
    ),
}


def test_texts_in_pictures_that_cannot_be_read_are_found(stand_in: StandIn, visit: Visit) -> None:
    readable = picture('<text class="label" y="20">Leesbaar</text>')
    page = visit(stand_in.put(readable + "".join(map(picture, UNREADABLE)))).page
    with pytest.raises(AssertionError) as complaint:
        check_picture_contrast(page)
    told = str(complaint.value)
    assert [one for one in UNREADABLE.values() if one not in told] == []
    assert "Leesbaar" not in told


def test_large_text_and_text_on_an_outline_take_less(stand_in: StandIn, visit: Visit) -> None:
    inside = '<text class="grey" font-size="24" y="24">Groot</text>'
    inside += (
        '<text class="white" stroke="#222" stroke-width="3" paint-order="stroke" y="50">R</text>'
    )
    check_picture_contrast(visit(stand_in.put(picture(inside))).page, schemes=("light",))


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (
            '<button tabindex="3">Eerst</button><button class="bare">Stil</button>'
            '<button class="small">x</button><button class="small">y</button>',
            ["own in the order: <b", "focus cannot be seen on <button", "is 12 x 12 px"],
        ),
        (
            '<button>A</button><button>A</button><button id="trap">B</button><button>C</button>',
            ["holds the focus"],
        ),
        (
            '<button id="jump">A</button><button>B</button><i id="end" tabindex="0">C</i>',
            ["be rea"],
        ),
    ],
)
def test_what_the_keyboard_cannot_use_is_found(
    body: str, complaint: list[str], stand_in: StandIn, visit: Visit
) -> None:
    stand_in.put_file(
        "/keys.js",
        "document.addEventListener('keydown', (event) => {"
        " if (event.target.id === 'trap') event.preventDefault();"
        " if (event.target.id === 'jump') {"
        "  document.getElementById('end').focus(); event.preventDefault(); } });",
    )
    page = visit(stand_in.put(body, head='<script src="/keys.js"></script>')).page
    with finds(*complaint):
        check_keyboard(page)


def test_a_page_without_a_link_to_its_contents_is_found(stand_in: StandIn, visit: Visit) -> None:
    page = visit(stand_in.put(GOOD)).page
    page.evaluate("document.querySelector('.away').remove()")
    with finds("the first stop is no link to the contents: <a"):
        check_keyboard(page)


def test_a_layout_that_shifts_is_found(stand_in: StandIn, visit: Visit) -> None:
    stand_in.put_file(
        "/late.js",
        "requestAnimationFrame(() => requestAnimationFrame(() => {"
        " document.querySelector('main').style.paddingTop = '300px'; }))",
    )
    page = visit(stand_in.put(GOOD, head='<script src="/late.js" defer></script>')).page
    with finds("shifts by"):
        check_no_layout_shift(page)


def test_a_page_that_is_too_heavy_is_found(stand_in: StandIn, visit: Visit) -> None:
    page = visit(stand_in.put(GOOD + "x" * 150_000)).page
    with finds("weighs 15", "at most 150,000"):
        check_weight(page)


def test_a_photograph_is_a_picture_in_the_folder_that_is_named(
    stand_in: StandIn, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KVOB_SCREENS", str(tmp_path))
    file = photograph(visit(stand_in.put(GOOD)).page, "proef-licht")
    assert file == tmp_path / "proef-licht.png"
    assert file.read_bytes().startswith(b"\x89PNG")


def test_a_page_is_judged_also_without_its_scripts(stand_in: StandIn, visit: Visit) -> None:
    stand_in.put_file("/text.js", "document.querySelector('h1').textContent = 'Veranderd';")
    url = stand_in.put(GOOD, head='<script defer src="/text.js"></script>')
    assert visit(url).page.inner_text("h1") == "Veranderd"
    watched = visit(url, javascript=False)
    assert watched.page.inner_text("h1") == "De Zilverhoek"
    check_keyboard(watched.page)
    watched.settled()


def test_the_board_knows_who_looks(board_world: Board, visit: Visit) -> None:
    address = f"{board_world.origin}/estates"
    guide = visit(address, cookies=board_world.badge(Role.GUIDE))
    assert "De Zilverhoek" in guide.page.content()
    guide.settled()
    stranger = visit(address, expect=(404,))
    assert "/login" in stranger.page.url
    assert "De Zilverhoek" not in stranger.page.content()


def test_a_browser_that_is_named_and_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KVOB_CHROMIUM", "no-such-browser")
    with pytest.raises(NotInstalled, match="KVOB_CHROMIUM names 'no-such-browser'"):
        executable()


def test_what_cannot_be_looked_at_is_left_out_and_in_ci_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="NOT LOOKED AT in a browser: none"):
        left_out("none")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="NOT LOOKED AT in a browser: none"):
        left_out("none")


def test_the_lock_of_axe_holds_hashes_and_no_address(root: Path) -> None:
    text = (root / "tests/web/browser/axe/package-lock.json").read_text("utf-8")
    assert [part for part in ("://", "resolved") if part in text] == []
    assert text.count('"integrity": "sha512-') == 1
