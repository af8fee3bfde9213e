"""How does this work, and for whom? Keys and words, and the statement about accessibility."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import scopes_of
from kvob_domain.words import Text
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("helping")

KEYS: Final = (
    ("/", Text("naar het zoekvak", "to the search box")),
    ("j, k", Text("naar het volgende of vorige terrein", "to the next or previous estate")),
    ("?", Text("deze uitleg", "this help")),
    ("Tab", Text("naar het volgende dat u kunt gebruiken", "to the next thing you can use")),
)
MEANINGS: Final = (
    (
        Text("peildag", "day asked"),
        Text(
            "De dag waarvan u de stand ziet. Zonder keuze: vandaag, in Nederland.",
            "The day whose state you see. Without a choice: today, in the Netherlands.",
        ),
    ),
    (
        Text("bekend op", "known at"),
        Text(
            "Wat op dat moment was vastgelegd. Latere correcties tellen dan niet mee.",
            "What was on record at that moment. Later corrections do not count then.",
        ),
    ),
    (
        Text("verlopen per", "expires on"),
        Text(
            "De eerste dag waarop het certificaat niet meer geldig is.",
            "The first day on which the certificate is no longer valid.",
        ),
    ),
    (
        Text("onbekend", "unknown"),
        Text(
            "De bronnen noemen geen dag. Het is geen ja en geen nee.",
            "The sources name no day. It is neither a yes nor a no.",
        ),
    ),
    (
        Text("voorstel", "proposal"),
        Text(
            "Een handeling die een tweede persoon vraagt. Tot het akkoord gebeurt er niets.",
            "An act that takes a second person. Until it is approved nothing happens.",
        ),
    ),
    (
        Text("correctie", "correction"),
        Text(
            "Wat een eerdere gebeurtenis had moeten zeggen. De gebeurtenis zelf blijft staan.",
            "What an earlier event should have said. The event itself stays.",
        ),
    ),
)


@SCREENS.get("/help", scope=None)
def help_page(ask: Ask) -> Response:
    """Keys, words, and what who looks may do."""
    role = ask.visitor.mandate.actor.role
    return page(
        ask,
        "help.html",
        keys=KEYS,
        meanings=MEANINGS,
        steps=tuple(Step),
        statuses=tuple(Status),
        role=role,
        rights=sorted(ask.visitor.mandate.scopes),
        lacks=sorted(scopes_of(role) - ask.visitor.mandate.scopes),
    )


@SCREENS.get("/accessibility", scope=None)
def accessibility(ask: Ask) -> Response:
    """What was checked for people who see, hear or move otherwise, and what was not."""
    return page(ask, "accessibility.html")
