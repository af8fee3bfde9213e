"""Was nothing changed? The proof log as it is now, its signed heads, and a verification in words.

What it proves rests on keys and heads from elsewhere. Those of this service are filled in where it
has them, and the page says that they prove less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import Invalid, NotFound, Unavailable
from kvob_domain.ids import EstateId, parse_estate_id
from kvob_domain.mandates import Scope
from kvob_domain.mandates.refusals import EverythingNeeded
from kvob_domain.words import Text
from kvob_workflow.http.problems import is_of_inside, status_of
from kvob_workflow.proofs.heads import Signer
from kvob_workflow.proofs.keys import read_verifier
from kvob_workflow.proofs.notes import read_checkpoint, read_note, read_notes
from kvob_workflow.proofs.verdicts import Verdict
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import Response

    from kvob_domain.errors import KvobError
    from kvob_workflow.proofs.findings import Verification
    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.proofs.notes import SignedNote
    from kvob_workflow.store.log import KeptCheckpoint
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("proofs")
_SHOWN: Final = 10
_MOST_KEYS: Final = 20
CANNOT_TELL: Final = Text(
    "Vul hieronder de openbare sleutel van het logboek in, en het laatste hoofd dat een getuige "
    "bewaart. Vraag beide niet aan wie de opslag beheert.",
    "Fill in the public key of the log below, and the last head that a witness keeps. Ask neither "
    "of whoever keeps the store.",
)
"""What to do where there is too little to compare with; the verdict names options of a command."""


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head that the log keeps."""

    origin: str
    size: int
    signers: tuple[str, ...]
    cosigned: bool
    note: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was filled in to verify."""

    keys: str = ""
    heads: str = ""
    estate: str = ""


@SCREENS.get("/operation/proofs", scope=Scope.PROOFS_READ)
def proofs(ask: Ask) -> Response:
    """How far the proof log is, who signed its heads, and the form to verify."""
    return _page(ask, Asked(estate=ask.query.get("estate", "")))


@SCREENS.post("/operation/proofs", scope=Scope.PROOFS_READ)
def verify(ask: Ask) -> Response:
    """Compare the events with heads; nothing is changed by it."""
    asked = Asked(*(str(ask.form.get(name, "")).strip() for name in ("keys", "heads", "estate")))
    try:
        keys, heads = _trusted(ask, asked)
        found = ask.desk.verify(keys, heads, _estate(ask, asked.estate))
    except (Invalid, NotFound, EverythingNeeded, Unavailable) as error:
        if is_of_inside(error):
            raise
        return _page(ask, asked, error=error)
    return _page(ask, asked, found)


def _page(
    ask: Ask, asked: Asked, found: Verification | None = None, error: KvobError | None = None
) -> Response:
    log = ask.desk.proof_log()
    heads = tuple(_heads(log.kept()[:_SHOWN]))
    return page(
        ask,
        "proofs.html",
        status=200 if error is None else status_of(type(error)).value,
        told=None,
        size=log.size,
        number=log.number,
        heads=heads,
        has_key=ask.api.log_key is not None,
        witnesses=ask.api.witness_keys,
        asked=asked,
        found=found,
        advice=None if found is None else _advice(found),
        problem=None if error is None else error.message(ask.language),
    )


def _advice(found: Verification) -> Text:
    return CANNOT_TELL if found.verdict is Verdict.CANNOT_TELL else found.advice


def _heads(kept: list[KeptCheckpoint]) -> Iterator[Head]:
    for one in kept:
        note = read_note(one.note)
        head = read_checkpoint(note)
        signers = tuple(signature.name for signature in note.signatures)
        yield Head(head.origin, head.size, signers, one.cosigned, one.note)


def _trusted(ask: Ask, asked: Asked) -> tuple[list[VerifierKey], list[SignedNote]]:
    """What was given; what was not, comes from beside the key of this service, where it has one.

    Raises:
        KeyMalformed, NoteMalformed, KeyUnusable, HeadsMissing: they cannot be read.
    """
    lines = [line for line in asked.keys.splitlines() if line.strip()][:_MOST_KEYS]
    keys = [read_verifier(line) for line in lines]
    heads = read_notes(_whole(asked.heads)) if asked.heads else []
    if ask.api.log_key is not None and not (keys and heads):
        signer = Signer(ask.api.log_key)
        keys = keys or [*signer.verifiers(), *ask.api.witness_keys]
        heads = heads or signer.heads()
    return keys, heads


def _whole(text: str) -> str:
    """As it was before a browser sent it: lines end in a single sign."""
    return text.replace("\r\n", "\n") + "\n"


def _estate(ask: Ask, text: str) -> EstateId | None:
    """The estate meant; by its name only for who may look at estates.

    Raises:
        EstateNotFound, EstateNameAmbiguous, EstateIdInvalid: it is none.
    """
    if not text:
        return None
    return ask.desk.find(text) if ask.may(Scope.ESTATES_READ) else parse_estate_id(text)
