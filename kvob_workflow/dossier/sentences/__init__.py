"""What has happened, in one plain sentence? Every event, in Dutch and in English.

Nobody is named here: who recorded the event stands beside the sentence. Read next: `early` (up
to the plan), `later` (covenant and certificate), `records` (sources, documents, corrections).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kvob_domain.estate.events import (
    CertificationEvent,
    CorrectionEvent,
    DeadlineEvent,
    DocumentEvent,
    IdentityEvent,
    OversightEvent,
    PastEvent,
    PreparationEvent,
    StandingEvent,
)
from kvob_workflow.dossier.sentences.early import identity_sentence, preparation_sentence
from kvob_workflow.dossier.sentences.later import (
    certification_sentence,
    deadline_sentence,
    oversight_sentence,
    standing_sentence,
)
from kvob_workflow.dossier.sentences.records import (
    correction_sentence,
    document_sentence,
    past_sentence,
)
from kvob_workflow.dossier.sentences.wording import day, partial

if TYPE_CHECKING:
    from kvob_domain.estate.events import AnyEvent
    from kvob_domain.words import Text


def sentence(event: AnyEvent) -> Text:
    """The event as a sentence."""
    if isinstance(event, IdentityEvent):
        return identity_sentence(event)
    if isinstance(event, PreparationEvent):
        return preparation_sentence(event)
    if isinstance(event, CertificationEvent):
        return certification_sentence(event)
    if isinstance(event, StandingEvent):
        return standing_sentence(event)
    if isinstance(event, OversightEvent):
        return oversight_sentence(event)
    if isinstance(event, DeadlineEvent):
        return deadline_sentence(event)
    if isinstance(event, PastEvent):
        return past_sentence(event)
    if isinstance(event, DocumentEvent):
        return document_sentence(event)
    if isinstance(event, CorrectionEvent):  # pyright: ignore[reportUnnecessaryIsInstance]
        return correction_sentence(event, sentence)
    assert_never(event)


__all__ = ["day", "partial", "sentence"]
