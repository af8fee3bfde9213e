"""How does a reader check the dossier? The paragraphs and commands on its last page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.proofs.notes import read_checkpoint, read_note

if TYPE_CHECKING:
    from kvob_workflow.dossier.content import Teller
    from kvob_workflow.dossier.evidence import Evidence


def proof_of(teller: Teller, evidence: Evidence) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs, and the commands to type."""
    if evidence.checkpoint is None:
        return _without_log(teller)
    note = read_note(evidence.checkpoint.note)
    head = read_checkpoint(note)
    covered, every = evidence.covered, len(evidence.events)
    witnesses = [one.name for one in note.signatures if one.name != head.origin]
    paragraphs = [
        teller.choose(
            f"{covered} van de {every} gebeurtenissen staan in het bewijslogboek {head.origin}, "
            f"waarvan het hoofd bij {head.size} regels getekend is. events.jsonl bevat de "
            "vastgelegde bytes en hun bewijzen; deze bladzijde is er een weergave van.",
            f"{covered} of the {every} events are in the proof log {head.origin}, whose head is "
            f"signed at {head.size} entries. events.jsonl holds the stored bytes and their "
            "proofs; this page is a rendering of them.",
        ),
        _witnessed(teller, witnesses),
        teller.choose(
            "Pak check.py uit, of neem het van een bron die u vertrouwt, en geef de openbare "
            "sleutel die u van de beheerder of getuige zelf kreeg. Een sleutel uit dit dossier "
            "bewijst niets. Dat er na de laatste gebeurtenis niets meer volgde, bewijst een "
            "dossier niet: vraag daarvoor een nieuw.",
            "Unpack check.py, or take it from a source that you trust, and give the public key "
            "that the keeper or a witness gave you. A key from this dossier proves nothing. That "
            "nothing followed the last event is not proven by a dossier: ask for a new one.",
        ),
    ]
    keys = teller.choose(
        "--key SLEUTEL --witness-key SLEUTEL", "--key KEY --witness-key KEY --lang en"
    )
    return tuple(paragraphs), ("pip install cryptography", f"python check.py dossier.zip {keys}")


def _witnessed(teller: Teller, witnesses: list[str]) -> str:
    if not witnesses:
        return teller.choose(
            "Geen getuige heeft dit hoofd meegetekend: wie de sleutel van het logboek heeft, kan "
            "nog een andere geschiedenis tekenen.",
            "No witness has signed this head: whoever has the key of the log can still sign "
            "another history.",
        )
    names = ", ".join(witnesses)
    return teller.choose(f"Meegetekend door {names}.", f"Cosigned by {names}.")


def _without_log(teller: Teller) -> tuple[tuple[str, ...], tuple[str, ...]]:
    paragraphs = (
        teller.choose(
            "Dit dossier bewijst nog niets: de opslag heeft geen getekend bewijslogboek. check.py "
            "kan wel nagaan of de bestanden bij elkaar horen.",
            "This dossier proves nothing yet: the store has no signed proof log. check.py can "
            "tell whether the files belong together.",
        ),
        teller.choose(
            "Begin het logboek met de eerste twee opdrachten hieronder en maak het dossier daarna "
            "opnieuw.",
            "Begin the log with the first two commands below, then make the dossier again.",
        ),
    )
    language = teller.choose("", " --lang en")
    return paragraphs, (
        "kvob log init log.key",
        "KVOB_LOG_KEY=log.key kvob log sequence",
        f"python check.py dossier.zip{language}",
    )
