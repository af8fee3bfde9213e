"""Who hears of which estates? Nobody of one that is not within his reach, whatever he asks for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import EditionId, PersonId
from kvob_domain.mandates import Bond, BondKind, Mandate, Reach, Scope, ScopeMissing, scopes_of
from kvob_workflow import Engine, StartTrajectory
from kvob_workflow.machine_keys import KeyRequest
from kvob_workflow.testing import GUIDE, SettableClock
from kvob_workflow.webhooks.errors import WebhookUnknown
from kvob_workflow.webhooks.retrying import MOST_ATTEMPTS
from tests.webhooks.conftest import TODAY, Opening, register
from tests.webhooks.receiving import Receiver


def mandate(
    place: str, organisation: str = "", person: str = "p-1", *more: Scope, without: str = ""
) -> Mandate:
    actor = Actor(
        PersonId(person), organisation or f"Gemeente {place}", Role.SCHEME_MANAGER, "http"
    )
    scopes = {one for one in {*scopes_of(Role.SCHEME_MANAGER), *more} if one.value != without}
    reach = Reach(bonds=frozenset({Bond.to(BondKind.MUNICIPALITY, place)}))
    return Mandate(actor, frozenset(scopes), reach)


OSS, GOES = mandate("Oss"), mandate("Goes")


def test_only_events_of_estates_within_reach_are_delivered(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    engine.webhooks(OSS).add(inbox.address, begins=0)
    mine = [register(engine, "Een"), register(engine, "Twee")]
    other = register(engine, "Ander", "Goes")
    engine.deliver_webhooks()
    assert inbox.ids == [f"{one}-1" for one in mine]
    engine.webhooks(GOES).add(f"{inbox.address}/goes", begins=0)
    engine.deliver_webhooks()
    assert [(one.path, one.id) for one in inbox.got[2:]] == [("/in/goes", f"{other}-1")]


def test_asking_for_anothers_estate_by_its_id_gives_nothing(
    engine: Engine, inbox: Receiver
) -> None:
    other = register(engine, "Ander", "Goes")
    engine.webhooks(OSS).add(inbox.address, estates=[other], begins=0)
    engine.deliver_webhooks()
    assert inbox.got == []


def test_reach_is_judged_at_delivery_by_the_estate_as_it_is_then(
    engine: Engine, inbox: Receiver
) -> None:
    guide = Mandate(OSS.actor, OSS.scopes, Reach(bonds=frozenset({Bond.to(BondKind.GUIDE, "PVO")})))
    engine.webhooks(guide).add(inbox.address, begins=0)
    estate = register(engine, "De Hoek")
    engine.deliver_webhooks()
    assert inbox.got == []
    started = StartTrajectory(estate=estate, edition=EditionId("kvo-4.0"), guide="PVO", on=TODAY)
    engine.do(started)
    engine.deliver_webhooks()
    assert inbox.ids == [f"{estate}-2"]  # the first event was passed by, when it was not theirs


def test_what_is_sent_again_is_judged_anew_by_the_estate_as_it_is_then(
    engine: Engine, inbox: Receiver, clock: SettableClock
) -> None:
    unguided = Reach(bonds=frozenset({Bond.to(BondKind.UNGUIDED_IN, "Oss")}))
    mine = engine.webhooks(Mandate(OSS.actor, OSS.scopes, unguided))
    webhook = mine.add(inbox.address).webhook.id
    estate = register(engine, "De Hoek")
    inbox.answers = lambda got: 500
    for _ in range(MOST_ATTEMPTS):
        engine.deliver_webhooks()
        clock.move_on(timedelta(days=1))
    assert [one.estate for one in mine.failures(webhook)] == [estate]
    inbox.answers = lambda got: 200
    inbox.got.clear()
    # Somebody else guides it from here on: it has left the reach of the webhook's owner.
    engine.do(StartTrajectory(estate=estate, edition=EditionId("kvo-4.0"), guide="PVO", on=TODAY))
    assert mine.resend(webhook) == 1
    engine.deliver_webhooks()
    assert (inbox.got, mine.failures(webhook)) == ([], ())


def test_a_webhook_of_another_organisation_cannot_be_seen_or_touched(
    engine: Engine, inbox: Receiver
) -> None:
    id = engine.webhooks(OSS).add(inbox.address).webhook.id
    theirs = engine.webhooks(GOES)
    assert theirs.all() == () and theirs.failures() == ()
    for touch in (theirs.show, theirs.pause, theirs.resume, theirs.rotate_secret, theirs.remove,
                  theirs.resend, theirs.ping, theirs.failures):  # fmt: skip
        with pytest.raises(WebhookUnknown):
            touch(id)
    with pytest.raises(WebhookUnknown):
        theirs.change(id, address=inbox.address)
    with pytest.raises(WebhookUnknown):
        theirs.replay(id, position=0)
    colleague = mandate("Oss", person="p-2")
    assert engine.webhooks(colleague).show(id).person == "p-1"
    assert engine.webhooks().show(id).organisation == "Gemeente Oss"


def test_a_colleague_who_changes_it_gets_what_is_within_his_own_reach(
    engine: Engine, inbox: Receiver
) -> None:
    wide = Mandate(OSS.actor, OSS.scopes, Reach(everywhere=True))
    id = engine.webhooks(wide).add(inbox.address).webhook.id
    narrow = mandate("Goes", organisation="gemeente oss", person="p-2")
    engine.webhooks(narrow).change(id, address=f"{inbox.address}/his")
    register(engine, "Een", "Oss")
    seen = register(engine, "Twee", "Goes")
    engine.deliver_webhooks()
    assert [(one.path, one.id) for one in inbox.got] == [("/in/his", f"{seen}-1")]


def test_a_machine_hears_no_more_when_its_last_key_has_ended(
    any_url: str, opened: Opening, inbox: Receiver
) -> None:
    engine = opened(any_url)
    key = engine.add_api_key(KeyRequest("zaaksysteem", Role.SCHEME_MANAGER, "Gemeente Oss")).key
    machine = mandate("Oss", person=key.person)
    id = engine.webhooks(machine).add(inbox.address).webhook.id
    next_key = engine.rotate_api_key(key.id).key
    engine.revoke_api_key(key.id)
    first = register(engine, "Een")
    engine.deliver_webhooks()
    assert inbox.ids == [f"{first}-1"]  # the same machine, by its next key
    engine.revoke_api_key(next_key.id)
    second = register(engine, "Twee")
    engine.deliver_webhooks()
    found = engine.webhooks().show(id)
    assert (len(inbox.got), found.state, found.reason) == (1, "disabled", "api-key-ended")
    colleague = engine.webhooks(mandate("Oss", person="p-2"))
    colleague.resume(id)
    engine.deliver_webhooks()
    assert colleague.show(id).state == "disabled"  # to resume it is not to take it over
    colleague.change(id, types=[])
    colleague.resume(id)
    engine.deliver_webhooks()
    assert inbox.ids[1:] == [f"{second}-1"]


def test_without_the_right_nobody_manages_webhooks(engine: Engine) -> None:
    bare = mandate("Oss", without="webhooks:manage")
    with pytest.raises(ScopeMissing):
        engine.webhooks(bare)


def test_full_data_take_the_right_to_the_history_and_name_persons_only_with_another(
    engine: Engine, inbox: Receiver
) -> None:
    with pytest.raises(ScopeMissing):
        engine.webhooks(mandate("Oss", without="history:read")).add(inbox.address, data="full")
    engine.webhooks(OSS).add(inbox.address, data="full")
    seeing = mandate("Oss", "", "p-1", Scope.PERSONS_READ)
    engine.webhooks(seeing).add(f"{inbox.address}/persons", data="full")
    register(engine, "De Hoek")
    engine.deliver_webhooks()
    told = {one.path: json.loads(one.body)["data"] for one in inbox.got}
    assert told["/in"]["event"]["name"] == "De Hoek"
    assert told["/in"]["recorded_by"] == "hidden"
    assert told["/in/persons"]["recorded_by"] == GUIDE.person


def test_the_list_and_the_stream_hold_the_same_and_no_more(engine: Engine) -> None:
    mine, other = register(engine, "Een"), register(engine, "Ander", "Goes")
    page = engine.cloud_events(mandate=OSS)
    assert [one.attributes["subject"] for _, one in page.items] == [mine]
    assert page.is_end and page.position > page.items[-1][0]
    stream = b"".join(engine.event_stream(mandate=OSS, is_stopped=iter([False, True]).__next__))
    assert mine.encode() in stream and other.encode() not in stream
