"""What goes into the file for a case system? The cases of one estate, and its audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kvob_domain.estate.evolve import fold
from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_domain.scheme.book import SchemeBook
from kvob_workflow.exports.timeline import moments
from kvob_workflow.exports.zgw.audit_trail import audit_trail
from kvob_workflow.exports.zgw.case import case
from kvob_workflow.exports.zgw.cycles import told_cycles
from kvob_workflow.exports.zgw.identity import Catalogue, Document, Json, check_rsin

VERSIONS: Final[Document] = {"zaken": "1.5.1", "besluiten": "1.0.2"}
"""Of the specifications that the names come from.

Source: https://github.com/VNG-Realisatie/zaken-api and besluiten-api, src/openapi.yaml.
"""


def zgw_document(
    estate: EstateId,
    history: Sequence[Recorded],
    book: SchemeBook,
    *,
    rsin: str = "",
    persons: bool = False,
) -> Document:
    """The cases of an estate as ZGW.

    `rsin` is that of the organisation that keeps them; without it the two fields that ask for it
    are empty, for the receiver to fill in. With `persons` the audit trail has the ids of who acted.

    Raises:
        RsinMalformed: the RSIN can be none.
    """
    own = check_rsin(rsin) if rsin else ""
    state, catalogue = fold(estate, history), Catalogue()
    after = {moment.recorded.version: moment.after for moment in moments(estate, history)}
    cases: list[Json] = []
    for told in told_cycles(state):
        at_end = after.get((told.cycle.end or told.cycle.last).version, state)
        cases.append(case(told, at_end, book, own, catalogue))
    return {
        "versies": VERSIONS,
        "terrein": {"kenmerk": estate, "naam": state.name, "gemeenten": [*state.municipalities]},
        "catalogus": catalogue.document(),
        "zaken": cases,
        "audittrail": audit_trail(estate, history, persons=persons),
    }


def zgw_documents(
    histories: Iterable[tuple[EstateId, Sequence[Recorded]]],
    book: SchemeBook,
    *,
    rsin: str = "",
    persons: bool = False,
) -> Iterator[bytes]:
    """The documents of many estates as one JSON array; as `zgw_document`, one at a time."""
    separator = b"[\n"
    for estate, history in histories:
        document = zgw_document(estate, history, book, rsin=rsin, persons=persons)
        # In ASCII: half a surrogate in a name would have no UTF-8.
        yield separator + json.dumps(document, separators=(",", ":")).encode("ascii")
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"
