"""What should a keeper of a PostgreSQL store know? Its server, and what is in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.store.port import Diagnosis
from kvob_workflow.store.postgres.deliveries import unsent
from kvob_workflow.store.postgres.schema import meta
from kvob_workflow.store.postgres.viewtables import unfilled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_workflow.store.postgres.connections import Connection, Connections

_BEHIND = Text(
    "Sommige overzichten tonen niet de laatste stand; herstel ze.",
    "Some views do not show the latest state; repair them.",
)
_NOT_SENT = Text(
    "Deze berichten zijn niet aangekomen: 'kvob notices' zegt waarom; verhelp dat en geef "
    "'kvob notices --resend-failed'.",
    "These deliveries did not arrive: 'kvob notices' says why; mend that and give "
    "'kvob notices --resend-failed'.",
)
_SETTINGS = ("server_version", "synchronous_commit", "data_checksums")
_NEWEST = (
    "SELECT coalesce(max(notification_id), 0), (SELECT count(*) FROM behind) FROM stored_events"
)


def diagnosis(connections: Connections) -> list[Diagnosis]:
    """What was looked at, and what was found."""
    with connections.writer() as writer:
        return [*_server(writer), *_contents(writer)]


def _server(writer: Connection) -> Iterator[Diagnosis]:
    for name in _SETTINGS:
        found = writer.execute("SELECT current_setting(%s)", (name,)).fetchone()
        yield Diagnosis(name, "" if found is None else found[0])


def _contents(writer: Connection) -> Iterator[Diagnosis]:
    yield Diagnosis("store-schema", str(meta(writer, "store")))
    for newest, marks in writer.execute(_NEWEST):
        yield Diagnosis("newest-position", str(newest))
        yield _judged("behind", str(marks), _BEHIND, good=marks == 0)
    waiting = unsent(writer)
    yield Diagnosis("notices-waiting", str(waiting["waiting"]))
    failed = waiting["failed"]
    yield _judged("notices-failed", str(failed), _NOT_SENT, good=failed == 0)
    empty = unfilled(writer)
    yield _judged("unfilled", ", ".join(empty) or "none", _BEHIND, good=not empty)


def _judged(name: str, value: str, advice: Text, *, good: bool) -> Diagnosis:
    return Diagnosis(name, value) if good else Diagnosis(name, value, "warning", advice)
