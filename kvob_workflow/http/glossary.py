"""Which Dutch word belongs to each English one? Made of the words that the domain itself uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Role
from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import Scope
from kvob_domain.parties import PartyRole
from kvob_domain.words import Text
from kvob_projections.today_query import TodaySection
from kvob_workflow.http.models.documents import GlossaryWord

if TYPE_CHECKING:
    from kvob_domain.errors import Worded

_NOUNS: Final = {
    "action-plan": Text("plan van aanpak", "action plan"),
    "analysis": Text("veiligheidsanalyse", "analysis"),
    "audit": Text("audit", "audit"),
    "certificate": Text("certificaat", "certificate"),
    "certification-body": Text("certificatie-instelling", "certification body"),
    "covenant": Text("convenant", "covenant"),
    "cycle": Text("cyclus", "cycle"),
    "deadline": Text("termijn", "deadline"),
    "edition": Text("schemaversie", "edition of the scheme"),
    "estate": Text("terrein", "business estate"),
    "evidence": Text("bewijsstuk", "evidence"),
    "guide": Text("procesbegeleider", "process guide"),
    "history": Text("geschiedenis", "history"),
    "last-valid-day": Text("geldig tot en met", "last valid day"),
    "measure": Text("maatregel", "measure"),
    "municipality": Text("gemeente", "municipality"),
    "park-manager": Text("parkmanager", "park manager"),
    "proof": Text("bewijs", "proof"),
    "register": Text("register", "register"),
    "step": Text("stap", "step"),
    "survey": Text("enquête", "survey"),
    "trajectory": Text("traject", "trajectory"),
    "walk-round": Text("schouw", "walk-round"),
}


@lru_cache(maxsize=1)
def glossary() -> tuple[GlossaryWord, ...]:
    """Every word, by kind and code."""
    return tuple(sorted(_words(), key=lambda one: (one.kind, one.code)))


def _words() -> Iterator[GlossaryWord]:
    for code, text in _NOUNS.items():
        yield _word("noun", code, text)
    for kind in (DeadlineKind, PartyRole, RequirementCode, Role, Scope, Status, Step, TodaySection):
        for one in kind:
            worded: Worded = one
            yield _word(_kebab(kind.__name__), one.value, worded.words)
    for command in ALL_COMMANDS:
        yield _word("command", name_of(command), command.TITLE)
    for event, text in EVENT_WORDS.items():
        yield _word("event", _kebab(event.__name__), text)


def _word(kind: str, code: str, text: Text) -> GlossaryWord:
    return GlossaryWord(kind=kind, code=code, en=text.en, nl=text.nl)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
