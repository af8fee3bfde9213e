"""What can somebody do with the list of estates? Filter, sort, keep views, take files, go on."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.ids import EstateId, PersonId
from tests.projections import cycle
from tests.projections.desk import Step as Happened
from tests.web.conftest import WebWorld

TODAY = date(2024, 2, 1)
SCRIPT = "<script>alert(1)</script>"
Lived = tuple[WebWorld, EstateId]


@pytest.fixture
def world(web_world: WebWorld) -> WebWorld:
    web_world.clock.set_day(TODAY)
    return web_world


def played(
    world: WebWorld,
    name: str = "De Hoek",
    place: str = "Soest",
    steps: tuple[Happened, ...] = cycle.KICKOFF,
) -> EstateId:
    """An estate of which this has happened."""
    estate = world.engine.do(RegisterEstate(name=name, municipalities=(place,))).estate
    for step in steps:
        actor = Actor(PersonId(step.person), "Stichting", Role.OPERATOR)
        world.engine.do(step.command(estate), actor=actor)
    return estate


def listed(text: str) -> list[str]:
    """The names in the table, in order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', text)


def in_csv(content: bytes) -> list[list[str]]:
    """The rows of a downloaded file, without its heading."""
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))[1:]


def in_workbook(content: bytes) -> tuple[list[list[object]], dict[object, object]]:
    """The rows of a downloaded workbook without their heading, and what it says of itself."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows, about = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    return [list(row) for row in rows[1:]], {row[0]: row[1] for row in about}


def keep(world: WebWorld, browser: TestClient, **filled: str) -> object:
    """Send the form that keeps a view."""
    return browser.post("/estates/views", data={"form_token": world.token(), **filled})


def test_the_header_leads_to_the_list_also_where_one_estate_has_the_name(world: WebWorld) -> None:
    played(world)
    played(world, "Noord")
    answer = world.browser().get("/estates?q=De+Hoek")
    assert answer.status_code == 200
    assert listed(answer.text) == ["De Hoek"]
    assert "<strong>1</strong> terrein" in answer.text


def test_each_filter_is_shown_and_can_be_taken_away(world: WebWorld) -> None:
    played(world)
    text = world.browser().get("/estates?q=stap:startfase+gemeente:Soest&sort=step").text
    chips = text.split('class="chips"')[1].split("</ul>")[0]
    assert 'href="/estates?sort=step&amp;q=gemeente%3ASoest"' in chips
    assert 'href="/estates?sort=step&amp;q=stap%3Astartfase"' in chips


def test_a_word_that_cannot_be_read_stays_with_what_it_may_have_meant(world: WebWorld) -> None:
    played(world)
    text = world.browser().get("/estates?q=gemeent:Soest").text
    assert 'value="gemeent:Soest"' in text
    assert "is geen filter" in text
    assert 'href="/estates?q=gemeente%3ASoest"' in text
    assert listed(text) == ["De Hoek"]


def test_a_click_on_a_head_sorts_and_turns_the_order_about(world: WebWorld) -> None:
    for name, place in (("A", "Zeist"), ("B", "Baarn")):
        played(world, name, place)
    browser = world.browser()
    text = browser.get("/estates").text
    assert listed(text) == ["A", "B"]
    assert 'aria-sort="ascending"><a href="/estates?sort=-estate"' in text
    text = browser.get("/estates?sort=municipality").text
    assert listed(text) == ["B", "A"]
    assert 'aria-sort="ascending"><a href="/estates?sort=-municipality"' in text
    text = browser.get("/estates?sort=-municipality").text
    assert listed(text) == ["A", "B"]
    assert text.count('aria-sort="descending"') == 1


def test_an_order_that_there_is_not_is_refused(world: WebWorld) -> None:
    answer = world.browser().get("/estates?sort=secret")
    assert answer.status_code == 400
    assert "next_due_on" in answer.text


def test_pages_keep_the_filter_and_the_order(world: WebWorld) -> None:
    for number in range(30):
        played(world, f"Oost {number:02}", steps=())
    browser = world.browser()
    text = browser.get("/estates?q=oost&size=25&sort=-estate").text
    assert listed(text)[0] == "Oost 29"
    address = re.findall(r'href="([^"]+)">Volgende', text)[0].replace("&amp;", "&")
    assert listed(browser.get(address).text) == [f"Oost {number:02}" for number in range(4, -1, -1)]
    assert browser.get("/estates?size=5000").status_code == 400


def test_nothing_found_offers_to_take_each_filter_away(world: WebWorld) -> None:
    played(world)
    text = world.browser().get("/estates?q=stap:convenant+gemeente:Soest").text
    loosen = text.split('class="loosen"')[1]
    assert "zonder Stap Convenant" in loosen
    assert 'href="/estates?q=gemeente%3ASoest"' in loosen


def test_a_kept_view_comes_back_in_this_browser_alone(world: WebWorld) -> None:
    browser, other = world.browser(), world.browser(person="p-other")
    answer = browser.post(
        "/estates/views?lang=en",
        data={"form_token": world.token(), "name": " Mijn  Soest ", "q": "gemeente:Soest"},
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/estates?lang=en&q=gemeente%3ASoest"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Soest" not in cookie
    text = browser.get("/estates").text
    assert "Mijn Soest" in text.split('class="views')[1].split("</nav>")[0]
    assert "Mijn Soest" not in other.get("/estates").text


def test_a_kept_view_can_be_removed(world: WebWorld) -> None:
    browser = world.browser()
    keep(world, browser, name="Eerste", q="te-laat")
    keep(world, browser, name="Tweede", q="hoek")
    keep(world, browser, forget="Eerste", name="", q="te-laat")
    text = browser.get("/estates").text
    assert "Eerste" not in text
    assert "Tweede" in text


def test_a_view_of_the_same_name_takes_its_place(world: WebWorld) -> None:
    browser = world.browser()
    keep(world, browser, name="Mijn", q="gemeente:Soest")
    keep(world, browser, name="Mijn", q="gemeente:Baarn")
    text = browser.get("/estates").text
    assert "gemeente:Baarn" in text
    assert "gemeente:Soest" not in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("  ", "Geef de weergave een naam"),
        ("x" * 41, "hoogstens 40 tekens"),
        ("a\x07b", "leesbare tekens"),
    ],
)
def test_a_name_that_cannot_be_is_told_at_its_field_and_kept(
    world: WebWorld, name: str, said: str
) -> None:
    answer = world.browser().post(
        "/estates/views?q=te-laat", data={"form_token": world.token(), "name": name, "q": "te-laat"}
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="te-laat"' in answer.text
    assert "set-cookie" not in answer.headers


def test_a_browser_keeps_twenty_views(world: WebWorld) -> None:
    browser = world.browser()
    for number in range(20):
        keep(world, browser, name=f"Weergave {number}", q="hoek")
    answer = browser.post(
        "/estates/views", data={"form_token": world.token(), "name": "Nog een", "q": "hoek"}
    )
    assert answer.status_code == 422
    assert "verwijder er eerst een" in answer.text


@pytest.mark.parametrize("value", ["", "onzin", "1." + "A" * 80, "x" * 5000])
def test_a_cookie_that_we_did_not_seal_is_passed_over(world: WebWorld, value: str) -> None:
    browser = world.browser()
    browser.cookies.set("kvob-views", value)
    assert browser.get("/estates").status_code == 200


def test_a_cookie_that_was_changed_holds_nothing(world: WebWorld) -> None:
    browser = world.browser()
    keep(world, browser, name="Eerste", q="te-laat")
    sealed = next(value for name, value in browser.cookies.items() if name == "kvob-views")
    changed = sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB")
    other = world.browser()
    other.cookies.set("kvob-views", changed)
    text = other.get("/estates").text
    assert "Eerste" not in text


def test_a_view_is_kept_only_with_the_token_of_the_form(world: WebWorld) -> None:
    answer = world.browser().post("/estates/views", data={"name": "x", "q": "y"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_files_hold_exactly_what_the_list_shows_in_its_order(world: WebWorld) -> None:
    for name, place in (("A", "Zeist"), ("B", "Soest"), ("C", "Soest")):
        played(world, name, place)
    browser = world.browser()
    text = browser.get("/estates?q=gemeente:Soest&sort=-estate").text
    assert listed(text) == ["C", "B"]
    found = re.findall(r'href="(/estates\.(?:csv|xlsx)[^"]*)"', text)
    assert len(found) == 2
    as_csv = browser.get(found[0].replace("&amp;", "&"))
    assert [row[0] for row in in_csv(as_csv.content)] == ["C", "B"]
    assert as_csv.headers["content-type"].startswith("text/csv")
    assert 'filename="terreinen-2024-02-01.csv"' in as_csv.headers["content-disposition"]
    rows, told = in_workbook(browser.get(found[1].replace("&amp;", "&")).content)
    assert [row[0] for row in rows] == ["C", "B"]
    assert told["Filters"] == "gemeente:Soest"


def test_files_are_as_it_stood_on_the_day_asked(lived_in: Lived) -> None:
    world, _ = lived_in
    answer = world.browser().get("/estates.csv?q=zilverhoek&on=2021-02-10")
    (row,) = in_csv(answer.content)
    assert row[:3] == ["De Zilverhoek", "Voorbeeldstad", "Convenant"]


def test_a_name_that_a_spreadsheet_would_run_is_only_text(world: WebWorld) -> None:
    played(world, '=HYPERLINK("http://x","y")')
    browser = world.browser()
    (row,) = in_csv(browser.get("/estates.csv").content)
    assert row[0].startswith("'=")
    ((name, *_),), _ = in_workbook(browser.get("/estates.xlsx").content)
    assert name == '=HYPERLINK("http://x","y")', "a text, which no program runs"


def test_files_hold_nothing_outside_the_reach(world: WebWorld) -> None:
    played(world)
    played(world, "Noord", "Baarn")
    browser = world.browser(Role.MUNICIPALITY, municipalities=("Baarn",))
    assert listed(browser.get("/estates").text) == ["Noord"]
    assert [row[0] for row in in_csv(browser.get("/estates.csv").content)] == ["Noord"]


def test_estates_can_be_chosen_for_one_form_by_who_may_do_something(world: WebWorld) -> None:
    estate = played(world)
    text = world.browser().get("/estates").text
    assert f'name="estate" value="{estate}" form="several"' in text
    assert 'id="several"' in text
    assert 'action="/several"' in text
    assert '<option value="sign_covenant">' in text
    assert '<option value="award_certificate">' not in text, "a guide decides nothing"
    assert 'id="several"' not in world.browser(Role.MUNICIPALITY).get("/estates").text
    assert 'id="several"' not in world.browser().get("/estates?on=2024-01-01").text


def test_who_may_register_has_the_button_for_it(world: WebWorld) -> None:
    assert 'href="/do/register_estate"' in world.browser().get("/estates").text
    assert "/do/register_estate" not in world.browser(Role.AUDITOR).get("/estates").text


def test_a_script_in_a_name_is_text(world: WebWorld) -> None:
    played(world, f"De {SCRIPT}", f"Soest {SCRIPT}")
    browser = world.browser()
    keep(world, browser, name=SCRIPT, q=SCRIPT)
    text = browser.get("/estates", params={"q": SCRIPT}).text
    assert SCRIPT not in text
    assert text.count("&lt;script&gt;") > 4


def test_the_list_is_there_in_english(lived_in: Lived) -> None:
    world, _ = lived_in
    browser = world.browser()
    text = browser.get("/estates?lang=en&q=step:covenant").text
    assert "Estates" in text
    assert "Terreinen" not in text
    answer = browser.get("/estates.csv?lang=en")
    assert answer.content.decode("utf-8-sig").startswith("Estate;Municipality")
    assert "estates-2026-11-29.csv" in answer.headers["content-disposition"]
