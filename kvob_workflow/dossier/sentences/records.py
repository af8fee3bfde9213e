"""What does a sentence say of facts from sources, of documents and of corrections?"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never, cast

from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.values import FactKind
from kvob_domain.words import Text
from kvob_workflow.dossier.sentences.wording import closed, listed, partial, quoted, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvob_domain.estate.events import AnyEvent, CorrectionEvent, DocumentEvent, PastEvent
    from kvob_domain.estate.values import PastFact

_FACTS = {
    FactKind.KICKOFF: Text("het traject is gestart", "the trajectory has started"),
    FactKind.INTENT_DECLARATION: Text("de intentie is verklaard", "the intent was declared"),
    FactKind.INVENTORY: Text("de analyse is gemaakt", "the analysis was made"),
    FactKind.ACTION_PLAN: Text("het plan is vastgesteld", "the plan was adopted"),
    FactKind.COVENANT: Text("het convenant is getekend", "the covenant was signed"),
    FactKind.AUDIT: Text("er is geaudit", "an audit was held"),
    FactKind.AWARD: Text("het certificaat is toegekend", "the certificate was awarded"),
    FactKind.EVALUATION: Text("er is geëvalueerd", "an evaluation was held"),
    FactKind.RECERTIFICATION: Text("er is gehercertificeerd", "the certificate was renewed"),
    FactKind.EXPIRY: Text("het certificaat loopt af", "the certificate ends"),
}


def past_sentence(event: PastEvent) -> Text:
    """What a source says."""
    match event:
        case PastFactRecorded():
            return _fact(event.fact, "Volgens een bron", "According to a source")
        case ProvenanceAdded():
            return _fact(event.fact, "Nog een bron zegt", "Another source says")
        case RemarkRecorded():
            return said(
                f"Opmerking over {event.subject}: {closed(event.text)}",
                f"Remark on {event.subject}: {closed(event.text)}",
                _source(event.provenance.source),
            )
        case _:
            assert_never(event)


def document_sentence(event: DocumentEvent) -> Text:
    """A document on record."""
    nl = "" if event.about is None else f" bij gebeurtenis {event.about}"
    en = "" if event.about is None else f" about event {event.about}"
    return said(
        f"Bewijsstuk{nl} vastgelegd: {closed(event.title)}",
        f"Document{en} put on record: {closed(event.title)}",
    )


def correction_sentence(event: CorrectionEvent, sentence: Callable[[AnyEvent], Text]) -> Text:
    """What an earlier event should have said, or that it never happened."""
    why = quoted(event.reason)
    if event.instead is None:
        return said(
            f"Gebeurtenis {event.version} is ten onrechte vastgelegd en geldt niet meer.",
            f"Event {event.version} was recorded by mistake and no longer counts.",
            why,
        )
    # `statable` holds the classes of the closed union and no others.
    instead = sentence(cast("AnyEvent", event.instead))
    on = partial(event.instead.occurred)
    return said(
        f"Gebeurtenis {event.version} is gecorrigeerd. Er had moeten staan, op {on.nl}: "
        f"{instead.nl}",
        f"Event {event.version} was corrected. It should have said, on {on.en}: {instead.en}",
        why,
    )


def _fact(fact: PastFact, nl: str, en: str) -> Text:
    what, who = _FACTS[fact.kind], listed(fact.parties)
    level = f" ({fact.level})" if fact.level else ""
    last = fact.last_valid_day
    ends = Text("", "") if last is None else partial(last)
    until = Text(ends.nl and f"Geldig t/m {ends.nl}.", ends.en and f"Valid to {ends.en}.")
    return said(
        f"{nl}: {what.nl}{level}.",
        f"{en}: {what.en}{level}.",
        until,
        quoted(None if fact.outcome in (None, "held") else fact.outcome, "Uitkomst", "Outcome"),
        Text(who.nl and f"Partijen: {who.nl}.", who.en and f"Parties: {who.en}."),
        _source(fact.provenance.source),
    )


def _source(source: str) -> Text:
    return Text(f"Bron: {source}", f"Source: {source}")
