"""What is worth saying about an event, in one line?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvob_domain.estate.values import AuditOutcome, FactKind, Progress
from kvob_domain.parties import PartyRole
from kvob_domain.scheme.scheme_terms import LIGHT_WORDS
from kvob_domain.terms import last_valid_day
from kvob_domain.words import Text
from kvob_workflow.cli.screens.deadline_details import DEADLINE_TELLERS

if TYPE_CHECKING:
    from kvob_domain.words import Language

Details = Mapping[str, Any]
"""The event as JSON, without its day; keys whose value is absent are left out."""

FACT_WORDS: Final[dict[FactKind, Text]] = {
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


def said_of(topic: str, details: Details, language: Language) -> str:
    """The line for an event; empty where its title says it all."""
    noun = topic.removeprefix("kvob.estate:").rpartition(".")[0]
    tell = _TELLERS.get(noun, _plain)
    return tell(details, language)


def _choose(language: Language, nl: str, en: str) -> str:
    return nl if language == "nl" else en


def _plain(details: Details, language: Language) -> str:
    """What people wrote themselves, whatever the event."""
    keys = ("name", "scope", "successor", "to_body", "requirement", "reason", "by", "note")
    return "; ".join(str(details[key]) for key in keys if key in details)


def _organisations(people: Sequence[Details]) -> str:
    return ", ".join(f"{one['organisation']}{_name(one.get('name'))}" for one in people)


def _name(name: str | Details | None) -> str:
    """Who signed: the name where somebody has opened it, else the id of the person."""
    if name is None:
        return ""
    return f" ({name if isinstance(name, str) else name['person']})"


def _registered(details: Details, language: Language) -> str:
    return f"{details['name']}, {'/'.join(details['municipalities'])}"


def _parties(details: Details, language: Language) -> str:
    found = [_organisations(details.get("parties", ()))]
    if "edition" in details:
        found.append(_choose(language, "schemaversie ", "edition ") + details["edition"])
    return "; ".join(text for text in found if text)


def _signed(details: Details, language: Language) -> str:
    told = _organisations(details["signatories"])
    witnesses = _organisations(details.get("witnesses", ()))
    if witnesses:
        told += _choose(language, "; getuige: ", "; witness: ") + witnesses
    return told


def _survey(details: Details, language: Language) -> str:
    returned, sent = details["returned"], details["sent"]
    percent = f"{returned * 100 / sent:.1f}"
    return _choose(
        language,
        f"{returned} van {sent} terug ({percent.replace('.', ',')} %)",
        f"{returned} of {sent} returned ({percent} %)",
    )


def _walked(details: Details, language: Language) -> str:
    number = details["observations"]
    seen = _choose(language, f"{number} waarnemingen", f"{number} observations")
    return f"{LIGHT_WORDS[details['light']].of(language)}: {seen}"


def _figures(details: Details, language: Language) -> str:
    figures: Details = details.get("figures") or {}
    told = [str(figures["year"])] if figures else []
    for key, nl, en in (
        ("burglaries", "inbraken", "burglaries"),
        ("incidents", "incidenten", "incidents"),
        ("damage_eur", "euro schade", "euro damage"),
    ):
        if key in figures:
            number = f"{figures[key]:,}"
            told.append(_choose(language, f"{number.replace(',', '.')} {nl}", f"{number} {en}"))
    return ", ".join([*told, *([details["note"]] if "note" in details else [])])


def _plan(details: Details, language: Language) -> str:
    goals, measures = len(details.get("goals", ())), len(details["measures"])
    return _choose(
        language,
        f"{measures} maatregelen, {goals} doelstellingen",
        f"{measures} measures, {goals} goals",
    )


def _measure(details: Details, language: Language) -> str:
    progress = Progress(details["progress"]).words.of(language)
    return "; ".join([f"{details['measure']} {progress}", *_note(details)])


def _note(details: Details) -> list[str]:
    return [details["note"]] if "note" in details else []


def _audited(details: Details, language: Language) -> str:
    found = len(details.get("findings", ()))
    told = AuditOutcome(details["outcome"]).words.of(language)
    if found:
        told += _choose(language, f", {found} tekortkomingen", f", {found} findings")
    return told


def _awarded(details: Details, language: Language) -> str:
    last = last_valid_day(date.fromisoformat(details["expires_on"]))
    span = _choose(
        language,
        f"geldig {details['valid_from']} t/m {last}",
        f"valid {details['valid_from']} to {last}",
    )
    return ", ".join([*([details["level"]] if "level" in details else []), span])


def _proposed(details: Details, language: Language) -> str:
    act: Details = details["act"]
    return "; ".join([details["proposal"], *([act["reason"]] if "reason" in act else [])])


def _proposal(details: Details, language: Language) -> str:
    return str(details["proposal"])


def _finding(details: Details, language: Language) -> str:
    return "; ".join([details["finding"], *_note(details)])


def _edition(details: Details, language: Language) -> str:
    arrow = f"{details.get('from_edition', '-')} → {details.get('to_edition', '-')}"
    return f"{arrow}; {details['reason']}"


def _party(details: Details, language: Language) -> str:
    role = PartyRole(details["role"]).words.of(language)
    return f"{details['former']} → {details['successor']} ({role})"


def _fact(details: Details, language: Language) -> str:
    fact: Details = details["fact"]
    # "held" says no more than that it happened.
    told = [fact[key] for key in ("level", "outcome", "body") if fact.get(key, "held") != "held"]
    if "last_valid_day" in fact:
        told.append(_choose(language, "geldig t/m ", "valid to ") + fact["last_valid_day"])
    return ", ".join([*told, *fact.get("parties", ())])


def _remark(details: Details, language: Language) -> str:
    return f"{details['subject']}: {details['text']}"


def _document(details: Details, language: Language) -> str:
    about = details.get("about")
    told = [details["title"]]
    if about is not None:
        told.append(f"{_choose(language, 'bij gebeurtenis', 'about event')} {about}")
    return "; ".join([*told, f"SHA-256 {details['sha256'][:12]}…"])


def _corrected(details: Details, language: Language) -> str:
    about = f"{_choose(language, 'gebeurtenis', 'event')} {details['version']}"
    instead: Details | None = details.get("instead")
    if instead is None:
        told = _choose(language, f"{about} is nooit gebeurd", f"{about} never happened")
    else:
        says: Details = instead["says"]
        day = says.get("on", says.get("fact", {}).get("on", ""))
        said = said_of(instead["topic"], says, language)
        told = ", ".join(text for text in (f"{about}: {day}", said) if text)
    return f"{told} ({details['reason']})"


_TELLERS: Final[dict[str, Callable[[Details, Language], str]]] = {
    "estate-registered": _registered,
    "trajectory-started": _parties,
    "intent-declared": _signed,
    "survey-recorded": _survey,
    "walk-round-recorded": _walked,
    "figures-recorded": _figures,
    "year-evaluated": _figures,
    "term-evaluated": _figures,
    "plan-adopted": _plan,
    "measure-updated": _measure,
    "covenant-signed": _signed,
    "event-corrected": _corrected,
    "audit-recorded": _audited,
    "document-registered": _document,
    "finding-closed": _finding,
    "certificate-awarded": _awarded,
    "act-proposed": _proposed,
    "act-approved": _proposal,
    "edition-migrated": _edition,
    "migration-reverted": _edition,
    "party-succeeded": _party,
    "past-fact-recorded": _fact,
    "provenance-added": _fact,
    "remark-recorded": _remark,
    **DEADLINE_TELLERS,
}
