"""Which command shows how a store is laid out? `kvob store schema`, as numbers or as SQL."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk


@entrance(
    "store schema",
    Text("De tabellen van de opslag, als SQL", "The tables of the store, as SQL"),
    Section.KEEP,
    about=Text(
        "Met --print de SQL die een lege opslag op PostgreSQL maakt, in het schema van het adres; "
        "met --roles die van de rollen (schrijver, lezer, controleur), die na elke nieuwe versie "
        "opnieuw gegeven mag worden. Er wordt niets uitgevoerd: geef het aan psql.",
        "With --print the SQL that makes an empty store on PostgreSQL, in the schema of the "
        "address; with --roles that of the roles (writer, reader, verifier), which may be given "
        "again after each new version. Nothing is run: give it to psql.",
    ),
)
def schema(desk: Desk, *, print: bool = False, roles: bool = False) -> None:
    """The schema numbers, or one script of SQL."""
    from kvob_projections import ALL_VIEWS, FOLLOWED_VIEWS
    from kvob_workflow.cli.screens.schemas import draw_schemas
    from kvob_workflow.store.opening import STORE_SCHEMA, postgres_script

    if print or roles:
        script = postgres_script(
            desk.settings.store, (*ALL_VIEWS, *FOLLOWED_VIEWS), tables=print, roles=roles
        )
        desk.give({"sql": script}, lambda _: sys.stdout.writelines((script,)))
        return
    views = {view.name: view.schema for view in ALL_VIEWS}
    found = _found(desk)
    desk.give(
        {"found": found, "release": STORE_SCHEMA, "views": views},
        lambda screen: draw_schemas(screen, found, STORE_SCHEMA, views),
    )


def _found(desk: Desk) -> int | None:
    """The number of the store; None where there is none. Nothing else is looked at."""
    if desk.missing_store() is not None:
        return None
    with closing(desk.open_store()) as store:
        (row,) = store.read("SELECT number FROM kvob_meta WHERE name = 'store'", {})
    return int(row["number"])


ENTRANCES: Final = (schema,)
"""In the order of the help page."""
