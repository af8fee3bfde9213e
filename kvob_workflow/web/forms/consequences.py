"""What does a command lead to, and why is it refused? In words, for who has to say yes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError, Rejected
from kvob_domain.estate.commands import name_of
from kvob_domain.estate.commands.certification import AwardCertificate, RefuseAward
from kvob_domain.estate.commands.identity import LinkMembers
from kvob_domain.estate.commands.oversight import ApproveAct, DeclineAct
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.commands.standing import WithdrawCertificate
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.words import Text
from kvob_workflow.dossier.sentences import sentence
from kvob_workflow.web.codes import WORDS
from kvob_workflow.web.forms.fields import Field, Kind
from kvob_workflow.web.forms.labels import label_of_input
from kvob_workflow.web.one_estate.plainly import plainly, without_source

if TYPE_CHECKING:
    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.estate.requirement_codes import RequirementCode
    from kvob_domain.estate.state import Proposal
    from kvob_domain.partial_date import PartialDate
    from kvob_domain.words import Language
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.engine.outcome import Outcome
    from kvob_workflow.web.forms.offers import Known
    from kvob_workflow.web.forms.sheet import Sheet

IRREVERSIBLE: Final[Mapping[str, Text]] = {
    name_of(WithdrawCertificate): Text(
        "Een ingetrokken certificaat komt niet terug; er is dan een nieuwe toekenning nodig.",
        "A certificate that is withdrawn does not come back; it takes a new award.",
    ),
    name_of(AwardCertificate): Text(
        "Een besluit is alleen nog met een correctie en een tweede persoon te herstellen.",
        "A decision is mended by a correction and a second person alone.",
    ),
    name_of(RefuseAward): Text(
        "Een besluit is alleen nog met een correctie en een tweede persoon te herstellen.",
        "A decision is mended by a correction and a second person alone.",
    ),
    name_of(EndTrajectory): Text(
        "Een beëindigd traject gaat niet verder; er kan alleen een nieuw traject starten.",
        "A trajectory that has ended does not go on; only a new one can start.",
    ),
    name_of(ApproveAct): Text(
        "Met uw akkoord gaat de handeling meteen in.", "With your approval the act takes effect."
    ),
    name_of(LinkMembers): Text(
        "Feiten van de groep tellen voortaan mee bij deze terreinen.",
        "Facts of the group count for these estates from now on.",
    ),
}
"""What cannot simply be taken back, by the command that does it."""

_NAMED: Final = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
_FIELD: Final = re.compile(r"'([a-z_]+(?:\.[a-z_]+)*)'")


@dataclass(frozen=True, slots=True)
class Told:
    """One event that will be recorded. `is_notice`: it was owed already, and comes first."""

    on: PartialDate
    title: Text
    sentence: Text
    is_notice: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """One reason why not; with the requirement that is missing and who owes it, where it is one.

    `remedies` are the commands that the sentence names, each with its title. `holder` is the
    edition or policy that asks for it, `source` where that is written; "" where there is none.
    """

    sentence: Text
    requirement: Text | None = None
    owed_by: Text | None = None
    remedies: tuple[tuple[str, Text], ...] = ()
    holder: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to the estate while somebody filled in a form; `now` is its version."""

    now: int
    entries: tuple[HistoryEntry, ...]


def recorded_in(outcome: Outcome) -> tuple[Told, ...]:
    """The events of an outcome, those of joint estates too."""
    return tuple(_told(outcome))


def _told(outcome: Outcome) -> Iterator[Told]:
    yield from (_one(each, is_notice=True) for each in outcome.notices)
    yield from (_one(each, is_notice=False) for each in outcome.events)


def _one(recorded: Recorded, *, is_notice: bool) -> Told:
    event = recorded.event
    return Told(event.occurred, EVENT_WORDS[type(event)], sentence(event), is_notice)


def refusals_of(error: KvobError, known: Known | None) -> tuple[Refused, ...]:
    """Every reason of a refusal."""
    every = error.all() if isinstance(error, Rejected) else (error,)
    missing = () if known is None else known.overview.missing
    owed = {one.refusal.code: (one.code, one.owed_by, one.refusal) for one in missing}
    return tuple(_refused(one, owed) for one in every)


def _refused(
    error: KvobError, owed: Mapping[str, tuple[RequirementCode, str, Rejected]]
) -> Refused:
    fields = error.fields() if isinstance(error, Rejected) else {}
    source, holder = str(fields.get("source") or ""), str(fields.get("holder") or "")
    told = Refused(
        Text(_plain(error, source, "nl"), _plain(error, source, "en")),
        remedies=_remedies(error.message("en")),
        source=source,
        holder=holder,
    )
    code, owed_by, refusal = owed.get(error.code, (None, "", None))
    if code is None or refusal is None or refusal.message() != error.message():
        return told
    return replace(told, requirement=code.words, owed_by=WORDS["owed_by"].get(owed_by))


def _plain(error: KvobError, source: str, language: Language) -> str:
    return plainly(without_source(error.message(language), source), language)


def _remedies(sentence: str) -> tuple[tuple[str, Text], ...]:
    """The commands that a sentence names as they are typed: (sign-covenant)."""
    named = (one.replace("-", "_") for one in _NAMED.findall(sentence))
    titles = WORDS["command"]
    return tuple((name, titles[name]) for name in dict.fromkeys(named) if name in titles)


def warnings_in(outcome: Outcome) -> tuple[Text, ...]:
    """What to think over, with fields called as the form calls them."""
    return tuple(Text(_called(one.nl, 0), _called(one.en, 1)) for one in outcome.warnings)


def _called(sentence: str, language: int) -> str:
    def label(found: re.Match[str]) -> str:
        told = label_of_input(found[1])
        return found[0] if told is None else f"'{told[language]}'"

    return _FIELD.sub(label, sentence)


def changes_since(sheet: Sheet) -> Changed:
    """What happened since the version that the form was made for."""
    known = sheet.known
    if known is None:
        return Changed(0, ())
    seen = sheet.seen or 0
    later = (one for one in known.history if one.via is None and one.version > seen)
    return Changed(known.state.version, tuple(sorted(later, key=lambda one: one.version)))


def seen_now(sheet: Sheet) -> Sheet:
    """The same form, made for the estate as it is now."""
    return replace(sheet, seen=None if sheet.known is None else sheet.known.state.version)


def proposals_for(sheet: Sheet) -> tuple[Proposal, ...]:
    """The proposals that wait, where the command is about one."""
    if sheet.known is None or sheet.model not in (ApproveAct, DeclineAct):
        return ()
    return sheet.known.state.proposals


def lists_in(fields: Iterable[Field]) -> Iterator[Field]:
    """The lists among fields, those within objects too."""
    for one in fields:
        if one.kind is Kind.ROWS:
            yield one
        elif one.kind is Kind.OBJECT:
            yield from lists_in(one.inner)
