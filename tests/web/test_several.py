"""Is one form given for several estates? Together or for each, looked at first, and once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import name_of
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import Scope
from kvob_workflow import Engine, RegisterEstate, RenameEstate
from kvob_workflow.engine.errors import EstateNotFound
from kvob_workflow.testing import GUIDE, SettableClock, engine_at
from kvob_workflow.web.many.offered import FOR_SEVERAL
from tests.cli.command_examples import BY_NAME
from tests.cli.walked_so_far import ESTATE, OTHER, about
from tests.web.conftest import TODAY, WebWorld
from tests.web.forms.typing_in import typed

ONE, TWO = EstateId(ESTATE), EstateId(OTHER)
NOBODYS: Final = "e" * 32
HOSTILE: Final = "<script>alert(1)</script>\"'&"
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def _path(command: str, estates: Iterable[str], **more: str) -> str:
    pairs = [*(("estate", one) for one in estates), ("command", command), *more.items()]
    return f"/several?{urlencode([one for one in pairs if one[1]])}"


@dataclass
class Page:
    """One form in a browser, and what it carries along."""

    browser: TestClient
    path: str
    answer: Response = field(init=False)

    def __post_init__(self) -> None:
        self.answer = self.browser.get(self.path)
        assert self.answer.status_code == 200, self.answer.text[-400:]

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def inputs(self) -> dict[str, str]:
        """What the form of a command hides; that of the choice of estates stands before it."""
        return dict(_HIDDEN.findall(self.text.partition('method="post"')[2]))

    def send(self, stage: str, path: str | None = None, **more: Any) -> Response:
        inputs = {**self.inputs, **more, "stage": stage}
        self.answer = self.browser.post(path or self.path, data=inputs)
        return self.answer


@pytest.fixture
def world() -> Iterator[WebWorld]:
    with engine_at("memory:", SettableClock(TODAY)) as engine:
        yield WebWorld(engine, SettableClock(TODAY))


@pytest.fixture
def walked(world: WebWorld) -> WebWorld:
    """Two estates that are about to ask for an audit, and a group."""
    before, _ = BY_NAME["request_audit"]
    registered = [one for one in before if one.name.startswith("register")]
    walk = [one for one in before if one not in registered]
    for one in (*registered, *walk, *about(OTHER, walk)):
        world.engine.do(one.command, actor=one.actor)
    return world


@pytest.fixture
def planned(world: WebWorld) -> WebWorld:
    """An estate with a trajectory, and one without."""
    for one in BY_NAME["record_walk_round"][0]:
        world.engine.do(one.command, actor=one.actor)
    return world


def _version(engine: Engine, *estates: str) -> list[int]:
    return [engine.state(EstateId(one)).version for one in estates]


def test_several_estates_share_one_act(walked: WebWorld) -> None:
    form = Page(walked.browser(), _path("request_audit", (ONE, TWO)))
    assert "Eén handeling van alle gekozen terreinen" in form.text
    before = _version(walked.engine, ONE, TWO)
    asked = form.send("check", on="05-04-2021", body="Keur A")
    assert asked.status_code == 200, asked.text
    assert "Bevestigen voor 2 terreinen" in asked.text
    assert _version(walked.engine, ONE, TWO) == before
    done = form.send("confirm")
    assert done.status_code == 200
    assert "Vastgelegd voor 2 van 2" in done.text
    last = [walked.engine.history(one) for one in (ONE, TWO)]
    ids = {entry.correlation for each in last for entry in each if "audit-requested" in entry.topic}
    assert len(ids) == 1


def test_a_joint_act_that_one_estate_cannot_take_is_done_nowhere(planned: WebWorld) -> None:
    form = Page(planned.browser(), _path("request_audit", (ONE, TWO)))
    before = _version(planned.engine, ONE, TWO)
    asked = form.send("check", on="05-04-2021", body="Keur A")
    assert asked.status_code == 200
    assert "voor alle terreinen, of voor geen enkel" in asked.text
    assert 'value="confirm"' not in asked.text
    forced = form.send("confirm", **{f"seen.{one}": "1" for one in (ONE, TWO)})
    assert forced.status_code in (409, 422)
    assert _version(planned.engine, ONE, TWO) == before


def test_where_it_cannot_be_is_told_and_the_others_go_on(planned: WebWorld) -> None:
    form = Page(planned.browser(), _path("record_walk_round", (ONE, TWO)))
    inputs = typed(BY_NAME["record_walk_round"][1].fields, ("command", "estate"))
    asked = form.send("check", **inputs)
    assert asked.status_code == 200
    assert "Voor 1 van 2; 1 kan niet: De Punt." in asked.text
    done = form.send("confirm")
    assert "Vastgelegd voor 1 van 2" in done.text
    assert done.text.count("niet gedaan") == 1
    assert any("walk-round" in one.topic for one in planned.engine.history(ONE))
    assert not any("walk-round" in one.topic for one in planned.engine.history(TWO))


def test_the_estates_that_cannot_are_left_out_first_if_one_wants(planned: WebWorld) -> None:
    form = Page(planned.browser(), _path("record_walk_round", (ONE, TWO)))
    inputs = typed(BY_NAME["record_walk_round"][1].fields, ("command", "estate"))
    asked = form.send("check", **inputs)
    found = re.search(r'formaction="([^"]+)"', asked.text)
    assert found is not None
    without = found[1].replace("&amp;", "&")
    assert OTHER not in without
    again = form.send("check", without)
    assert "kan niet" not in again.text
    assert "Bevestigen voor 1 terrein" in again.text


def test_sending_it_again_acts_once(walked: WebWorld) -> None:
    remark = typed(BY_NAME["record_remark"][1].fields, ("command", "estate"))
    for command, topic, inputs in (
        ("request_audit", "audit-requested", {"on": "05-04-2021", "body": "Keur A"}),
        ("record_remark", "remark", remark),
    ):
        form = Page(walked.browser(), _path(command, (ONE, TWO)))
        confirmation = form.send("check", **inputs)
        assert form.send("confirm").status_code == 200
        form.answer = confirmation
        again = form.send("confirm")
        assert again.status_code == 200
        assert "Vastgelegd voor 2 van 2" in again.text
        assert "al bij een eerdere verzending" in again.text
        for one in (ONE, TWO):
            topics = [each.topic for each in walked.engine.history(one)]
            assert sum(topic in each for each in topics) == 1


def test_an_estate_that_changed_meanwhile_waits_and_is_looked_at_again(planned: WebWorld) -> None:
    remark = typed(BY_NAME["record_remark"][1].fields, ("command", "estate"))
    form = Page(planned.browser(), _path("record_remark", (ONE, TWO)))
    form.send("check", **remark)
    other = Actor(PersonId("p-other"), "Bureau B", Role.GUIDE)
    rename = RenameEstate(estate=TWO, on=date(2021, 3, 9), name="De Bocht")
    planned.engine.do(rename, actor=other)
    done = form.send("confirm")
    assert "Vastgelegd voor 1 van 2" in done.text
    assert "Een ander wijzigde dit terrein intussen" in done.text
    again = form.send("check", _path("record_remark", (TWO,)))
    assert "Bevestigen voor 1 terrein" in again.text
    assert "Vastgelegd voor 1 van 1" in form.send("confirm", _path("record_remark", (TWO,))).text


def test_a_joint_act_waits_as_a_whole_when_one_estate_changed(walked: WebWorld) -> None:
    form = Page(walked.browser(), _path("request_audit", (ONE, TWO)))
    form.send("check", on="05-04-2021", body="Keur A")
    other = Actor(PersonId("p-other"), "Bureau B", Role.GUIDE)
    walked.engine.do(RenameEstate(estate=TWO, on=date(2021, 3, 9), name="De Bocht"), actor=other)
    before = _version(walked.engine, ONE, TWO)
    late = form.send("confirm")
    assert late.status_code == 409
    assert "intussen gewijzigd" in late.text
    assert _version(walked.engine, ONE, TWO) == before
    assert "Vastgelegd voor 2 van 2" in form.send("confirm").text


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(planned: WebWorld) -> None:
    form = Page(planned.browser(), _path("end_trajectory", (ONE, TWO)))
    asked = form.send("check", on="31-02-2026", note=HOSTILE)
    assert asked.status_code == 400
    assert 'href="#f-on"' in asked.text
    assert 'href="#f-reason"' in asked.text
    assert 'value="31-02-2026"' in asked.text
    assert "&lt;script&gt;alert(1)" in asked.text
    assert "<script>alert" not in asked.text


def test_rows_come_and_go(walked: WebWorld) -> None:
    form = Page(walked.browser(), _path("sign_covenant", (ONE, TWO)))
    assert 'name="also' not in form.text
    answer = form.send("add:signatories", **{"signatories.0.organisation": "Gemeente"})
    assert 'name="signatories.1.organisation"' in answer.text
    answer = form.send("remove:signatories.0", **{"signatories.1.organisation": "Politie"})
    assert 'name="signatories.1.organisation" value="Politie"' in answer.text


def test_an_estate_is_added_by_its_name_and_left_out_by_its_tick(planned: WebWorld) -> None:
    browser = planned.browser()
    answer = browser.get(_path("", (ONE,), add="De Punt"))
    assert answer.status_code == 303
    assert OTHER in answer.headers["location"]
    wrong = browser.get(_path("", (ONE,), add=HOSTILE))
    assert wrong.status_code == 200
    assert 'id="f-add-error"' in wrong.text
    assert "<script>alert" not in wrong.text
    both = browser.get(answer.headers["location"])
    assert both.text.count('type="checkbox" name="estate"') == 2


def test_estates_that_are_not_there_are_told_and_left_out(planned: WebWorld) -> None:
    answer = planned.browser().get(_path("", (ONE, NOBODYS, "onzin")))
    assert answer.status_code == 200
    assert "2 van de gekozen terreinen is er niet" in answer.text
    with pytest.raises(EstateNotFound):
        planned.engine.state(EstateId(NOBODYS))


def test_only_commands_of_ones_own_are_offered_with_how_many_can(planned: WebWorld) -> None:
    text = planned.browser().get(_path("", (ONE, TWO))).text
    assert 'value="record_walk_round"' in text
    assert "kan nu bij 1 van 2" in text
    assert 'value="award_certificate"' not in text
    looker = planned.browser(scopes=[Scope.ESTATES_READ])
    assert 'name="command"' not in looker.get(_path("", (ONE, TWO))).text
    path = _path("record_walk_round", (ONE, TWO))
    assert looker.get(path).status_code == 403
    sent = looker.post(path, data={"form_token": planned.token(), "stage": "check"})
    assert sent.status_code == 403


@pytest.mark.parametrize("command", sorted(FOR_SEVERAL))
def test_each_command_has_a_form_for_several_in_both_languages(
    command: str, planned: WebWorld
) -> None:
    browser = planned.browser(scopes=list(Scope))
    for language in ("nl", "en"):
        answer = browser.get(_path(command, (ONE, TWO), lang=language))
        assert answer.status_code == 200, answer.text[-300:]
        assert FOR_SEVERAL[command].TITLE.of(language) in answer.text


@pytest.mark.parametrize("command", sorted(FOR_SEVERAL))
def test_each_command_is_looked_at_for_one_estate_as_its_own_form_does(
    command: str, world: WebWorld
) -> None:
    before, example = BY_NAME[command]
    for one in before:
        world.engine.do(one.command, actor=one.actor)
    browser = world.browser(
        example.actor.role, person=str(example.actor.person), scopes=list(Scope)
    )
    form = Page(browser, _path(command, (str(example.fields["estate"]),)))
    inputs = typed(example.fields, ("command", "estate", "also"))
    asked = form.send("check", **inputs)
    assert asked.status_code == 200, asked.text[-600:]
    assert 'value="confirm"' in asked.text, re.findall("<p>(.*?)</p>", asked.text)
    done = form.send("confirm")
    assert "Vastgelegd voor 1 van 1" in done.text


def test_a_command_of_one_estate_is_not_given_for_several(planned: WebWorld) -> None:
    browser = planned.browser(scopes=list(Scope))
    for command in ("correct", "rename_estate", "onzin", HOSTILE):
        assert browser.get(_path(command, (ONE,))).status_code == 404
    assert name_of(RenameEstate) not in FOR_SEVERAL


def test_more_than_a_hundred_estates_are_done_in_parts(world: WebWorld) -> None:
    ids = [
        world.engine.do(
            RegisterEstate(name=f"Terrein {number}", municipalities=("Soest",)), actor=GUIDE
        ).estate
        for number in range(101)
    ]
    browser = world.browser()
    answer = browser.get(_path("record_remark", ids))
    assert "hoogstens 100" in answer.text
    assert 'value="check"' not in answer.text
    assert len(answer.content) < 150_000
    form = Page(browser, _path("record_remark", ids[:100]))
    remark = typed(BY_NAME["record_remark"][1].fields, ("command", "estate"))
    asked = form.send("check", **remark)
    assert "Bevestigen voor 100 terreinen" in asked.text
    assert "Vastgelegd voor 100 van 100" in form.send("confirm").text


def test_the_past_leads_to_today(planned: WebWorld) -> None:
    answer = planned.browser().get(_path("", (ONE,), on="2021-03-01"))
    assert answer.status_code == 303
    assert "on=" not in answer.headers["location"]


def test_nothing_chosen_says_what_to_do(world: WebWorld) -> None:
    answer = world.browser().get("/several")
    assert "nog geen terrein gekozen" in answer.text


def test_a_confirmation_that_nobody_looked_at_is_looked_at_first(planned: WebWorld) -> None:
    form = Page(planned.browser(), _path("record_remark", (ONE, TWO)))
    before = _version(planned.engine, ONE, TWO)
    remark = typed(BY_NAME["record_remark"][1].fields, ("command", "estate"))
    assert 'value="confirm"' in form.send("confirm", **remark).text
    assert _version(planned.engine, ONE, TWO) == before


def test_a_form_outlives_the_end_of_the_session(planned: WebWorld) -> None:
    form = Page(planned.browser(), _path("record_remark", (ONE, TWO)))
    planned.people.forget()
    over = form.send("check", subject="Brief", text="Brief verstuurd")
    assert over.status_code == 401
    assert "Brief verstuurd" in over.text
