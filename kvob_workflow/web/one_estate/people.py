"""Which names do the pages of an estate show? Those in its record, for who may see persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.mandates import Scope
from kvob_domain.personal import ERASED_WORDS, Erased, Opened, Sealed, Unopened
from kvob_workflow.privacy.key_errors import KeysUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_domain.parties import Signatory
    from kvob_domain.words import Language
    from kvob_workflow.web.asking import Ask


def names_for(ask: Ask) -> Mapping[str, Opened]:
    """The names by their seal; none where who looks may not see them or the keys are not there."""
    if not ask.may(Scope.PERSONS_READ):
        return {}
    try:
        return ask.desk.names(ask.estate)
    except KeysUnavailable:
        return {}  # the seals stay closed, and the page shows whose they are


def name_of(one: Signatory, names: Mapping[str, Opened], language: Language) -> str:
    """Who signed: the name, that it is erased, else the person's id; "" where nobody is named."""
    if not isinstance(one.name, Sealed):
        return one.name or ""
    opened = names.get(one.name.nonce)
    if isinstance(opened, Erased):
        return ERASED_WORDS.of(language)
    if isinstance(opened, Unopened):
        return f"{opened.person} ({opened.fault.words.of(language)})"
    return opened if opened is not None else one.name.person
