"""How is a decision made durable? One transaction for events, names, command id and view rows."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from kvob_domain.estate.commands import Command
from kvob_domain.estate.events.identity import EstateRegistered, EstateRenamed
from kvob_domain.estate.persons import nameless
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import CommandId, EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.engine.deciding import Decided
from kvob_workflow.engine.fingerprints import fingerprint
from kvob_workflow.engine.hot import Hot, HotStates
from kvob_workflow.engine.names import claims_of, names_borne
from kvob_workflow.engine.outcome import Outcome
from kvob_workflow.engine.rows import changes, rows_of
from kvob_workflow.errors import CommandIdReused
from kvob_workflow.store import Append, CommandRecord, EventStore, NameClaim, Receipt

# Made once; its bytes are those of the first release, since hashes are kept for ever.
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


Said = Command | tuple[Command, ...]
"""What one command id stands for: a command, or several that were carried out together."""


def body_hash(command: Said) -> str:
    """The SHA-256 of a command's canonical JSON, in hexadecimal digits; of several, of their list.

    Names stay out of it: a plain hash of one could be guessed, also after an erasure.
    """
    every = command if isinstance(command, tuple) else (command,)
    each = [nameless(one).model_dump(mode="json") for one in every]
    said = each if isinstance(command, tuple) else each[0]
    return hashlib.sha256(_CANONICAL(said).encode()).hexdigest()


class Writer:
    """Appends what was decided. Not thread-safe; the engine locks."""

    def __init__(self, store: EventStore, book: SchemeBook, hot: HotStates) -> None:
        """Write to this store and keep the states that follow at hand."""
        self._store = store
        self._book = book
        self._hot = hot

    def write(
        self, decided: Sequence[Decided], command: Said, command_id: CommandId | None
    ) -> Outcome:
        """Write all of it or nothing.

        Raises:
            VersionConflict: somebody wrote to one of the estates first; the states at hand are
                dropped, so that the next decision reads them again.
            NameTaken, CommandIdTaken, StoreUnavailable: as the store says.
        """
        rows = {
            one.after.id: rows_of(one.after, self._book, one.before)
            for one in decided
            if one.written
        }
        batch = Append(
            events=tuple(recorded for one in decided for recorded in one.written),
            claims=tuple(claim for one in decided for claim in _claims(one)),
            released=tuple(claim for one in decided for claim in self._released(one)),
            rows=tuple(
                change
                for one in decided
                if one.written
                for change in changes(one.after, one.before.rows, rows[one.after.id])
            ),
            commands=_records(decided, command, command_id),
            scheme=fingerprint(self._book),
        )
        receipt = self._append(batch)
        for one in decided:
            if one.written:
                self._hot.put(one.after.id, Hot(one.after, rows[one.after.id]))
        for behind in receipt.behind:
            self._hot.drop(behind.estate)
        return outcome_of(decided, receipt)

    def _released(self, one: Decided) -> list[NameClaim]:
        """The names that a correction takes from the estate, as far as it holds them."""
        if not one.history:
            return []
        gone = names_borne(one.history) - names_borne((*one.history, *one.written))
        held = self._store.claimed_many([(claim.municipality, claim.name) for claim in gone])
        return sorted(
            (claim for claim in gone if held.get((claim.municipality, claim.name)) == claim.estate),
            key=_by_name,
        )

    def _append(self, batch: Append) -> Receipt:
        if not batch.events and not batch.commands:
            return Receipt(())
        try:
            return self._store.append(batch)
        except BaseException:
            # Whatever went wrong, what is at hand may be out of date: read it again next time.
            for recorded in batch.events:
                self._hot.drop(recorded.estate)
            raise

    def repeated(self, command: Said, command_id: CommandId | None) -> Outcome | None:
        """The first result of a command id; None without one, or when it was not carried out yet.

        Raises:
            CommandIdReused: when the id belongs to another command.
        """
        if command_id is None or (record := self._store.command(command_id)) is None:
            return None
        if record.body_hash != body_hash(command):
            raise CommandIdReused(command_id)
        outcomes = [self._recalled(*line) for line in json.loads(record.result)]
        return _joined(outcomes)

    def _recalled(self, estate: str, first: int, last: int) -> Outcome:
        stream = self._store.stream(EstateId(estate))
        events = tuple(recorded for recorded in stream if first <= recorded.version <= last)
        return Outcome(EstateId(estate), last, events, repeated=True)


def outcome_of(
    decided: Sequence[Decided], receipt: Receipt | None, *, dry_run: bool = False
) -> Outcome:
    """The outcome of what was decided; without a receipt nothing was written."""
    outcomes: list[Outcome] = []
    written = 0
    for one in decided:
        written += len(one.written)
        position = receipt.positions[written - 1] if receipt and one.written else None
        behind = receipt.behind if receipt else ()
        outcomes.append(
            Outcome(
                estate=one.after.id,
                version=one.after.version,
                events=one.events,
                position=position,
                dry_run=dry_run,
                behind=tuple(mark for mark in behind if mark.estate == one.after.id),
                notices=one.notices,
            )
        )
    return _joined(outcomes)


def _joined(outcomes: list[Outcome]) -> Outcome:
    first, *others = outcomes
    return Outcome(
        estate=first.estate,
        version=first.version,
        events=first.events,
        position=first.position,
        repeated=first.repeated,
        dry_run=first.dry_run,
        others=tuple(others),
        behind=first.behind,
        notices=first.notices,
    )


def _claims(one: Decided) -> list[NameClaim]:
    """The names that the new events take; an earlier name stays with its estate."""
    if one.history:
        come = names_borne((*one.history, *one.written)) - names_borne(one.history)
        return sorted(come, key=_by_name)
    claims: list[NameClaim] = []
    for recorded in one.events:
        if isinstance(recorded.event, EstateRegistered | EstateRenamed):
            claims += claims_of(one.after.id, recorded.event.name, one.after.municipalities)
    return claims


def _by_name(claim: NameClaim) -> tuple[str, str]:
    return claim.municipality, claim.name


def _records(
    decided: Sequence[Decided], command: Said, command_id: CommandId | None
) -> tuple[CommandRecord, ...]:
    if command_id is None:
        return ()
    lines = [[one.after.id, *_span(one.events, one.after.version)] for one in decided]
    result = json.dumps(lines, separators=(",", ":"))
    return (CommandRecord(command_id, body_hash(command), result),)


def _span(events: tuple[Recorded, ...], version: int) -> tuple[int, int]:
    """The first and the last version of the new events; an empty span where there are none."""
    return (events[0].version, events[-1].version) if events else (version + 1, version)
