"""What is a value called on a page? Words for codes, by the field that holds them.

Whoever adds a code to the domain finds here where pages say it; one without words shows as it is.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.deadline_kinds import DEADLINE_WORDS
from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.parties import PARTY_WORDS
from kvob_domain.words import Text
from kvob_workflow.web.codes import WORDS

Words = dict[str, Text]

FACT_WORDS: Final[Words] = dict(WORDS["fact"])
TITLES: Final[Words] = {kind.TOPIC: words for kind, words in EVENT_WORDS.items()}
"""What happened, by the topic of the event."""

ORIGINS: Final[Words] = {
    "python": Text("programma", "program"),
    "cli": Text("opdrachtregel", "command line"),
    "http": Text("koppeling (API)", "API"),
    "web": Text("webpagina", "web page"),
    "import": Text("ingelezen", "imported"),
    "alarm": Text("wekker", "alarm clock"),
    "demo": Text("demonstratie", "demonstration"),
}
_LIGHT: Final[Words] = {
    "day": Text("bij daglicht", "by daylight"),
    "dark": Text("in het donker", "in the dark"),
}
_OUTCOMES: Final[Words] = {
    "positive": Text("positief", "positive"),
    "negative": Text("negatief", "negative"),
    "held": Text("gehouden", "held"),
    "planned": Text("gepland", "planned"),
}
_BASES: Final[Words] = {
    "stated": Text("genoemd", "stated"),
    "derived": Text("afgeleid", "derived"),
    **{one.value: one.words for one in ErasureBasis},
}
_PARTIES: Final[Words] = {role.value: words for role, words in PARTY_WORDS.items()}
_REQUIREMENTS: Final[Words] = dict(WORDS["requirement"])
CODES: Final[dict[str, Words]] = {
    "audit": _OUTCOMES,
    "basis": _BASES,
    "command": {name_of(one): one.TITLE for one in ALL_COMMANDS},
    "covenant_roles": _PARTIES,
    "end_basis": dict(WORDS["end_basis"]),
    "holder": {"practice": Text("de praktijk", "practice")},
    "intent_roles": _PARTIES,
    "irregularities": dict(WORDS["irregularity"]),
    "kind": {**WORDS["kind"], **{one.value: words for one, words in DEADLINE_WORDS.items()}},
    "light": _LIGHT,
    "missing": _REQUIREMENTS,
    "next_due_kind": dict(WORDS["deadline"]),
    "on_record": _REQUIREMENTS,
    "outcome": _OUTCOMES,
    "owner_role": _PARTIES,
    "progress": dict(WORDS["progress"]),
    "reason": dict(WORDS["end_reason"]),
    "requirement": _REQUIREMENTS,
    "role": {**dict(WORDS["role"]), **_PARTIES},
    "severity": dict(WORDS["severity"]),
    "start_basis": dict(WORDS["start_basis"]),
    "status": dict(WORDS["status"]),
    "step": dict(WORDS["step"]),
    "subject": dict(WORDS["subject"]),
    "tag": dict(WORDS["tag"]),
    "topic": TITLES,
    "waived": _REQUIREMENTS,
    "walk_rounds": _LIGHT,
}
_OF_A_FACT: Final[dict[str, Words]] = {"kind": FACT_WORDS}


def code_in_words(name: str, value: str, parent: str = "") -> Text | None:
    """The words of a code in a field; `parent` is the field around it. None where it is none."""
    words = _OF_A_FACT.get(name) if parent == "fact" else None
    return (words or CODES.get(name, {})).get(value)


__all__ = ["CODES", "FACT_WORDS", "ORIGINS", "TITLES", "code_in_words"]
