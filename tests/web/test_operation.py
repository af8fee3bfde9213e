"""What does who keeps the service see and do on a page? Its health, what stopped, how to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response as Answer

from kvob_domain.actor import Role
from kvob_workflow import Engine, EstateId, RegisterEstate
from kvob_workflow.followers import Effect, Happened
from kvob_workflow.followers.delivering import MOST_FAILURES
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.machine_keys import KeyRequest
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.testing import SettableClock
from tests.web.conftest import TODAY, WebWorld
from tests.webhooks.conftest import HERE
from tests.webhooks.receiving import Receiver, receiver

HOOF = RegisterEstate(name="De Hoef", municipalities=("Voorbeeldstad",))
TABS = (
    "/operation",
    "/operation/projections",
    "/operation/projections/board",
    "/operation/rebuilds?plan=1",
    "/operation/doctor",
    "/operation/proofs",
    "/operation/webhooks",
    "/operation/keys",
)


class Keeper(NamedTuple):
    """Somebody at the pages, and the token of his forms."""

    browser: TestClient
    token: str

    def sends(self, path: str, **fields: str) -> Answer:
        return self.browser.post(path, data={"form_token": self.token, **fields})

    def comes_to(self, path: str, **fields: str) -> Answer:
        """The page that he is sent on to."""
        answer = self.sends(path, **fields)
        assert answer.status_code == 303, answer.text
        return self.browser.get(answer.headers["location"])


def keeper(world: WebWorld, role: Role = Role.OPERATOR) -> Keeper:
    person = f"p-{role.value}"
    return Keeper(world.browser(role, person=person), world.token(role, person))


@pytest.fixture
def stalled() -> Iterator[WebWorld]:
    """A store with an effect that fails at the first event, until it has no attempts left."""

    def closed(happened: Happened) -> None:
        raise ConnectionError("het postkantoor is dicht")

    clock = SettableClock(TODAY)
    effect = Effect("x_post", closed, begins="now")
    with Engine.open("memory:", clock=clock, effects=[effect]) as engine:
        engine.do(HOOF)
        for _ in range(MOST_FAILURES):
            engine.follow()
            clock.move_on(timedelta(hours=13))
        yield WebWorld(engine, clock)


@pytest.fixture
def inbox() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


class House(NamedTuple):
    """A store in a file with a proof log."""

    world: WebWorld
    key: Path
    estate: EstateId


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = SettableClock(TODAY)
    url = f"sqlite:///{tmp_path}/kvob.db"
    with Engine.open(url, clock=clock, synchronous="NORMAL") as engine:
        estate = engine.do(HOOF).estate
        make_key(tmp_path / "log.key", "test")
        engine.sequence(tmp_path / "log.key")
        world = WebWorld(engine, clock)
        api = Api(a_minute=None, log_key=tmp_path / "log.key")
        world.app = asgi_app(engine, api, pages=world.pages)
        yield House(world, tmp_path / "log.key", estate)


@pytest.mark.parametrize("path", TABS)
def test_each_page_is_there_in_both_languages(
    lived_in: tuple[WebWorld, EstateId], path: str
) -> None:
    browser = lived_in[0].browser(Role.SCHEME_MANAGER)
    assert browser.get(path).status_code == 200
    english = browser.get(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert english.status_code == 200
    assert '<html lang="en">' in english.text
    assert "Herbouw" not in english.text


def test_health_is_told_in_words_with_where_to_look(stalled: WebWorld) -> None:
    page = keeper(stalled).browser.get("/operation").text
    assert "Het werkt, maar iemand moet kijken" in page
    assert "het postkantoor is dicht" in page
    assert 'href="/operation/projections/x_post"' in page


def test_each_follower_tells_up_to_which_event_it_is_done(stalled: WebWorld) -> None:
    page = keeper(stalled).browser.get("/operation/projections").text
    assert "Bijgewerkt tot gebeurtenis" in page
    assert "staat stil" in page
    one = keeper(stalled).browser.get("/operation/projections/x_post").text
    assert "het postkantoor is dicht" in one
    assert "verhelp de oorzaak en probeer opnieuw" in one


def test_to_step_over_an_event_takes_a_reason_and_a_second_thought(stalled: WebWorld) -> None:
    operator, at = keeper(stalled), "/operation/projections/x_post"
    without = operator.sends(f"{at}/skip", reason="al gemeld")
    assert without.status_code == 400
    assert "al gemeld</textarea>" in without.text
    assert "Zet dit vinkje" in without.text
    blank = operator.sends(f"{at}/skip", reason="  ", sure="yes")
    assert blank.status_code == 400
    assert "Zeg waarom" in blank.text
    done = operator.comes_to(f"{at}/skip", reason="al gemeld", sure="yes")
    assert "De gebeurtenis is overgeslagen" in done.text
    assert "<td>al gemeld</td>" in done.text
    assert "p-operator" in done.text


def test_what_failed_is_tried_again(stalled: WebWorld) -> None:
    done = keeper(stalled).comes_to("/operation/projections/x_post/retry")
    assert "Opnieuw geprobeerd" in done.text
    assert "mislukt, wordt herhaald" in done.text


def test_who_may_only_look_has_no_buttons_and_is_refused(stalled: WebWorld) -> None:
    manager = keeper(stalled, Role.SCHEME_MANAGER)
    for path in ("/operation", "/operation/projections/x_post", "/operation/rebuilds"):
        assert '<form method="post"' not in manager.browser.get(path).text
    for path in ("/operation/sweep", "/operation/projections/x_post/retry"):
        assert manager.sends(path).status_code == 403


def test_an_operator_is_shown_no_names_of_estates(stalled: WebWorld) -> None:
    operator = keeper(stalled).browser
    for path in ("/operation", "/operation/projections", "/operation/projections/x_post"):
        page = operator.get(path).text
        assert "De Hoef" not in page
        assert 'href="/estates/' not in page
    assert operator.get("/stuck").status_code == 403


@pytest.mark.parametrize("role", [Role.GUIDE, Role.DECIDER, Role.MUNICIPALITY, Role.IMPORTER])
def test_others_do_not_see_the_operation(web_world: WebWorld, role: Role) -> None:
    for path in ("/operation", "/operation/keys", "/operation/webhooks", "/operation/rebuilds"):
        assert web_world.browser(role).get(path).status_code == 403


def test_a_form_that_is_not_ours_does_nothing(stalled: WebWorld) -> None:
    answer = keeper(stalled).browser.post("/operation/sweep", data={"form_token": "x"})
    assert answer.status_code == 403


def test_a_sweep_is_done_at_once(stalled: WebWorld) -> None:
    done = keeper(stalled).comes_to("/operation/sweep")
    assert "De ronde is gedaan" in done.text


def test_after_a_long_gap_a_sweep_takes_a_confirmation(web_world: WebWorld) -> None:
    web_world.engine.do(HOOF)
    web_world.clock.move_on(timedelta(days=500))
    operator = keeper(web_world)
    held = operator.sends("/operation/sweep")
    assert held.status_code == 409
    assert "500 dagen niet nagekeken" in held.text
    assert "De klok klopt: doe de ronde" in held.text
    assert "De ronde is gedaan" in operator.comes_to("/operation/sweep", confirm="yes").text


def test_rows_are_repaired_from_the_page(web_world: WebWorld) -> None:
    assert "Alle rijen kloppen weer" in keeper(web_world).comes_to("/operation/repair").text


def test_a_rebuild_is_planned_and_its_command_can_be_pasted(web_world: WebWorld) -> None:
    web_world.engine.do(HOOF)
    page = keeper(web_world).browser.get("/operation/rebuilds?view=board&view=register").text
    assert "kvob projection rebuild board register" in page
    unknown = keeper(web_world).browser.get("/operation/rebuilds?view=%3Cb%3E")
    assert unknown.status_code == 400
    assert "<b>" not in unknown.text


def test_a_rebuild_is_taken_back_and_cleared_away(web_world: WebWorld) -> None:
    web_world.engine.do(HOOF)
    web_world.engine.rebuild("board")
    operator = keeper(web_world)
    assert "in gebruik" in operator.browser.get("/operation/rebuilds").text
    assert "teruggezet" in operator.comes_to("/operation/rebuilds/undo").text
    assert "opgeruimd" in operator.comes_to("/operation/rebuilds/clear").text
    assert operator.sends("/operation/rebuilds/cancel").status_code == 404


def test_a_webhook_is_tried_paused_and_resumed(inbox: Receiver) -> None:
    clock = SettableClock(TODAY)
    with Engine.open("memory:", clock=clock, outlet=HERE) as engine:
        world = WebWorld(engine, clock)
        manager = keeper(world, Role.SCHEME_MANAGER)
        hooks = engine.webhooks(world.mandate_of(Role.SCHEME_MANAGER, "p-scheme_manager"))
        at = f"/operation/webhooks/{hooks.add(inbox.address).webhook.id}"
        assert inbox.address in manager.browser.get("/operation/webhooks").text
        assert "antwoordde goed" in manager.comes_to(f"{at}/ping").text
        assert "Gepauzeerd" in manager.comes_to(f"{at}/pause", reason="onderhoud").text
        assert "onderhoud" in manager.browser.get(at).text
        assert "Hervat." in manager.comes_to(f"{at}/resume").text
        too_long = manager.sends(f"{at}/pause", reason="x" * 5000)
        assert too_long.status_code == 400
        assert "x" * 5000 in too_long.text
        inbox.answers = lambda got: 503
        assert "nam het niet aan" in manager.sends(f"{at}/ping").text
        other = keeper(world, Role.SCHEME_MANAGER)
        stranger = world.browser(Role.SCHEME_MANAGER, person="p-other")
        assert other.browser.get(at).status_code == 200
        assert stranger.get(at).status_code == 404


def test_what_did_not_arrive_is_sent_again(inbox: Receiver) -> None:
    clock = SettableClock(TODAY)
    with Engine.open("memory:", clock=clock, outlet=HERE) as engine:
        world = WebWorld(engine, clock)
        manager = keeper(world, Role.SCHEME_MANAGER)
        hooks = engine.webhooks(world.mandate_of(Role.SCHEME_MANAGER, "p-scheme_manager"))
        hook = hooks.add(inbox.address).webhook.id
        inbox.answers = lambda got: 400
        engine.do(HOOF)
        for _ in range(MOST_FAILURES + 5):
            engine.deliver_webhooks()
            clock.move_on(timedelta(hours=13))
        page = manager.browser.get(f"/operation/webhooks/{hook}").text
        (position,) = re.findall(r'name="position" value="([0-9]+)"', page)
        at = f"/operation/webhooks/{hook}/resend"
        assert "gaat opnieuw uit" in manager.comes_to(at, position=position).text


def test_the_keys_of_machines_are_listed_and_revoked(web_world: WebWorld) -> None:
    request = KeyRequest("Zaaksysteem <b>", Role.MUNICIPALITY, None, ("Voorbeeldstad",))
    issued = web_world.engine.add_api_key(request)
    manager = keeper(web_world, Role.SCHEME_MANAGER)
    page = manager.browser.get("/operation/keys").text
    assert "Zaaksysteem &lt;b&gt;" in page
    assert "Trek deze sleutel in" in page
    assert issued.text not in page
    done = manager.comes_to(f"/operation/keys/{issued.key.id}/revoke")
    assert "opent niets meer" in done.text
    assert "Trek deze sleutel in" not in done.text
    assert keeper(web_world).sends(f"/operation/keys/{issued.key.id}/revoke").status_code == 403


def test_the_chain_is_verified_in_words(house: House) -> None:
    auditor = keeper(house.world, Role.OPERATOR)
    page = auditor.browser.get("/operation/proofs").text
    assert "zonder getuige" in page
    signer = Signer(house.key)
    heads = "\n".join(str(one) for one in signer.heads())
    proven = auditor.sends("/operation/proofs", keys=str(signer.key.verifier), heads=heads)
    assert proven.status_code == 200
    assert "Bewezen" in proven.text
    own = auditor.sends("/operation/proofs", estate=house.estate)
    assert "Bewezen" in own.text
    assert "De Hoef" not in own.text


def test_what_was_filled_in_to_verify_stays_where_it_is_refused(house: House) -> None:
    operator = keeper(house.world)
    for fields in ({"keys": "geen sleutel"}, {"heads": "geen hoofd"}, {"estate": "De Hoef"}):
        answer = operator.sends("/operation/proofs", **fields)
        assert answer.status_code in (400, 404), fields
        assert next(iter(fields.values())) in answer.text
        assert 'role="alert"' in answer.text


def test_what_is_proven_is_for_who_may_read_proofs(house: House) -> None:
    assert house.world.browser(Role.AUDITOR).get("/operation/proofs").status_code == 200
    assert house.world.browser(Role.GUIDE).get("/operation/proofs").status_code == 403
    some = house.world.browser(Role.AUDITOR, None, ["Elders"], person="p-auditor")
    token = house.world.token(Role.AUDITOR, "p-auditor")
    whole = some.post("/operation/proofs", data={"form_token": token})
    assert whole.status_code == 403
    assert "De Hoef" not in whole.text


def test_a_script_in_an_error_is_shown_as_text(web_world: WebWorld) -> None:
    answer = keeper(web_world).browser.get("/operation/projections/%3Cscript%3E")
    assert answer.status_code == 404
    assert "<script>" not in answer.text.replace("<script src", "")


def test_only_the_tabs_that_somebody_may_open_are_shown(web_world: WebWorld) -> None:
    page = web_world.browser(Role.OPERATOR).get("/operation").text
    assert "/operation/proofs" in page
    assert "/operation/keys" not in page
    assert "/operation/webhooks" not in page
