"""Which commands are about webhooks? `kvob webhook add`, `list`, `failures`, `replay` and more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.webhooks.subscribing import Webhooks
    from kvob_workflow.webhooks.subscription import Added, Webhook

_INSTANT: Final = Text(
    "is een tijdstip met tijdzone, zoals 2026-11-23T09:00:00+01:00",
    "is an instant with its time zone, such as 2026-11-23T09:00:00+01:00",
)
_POSITION: Final = Text("is een geheel getal", "is a whole number")


@entrance(
    "webhook add",
    Text("Een adres van elke gebeurtenis op de hoogte houden", "Tell an address of every event"),
    Section.KEEP,
    about=Text(
        "Het geheim waarmee elke aanroep wordt ondertekend staat eenmalig op de uitvoer. 'kvob "
        "run' levert vanzelf af, 'kvob webhook deliver' eenmalig. Verstuurd wordt welk terrein, "
        "welke versie en welke dag; met --data full alles wat de gebeurtenis zegt.",
        "The secret that signs each call is on the output once. 'kvob run' delivers by itself, "
        "'kvob webhook deliver' once. What is sent is which estate, which version and which day; "
        "with --data full all that the event says.",
    ),
)
def add(
    desk: Desk,
    address: str,
    *,
    type: tuple[str, ...] = (),
    estate: tuple[str, ...] = (),
    mode: str = "structured",
    data: str = "poor",
    after: int | None = None,
) -> None:
    """A new webhook and its secret."""
    engine = desk.engine
    estates = [engine.find(one) for one in estate]
    hooks = engine.webhooks()
    added = hooks.add(address, types=type, estates=estates, mode=mode, data=data, begins=after)
    _give_added(desk, added)


@entrance("webhook list", Text("Alle webhooks, en hoe ver zij zijn", "Every webhook"), Section.KEEP)
def list_(desk: Desk) -> None:
    """The webhooks, without their secrets."""
    from kvob_workflow.cli.screens.webhooks import draw_webhooks

    found = _looking(desk).all()
    desk.give(found, lambda screen: draw_webhooks(screen, found))


@entrance("webhook show", Text("Eén webhook", "One webhook"), Section.KEEP)
def show(desk: Desk, webhook: str) -> None:
    """Everything about it but its secret."""
    _give(desk, _looking(desk).show(webhook))


@entrance(
    "webhook pause",
    Text("Niets afleveren tot 'resume'", "Deliver nothing until 'resume'"),
    Section.KEEP,
)
def pause(desk: Desk, webhook: str, *, reason: str | None = None) -> None:
    """Nothing is lost meanwhile."""
    _give(desk, _keeping(desk).pause(webhook, reason or ""))


@entrance(
    "webhook resume",
    Text("Verder waar hij was, met alle pogingen", "Go on where it was, with all attempts"),
    Section.KEEP,
)
def resume(desk: Desk, webhook: str) -> None:
    """Also one that was disabled, because its receiver was gone."""
    _give(desk, _keeping(desk).resume(webhook))


@entrance(
    "webhook rotate-secret",
    Text("Een nieuw geheim", "A new secret"),
    Section.KEEP,
    about=Text(
        "Het oude ondertekent nog een dag mee, of zo lang als --stays zegt (0d: meteen niet meer).",
        "The old one signs too for a day, or for as long as --stays says (0d: no longer).",
    ),
)
def rotate_secret(desk: Desk, webhook: str, *, stays: str | None = None) -> None:
    """It is on the output once."""
    from kvob_workflow.cli.intervals import interval_of
    from kvob_workflow.webhooks.subscribing import SECRET_STAYS

    _give_added(desk, _keeping(desk).rotate_secret(webhook, interval_of(stays, SECRET_STAYS)))


@entrance("webhook remove", Text("Een webhook opheffen", "Forget a webhook"), Section.KEEP)
def remove(desk: Desk, webhook: str) -> None:
    """With its secret and its list of failures."""
    _keeping(desk).remove(webhook)
    desk.give({"removed": webhook}, lambda screen: screen.line(webhook))


@entrance(
    "webhook failures",
    Text("Wat na alle pogingen niet aankwam", "What did not arrive after all attempts"),
    Section.KEEP,
)
def failures(desk: Desk, webhook: str | None = None) -> ExitCode:
    """Ends with 7 when there are any."""
    from kvob_workflow.cli.screens.webhooks import draw_failures

    found = _looking(desk).failures(webhook)
    desk.give(found, lambda screen: draw_failures(screen, found))
    return ExitCode.ROWS_REJECTED if found else ExitCode.OK


@entrance(
    "webhook resend",
    Text("Opnieuw versturen wat niet aankwam", "Send again what did not arrive"),
    Section.KEEP,
    about=Text(
        "Alles van de lijst, of alleen --position. Het gaat uit bij de volgende ronde.",
        "All of the list, or --position alone. It goes out in the next round.",
    ),
)
def resend(desk: Desk, webhook: str, *, position: tuple[str, ...] = ()) -> None:
    """Under the id that it had."""
    number = _keeping(desk).resend(webhook, [_number(one) for one in position])
    desk.give({"resent": number}, lambda screen: screen.line(str(number)))


@entrance(
    "webhook replay",
    Text("Terug naar een positie of tijdstip", "Back to a position or an instant"),
    Section.KEEP,
)
def replay(desk: Desk, webhook: str, *, after: int | None = None, since: str | None = None) -> None:
    """What follows goes out once more, under the same ids."""
    at = None if since is None else _instant(since)
    _give(desk, _keeping(desk).replay(webhook, position=after, at=at))


@entrance("webhook ping", Text("De ontvanger proberen", "Try the receiver"), Section.KEEP)
def ping(desk: Desk, webhook: str) -> ExitCode:
    """Ends with 7 when it does not take the event."""
    from kvob_workflow.cli.screens.webhooks import draw_pinged

    came = _keeping(desk).ping(webhook)
    desk.give(came, lambda screen: draw_pinged(screen, came))
    return ExitCode.OK if came.is_taken else ExitCode.ROWS_REJECTED


@entrance(
    "webhook deliver",
    Text("Eenmalig afleveren wat nieuw of aan de beurt is", "Deliver once what is new or due"),
    Section.KEEP,
    about=Text(
        "Voor cron, waar 'kvob run' niet draait. Eindigt met 7 als er iets niet aankwam.",
        "For cron, where 'kvob run' is not running. Ends with 7 when something did not arrive.",
    ),
)
def deliver(desk: Desk) -> ExitCode:
    """What the round did, by webhook."""
    from kvob_workflow.cli.screens.webhooks import draw_delivered

    desk.check_store()
    done = desk.engine.deliver_webhooks()
    desk.give(done, lambda screen: draw_delivered(screen, done))
    return ExitCode.ROWS_REJECTED if any(one.failed for one in done) else ExitCode.OK


ENTRANCES: Final = (
    add,
    list_,
    show,
    pause,
    resume,
    rotate_secret,
    remove,
    failures,
    resend,
    replay,
    ping,
    deliver,
)
"""In the order of the help page."""


def _looking(desk: Desk) -> Webhooks:
    return desk.reading_engine.webhooks()


def _keeping(desk: Desk) -> Webhooks:
    desk.check_store()
    return desk.engine.webhooks()


def _give(desk: Desk, webhook: Webhook) -> None:
    from kvob_workflow.cli.screens.webhooks import draw_webhook

    desk.give(webhook, lambda screen: draw_webhook(screen, webhook))


def _give_added(desk: Desk, added: Added) -> None:
    from kvob_workflow.cli.screens.webhooks import draw_added

    desk.give(added, lambda screen: draw_added(screen, added))


def _number(text: str) -> int:
    from kvob_workflow.webhooks.errors import SubscriptionInvalid

    if not text.isdecimal() or len(text) > 18:
        raise SubscriptionInvalid("--position", _POSITION)
    return int(text)


def _instant(text: str) -> datetime:
    from kvob_workflow.webhooks.errors import SubscriptionInvalid

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise SubscriptionInvalid("--since", _INSTANT) from None
    if found.tzinfo is None:
        raise SubscriptionInvalid("--since", _INSTANT)
    return found
