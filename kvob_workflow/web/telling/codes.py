"""What is a value called on a page? Words for codes, by the field that holds them.

Whoever adds a code to the domain finds here where pages say it; one without words shows as it is.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.estate.deadline_kinds import DEADLINE_WORDS
from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.values import DateBasis
from kvob_domain.words import Text
from kvob_workflow.web.codes import WORDS

Words = dict[str, Text]

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
_LIGHT: Final[Words] = dict(WORDS["light"])
# A fact from elsewhere has an outcome in the words of its source; these two are told in ours.
_OUTCOMES: Final[Words] = {
    **WORDS["audit"],
    "held": Text("gehouden", "held"),
    "planned": Text("gepland", "planned"),
}
_BASES: Final[Words] = {one.value: one.words for one in (*DateBasis, *ErasureBasis)}
_PARTIES: Final[Words] = dict(WORDS["party"])
_REQUIREMENTS: Final[Words] = dict(WORDS["requirement"])
CODES: Final[dict[str, Words]] = {
    "audit": _OUTCOMES,
    "basis": _BASES,
    "command": dict(WORDS["command"]),
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
_OF_A_FACT: Final[dict[str, Words]] = {"kind": dict(WORDS["fact"])}


def code_in_words(name: str, value: str, parent: str = "") -> Text | None:
    """The words of a code in a field; `parent` is the field around it. None where it is none."""
    words = _OF_A_FACT.get(name) if parent == "fact" else None
    return (words or CODES.get(name, {})).get(value)
