"""How is one command stored in one round trip? By functions on the server, where nothing is odd.

`kvob_append` does for one estate what `writing` does statement by statement, in the same order
and under the same locks. It never decides what went wrong: whatever is not as expected undoes the
whole call, and `writing` does it again, slowly, and names the cause. Each view has a function of
its own for its rows, made with its table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
import psycopg

from kvob_projections import ALL_VIEWS
from kvob_workflow.store.port import SCHEME_MARK, Receipt
from kvob_workflow.store.postgres.locks import CHANNEL, EVENTS_SQL, SHARED_SQL
from kvob_workflow.store.postgres.rows import is_row_fault, quoted
from kvob_workflow.store.sqlite.schema import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_projections.view import Row, View
    from kvob_workflow.store.port import Append, RowChange
    from kvob_workflow.store.postgres.connections import Connection
    from kvob_workflow.store.postgres.writing import Stored

_OTHERWISE: Final = "KV001"
_NO_FUNCTION: Final = "42883"
# More than this goes statement by statement, where a row at fault costs the least.
LARGEST: Final = 1_000_000
_SAME_IN_JSON: Final = frozenset({int, str, type(None)})
# Without these the server would plan a call of each view anew for every command.
_PREFIX: Final = "write_"
_WRITTEN: Final = "\n".join(
    f"    WHEN '{_PREFIX}{view.table}' THEN PERFORM {_PREFIX}{view.table}(estate_, one->1);"
    for view in ALL_VIEWS
)

APPEND_FUNCTION: Final = f"""
CREATE FUNCTION kvob_append(estate_ text, version_ bigint, topics text[], states bytea[],
  command_ text, hash_ text, result_ text, scheme bigint, given jsonb,
  names_ jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  first bigint; number bigint; one jsonb;
BEGIN
  {SHARED_SQL.replace("SELECT", "PERFORM", 1)};
  PERFORM pg_advisory_xact_lock(hashtext(current_schema()), hashtext(estate_));
  IF command_ IS NOT NULL THEN
    INSERT INTO kvob_command (id, body_hash, result) VALUES (command_, hash_, result_);
  END IF;
  SELECT max(originator_version) INTO number FROM stored_events WHERE originator_id = estate_;
  IF coalesce(number, 0) + 1 <> version_ THEN
    RAISE EXCEPTION 'version' USING ERRCODE = '{_OTHERWISE}';
  END IF;
  FOR one IN SELECT * FROM jsonb_array_elements(given) LOOP
    CASE one->>0
{_WRITTEN}
    ELSE
      EXECUTE format('SELECT %I($1, $2)', one->>0) USING estate_, one->1;
    END CASE;
  END LOOP;
  {EVENTS_SQL.replace("SELECT", "PERFORM", 1)};
  IF scheme IS NOT NULL AND EXISTS (SELECT 1 FROM kvob_meta AS kept
      WHERE kept.name = '{MARK}{SCHEME_MARK}' AND kept.number <> scheme) THEN
    RAISE EXCEPTION 'scheme' USING ERRCODE = '{_OTHERWISE}';
  END IF;
  INSERT INTO stored_events (originator_id, originator_version, topic, state)
    SELECT estate_, version_ - 1 + event.ordinal, event.topic, event.state
    FROM unnest(topics, states) WITH ORDINALITY AS event (topic, state, ordinal)
    ORDER BY event.ordinal;
  first := currval('stored_events_notification_id_seq') - cardinality(topics) + 1;
  IF names_ IS NOT NULL THEN
    UPDATE estate_name AS kept SET until_position = first
      FROM jsonb_array_elements(names_->'left') AS given_up (pair)
      WHERE kept.municipality = given_up.pair->>0 AND kept.name = given_up.pair->>1
      AND kept.estate = estate_ AND kept.until_position IS NULL;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number <> jsonb_array_length(names_->'left') THEN
      RAISE EXCEPTION 'released' USING ERRCODE = '{_OTHERWISE}';
    END IF;
    INSERT INTO estate_name (municipality, name, estate, from_position)
      SELECT claim.pair->>0, claim.pair->>1, estate_, first
      FROM jsonb_array_elements(names_->'taken') AS claim (pair);
  END IF;
  PERFORM pg_notify('{CHANNEL}', '');
  RETURN first;
END $$"""

_CALL: Final = (
    b"SELECT kvob_append(%s::text, %s::bigint, %s::text[], %s::bytea[], %s::text, %s::text,"
    b" %s::text, %s::bigint, %s::jsonb, %s::jsonb)"
)


def function_statement(view: View) -> str:
    """The statement that makes the function for the rows of a view; its table is there."""
    table, key = quoted(view.table), ", ".join(map(quoted, view.key))
    columns = ", ".join(map(quoted, view.columns))
    updates = ", ".join(
        f"{quoted(column)} = excluded.{quoted(column)}"
        for column in view.columns
        if column not in view.key
    )
    name = view.name.replace("'", "''")
    return f"""
CREATE OR REPLACE FUNCTION {_function(view)}(estate_ text, given jsonb) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  IF given ? 'anew' THEN
    DELETE FROM {table} WHERE {quoted(view.key[0])} = estate_;
    DELETE FROM behind WHERE view = '{name}' AND estate = estate_;
  END IF;
  IF given ? 'deletes' THEN
    DELETE FROM {table} WHERE ({key}) IN
      (SELECT {key} FROM jsonb_populate_recordset(NULL::{table}, given->'deletes'));
  END IF;
  IF given ? 'upserts' THEN
    INSERT INTO {table} ({columns})
      SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, given->'upserts')
      ON CONFLICT ({key}) {f"DO UPDATE SET {updates}" if updates else "DO NOTHING"};
  END IF;
