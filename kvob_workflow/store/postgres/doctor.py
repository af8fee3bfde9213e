"""What should a keeper of a PostgreSQL store know? Its server, and what is in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from psycopg.errors import InsufficientPrivilege

from kvob_domain.words import Text
from kvob_workflow.store.port import Diagnosis
from kvob_workflow.store.postgres.deliveries import unsent
from kvob_workflow.store.postgres.schema import meta
from kvob_workflow.store.postgres.starting import facts_of
from kvob_workflow.store.postgres.texts import sql_of
from kvob_workflow.store.postgres.viewtables import unfilled
from kvob_workflow.store.rebuild_rows import NEWEST, diagnosis_of, rebuild_of

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
_NO_CHECKSUMS = Text(
    "Een fout van de schijf in een pagina blijft onopgemerkt. Zet ze aan terwijl de server stil "
    "staat: pg_checksums --enable.",
    "An error of the disk in a page goes unnoticed. Switch them on while the server is down: "
    "pg_checksums --enable.",
)
_NOT_SAFE = Text(
    "Na stroomuitval kan de hele database onbruikbaar zijn. Zet dit op 'on'.",
    "After a power cut the whole database may be beyond use. Set this to 'on'.",
)
_NOT_DURABLE = Text(
    "Bij stroomuitval kunnen de laatste opdrachten verloren gaan.",
    "A power cut may lose the last commands.",
)
_FEW = Text(
    "Er blijft voor andere programma's van deze gebruiker te weinig over.",
    "Too little is left for other programs of this user.",
)
_READ_ONLY = Text(
    "Hier kan alleen worden gelezen; opdrachten gaan naar de server die schrijft.",
    "Here one can only read; commands go to the server that writes.",
)
_MUST_BE_ON: Final = (
    ("fsync", _NOT_SAFE),
    ("full_page_writes", _NOT_SAFE),
    ("data_checksums", _NO_CHECKSUMS),
)
_RECOVERING: Final = (
    # Without new commits the last one grows old, and yet nothing is lacking.
    "SELECT pg_is_in_recovery(), CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()"
    " THEN 0 ELSE coalesce(extract(epoch FROM now()"
    " - pg_last_xact_replay_timestamp())::int, 0) END"
)
_NEWEST = (
    "SELECT coalesce(max(notification_id), 0), (SELECT count(*) FROM behind"
    " WHERE right(view, 5) NOT IN ('__new', '__old')) FROM stored_events"
)


def diagnosis(connections: Connections) -> list[Diagnosis]:
    """What was looked at, and what was found."""
    with connections.read() as reader:
        found = [*_server(reader, connections), *_contents(reader)]
        try:
            return [*found, *_deliveries(reader)]
        except InsufficientPrivilege:  # the role of reader knows of none
            return found


def _server(reader: Connection, connections: Connections) -> Iterator[Diagnosis]:
    facts = facts_of(reader)
    yield Diagnosis("server_version", facts.version)
    for name, advice in _MUST_BE_ON:
        value = _setting(reader, name)
        yield _judged(name, value, advice, good=value == "on")
    commits = _setting(reader, "synchronous_commit")
    yield _judged("synchronous_commit", commits, _NOT_DURABLE, good=commits != "off")
    asked = connections.most
    told = f"{asked} / {facts.available}"
    yield _judged("connections", told, _FEW, good=2 * asked <= facts.available)
    for recovering, behind in reader.execute(_RECOVERING):
        if recovering:
            yield Diagnosis("replica", f"{behind} s", "warning", _READ_ONLY)


def _setting(reader: Connection, name: str) -> str:
    found = reader.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return "" if found is None else str(found[0])


def _contents(reader: Connection) -> Iterator[Diagnosis]:
    yield Diagnosis("store-schema", str(meta(reader, "store")))
    for newest, marks in reader.execute(_NEWEST):
        yield Diagnosis("newest-position", str(newest))
        yield _judged("behind", str(marks), _BEHIND, good=marks == 0)
    empty = unfilled(reader)
    yield _judged("unfilled", ", ".join(empty) or "none", _BEHIND, good=not empty)
    newest = reader.execute(sql_of(NEWEST), (1,)).fetchone()
    yield diagnosis_of(None if newest is None else rebuild_of(newest))


def _deliveries(reader: Connection) -> Iterator[Diagnosis]:
    unsent_ones = unsent(reader)
    yield Diagnosis("notices-waiting", str(unsent_ones["waiting"]))
    failed = unsent_ones["failed"]
    yield _judged("notices-failed", str(failed), _NOT_SENT, good=failed == 0)


def _judged(name: str, value: str, advice: Text, *, good: bool) -> Diagnosis:
    return Diagnosis(name, value) if good else Diagnosis(name, value, "warning", advice)
