"""Who may do what on the server? Three roles beside the owner, and the SQL that makes them.

    <schema>_writer     what the engine does; it makes no tables and changes no event
    <schema>_reader     views, events and the past; no deliveries, no persons
    <schema>_verifier   events and the proof log, for `kvob verify`

Nobody logs in with a role: the keeper grants it to the users of the programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from psycopg import sql

from kvob_projections import ALL_VIEWS
from kvob_projections.periods import table_of
from kvob_workflow.store.postgres.locks import LOCKING_FUNCTION
from kvob_workflow.store.postgres.schema import schema_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLES: Final = ("writer", "reader", "verifier")
# Facts: the server itself refuses what the triggers refuse.
_ADDED_ALONE: Final = "stored_events, kvob_command, log_opening"
_EMPTIED: Final = ", ".join(table_of(view) for view in ALL_VIEWS)
_NOT_READ: Final = "person, erasure, delivery"
_PROOFS: Final = (
    "stored_events, estate_name, kvob_meta,"
    " log_state, log_opening, log_tile, log_run, log_checkpoint"
)


def role_name(schema: str, role: str) -> str:
    """The role's name on the server, where roles are shared by all databases."""
    return f"{schema[: 62 - len(role)]}_{role}"


def roles_sql(schema: str) -> Iterator[str]:
    """The statements that make the roles and grant their rights; they may be run again.

    To be run by the owner of the tables, after every release that brings new ones: tables that
    are made anew have lost their grants.
    """
    writer, reader, verifier = (
        sql.Identifier(role_name(schema, role)).as_string() for role in ROLES
    )
    name = sql.Identifier(schema).as_string()
    yield schema_statements(schema)[1]
    for role in ROLES:
        yield _made(role_name(schema, role))
    yield f"GRANT USAGE ON SCHEMA {name} TO {writer}, {reader}, {verifier}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {name} TO {writer}"
    yield f"REVOKE UPDATE, DELETE ON {_ADDED_ALONE} FROM {writer}"
    yield f"GRANT TRUNCATE ON {_EMPTIED} TO {writer}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {name} TO {writer}"
    yield f"REVOKE ALL ON FUNCTION {LOCKING_FUNCTION} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {LOCKING_FUNCTION} TO {writer}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {reader}"
    yield f"REVOKE SELECT ON {_NOT_READ} FROM {reader}"
    yield f"GRANT SELECT ON {_PROOFS} TO {verifier}"


def _made(role: str) -> str:
    known, name = sql.Literal(role).as_string(), sql.Identifier(role).as_string()
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = {known})"
        f" THEN CREATE ROLE {name} NOLOGIN; END IF; END $$"
    )
