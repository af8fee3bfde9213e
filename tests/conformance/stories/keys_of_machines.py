"""Keys of machines: given out, found by their text, noted as used, replaced, revoked, refused."""

from __future__ import annotations

from datetime import timedelta

from kvob_workflow import Role
from kvob_workflow.machine_keys import IssuedKey, KeyRequest
from kvob_workflow.testing import GUIDE
from tests.conformance.world import World

REQUESTS = (
    KeyRequest("zaaksysteem van Goes", Role.MUNICIPALITY, "Gemeente Goes", ("Goes", "'s-Heer")),
    KeyRequest("IBIS\U0001f511", Role.IMPORTER, None, everywhere=True, scopes=("past:record",)),
    KeyRequest("getuige", Role.WITNESS, valid_for=timedelta(days=30)),
    KeyRequest("te veel", Role.DECIDER, "C", scopes=("certificates:decide",)),
    KeyRequest("zonder plaats", Role.MUNICIPALITY),
    KeyRequest("", Role.WITNESS),
)


def story(world: World) -> None:
    """Told by every store."""
    given = [one for request in REQUESTS if (one := _added(world, request)) is not None]
    world.ask("api_keys")
    first, _, short = given
    world.clock.move_on(timedelta(days=29))
    for issued in given:
        world.tell("by its text", world.engine.key_of_text(issued.text))  # the text is random
        world.engine.note_key_used(issued.key)
        world.ask("show_api_key", issued.key.id)
    for wrong in ("", "kvob_", first.text[:-1], first.text[:37] + short.text[37:], "\0"):
        world.tell("by a wrong text", world.engine.key_of_text(wrong))
    new = world.engine.rotate_api_key(short.key.id, actor=GUIDE)
    world.tell("rotated", new.key)
    world.ask("revoke_api_key", first.key.id, actor=GUIDE)
    for id in (first.key.id, "0" * 32, "\0", "x"):
        world.ask("revoke_api_key", id)
        world.ask("rotate_api_key", id)
        world.ask("show_api_key", id)
    world.reopen()
    world.clock.move_on(timedelta(days=2))
    world.ask("rotate_api_key", short.key.id)
    world.ask("api_keys")
    world.tell("found", [world.engine.key_of_text(one.text) for one in (*given, new)])
    world.telling.methods |= {"note_key_used", "add_api_key", "key_of_text"}


def _added(world: World, request: KeyRequest) -> IssuedKey | None:
    """The key; its text is random, so that only the rest is told."""
    found: list[IssuedKey] = []

    def add() -> object:
        issued = world.engine.add_api_key(request, actor=GUIDE)
        found.append(issued)
        return issued.key

    world.ask_of(f"add {request}", add)
    return found[0] if found else None
