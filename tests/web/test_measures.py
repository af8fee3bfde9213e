"""Is the whole matrix kept up to date in one save? All of it or nothing, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import command_adapter
from kvob_domain.estate.values import Progress
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import Scope
from kvob_workflow import AdoptPlan, RenameEstate, UpdateMeasure
from kvob_workflow.testing import SettableClock, engine_at
from tests.cli.command_examples import BY_NAME
from tests.cli.walked_so_far import ESTATE
from tests.web.conftest import TODAY, WebWorld

PATH: Final = f"/estates/{ESTATE}/measures"
ON: Final = "09-03-2021"
HOSTILE: Final = "<script>alert(1)</script>\"'&"
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_CHOSEN: Final = re.compile(r'name="(m\.[^"]+\.progress)".*?value="([a-z]+)" selected', re.DOTALL)
_TYPED: Final = re.compile(r'<input id="[^"]+" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def world() -> Iterator[WebWorld]:
    """An estate with a plan of five measures, of which the first is still open."""
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        for one in BY_NAME["update_measure"][0]:
            engine.do(one.command, actor=one.actor)
        yield WebWorld(engine, clock)


def _inputs(answer: Response) -> dict[str, str]:
    text = answer.text.partition("<main")[2]
    found = {**dict(_HIDDEN.findall(text)), **dict(_CHOSEN.findall(text))}
    return found | dict(_TYPED.findall(text))


def _send(
    browser: TestClient, page: Response, stage: str, path: str = PATH, **more: str
) -> Response:
    inputs = _inputs(page) | {name.replace("__", "."): text for name, text in more.items()}
    return browser.post(path, data={**inputs, "stage": stage})


def _progress(world: WebWorld) -> dict[str, str]:
    return {one.id: one.progress.value for one in world.engine.state(EstateId(ESTATE)).measures}


def _version(world: WebWorld) -> int:
    return world.engine.state(EstateId(ESTATE)).version


def test_the_matrix_is_saved_in_one_go_after_it_was_shown_what_changes(world: WebWorld) -> None:
    browser, before = world.browser(), _version(world)
    shown = browser.get(PATH)
    more = {"m__m1__progress": "started", "m__m2__progress": "dropped", "m__m2__note": "Te duur"}
    asked = _send(browser, shown, "check", **more, m__m3__owner="Politie", on=ON)
    assert asked.status_code == 200, asked.text
    assert "3 maatregelen veranderen" in asked.text
    assert "gepland → <strong>begonnen</strong>" in asked.text
    assert "Gemeente → <strong>Politie</strong>" in asked.text
    assert "Te duur" in asked.text
    assert _version(world) == before
    done = _send(browser, asked, "confirm")
    assert done.status_code == 303
    assert _version(world) == before + 3
    assert _progress(world)["m1"] == "started"
    assert _progress(world)["m2"] == "dropped"
    last = world.engine.history(EstateId(ESTATE))
    own = [one for one in last if one.version > before and one.via is None]
    assert len({one.command_id for one in own}) == 1
    told = browser.get(done.headers["location"])
    assert "3 maatregelen zijn bijgewerkt" in told.text


def test_nothing_changes_where_one_is_invalid_and_all_input_comes_back(world: WebWorld) -> None:
    browser, before = world.browser(), _version(world)
    wrong = {"m__m1__progress": "done", "m__m2__owner": "x" * 201, "m__m3__progress": "onzin"}
    asked = _send(browser, browser.get(PATH), "check", **wrong, on="31-02-2026")
    assert asked.status_code == 400
    assert 'href="#f-on"' in asked.text
    assert "februari 2026 heeft 28 dagen" in asked.text
    assert 'href="#m-m2-owner"' in asked.text
    assert 'href="#m-m3-progress"' in asked.text
    assert 'value="31-02-2026"' in asked.text
    assert f'value="{"x" * 201}"' in asked.text
    assert _inputs(asked)["m.m1.progress"] == "done"
    assert _version(world) == before


def test_a_refusal_of_the_rules_names_the_measures_and_writes_nothing(world: WebWorld) -> None:
    browser, before = world.browser(), _version(world)
    early = {"m__m1__progress": "done", "m__m2__progress": "dropped", "on": "01-01-2020"}
    asked = _send(browser, browser.get(PATH), "check", **early)
    assert asked.status_code == 422 or asked.status_code == 409
    assert 'href="#m-m1-progress"' in asked.text
    assert 'href="#m-m2-progress"' in asked.text
    assert _inputs(asked)["m.m2.progress"] == "dropped"
    forced = _send(browser, asked, "confirm", **early)
    assert forced.status_code == asked.status_code
    assert _version(world) == before


def test_who_changed_nothing_is_told(world: WebWorld) -> None:
    browser = world.browser()
    asked = _send(browser, browser.get(PATH), "check")
    assert asked.status_code == 400
    assert "U hebt niets gewijzigd" in asked.text


def test_of_two_people_the_second_hears_what_the_first_did_and_undoes_none_of_it(
    world: WebWorld,
) -> None:
    browser, estate = world.browser(), EstateId(ESTATE)
    form = browser.get(PATH)
    other = Actor(PersonId("p-other"), "Bureau B", Role.GUIDE)
    first = UpdateMeasure(
        estate=estate, on=date(2021, 3, 9), measure="m1", progress=Progress.STARTED
    )
    world.engine.do(first, actor=other)
    mine = {"m__m2__progress": "dropped", "m__m2__note": "Te duur", "on": ON}
    asked = _send(browser, form, "check", **mine)
    assert asked.status_code == 409
    assert "Bureau B" in asked.text
    assert "Controleer opnieuw" in asked.text
    kept = _inputs(asked)
    assert (kept["m.m1.progress"], kept["m.m2.progress"]) == ("started", "dropped")
    assert kept["m.m2.note"] == "Te duur"
    again = _send(browser, asked, "check")
    assert again.status_code == 200
    assert "1 maatregel verandert" in again.text
    world.engine.do(RenameEstate(estate=estate, on=date(2021, 3, 9), name="De Bocht"), actor=other)
    late = _send(browser, again, "confirm")
    assert late.status_code == 409
    assert _inputs(late)["m.m2.note"] == "Te duur"
    done = _send(browser, _send(browser, late, "check"), "confirm")
    assert done.status_code == 303
    assert _progress(world)["m1"] == "started"
    assert _progress(world)["m2"] == "dropped"


def test_what_was_filled_in_for_a_measure_that_is_gone_is_told(world: WebWorld) -> None:
    browser = world.browser()
    asked = _send(browser, browser.get(PATH), "check", m__m9__note="Bewaar dit", m__m9__was="done")
    assert asked.status_code == 400
    assert "Maatregel m9 staat niet meer in het plan" in asked.text
    assert "Bewaar dit" in asked.text


def test_a_double_click_acts_once(world: WebWorld) -> None:
    browser = world.browser(scopes=[Scope.ESTATES_READ, Scope.MEASURES_UPDATE])
    more = {"m__m1__progress": "started", "m__m2__note": "Bezig", "on": ON}
    asked = _send(browser, browser.get(PATH), "check", **more)
    first, second = (_send(browser, asked, "confirm") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert (
        sum("measure-updated" in one.topic for one in world.engine.history(EstateId(ESTATE))) == 2
    )


def test_back_from_the_confirmation_everything_still_stands(world: WebWorld) -> None:
    browser = world.browser()
    more = {"m__m1__progress": "started", "m__m2__note": "Bezig", "on": ON}
    asked = _send(browser, browser.get(PATH), "check", **more)
    back = _inputs(_send(browser, asked, "edit"))
    assert back["m.m1.progress"] == "started"
    assert back["m.m2.note"] == "Bezig"
    assert back["on"] == ON


def test_another_view_loses_nothing_that_was_filled_in(world: WebWorld) -> None:
    browser = world.browser()
    shown = browser.get(PATH)
    assert _inputs(shown)["m.m2.progress"] == "done"
    other = _send(browser, shown, "view", f"{PATH}?group=goal&open=1", m__m2__note="Bezig")
    assert other.status_code == 200
    kept = _inputs(other)
    assert kept["m.m2.note"] == "Bezig"
    assert "m.m1.progress" in kept
    assert "m.m3.progress" not in kept
    assert "3 afgeronde maatregelen zijn niet getoond" in other.text
    assert browser.get(f"{PATH}?group=onzin").status_code in (400, 422)


def test_who_may_only_look_gets_no_inputs_and_cannot_save(world: WebWorld) -> None:
    looker = world.browser(scopes=[Scope.ESTATES_READ])
    shown = looker.get(PATH)
    assert shown.status_code == 200
    assert "Maatregel 1" in shown.text
    assert "<select" not in shown.text
    token = world.token()
    sent = looker.post(PATH, data={"form_token": token, "stage": "check"})
    assert sent.status_code == 403


def test_the_past_is_only_looked_at(world: WebWorld) -> None:
    browser = world.browser()
    past = browser.get(f"{PATH}?on=2021-03-05")
    assert past.status_code == 200
    assert "<select" not in past.text
    assert browser.get(f"{PATH}?on=2001-01-01").status_code == 404


def test_an_estate_without_a_plan_says_so(web_world: WebWorld) -> None:
    for one in BY_NAME["update_measure"][0][:1]:
        web_world.engine.do(one.command, actor=one.actor)
    shown = web_world.browser().get(PATH)
    assert "nog geen plan" in shown.text
    assert "No plan" in web_world.browser().get(f"{PATH}?lang=en").text or (
        "no plan" in web_world.browser().get(f"{PATH}?lang=en").text
    )


def test_the_page_is_there_in_english_as_well(world: WebWorld) -> None:
    browser, english = world.browser(), f"{PATH}?lang=en"
    shown = browser.get(english)
    assert "New owner" in shown.text
    more = {"m__m1__progress": "started", "on": ON}
    asked = _send(browser, shown, "check", english, **more)
    assert "1 measure changes" in asked.text
    assert "planned → <strong>started</strong>" in asked.text
    done = _send(browser, asked, "confirm", english)
    assert "lang=en" in done.headers["location"]


def _plan(world: WebWorld, measures: list[dict[str, object]]) -> None:
    before, example = BY_NAME["adopt_plan"]
    with_these = {**example.fields, "measures": measures}
    for one in before:
        world.engine.do(one.command, actor=one.actor)
    command = command_adapter().validate_python(with_these)
    assert isinstance(command, AdoptPlan)
    world.engine.do(command, actor=example.actor)


def _measure(number: int, **more: object) -> dict[str, object]:
    return {
        "id": f"m{number}",
        "text": f"Maatregel {number}",
        "owner": f"Eigenaar {number % 7}",
        "owner_role": "municipality",
        **more,
    }


def test_hostile_text_stays_text(web_world: WebWorld) -> None:
    _plan(web_world, [_measure(number, text=HOSTILE, owner=HOSTILE) for number in range(1, 9)])
    browser = web_world.browser()
    shown = browser.get(PATH)
    hostile = {"m.m1.note": HOSTILE, "m.m1.progress": HOSTILE, "on": HOSTILE}
    inputs = {**_inputs(shown), **hostile, "m.<b>.note": HOSTILE, "m..note": "x"}
    wrong = browser.post(PATH, data={**inputs, "stage": "check"})
    assert wrong.status_code == 400
    inputs = {**_inputs(shown), "m.m1.note": HOSTILE, "m.m2.owner": "Nieuw <i>", "stage": "check"}
    asked = browser.post(PATH, data={**inputs, "on": "29-11-2026"})
    assert asked.status_code == 200, asked.text
    for answer in (shown, wrong, asked):
        assert "<script>alert" not in answer.text
        assert "<i>" not in answer.text


def test_a_hundred_measures_go_in_one_save(web_world: WebWorld) -> None:
    late = TODAY - timedelta(days=3)
    _plan(web_world, [_measure(number, due_on=late.isoformat()) for number in range(1, 101)])
    browser = web_world.browser()
    shown = browser.get(PATH)
    assert "100 te laat" in shown.text
    assert len(shown.content) < 150_000
    every = {f"m.m{number}.progress": "done" for number in range(1, 101)}
    asked = browser.post(PATH, data={**_inputs(shown), **every, "stage": "check"})
    assert "100 maatregelen veranderen" in asked.text
    done = browser.post(PATH, data={**_inputs(asked), "stage": "confirm"})
    assert done.status_code == 303
    assert set(_progress(web_world).values()) == {"done"}


def test_a_matrix_outlives_the_end_of_the_session(world: WebWorld) -> None:
    browser = world.browser()
    shown = browser.get(PATH)
    world.people.forget()
    over = _send(browser, shown, "check", m__m1__note="Bewaar dit")
    assert over.status_code == 401
    assert 'name="m.m1.note" value="Bewaar dit"' in over.text
