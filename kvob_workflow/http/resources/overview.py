"""How does one estate stand? Everything on one page, and its parts one by one."""

from typing import Any

from fastapi import Request, Response

from kvob_domain.mandates import Scope
from kvob_workflow.engine.overview import Overview
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.models.overview import (
    AgreementLine,
    Covenant,
    EstateOverview,
    GoalLine,
    IrregularityLine,
    PartyLine,
    ProposalLine,
    covenant_of,
    missing_line,
    proposal_line,
)
from kvob_workflow.http.models.parties import EstateParties
from kvob_workflow.http.models.words import Words
from kvob_workflow.http.parameters import EstatePath, KnownAt, On
from kvob_workflow.http.part_errors import CovenantNotThere
from kvob_workflow.http.parts import PartOf, part, versioned

ROUTES = Routes("estates")


@ROUTES.get("/estates/{estateId}", EstateOverview, scope=Scope.ESTATES_READ, quick=True)
def estate(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """One estate: step, certificates, what is missing and who owes it, deadlines, plan."""
    found = desk.overview(estate_id, on, known_at)
    body = _shown(found)
    return versioned(body, found.version, request, on)


@ROUTES.get("/estates/{estateId}/parties", EstateParties, scope=Scope.ESTATES_READ)
def estate_parties(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """Who takes part: the partnership, the process guide, the certification body."""
    found = desk.overview(estate_id, on, known_at)
    items = tuple(PartyLine.model_validate(one) for one in found.parties)
    body = EstateParties(
        estate_id=found.estate_id,
        version=found.version,
        guide=found.guide,
        body=found.body,
        items=items,
    )
    return versioned(body, found.version, request, on)


@ROUTES.get("/estates/{estateId}/goals", PartOf[GoalLine], scope=Scope.ESTATES_READ)
def estate_goals(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """What the plan wants to reach."""
    found = desk.overview(estate_id, on, known_at)
    return part(GoalLine, found.goals, (found.estate_id, found.version), request, on)


@ROUTES.get("/estates/{estateId}/covenant", Covenant, scope=Scope.ESTATES_READ)
def estate_covenant(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The covenant that was signed last."""
    found, covenant = _covenant(desk, estate_id, on, known_at)
    return versioned(covenant, found.version, request, on)


@ROUTES.get("/estates/{estateId}/agreements", PartOf[AgreementLine], scope=Scope.ESTATES_READ)
def estate_agreements(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """What the parties promised in the covenant that was signed last."""
    found, covenant = _covenant(desk, estate_id, on, known_at)
    of = (found.estate_id, found.version)
    return part(AgreementLine, covenant.agreements, of, request, on)


@ROUTES.get(
    "/estates/{estateId}/irregularities", PartOf[IrregularityLine], scope=Scope.ESTATES_READ
)
def estate_irregularities(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """What the record itself shows to be odd."""
    found = desk.overview(estate_id, on, known_at)
    of = (found.estate_id, found.version)
    return part(IrregularityLine, _irregularities(found), of, request, on)


@ROUTES.get("/estates/{estateId}/proposals", PartOf[ProposalLine], scope=Scope.ESTATES_READ)
def estate_proposals(
    request: Request, desk: Desk, estate_id: EstatePath, on: On = None, known_at: KnownAt = None
) -> Response:
    """The acts that wait for a second person."""
    found = desk.overview(estate_id, on, known_at)
    items = [proposal_line(one) for one in found.proposals]
    return part(ProposalLine, items, (found.estate_id, found.version), request, on)


def _covenant(
    desk: Desk, estate_id: EstatePath, on: On, known_at: KnownAt
) -> tuple[Overview, Covenant]:
    found = desk.overview(estate_id, on, known_at)
    if found.covenant is None:
        raise CovenantNotThere(found.estate)
    return found, covenant_of(found.covenant)


def _irregularities(found: Overview) -> tuple[IrregularityLine, ...]:
    return tuple(
        IrregularityLine(
            kind=one.kind, name=Words.model_validate(one.kind.words), version=one.version
        )
        for one in found.irregularities
    )


def _shown(found: Overview) -> EstateOverview:
    own: dict[str, Any] = {name: getattr(found, name) for name in EstateOverview.model_fields}
    covenant = None if found.covenant is None else covenant_of(found.covenant)
    own |= {
        "missing": tuple(missing_line(one) for one in found.missing),
        "covenant": covenant,
        "irregularities": _irregularities(found),
        "proposals": tuple(proposal_line(one) for one in found.proposals),
    }
    return EstateOverview.model_validate(own)
