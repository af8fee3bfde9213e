"""Which resources are there? One file each; their order is that of the document.

The status of an estate stands first: a request is compared with each path in turn, and for the
shortest answer that would be most of the work.
"""

from typing import Final

from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.resources import (
    certificates,
    commands,
    deadlines,
    documents,
    dossier,
    erasures,
    estates,
    events,
    evidence,
    exchange,
    history,
    imports,
    keys,
    measures,
    operation,
    overseeing,
    overview,
    persons,
    proofs,
    register,
    schemes,
    status,
    steps,
    today,
    webhooks,
)

ALL_ROUTES: Final[tuple[Routes, ...]] = (
    status.ROUTES,
    certificates.ROUTES,
    commands.ROUTES,
    deadlines.ROUTES,
    documents.ROUTES,
    dossier.ROUTES,
    estates.ROUTES,
    events.DOCUMENT,
    events.ROUTES,
    evidence.ROUTES,
    exchange.ROUTES,
    exchange.AUDIT,
    history.ROUTES,
    measures.ROUTES,
    overseeing.ROUTES,
    overview.ROUTES,
    register.ROUTES,
    schemes.ROUTES,
    steps.ROUTES,
    today.ROUTES,
    webhooks.ROUTES,
    proofs.CHECKPOINTS,
    erasures.ROUTES,
    imports.ROUTES,
    keys.ROUTES,
    operation.OPERATION,
    operation.ROUTES,
    persons.ROUTES,
    proofs.ROUTES,
)
