"""How do deliveries look? One line each, the error below; and what a round did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table
from kvob_workflow.clock import AMSTERDAM
from kvob_workflow.store import DeliveryStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.notices import DispatchReport
    from kvob_workflow.store import Delivery

_EMPTY: Final = Text("Er is geen bericht met deze status.", "No delivery has this status.")
_ADVICE: Final = Text(
    "Toon wat verzonden is (--status sent), of verzend wat nieuw is (--send).",
    "Show what was sent (--status sent), or send what is new (--send).",
)
_AGAIN: Final = Text(
    "Verzend opnieuw met --resend KENMERK, of alles dat mislukt is met --resend-failed.",
    "Send again with --resend ID, or all that failed with --resend-failed.",
)
_STYLES: Final = {
    DeliveryStatus.SENT: "green",
    DeliveryStatus.WAITING: "yellow",
    DeliveryStatus.FAILED: "bold red",
}
_COUNTS: Final = (
    ("collected", Text("nieuw verzameld", "newly collected")),
    ("sent", Text("verzonden", "sent")),
    ("retried", Text("niet gelukt, later opnieuw", "not taken, tried again later")),
    ("failed", Text("opgegeven", "given up")),
)


def draw_deliveries(screen: Screen, deliveries: Sequence[Delivery]) -> None:
    """Each delivery, the newest first."""
    if not deliveries:
        phrases.nothing(screen, _EMPTY, _ADVICE)
        return
    columns = [
        Column(screen.choose("Status", "Status")),
        Column(screen.choose("Kenmerk", "Id")),
        Column(screen.choose("Kennisgevingen", "Notices"), right=True),
        Column(screen.choose("Pogingen", "Attempts"), right=True),
        Column(screen.choose("Verzonden, of volgende poging", "Sent, or next attempt")),
        Column(screen.choose("Laatste fout", "Last error")),
    ]
    draw_table(screen, columns, [Section(None, [_row(screen, one) for one in deliveries])])
    if any(one.status is DeliveryStatus.FAILED for one in deliveries):
        screen.line()
        screen.line(screen.words(_AGAIN), "dim")


def draw_dispatch(screen: Screen, report: DispatchReport) -> None:
    """What a round did."""
    rows: list[Row] = [
        [cell(str(getattr(report, name))), cell(screen.words(words))] for name, words in _COUNTS
    ]
    draw_table(screen, [Column("", right=True), Column("")], [Section(None, rows)], titled=False)


def draw_resent(screen: Screen, number: int) -> None:
    """How many go out again."""
    told = phrases.count(
        screen, number, Text("bericht", "delivery"), Text("berichten", "deliveries")
    )
    screen.line(
        screen.choose(
            f"{told} aan de beurt bij de volgende --send.", f"{told} due at the next --send."
        )
    )


def _row(screen: Screen, one: Delivery) -> Row:
    when = {
        DeliveryStatus.SENT: one.sent_at,
        DeliveryStatus.WAITING: one.next_at,
        DeliveryStatus.FAILED: None,
    }[one.status]
    return [
        cell(screen.words(one.status.words), _STYLES[one.status]),
        cell(one.id),
        cell(str(len(one.items))),
        cell(str(one.attempts)),
        cell(_local(when)),
        cell(one.last_error or "", "dim"),
    ]


def _local(instant: datetime | None) -> str:
    return "" if instant is None else f"{instant.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
