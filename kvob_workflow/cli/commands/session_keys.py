"""How does who keeps the pages make a key for their sessions? `kvob session init FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk


@entrance(
    "session init",
    Text("De sleutel van de sessies maken", "Make the key of the sessions"),
    Section.KEEP,
    about=Text(
        "Noem het bestand in [login] session_keys van het toegangsbestand, op elke node hetzelfde. "
        "Zonder sleutel blijft niemand ingelogd als de dienst opnieuw start. Vervangen: zet het "
        "nieuwe bestand vooraan, en haal het oude na tien uur weg.",
        "Name the file in [login] session_keys of the access file, the same on every node. Without "
        "a key nobody stays logged in when the service starts anew. To replace it: put the new "
        "file in front, and remove the old one after ten hours.",
    ),
)
def session_init(desk: Desk, file: str) -> None:
    """A new key, in a file for its owner alone."""
    from kvob_workflow.web.sessions import make_session_key

    make_session_key(file)
    desk.say(f"Gemaakt: {file}. Houd het geheim.", f"Made: {file}. Keep it secret.")


ENTRANCES = (session_init,)
