"""Who may do what on the server? Three roles beside the owner, and the SQL that makes them.

    <schema>_writer     what the engine does; it makes no tables and changes no event
    <schema>_reader     views, events, the past and the proof log
    <schema>_verifier   events and the proof log, for `kvob verify`

Nobody logs in with a role: the keeper grants it to the users of the programs. What is not
named here is closed: a table of a later release that nobody granted can be read by its owner alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from psycopg import sql

from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS, PERIOD_VIEWS
from kvob_projections.periods import table_of
from kvob_workflow.store.postgres.locks import LOCKING_FUNCTION
from kvob_workflow.store.postgres.schema import inside_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLES: Final = ("writer", "reader", "verifier")
# Facts: the server itself refuses what the triggers refuse.
_ADDED_ALONE: Final = "stored_events, kvob_command, log_opening"
_EMPTIED: Final = ", ".join(table_of(view) for view in PERIOD_VIEWS)
PROOFS: Final = (
    "stored_events",
    "estate_name",
    "kvob_meta",
    "log_state",
    "log_opening",
    "log_tile",
    "log_run",
    "log_checkpoint",
)
"""What the verifier reads."""
READ: Final = (
    *PROOFS,
    "behind",
    "rebuild",
    "rebuild_difference",
    "follower",
    "follower_skip",
    "period_state",
    "period_parked",
    *(view.table for view in (*ALL_VIEWS, *FOLLOWED_VIEWS)),
    *(table_of(view) for view in PERIOD_VIEWS),
)
"""What the reader reads: all but persons, erasures, deliveries and the results of commands."""


def role_name(schema: str, role: str) -> str:
    """The role's name on the server, where roles are shared by all databases."""
    return f"{schema}_{role}"


def roles_sql(schema: str) -> Iterator[str]:
    """The statements that make the roles and grant their rights; they may be run again.

    To be run by the owner of the tables, after every release that brings new ones: tables that
    are made anew have lost their grants.
    """
    writer, reader, verifier = (
        sql.Identifier(role_name(schema, role)).as_string() for role in ROLES
    )
    name = sql.Identifier(schema).as_string()
    yield inside_schema(schema)
    for role in ROLES:
        yield _made(role_name(schema, role))
    yield f"GRANT USAGE ON SCHEMA {name} TO {writer}, {reader}, {verifier}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {name} TO {writer}"
    yield f"REVOKE UPDATE, DELETE ON {_ADDED_ALONE} FROM {writer}"
    yield f"GRANT TRUNCATE ON {_EMPTIED} TO {writer}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {name} TO {writer}"
    yield f"REVOKE ALL ON FUNCTION {LOCKING_FUNCTION} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {LOCKING_FUNCTION} TO {writer}"
    yield f"GRANT SELECT ON {', '.join(READ)} TO {reader}"
    yield f"GRANT SELECT ON {', '.join(PROOFS)} TO {verifier}"


def _made(role: str) -> str:
    known, name = sql.Literal(role).as_string(), sql.Identifier(role).as_string()
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = {known})"
        f" THEN CREATE ROLE {name} NOLOGIN; END IF; END $$"
    )
