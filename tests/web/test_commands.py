"""Can everything be done from a page? Filled in, looked at, confirmed; with nothing ever lost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.identity import RegisterEstate, RenameEstate
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import EVERYWHERE, Scope
from kvob_workflow.engine.engine import Engine
from kvob_workflow.http.auth.stepping_up import HeldBack
from kvob_workflow.testing import SettableClock, engine_at
from kvob_workflow.web.forms.fields import Kind, fields_of_command
from tests.cli.command_examples import BY_NAME
from tests.cli.walked_so_far import ESTATE, Given
from tests.web.conftest import COOKIE, TODAY, WebWorld
from tests.web.forms.typing_in import typed

REGISTRATIONS = ("register_estate", "register_group")
BY_THEIR_OWN_FIELDS = [one for one in ALL_COMMANDS if one is not Correct]
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Page:
    """One form in a browser, and what it carries along."""

    browser: TestClient
    path: str
    answer: Response = field(init=False)

    def __post_init__(self) -> None:
        self.answer = self.browser.get(self.path)
        assert self.answer.status_code == 200, self.answer.text[-400:]

    def send(self, stage: str, **more: Any) -> Response:
        """Send it with what it hides and these inputs."""
        inputs = {**dict(_HIDDEN.findall(self.answer.text)), **more, "stage": stage}
        self.answer = self.browser.post(self.path.partition("?")[0], data=inputs)
        return self.answer


def _do(engine: Engine, one: Given) -> None:
    engine.do(one.command, actor=one.actor)


def _browser(world: WebWorld, one: Given | None = None, person: str = "p-page") -> TestClient:
    role = one.actor.role if one else Role.GUIDE
    who = str(one.actor.person) if one else person
    return world.browser(role, person=who, scopes=list(Scope))


@pytest.fixture
def world() -> Iterator[WebWorld]:
    clock = SettableClock(TODAY)
    with engine_at("memory:", clock) as engine:
        yield WebWorld(engine, clock)


@pytest.fixture
def started(world: WebWorld) -> WebWorld:
    """An estate with an adopted plan, whose covenant is still to be signed."""
    for one in BY_NAME["update_measure"][0]:
        _do(world.engine, one)
    return world


@pytest.mark.parametrize("command", BY_THEIR_OWN_FIELDS, ids=name_of)
def test_each_command_is_given_from_the_page(command: Any, world: WebWorld) -> None:
    name = name_of(command)
    before, example = BY_NAME[name]
    for one in before:
        _do(world.engine, one)
    about = "" if name in REGISTRATIONS else f"/estates/{example.fields['estate']}"
    path = f"{about}/do/{name}"
    browser = _browser(world, example)
    english = Page(browser, f"{path}?lang=en").answer.text
    assert command.TITLE.en in english
    for whole in fields_of_command(command):
        for each in (whole, *whole.inner):
            if each.kind is Kind.CHOICE and whole.kind is not Kind.ROWS:
                name = ".".join(each.path)
                assert re.search(rf'(<select [^>]*|type="radio" )name="{name}"', english), name
    form = Page(browser, path)
    without = ("command",) if name in REGISTRATIONS else ("command", "estate")
    inputs = typed(example.fields, without)
    confirmation = form.send("check", **inputs)
    assert confirmation.status_code == 200, confirmation.text
    assert 'value="confirm"' in confirmation.text
    done = form.send("confirm")
    assert done.status_code == 303, done.text
    assert "done=" in done.headers["location"]
    estate = re.findall("[0-9a-f]{32}", done.headers["location"])[0]
    last = world.engine.history(EstateId(estate))
    assert any(one.command_id and one.command_id.startswith("page-") for one in last)


def test_a_date_that_does_not_exist_is_told_at_its_field(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/update_measure")
    answer = form.send("check", measure="m1", progress="done", on="31-02-2026", note="Af")
    assert answer.status_code == 400
    assert answer.text.count("februari 2026 heeft 28 dagen") == 2
    assert 'href="#f-on"' in answer.text
    assert 'value="31-02-2026"' in answer.text
    assert ">\nAf</textarea>" in answer.text


def test_a_link_fills_in_the_form(started: WebWorld) -> None:
    path = f"/estates/{ESTATE}/do/update_measure?measure=m1&progress=done&day=09-03-2021"
    text = _browser(started).get(path).text
    assert 'value="m1" selected' in text
    assert 'value="done" checked' in text
    assert 'value="09-03-2021"' in text


def test_rows_come_and_go_and_nothing_is_lost(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/sign_covenant")
    row = {"signatories.0.organisation": "Gemeente", "signatories.0.role": "onzin"}
    answer = form.send("add:signatories", on="kapot", **row)
    assert answer.status_code == 200
    assert 'name="signatories.1.organisation"' in answer.text
    assert 'value="kapot"' in answer.text
    assert 'value="onzin" selected' in answer.text
    answer = form.send("remove:signatories.0", **row, **{"signatories.1.organisation": "Politie"})
    assert "Gemeente" not in answer.text.partition("<datalist")[0]
    assert 'name="signatories.1.organisation" value="Politie"' in answer.text


def test_an_error_in_a_row_stands_in_that_row_though_rows_before_it_are_empty(
    started: WebWorld,
) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/sign_covenant")
    rows = {
        "signatories.0.organisation": "",
        "signatories.4.organisation": "Politie",
        "signatories.4.role": "",
    }
    answer = form.send("check", on="09-03-2021", **rows)
    assert answer.status_code == 400
    assert 'href="#f-signatories-4-role"' in answer.text
    assert "Ondertekenaars, regel 1: kies een mogelijkheid: Rol." in answer.text


def test_a_double_click_acts_once(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/update_measure")
    form.send("check", measure="m1", progress="done", on="09-03-2021")
    confirmation = form.answer
    first = form.send("confirm")
    form.answer = confirmation
    second = form.send("confirm")
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    topics = [one.topic for one in started.engine.history(EstateId(ESTATE))]
    assert sum("measure-updated" in one for one in topics) == 1


def test_two_people_at_one_estate_are_told_what_the_other_did(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/update_measure")
    other = Actor(PersonId("p-other"), "Bureau B", Role.GUIDE)
    rename = RenameEstate(estate=EstateId(ESTATE), on=date(2021, 3, 9), name="De Bocht")
    started.engine.do(rename, actor=other)
    inputs = {"measure": "m1", "progress": "done", "on": "09-03-2021", "note": "Geplaatst"}
    answer = form.send("check", **inputs)
    assert answer.status_code == 409
    assert "Bureau B" in answer.text
    assert "Controleer opnieuw" in answer.text
    assert ">\nGeplaatst</textarea>" in answer.text
    assert 'value="confirm"' in form.send("check", **inputs).text
    assert form.send("confirm").status_code == 303


def test_a_refusal_names_what_is_missing_and_who_owes_it_and_keeps_the_input(
    started: WebWorld,
) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/award_certificate")
    answer = form.send("check", on="09-03-2021", level="Basis Samenwerken")
    assert answer.status_code == 422 or answer.status_code == 409
    assert "aan zet" in answer.text
    assert 'value="Basis Samenwerken"' in answer.text


def test_who_has_no_right_sees_why(started: WebWorld) -> None:
    answer = started.browser(Role.PARK_MANAGER).get(f"/estates/{ESTATE}/do/award_certificate")
    assert answer.status_code == 403
    assert "over certificaten besluiten" in answer.text


def test_an_act_for_two_persons_becomes_a_proposal_and_is_approved_from_the_page(
    world: WebWorld,
) -> None:
    before, example = BY_NAME["withdraw_certificate"]
    for one in before:
        _do(world.engine, one)
    form = Page(_browser(world, person="p-one"), f"/estates/{ESTATE}/do/withdraw_certificate")
    answer = form.send("check", **typed(example.fields))
    assert "Dit wordt een voorstel" in answer.text
    assert "komt niet terug" in answer.text
    assert "Ingetrokken" in answer.text
    form.send("confirm")
    assert world.engine.overview(EstateId(ESTATE), date(2022, 1, 11)).status is Status.VALID
    approval = Page(_browser(world, person="p-two"), f"/estates/{ESTATE}/do/approve_act")
    assert "Fraude" in approval.answer.text
    proposal = world.engine.state(EstateId(ESTATE)).proposals[0].id
    approval.send("check", on="11-01-2022", proposal=proposal)
    assert approval.send("confirm").status_code == 303
    assert world.engine.overview(EstateId(ESTATE), date(2022, 1, 11)).status is Status.WITHDRAWN


def test_a_correction_says_only_what_differs(world: WebWorld) -> None:
    before, example = BY_NAME["correct"]
    for one in before:
        _do(world.engine, one)
    version = example.fields["version"]
    form = Page(_browser(world, example), f"/estates/{ESTATE}/do/correct?version={version}")
    sent = re.search(r'name="says.sent" value="(\d+)"', form.answer.text)
    assert sent is not None
    now = {
        name: text
        for name, text in re.findall(r'name="(says\.[a-z_]+)" value="([^"]*)"', form.answer.text)
    }
    answer = form.send("check", **{**now, "says.sent": "120"}, on="20-02-2021", reason="Telfout")
    assert 'value="confirm"' in answer.text, answer.text
    form.send("confirm")
    entry = next(one for one in world.engine.history(EstateId(ESTATE)) if one.version == version)
    assert entry.details["sent"] == 120


def test_parties_are_taken_over_and_what_was_typed_stays(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/start_trajectory")
    answer = form.send("copy", guide="Eigen bureau")
    state = started.engine.state(EstateId(ESTATE))
    assert 'value="Eigen bureau"' in answer.text
    for number, one in enumerate(state.parties):
        assert f'name="parties.{number}.organisation" value="{one.organisation}"' in answer.text


def test_a_plan_is_taken_over_without_what_is_finished_unless_asked(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/update_measure")
    form.send("check", measure="m1", progress="done", on="09-03-2021")
    form.send("confirm")
    text = started.engine.state(EstateId(ESTATE)).measures[0].text
    plan = Page(_browser(started), f"/estates/{ESTATE}/do/adopt_plan")
    assert f">\n{text}</textarea>" not in plan.send("copy").text
    plan = Page(_browser(started), f"/estates/{ESTATE}/do/adopt_plan")
    assert f">\n{text}</textarea>" in plan.send("copy-all").text


def test_an_uploaded_file_gives_its_fingerprint_and_is_not_kept(started: WebWorld) -> None:
    browser = _browser(started)
    path = f"/estates/{ESTATE}/do/register_document"
    hidden = dict(_HIDDEN.findall(browser.get(path).text))
    answer = browser.post(
        path,
        data={**hidden, "on": "09-03-2021", "stage": "check"},
        files={"file": ("verslag.pdf", b"inhoud", "application/pdf")},
    )
    assert answer.status_code == 200, answer.text
    assert 'name="title" value="verslag.pdf"' in answer.text
    assert 'name="size_bytes" value="6"' in answer.text
    digest = hashlib.sha256(b"inhoud").hexdigest()
    assert f'name="sha256" value="{digest}"' in answer.text


def test_estates_are_named_by_name_and_an_unknown_name_is_told_at_its_row(world: WebWorld) -> None:
    for one in BY_NAME["link_members"][0]:
        _do(world.engine, one)
    group = BY_NAME["link_members"][1].fields["estate"]
    form = Page(_browser(world), f"/estates/{group}/do/link_members")
    answer = form.send("check", on="05-01-2021", **{"members.0": "De Hoek", "members.3": "Nergens"})
    assert answer.status_code == 400
    assert 'href="#f-members-3"' in answer.text
    answer = form.send("check", on="05-01-2021", **{"members.0": "De Hoek, Voorbeeldstad"})
    assert 'value="confirm"' in answer.text, answer.text


def test_a_script_in_a_name_is_a_text_everywhere(world: WebWorld) -> None:
    name = '<script>alert("x")</script>\'"'
    made = world.engine.do(RegisterEstate(name=name, municipalities=("Baarn",)))
    browser = _browser(world)
    for command in ALL_COMMANDS:
        if name_of(command) not in REGISTRATIONS:
            text = browser.get(f"/estates/{made.estate}/do/{name_of(command)}").text
            assert "<script>alert" not in text
    form = Page(browser, f"/estates/{made.estate}/do/rename_estate")
    inputs = {"name": f"{name}!", "reason": '"><script>alert(1)</script>', "on": "29-11-2026"}
    answer = form.send("check", **inputs)
    assert 'value="confirm"' in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "inputs",
    [
        {f"signatories.{number}.organisation": "x" for number in range(10_000)},
        {f"onzin.{number}.x": "x" for number in range(10_000)},
        {"signatories.0.organisation": "a\x00b", "on": "\x00"},
        {"signatories.0.organisation": "x" * 500_000},
        {"signatories.999999999999.organisation": "x", ".": "y", "..0": "z", "0": "0"},
        {"a." * 50_000: "x"},
        {"on": "9" * 10_000, "signatories.0.role": "\udcff".encode("utf-8", "replace").decode()},
    ],
    ids=["many rows", "many unknown", "NUL", "long", "odd names", "deep name", "long day"],
)
def test_no_form_breaks_the_page(started: WebWorld, inputs: dict[str, str]) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/sign_covenant")
    answer = form.send("check", **inputs)
    assert answer.status_code in (400, 409, 422), answer.status_code
    assert 'id="wrong"' in answer.text


def test_a_form_is_for_now_alone(started: WebWorld) -> None:
    path = f"/estates/{ESTATE}/do/update_measure"
    answer = _browser(started).get(f"{path}?on=2021-01-01&measure=m1")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{path}?measure=m1"


def test_the_commands_that_one_may_give_are_listed(started: WebWorld) -> None:
    text = started.browser(Role.PARK_MANAGER).get(f"/estates/{ESTATE}/do").text
    assert "/do/update_measure" in text
    assert "/do/award_certificate" not in text


def test_a_step_that_changes_is_shown_before_and_after(world: WebWorld) -> None:
    before, example = BY_NAME["start_trajectory"]
    for one in before:
        _do(world.engine, one)
    form = Page(_browser(world), f"/estates/{ESTATE}/do/start_trajectory")
    text = form.send("check", **typed(example.fields)).text
    assert Step.REGISTERED.words.nl in text
    assert Step.KICKOFF.words.nl in text


def test_a_form_survives_the_end_of_a_session(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/sign_covenant")
    rows = {f"signatories.{number}.organisation": f"Partij {number}" for number in range(3)}
    started.people.forget()
    lines = "Regel een\nRegel twee"
    inputs = {
        **rows,
        "on": "09-03-2021",
        "agreements.0.text": lines,
        "agreements.0.subject": "other",
    }
    answer = form.send("check", **inputs)
    assert answer.status_code == 401
    assert "Ondertekenaars" in answer.text or "Organisatie, regel 3" in answer.text
    assert "form_token</dt>" not in answer.text
    kept = dict(_HIDDEN.findall(answer.text))
    again = _browser(started).post(form.path, data=kept)
    assert again.status_code == 400
    assert f">\n{lines}</textarea>" in again.text
    for text in rows.values():
        assert f'value="{text}"' in again.text


def test_what_was_done_is_told_where_one_comes_back(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/update_measure")
    form.send("check", measure="m1", progress="done", on="09-03-2021")
    place = form.send("confirm").headers["location"]
    version = place.rpartition("=")[2]
    entry = next(
        one for one in started.engine.history(EstateId(ESTATE)) if str(one.version) == version
    )
    assert "measure-updated" in entry.topic


def test_a_registration_asks_for_no_estate_and_other_commands_do(world: WebWorld) -> None:
    browser = _browser(world)
    assert browser.get("/do/update_measure").status_code == 404
    assert browser.get("/do/onzin").status_code == 404
    assert browser.get(f"/estates/{'0' * 32}/do/update_measure").status_code in (403, 404)


def test_somebody_elses_form_is_refused(started: WebWorld) -> None:
    answer = _browser(started).post(
        f"/estates/{ESTATE}/do/update_measure", data={"form_token": "onzin", "stage": "confirm"}
    )
    assert answer.status_code in (400, 403)


def test_a_form_survives_that_a_decision_takes_a_newer_login(started: WebWorld) -> None:
    form = Page(_browser(started), f"/estates/{ESTATE}/do/waive_requirement")
    actor = Actor(PersonId("p-page"), None, Role.GUIDE, "web")
    decides = frozenset({Scope.CERTIFICATES_DECIDE})
    stale = HeldBack(actor, frozenset(Scope) - decides, EVERYWHERE, decides, ("strong",), 60)
    form.browser.cookies.set(COOKIE, started.people.introduce(stale))
    answer = form.send("check", requirement="audit", reason="Bijzonder geval", on="09-03-2021")
    assert answer.status_code == 401
    assert "Verstuur opnieuw" in answer.text
    kept = dict(_HIDDEN.findall(answer.text))
    again = _browser(started).post(form.path, data=kept)
    assert 'value="confirm"' in again.text or "Bijzonder geval" in again.text


def test_nothing_is_registered_on_a_page_about_the_past(web_world: WebWorld) -> None:
    answer = web_world.browser().get("/do/register_estate?on=2020-01-15&lang=en")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/do/register_estate?lang=en"


@pytest.mark.parametrize("name", ["Lage\u202eWeide", "\u2066Lage Weide", "Lage\nWeide"])
def test_a_name_that_cannot_be_seen_is_told_in_the_language_of_the_page(
    world: WebWorld, name: str
) -> None:
    page = Page(world.browser(), "/do/register_estate")
    told = page.send("check", name=name).text
    assert "bevat onzichtbare tekens" in told
    assert "Value error" not in told
    page = Page(world.browser(), "/do/register_estate?lang=en")
    inputs = {**dict(_HIDDEN.findall(page.answer.text)), "name": name, "stage": "check"}
    told = page.browser.post("/do/register_estate?lang=en", data=inputs).text
    assert "has invisible characters" in told
    assert "Value error" not in told


def test_a_name_of_a_person_that_is_too_long_is_told_in_the_language_of_the_page(
    started: WebWorld,
) -> None:
    page = Page(started.browser(), f"/estates/{ESTATE}/do/declare_intent")
    told = page.send("check", **{"signatories.0.name": "a" * 201}).text
    assert "een naam heeft 1 tot 200 tekens" in told
    assert "Value error" not in told


def test_a_row_that_says_it_was_no_row_of_the_record_is_a_new_one(world: WebWorld) -> None:
    before, _ = BY_NAME["update_measure"]
    for one in before:
        _do(world.engine, one)
    history = world.engine.history(EstateId(ESTATE))
    version = next(one.version for one in history if "plan-adopted" in one.topic)
    path = f"/estates/{ESTATE}/do/correct?version={version}"
    form = Page(world.browser(scopes=tuple(Scope)), path)
    row = {"says.measures.0.text": "Nieuw", "says.measures.0.was": "\u00b2"}
    answer = form.send("check", **row, on="20-02-2021", reason="Vergeten")
    assert answer.status_code < 500
    assert "Nieuw" in answer.text
