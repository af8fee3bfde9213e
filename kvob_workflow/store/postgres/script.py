"""What does a keeper run who makes the tables without us? One script, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.store.postgres.roles import roles_sql
from kvob_workflow.store.postgres.viewtables import schema_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kvob_projections.view import View


def schema_script(schema: str, views: Sequence[View]) -> str:
    """The SQL that makes an empty store; it fails where there is one already."""
    return _script(schema_sql(schema, views))


def roles_script(schema: str) -> str:
    """The SQL that makes the roles, or grants again what a release has made anew."""
    return _script(roles_sql(schema))


def _script(statements: Iterable[str]) -> str:
    return ";\n".join(("BEGIN", *statements, "COMMIT")) + ";\n"
