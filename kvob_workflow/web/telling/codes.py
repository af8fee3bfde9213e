"""What is a value called on a page? Words for codes, by the field that holds them.

Whoever adds a code to the domain finds here where pages say it; one without words shows as it is.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.deadline_kinds import DEADLINE_WORDS
from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.estate.values import FactKind
from kvob_domain.parties import PARTY_WORDS
from kvob_domain.words import Text
from kvob_workflow.web.codes import WORDS

Words = dict[str, Text]

FACT_WORDS: Final[Words] = {
    FactKind.KICKOFF: Text("Traject gestart", "Trajectory started"),
    FactKind.INTENT_DECLARATION: Text("Intentieverklaring ondertekend", "Intent declared"),
    FactKind.INVENTORY: Text("Veiligheidsanalyse gemaakt", "Safety analysis made"),
    FactKind.ACTION_PLAN: Text("Plan van aanpak vastgesteld", "Action plan adopted"),
    FactKind.COVENANT: Text("Convenant ondertekend", "Covenant signed"),
    FactKind.AUDIT: Text("Audit gehouden", "Audit held"),
    FactKind.AWARD: Text("Certificaat toegekend", "Certificate awarded"),
    FactKind.EVALUATION: Text("Evaluatie gehouden", "Evaluation held"),
    FactKind.RECERTIFICATION: Text("Gehercertificeerd", "Certificate renewed"),
    FactKind.EXPIRY: Text("Laatste geldige dag", "Last valid day"),
}
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
_ESTATE_KINDS: Final[Words] = {
    "estate": Text("terrein", "estate"),
    "group": Text("groep", "group"),
    "other_area": Text("ander gebied", "other area"),
}
_PARTIES: Final[Words] = {role.value: words for role, words in PARTY_WORDS.items()}
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
_STARTS: Final[Words] = {
    "stated": Text("genoemd in besluit of bron", "stated by decision or source"),
    "decision": Text("de dag van het besluit", "the day of the decision"),
    "award": Text("de toekenning", "the award"),
    "old_expiry": Text("het einde van het vorige", "the end of the one before"),
    "computed": Text("berekend", "computed"),
    "expiry_fact": Text("een bron over het einde", "a source about the end"),
    "unknown": Text("onbekend", "unknown"),
}
_SUBJECTS: Final[Words] = {
    "meetings": Text("overleg", "meetings"),
    "supervision": Text("toezicht", "supervision"),
    "lighting": Text("verlichting", "lighting"),
    "cameras": Text("camera's", "cameras"),
    "public_space": Text("openbare ruimte", "public space"),
    "other": Text("overig", "other"),
}
_REASONS: Final[Words] = {
    "by_choice": Text("uit eigen keuze", "by choice"),
    "by_neglect": Text("er gebeurde niets meer", "nothing was done any more"),
    "merged": Text("samengevoegd met een ander terrein", "merged with another estate"),
    "other": Text("een andere reden", "another reason"),
}
_REQUIREMENTS: Final[Words] = dict(WORDS["requirement"])
CODES: Final[dict[str, Words]] = {
    "audit": _OUTCOMES,
    "basis": _BASES,
    "command": {name_of(one): one.TITLE for one in ALL_COMMANDS},
    "covenant_roles": _PARTIES,
    "end_basis": _STARTS,
    "holder": {"practice": Text("de praktijk", "practice")},
    "intent_roles": _PARTIES,
    "irregularities": dict(WORDS["irregularity"]),
    "kind": {**_ESTATE_KINDS, **{one.value: words for one, words in DEADLINE_WORDS.items()}},
    "light": _LIGHT,
    "missing": _REQUIREMENTS,
    "next_due_kind": dict(WORDS["deadline"]),
    "on_record": _REQUIREMENTS,
    "outcome": _OUTCOMES,
    "owner_role": _PARTIES,
    "progress": {
        "planned": Text("gepland", "planned"),
        "started": Text("begonnen", "started"),
        "done": Text("uitgevoerd", "done"),
        "dropped": Text("vervallen", "dropped"),
    },
    "reason": _REASONS,
    "requirement": _REQUIREMENTS,
    "role": {**dict(WORDS["role"]), **_PARTIES},
    "severity": {"minor": Text("klein", "minor"), "major": Text("groot", "major")},
    "start_basis": _STARTS,
    "status": dict(WORDS["status"]),
    "step": dict(WORDS["step"]),
    "subject": _SUBJECTS,
    "tag": {
        "clean": Text("schoon", "clean"),
        "intact": Text("heel", "intact"),
        "safe": Text("veilig", "safe"),
    },
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
