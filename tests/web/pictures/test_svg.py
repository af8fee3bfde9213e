"""Can anything that people type get out of a picture, or a picture out of its place?"""

from __future__ import annotations

import pytest
from markupsafe import Markup

from kvob_workflow.web.pictures.lettering import line, shorten, width_of, wrap
from kvob_workflow.web.pictures.svg import element, named, number, picture
from tests.web.pictures.seen import HOSTILE, LONG, complaints, seen


def test_text_and_attributes_are_escaped() -> None:
    drawn = element("text", HOSTILE, class_=HOSTILE)
    assert "<script" not in drawn
    assert "\x00" not in drawn
    assert seen(drawn).names == ["main", "text"]


def test_markup_that_was_made_here_stays_as_it_is() -> None:
    assert element("g", element("rect", x=1.0)) == '<g><rect x="1"/></g>'


@pytest.mark.parametrize("attribute", ["style", "onclick", "onLoad", "a b", ""])
def test_a_style_a_handler_and_a_broken_name_are_refused(attribute: str) -> None:
    with pytest.raises(ValueError):
        element("rect", **{attribute: "x"})


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "//elsewhere.example", "https://elsewhere.example", "/\\x", "a b", ""],
)
def test_a_link_that_leaves_the_site_is_refused(href: str) -> None:
    with pytest.raises(ValueError):
        named("x", href)


@pytest.mark.parametrize("href", ["/estates/1", "?on=2026-01-01", "#event-3", "/"])
def test_a_link_within_the_site_is_made(href: str) -> None:
    assert seen(named("x", href)).root[0].attrib["href"] == href


@pytest.mark.parametrize("name", ["", "1", "a b", 'a"', "a.b"])
def test_an_id_is_a_letter_followed_by_plain_characters(name: str) -> None:
    with pytest.raises(ValueError):
        picture(name, "Titel", "Beschrijving", (1, 1))


@pytest.mark.parametrize(
    ("value", "written"), [(1.0, "1"), (0.333333, "0.33"), (-0.001, "0"), (1200, "1200")]
)
def test_numbers_are_short(value: float, written: str) -> None:
    assert number(value) == written


def test_a_long_text_is_cut_and_its_title_holds_all_of_it() -> None:
    drawn = seen(line(LONG, (0, 0), 120))
    assert drawn.titles() == [LONG]
    shown = "".join("".join(span.itertext()) for span in drawn.root.iter("tspan"))
    assert shown.endswith("…")
    assert width_of(shown) <= 120


def test_a_text_that_fits_has_no_title_of_its_own() -> None:
    assert seen(line("Convenant", (0, 0), 120)).titles() == []


def test_a_word_that_is_wider_than_its_place_is_cut() -> None:
    assert wrap("Veiligheidsanalyse", 60, 3) == (shorten("Veiligheidsanalyse", 60),)


def test_what_remains_is_cut_in_the_last_line() -> None:
    shown = wrap("een twee drie vier vijf zes", 50, 2)
    assert len(shown) == 2
    assert shown[-1].endswith("…")


def test_a_picture_is_named_and_described() -> None:
    drawn = picture("een", HOSTILE, HOSTILE, (10, 5), Markup("<rect/>"))
    assert complaints(seen(drawn)) == []
