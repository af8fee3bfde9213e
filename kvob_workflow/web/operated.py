"""What was just done on the pages about the operation? A word in the address, told on the page.

After a form the browser is sent on (303), so that reading the page again does nothing twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse

from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Response

    from kvob_workflow.web.asking import Ask

DONE: Final[Mapping[str, Text]] = {
    "swept": Text("De ronde is gedaan.", "The sweep was done."),
    "swept-some": Text(
        "De ronde is gedaan; niet elke kennisgeving lukte. Wat vastzit staat bij 'Vastgelopen'.",
        "The sweep was done; not every notice could be given. See what is stuck.",
    ),
    "repaired": Text("Alle rijen kloppen weer.", "All rows are right again."),
    "repaired-some": Text(
        "Opnieuw geprobeerd; een deel wordt nog steeds geweigerd, zie de fout erbij.",
        "Tried again; some are still refused, see the error beside them.",
    ),
    "retried": Text("Opnieuw geprobeerd.", "Tried again."),
    "skipped": Text(
        "De gebeurtenis is overgeslagen; wie, wanneer en waarom staat hieronder.",
        "The event was stepped over; who, when and why stands below.",
    ),
    "cancelled": Text(
        "De herbouw is afgebroken; de overzichten zijn zoals ze waren.",
        "The rebuild was broken off; the views are as they were.",
    ),
    "undone": Text("De vorige tabellen zijn teruggezet.", "The tables of before are back."),
    "cleared": Text("De oude tabellen zijn opgeruimd.", "The old tables were cleared away."),
    "paused": Text(
        "Gepauzeerd. Er gaat niets verloren: na hervatten gaat hij verder waar hij was.",
        "Paused. Nothing is lost: once resumed it goes on where it was.",
    ),
    "resumed": Text("Hervat.", "Resumed."),
    "resent": Text("Wat niet aankwam gaat opnieuw uit.", "What did not arrive goes out again."),
    "pinged": Text("De ontvanger antwoordde goed.", "The receiver answered well."),
    "revoked": Text(
        "De sleutel is ingetrokken en opent niets meer.",
        "The key was revoked and opens nothing any more.",
    ),
}


def told(ask: Ask) -> Text | None:
    """What the address says was done; None where it says nothing that is known."""
    return DONE.get(ask.query.get("done", ""))


def sent_on(ask: Ask, path: str, done: str) -> Response:
    """To the page that shows what came of it."""
    return RedirectResponse(ask.links.at_now(path, done=done), 303)
