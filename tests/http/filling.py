"""What is asked with, where the document leaves it open? Ids, days and bodies, by estate.

A parameter or a body that is not here fails the matrix: whoever adds one says here what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from kvob_workflow import Engine
from tests.cli.command_examples import BY_NAME
from tests.http.expected_rights import REGISTRATIONS
from tests.http.matrix import OBJECTS, Filling
from tests.http.two_regions import SITES, Site

# Parts of a path that are about one estate. Its award is its event 15.
_OF_AN_ESTATE: Final[dict[str, Callable[[Site], str]]] = {
    "estateId": lambda site: site.id,
    "certificateId": lambda site: f"{site.id}-15",
    "measureId": lambda site: f"m1-{site.mark}",
}
_FIXED: Final = {
    "number": "1",
    "version": "4",
    "field": "step",
    "cycle": "1",
    "edition": "kvo-3.1",
    "code": "scope-missing",
    "name": "board",
    "personId": "p-niemand",
    "erasureId": "e" * 32,
    "keyId": "e" * 32,
    "webhookId": f"webhook-{'e' * 32}",
}
_QUERIES: Final = {
    "from": "2021-01-01",
    "until": "2023-01-01",
    "consistency_proof.from": "0",
}
# Of nobody: the bytes 0 to 31.
_PUBLIC_KEY: Final = "voorbeeld+44731c33+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
_BODIES: Final[dict[str, Any]] = {
    "add_cosignature": b"geen hoofd\n",
    "add_key": {"label": "koppeling", "role": "public"},
    "add_person": {"name": "Iemand Nieuw"},
    "approve_erasure": {},
    "change_person": {"name": "Iemand Anders"},
    "import_facts": b"estate,municipality,event,date,source_url\n",
    "decline_erasure": {"why": "legal_obligation"},
    "plan_rebuild": {"names": []},
    "propose_erasure": {"person": "p-niemand", "basis": "consent_withdrawn"},
    "rotate_key": {},
    "search_persons": {"text": "Iemand"},
    "skip_event": {"reason": "proef"},
    "verify": {"keys": [_PUBLIC_KEY]},
    "add_webhook": {"address": "https://receiver.example.org/kvob"},
    "change_webhook": {"state": "paused"},
    "replay_events": {"position": 0},
    "resend_events": {},
    "rotate_webhook_secret": {},
}
# Fields of a command that name other estates; here they name the estate itself.
_NAMING: Final = ("members",)


def filling(engine: Engine) -> Filling:
    """The values of the world of two regions."""
    return Filling(
        by_estate={
            name: {site: of(site) for site in OBJECTS} for name, of in _OF_AN_ESTATE.items()
        },
        fixed=_FIXED,
        queries=_QUERIES,
        bodies={
            **{name: partial(_command, name) for name in BY_NAME},
            **{name: partial(_same, body) for name, body in _BODIES.items()},
        },
        versions={site: engine.state(site.id).version for site in SITES},
    )


def _command(name: str, site: Site | None) -> Any:
    """The example of a command, about an estate."""
    assert site is not None
    fields = {
        key: value
        for key, value in BY_NAME[name][1].fields.items()
        if key not in ("command", "estate", "also")
    }
    for naming in _NAMING:
        if naming in fields:
            fields[naming] = [site.id]
    if name in REGISTRATIONS:
        fields["municipalities"] = [site.place]
    return fields


def _same(body: Any, site: Site | None) -> Any:
    del site
    return body