END $$"""


def append_at_once(
    connection: Connection, batch: Append, stored: Sequence[Stored]
) -> Receipt | None:
    """Writes an append of one estate in one round trip; None when nothing was written.

    None means that `writing` shall do it: the append is of several estates or very large, or
    something is not as expected. The connection commits every statement by itself.
    """
    values = _values(batch, stored)
    if values is None:
        return None
    try:
        found = connection.execute(_CALL, values).fetchone()
    except (psycopg.Error, UnicodeError) as error:
        state = error.sqlstate if isinstance(error, psycopg.Error) else None
        if is_row_fault(error) or state in (_OTHERWISE, _NO_FUNCTION):
            return None
        raise
    if found is None:
        return None
    return Receipt(tuple(range(found[0], found[0] + len(stored))), ())


def _values(batch: Append, stored: Sequence[Stored]) -> tuple[Any, ...] | None:
    """What goes to the function; None when it is nothing for it."""
    if not batch.events or len(batch.commands) > 1:
        return None
    estate, first = batch.events[0].estate, batch.events[0].version
    others = (batch.events, batch.rows, batch.released, batch.claims)
    if any(one.estate != estate for part in others for one in part):
        return None
    if any(one.version != first + number for number, one in enumerate(batch.events)):
        return None
    try:
        rows, names = _given(batch.rows), _names(batch)
    except TypeError:  # orjson's own too: a number of more than 64 bits, half a character
        return None
    if len(rows) + sum(len(event[3]) for event in stored) > LARGEST:
        return None
    command = batch.commands[0] if batch.commands else None
    return (
        estate,
        first,
        [event[2] for event in stored],
        [event[3] for event in stored],
        *(
            (None, None, None)
            if command is None
            else (command.id, command.body_hash, command.result)
        ),
        batch.scheme,
        rows,
        names,
    )


def _names(batch: Append) -> str | None:
    """The names that are given up and taken; None when there are none."""
    if not (batch.released or batch.claims):
        return None
    left, taken = (
        [(one.municipality, one.name) for one in claims]
        for claims in (batch.released, batch.claims)
    )
    return orjson.dumps({"left": left, "taken": taken}).decode()


def _given(changes: Sequence[RowChange]) -> str:
    """The rows as JSON.

    Raises:
        TypeError: a row has a value that JSON and a column may read differently.
    """
    given: list[tuple[str, dict[str, Any]]] = []
    views: set[str] = set()
    for change in changes:
        view = change.view
        if view.name in views:
            raise TypeError(view.name)
        _check_plain(view.columns, change.upserts)
        views.add(view.name)
        asked: dict[str, Any] = {}
        if change.replace_all:
            asked["anew"] = 1
        elif change.deletes:
            _check_plain(view.key, change.deletes)
            asked["deletes"] = [dict(zip(view.key, key, strict=True)) for key in change.deletes]
        upserts = {view.key_of(row): row for row in change.upserts}.values()
        if upserts:
            asked["upserts"] = [dict(zip(view.columns, row, strict=True)) for row in upserts]
        if asked:
            given.append((_name(view), asked))
    return orjson.dumps(given).decode()


def _check_plain(columns: Sequence[str], rows: Sequence[Row]) -> None:
    for row in rows:
        if len(row) != len(columns) or not _SAME_IN_JSON.issuperset(map(type, row)):
            raise TypeError(row)


def _name(view: View) -> str:
    return f"{_PREFIX}{view.table}"


def _function(view: View) -> str:
    return quoted(_name(view))
