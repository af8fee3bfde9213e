"""How do webhooks look? One line each, or one with everything but its secret; what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table
from kvob_workflow.clock import AMSTERDAM
from kvob_workflow.store.webhooks import WebhookState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.followers.delivering import Delivered
    from kvob_workflow.webhooks.subscription import Added, FailedEvent, Pinged, Webhook

_NOTHING: Final = Text("Er zijn geen webhooks.", "There are no webhooks.")
_ADVICE: Final = Text(
    "Maak er een met 'kvob webhook add ADRES'.", "See 'kvob webhook add ADDRESS'."
)
_ARRIVED: Final = Text("Alles is aangekomen.", "Everything has arrived.")
_AGAIN: Final = Text(
    "Stuur opnieuw met 'kvob webhook resend WEBHOOK'.",
    "Send again with 'kvob webhook resend WEBHOOK'.",
)
_SECRET: Final = Text(
    "Bewaar het geheim bij de ontvanger; het wordt niet meer getoond.",
    "Keep the secret with the receiver; it is not shown again.",
)
_STYLES: Final = {
    WebhookState.ACTIVE: "green",
    WebhookState.PAUSED: "yellow",
    WebhookState.DISABLED: "bold red",
}


def draw_webhooks(screen: Screen, webhooks: Sequence[Webhook]) -> None:
    """Each webhook on a line."""
    if not webhooks:
        phrases.nothing(screen, _NOTHING, _ADVICE)
        return
    columns = [
        Column(screen.choose("Kenmerk", "Id"), fixed=True),
        Column(screen.choose("Adres", "Address")),
        Column(screen.choose("Stand", "State")),
        Column(screen.choose("Positie", "Position"), right=True),
        Column(screen.choose("Niet aangekomen", "Given up"), right=True),
        Column(screen.choose("Laatste fout", "Last error")),
    ]
    draw_table(screen, columns, [Section(None, [_row(screen, one) for one in webhooks])])


def draw_webhook(screen: Screen, webhook: Webhook) -> None:
    """One webhook with its fields."""
    said: list[tuple[Text, str]] = [
        (Text("Kenmerk", "Id"), webhook.id),
        (Text("Adres", "Address"), webhook.address),
        (Text("Stand", "State"), f"{screen.words(webhook.state.words)} {webhook.reason}".strip()),
        (Text("Gebeurtenissen", "Events"), ", ".join(webhook.types)),
        (Text("Terreinen", "Estates"), ", ".join(webhook.estates)),
        (Text("Vorm", "Form"), f"{webhook.mode}, {webhook.data}"),
        (Text("Van", "Owner"), webhook.organisation or webhook.person),
        (Text("Positie", "Position"), str(webhook.position)),
        (Text("Mislukte pogingen", "Failed attempts"), str(webhook.attempts or "")),
        (Text("Volgende poging", "Next attempt"), _local(webhook.next_attempt_at)),
        (Text("Fout", "Error"), webhook.error or ""),
        (Text("Niet aangekomen", "Given up"), str(webhook.given_up or "")),
        (Text("Oud geheim tot", "Old secret until"), _local(webhook.old_secret_until)),
    ]
    rows: list[Row] = [[cell(screen.words(name)), cell(value)] for name, value in said if value]
    draw_table(screen, [Column(""), Column("")], [Section(None, rows)], titled=False)


def draw_added(screen: Screen, added: Added) -> None:
    """The webhook, and its secret on a line of its own."""
    draw_webhook(screen, added.webhook)
    screen.line()
    screen.whole(added.secret)
    screen.line(screen.words(_SECRET), "dim")


def draw_failures(screen: Screen, failures: Sequence[FailedEvent]) -> None:
    """Each event that was given up."""
    if not failures:
        screen.line(screen.words(_ARRIVED))
        return
    columns = [
        Column(screen.choose("Webhook", "Webhook")),
        Column(screen.choose("Positie", "Position"), right=True),
        Column(screen.choose("Terrein", "Estate")),
        Column(screen.choose("Versie", "Version"), right=True),
        Column(screen.choose("Opgegeven", "Given up")),
        Column(screen.choose("Fout", "Error")),
    ]
    rows: list[Row] = [
        [
            cell(one.webhook),
            cell(str(one.position)),
            cell(one.estate),
            cell(str(one.version)),
            cell(_local(one.at)),
            cell(one.error, "dim"),
        ]
        for one in failures
    ]
    draw_table(screen, columns, [Section(None, rows)])
    screen.line()
    screen.line(screen.words(_AGAIN), "dim")


def draw_pinged(screen: Screen, came: Pinged) -> None:
    """Whether the receiver took it."""
    if came.is_taken:
        screen.line(screen.choose(f"Aangekomen ({came.status}).", f"Taken ({came.status})."))
    else:
        screen.line(screen.choose(f"Niet aangekomen: {came.error}", f"Not taken: {came.error}"))


def draw_delivered(screen: Screen, done: Sequence[Delivered]) -> None:
    """How many events each webhook got."""
    if not done:
        phrases.nothing(screen, _NOTHING, _ADVICE)
        return
    rows: list[Row] = [
        [
            cell(one.name),
            cell(str(one.events)),
            cell(screen.choose("mislukt", "failed") if one.failed else "", "bold red"),
            cell(_local(one.next_at), "dim"),
        ]
        for one in done
    ]
    draw_table(
        screen,
        [Column(""), Column("", right=True), Column(""), Column("")],
        [Section(None, rows)],
        titled=False,
    )


def _row(screen: Screen, one: Webhook) -> Row:
    return [
        cell(one.id),
        cell(one.address),
        cell(screen.words(one.state.words), _STYLES[one.state]),
        cell(str(one.position)),
        cell(str(one.given_up or "")),
        cell(one.error or one.reason, "dim"),
    ]


def _local(instant: datetime | None) -> str:
    return "" if instant is None else f"{instant.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
