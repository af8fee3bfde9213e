"""What can be chosen? The measures, findings, proposals and deadlines that the estate has now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Role
from kvob_domain.estate.commands import name_of
from kvob_domain.estate.commands.deadlines import ExtendDeadline, ReplanDeadline, WaiveDeadline
from kvob_domain.estate.deadline_kinds import BINDING, PLANNED, WAIVABLE
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.mandates import Scope
from kvob_domain.partial_date import PartialDate
from kvob_domain.words import Text
from kvob_projections.board import BoardQuery
from kvob_workflow.web.dates import in_words, partly_in_words
from kvob_workflow.web.forms.fields import Choice
from kvob_workflow.web.telling.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kvob_domain.estate.commands import Command
    from kvob_domain.estate.commands.oversight import TwoPersonCommand
    from kvob_domain.estate.deadlines import Deadline
    from kvob_domain.estate.state import Estate
    from kvob_domain.scheme.book import SchemeBook
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.web.asking import Ask

_MOVABLE: Final = {
    name_of(ExtendDeadline): BINDING,
    name_of(ReplanDeadline): PLANNED,
    name_of(WaiveDeadline): WAIVABLE,
}
_SHOWN: Final = 90
_MOST_ESTATES: Final = 200


@dataclass(frozen=True, slots=True)
class Offers:
    """What a form offers, by the dotted path of a field; suggestions also by its name.

    `choices` are all that there is; `suggestions` help to type, and anything else may be typed.
    """

    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict[str, tuple[Choice, ...]])
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    defaults: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the estate that a form is about."""

    state: Estate
    overview: Overview
    history: tuple[HistoryEntry, ...]


def known_of(ask: Ask) -> Known:
    """The estate of the path, as who asks may see it.

    Raises:
        ScopeMissing, OutOfReach: he may not.
    """
    history = ask.desk.history(ask.estate) if ask.may(Scope.HISTORY_READ) else ()
    return Known(ask.desk.state(ask.estate), ask.desk.overview(ask.estate), history)


def offers_for(command: type[Command], ask: Ask, known: Known | None) -> Offers:
    """What the form of a command offers."""
    editions = _editions(ask.desk.book)
    choices = {"edition": editions}
    actor = ask.visitor.mandate.actor
    defaults = {"auditor": str(actor.person)} if actor.role is Role.AUDITOR else {}
    if known is None:
        return Offers(choices, {}, defaults)
    choices |= choices_of(command, known)
    return Offers(choices, _suggestions(ask, known), defaults)


def _editions(book: SchemeBook) -> tuple[Choice, ...]:
    return tuple(Choice(one.id, one.title) for one in reversed(book.editions))


def choices_of(command: type[Command], known: Known) -> dict[str, tuple[Choice, ...]]:
    """What can be chosen of one estate, by the name of the field."""
    state, overview = known.state, known.overview
    name = name_of(command)
    return {
        "measure": tuple(
            _choice(one.id, f"{one.id}: {one.text} ({one.owner})", one.progress.words)
            for one in state.measures
        ),
        "finding": tuple(_findings(known)),
        "proposal": tuple(
            Choice(one.id, proposal_words(one.act, one.id)) for one in state.proposals
        ),
        "kind": tuple(_deadlines(name, overview.deadlines)) if name in _DEADLINES else (),
        "former": tuple(Choice(one, Text(one, one)) for one in _organisations(state)),
        "about": tuple(_events(known.history)),
        "requirement": tuple(_requirements(overview)),
    }


_DEADLINES: Final = frozenset({*_MOVABLE, "give_notice"})


def _choice(value: str, said: str, words: Text) -> Choice:
    shown = said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"
    return Choice(value, Text(f"{shown}, {words.nl}", f"{shown}, {words.en}"))


def _findings(known: Known) -> Iterator[Choice]:
    told: dict[str, str] = {}
    for entry in known.history:
        found = entry.details.get("findings")
        if isinstance(found, list | tuple):
            # Findings as the event says them, in JSON.
            told |= {str(one["id"]): str(one["text"]) for one in found}  # pyright: ignore
    for one in sorted(known.state.dossier.open_findings):
        text = f"{one}: {told[one]}" if one in told else one
        yield Choice(one, Text(text[:_SHOWN], text[:_SHOWN]))


def proposal_words(act: TwoPersonCommand, proposal: str) -> Text:
    """What was proposed, on which day and why."""
    return Text(
        f"{act.TITLE.nl}, {in_words(act.on, 'nl')}: {act.reason[:_SHOWN]} ({proposal})",
        f"{act.TITLE.en}, {in_words(act.on, 'en')}: {act.reason[:_SHOWN]} ({proposal})",
    )


def _deadlines(command: str, deadlines: Iterable[Deadline]) -> Iterator[Choice]:
    kinds = _MOVABLE.get(command)
    for one in deadlines:
        if one.is_done or (kinds is not None and one.kind not in kinds):
            continue
        number = f" {one.ordinal}" if one.ordinal > 1 else ""
        nl = f"{one.kind.words.nl}{number}: {in_words(one.due_on, 'nl')}"
        en = f"{one.kind.words.en}{number}: {in_words(one.due_on, 'en')}"
        yield Choice(f"{one.kind.value}:{one.ordinal}", Text(nl, en))


def _requirements(overview: Overview) -> Iterator[Choice]:
    """Those that are missing first, since they are what it is mostly about."""
    missing = {one.code for one in overview.missing}
    for code in sorted(RequirementCode, key=lambda one: one not in missing):
        nl, en = code.words
        is_open = code in missing
        yield Choice(
            code.value,
            Text(f"{nl} (ontbreekt nu)", f"{en} (missing now)") if is_open else code.words,
        )


def _events(history: Iterable[HistoryEntry]) -> Iterator[Choice]:
    for one in reversed([each for each in history if each.via is None]):
        title, day = title_of(one), PartialDate.parse(one.on)
        nl = f"{one.version}: {title.nl}, {partly_in_words(day, 'nl')}"
        en = f"{one.version}: {title.en}, {partly_in_words(day, 'en')}"
        yield Choice(str(one.version), Text(nl, en))


def _organisations(state: Estate) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.organisation for one in state.parties))


def _suggestions(ask: Ask, known: Known) -> dict[str, tuple[str, ...]]:
    state = known.state
    organisations = _organisations(state)
    levels = (
        ask.desk.book.practice() if state.edition is None else ask.desk.book.terms(state.edition)
    )
    return {
        **dict.fromkeys(("owner", "organisation", "agreements.party", "payer"), organisations),
        "guide": tuple(one for one in (state.guide,) if one),
        "body": tuple(one for one in (state.body,) if one),
        "measures.goal": tuple(one.id for one in state.goals),
        "level": (*levels.ladder(), *levels.star_ladder()),
        **dict.fromkeys(("also", "members"), tuple(_neighbours(ask, state))),
    }


def _neighbours(ask: Ask, state: Estate) -> Iterator[str]:
    """Other estates of the same municipality, as `find` reads them."""
    for place in state.municipalities[:1]:
        found = ask.desk.board(BoardQuery(municipality=place, limit=_MOST_ESTATES))
        for row in found.items:
            if row.estate_id != state.id:
                yield f"{row.estate}, {row.municipality}"
