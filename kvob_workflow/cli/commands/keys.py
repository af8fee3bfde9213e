"""Which commands are about keys of machines? `kvob key add`, `list`, `rotate` and `revoke`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kvob_domain.actor import Role
from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.clock import SystemClock

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.machine_keys import IssuedKey


@entrance(
    "key add",
    Text("Een sleutel voor een machine maken", "Make a key for a machine"),
    Section.KEEP,
    about=Text(
        "De sleutel staat eenmalig op de uitvoer en wordt nergens bewaard. De machine stuurt hem "
        "als 'Authorization: Bearer kvob_...'. Besluiten, wissen en sleutels uitgeven kan een "
        "machine nooit.",
        "The key is on the output once and is kept nowhere. The machine sends it as "
        "'Authorization: Bearer kvob_...'. A machine can never decide, erase or give out keys.",
    ),
)
def add(
    desk: Desk,
    label: str,
    *,
    for_role: str | None = None,
    for_organisation: str | None = None,
    municipality: tuple[str, ...] = (),
    estate: tuple[str, ...] = (),
    everywhere: bool = False,
    scope: tuple[str, ...] = (),
    days: int | None = None,
) -> None:
    """A new key."""
    from kvob_workflow.machine_keys import KeyRequest
    from kvob_workflow.machine_keys.granting import USUAL

    engine = desk.engine
    request = KeyRequest(
        label,
        _role(for_role),
        for_organisation,
        municipality,
        tuple(engine.find(one) for one in estate),
        everywhere,
        scope or None,
        USUAL if days is None else _days(days),
    )
    _give(desk, engine.add_api_key(request))


@entrance("key list", Text("Alle sleutels van machines", "Every key of a machine"), Section.KEEP)
def list_(desk: Desk) -> None:
    """The keys, without what opens the door."""
    from kvob_workflow.cli.screens.keys import draw_keys

    engine = desk.reading_engine
    found = engine.api_keys()
    desk.give(found, lambda screen: draw_keys(screen, found, SystemClock().now()))


@entrance(
    "key rotate",
    Text("Een sleutel vervangen", "Replace a key"),
    Section.KEEP,
    about=Text(
        "De oude blijft nog 7 dagen gelden, zodat de machine niet stilvalt; --overlap-days 0 "
        "maakt dat meteen ongedaan. De machine blijft dezelfde.",
        "The old one stays valid for 7 days, so that the machine does not stand still; "
        "--overlap-days 0 ends it at once. The machine stays the same one.",
    ),
)
def rotate(desk: Desk, key: str, *, overlap_days: int | None = None) -> None:
    """The next key of the same machine."""
    overlap = None if overlap_days is None else _days(overlap_days)
    _give(desk, desk.engine.rotate_api_key(key, overlap=overlap))


@entrance("key revoke", Text("Een sleutel intrekken", "Revoke a key"), Section.KEEP)
def revoke(desk: Desk, key: str) -> None:
    """From now on it opens nothing."""
    from kvob_workflow.cli.screens.keys import draw_keys

    engine = desk.engine
    revoked = engine.revoke_api_key(key)
    desk.give(revoked, lambda screen: draw_keys(screen, [revoked], SystemClock().now()))


ENTRANCES = (add, list_, rotate, revoke)


def _role(text: str | None) -> Role:
    from kvob_workflow.machine_keys import ApiKeyRequestInvalid

    roles = ", ".join(role.value for role in Role if role is not Role.ALARM)
    try:
        return Role(text or "")
    except ValueError:
        nl, en = (
            f"kies met --for-role een van: {roles}.",
            f"choose with --for-role one of: {roles}.",
        )
        raise ApiKeyRequestInvalid(Text(nl, en)) from None


def _days(days: int) -> timedelta:
    """What is out of bounds is refused with what is asked for; no number overflows here."""
    return timedelta(days=min(max(days, -1), 100_000))


def _give(desk: Desk, issued: IssuedKey) -> None:
    desk.give(issued, lambda screen: screen.whole(issued.text))
    desk.say(
        f"Bewaar deze sleutel nu; hij is niet opnieuw te tonen. Kenmerk {issued.key.id}, geldig "
        f"tot {issued.key.expires_at:%Y-%m-%d}.",
        f"Keep this key now; it cannot be shown again. Id {issued.key.id}, valid until "
        f"{issued.key.expires_at:%Y-%m-%d}.",
    )
