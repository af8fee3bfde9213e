"""How is the matrix saved? One command for each measure that changes, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import name_of
from kvob_domain.estate.commands.preparation import UpdateMeasure
from kvob_domain.estate.values import Progress
from kvob_domain.words import Text
from kvob_workflow.engine.errors import RefusedInOneGo
from kvob_workflow.web.forms.fields import fields_of_command
from kvob_workflow.web.forms.filled import Filled
from kvob_workflow.web.forms.problems import problems_in
from kvob_workflow.web.forms.reading import read
from kvob_workflow.web.matrix.wishes import Wish
from kvob_workflow.web.one_estate.plainly import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.estate.state import Estate
    from kvob_domain.estate.values import Measure
    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.mandated import Mandated

_COMMAND: Final = name_of(UpdateMeasure)
DAY: Final = "on"
_GONE: Final = Text(
    "Maatregel {id} staat niet meer in het plan. U vulde in: {filled}",
    "Measure {id} is no longer in the plan. You filled in: {filled}",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One measure that changes; None where a field stays as it is."""

    measure: Measure
    progress: Progress | None
    owner: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one input: with the day where `measure` is empty."""

    measure: str
    part: str
    sentence: Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the rules say no, and to which measures."""

    sentence: Text
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Save:
    """The commands that a form makes. `gone` is what was filled in for what is no more."""

    commands: tuple[UpdateMeasure, ...]
    problems: tuple[Problem, ...]
    gone: tuple[Text, ...]

    def changes(self, state: Estate) -> tuple[Change, ...]:
        """What changes, in the order of the plan."""
        by_id = {one.id: one for one in state.measures}
        return tuple(_change(by_id[one.measure], one) for one in self.commands)


def save_of(state: Estate, day: str, wishes: Mapping[str, Wish], desk: Mandated) -> Save:
    """What is to be done so that the measures of an estate are as wished."""
    wanted = (
        _wanted(measure, wishes[measure.id])
        for measure in state.measures
        if measure.id in wishes and wishes[measure.id].changes(measure)
    )
    known = {one.id for one in state.measures}
    gone = tuple(_gone(one) for one in wishes.values() if one.measure not in known)
    return _save(state.id, day, wanted, desk, gone)


def said_again(estate: EstateId, day: str, wishes: Mapping[str, Wish], desk: Mandated) -> Save:
    """What was looked at and is now confirmed: the same commands, however the estate is by now.

    So a save that is sent twice is known as the same.
    """
    return _save(estate, day, wishes.values(), desk, ())


def hidden_inputs(save: Save) -> list[tuple[str, str]]:
    """The inputs that carry these commands through a page that only shows them."""
    return [pair for one in save.commands for pair in _as_wish(one).inputs() if pair[1]]


def refusals_of(error: Rejected, save: Save, desk: Mandated) -> tuple[Refusal, ...]:
    """Every reason why not, each with the measures that it is about."""
    found: dict[Text, list[str]] = {}
    for command in save.commands:
        try:
            desk.do(command, dry_run=True)
        except Rejected as refusal:
            for one in refusal.all():
                found.setdefault(_said(one), []).append(command.measure)
    if not found:  # only together are they refused
        reason = error.reason if isinstance(error, RefusedInOneGo) else error
        found = {_said(one): [] for one in reason.all()}
    return tuple(Refusal(said, tuple(measures)) for said, measures in found.items())


def _wanted(measure: Measure, wish: Wish) -> Wish:
    """The wish as it changes a measure that is as it is today."""
    owner = wish.owner.strip()
    return replace(
        wish,
        progress=wish.progress_of(measure),
        owner="" if owner == measure.owner else owner,
    )


def _as_wish(command: UpdateMeasure) -> Wish:
    return Wish(
        command.measure, "", command.progress.value, command.owner or "", command.note or ""
    )


def _save(
    estate: EstateId, day: str, wishes: Iterable[Wish], desk: Mandated, gone: tuple[Text, ...]
) -> Save:
    problems: dict[tuple[str, str], Problem] = {}
    commands: list[UpdateMeasure] = []
    for wish in wishes:
        command, wrong = _read(estate, wish, day, desk)
        commands += () if command is None else (command,)
        for one in wrong:
            problems.setdefault((one.measure, one.part), one)
    ordered = sorted(problems.values(), key=lambda one: one.part != DAY)
    return Save(tuple(commands), tuple(ordered), gone)


def _read(
    estate: EstateId, wish: Wish, day: str, desk: Mandated
) -> tuple[UpdateMeasure | None, tuple[Problem, ...]]:
    fields = fields_of_command(UpdateMeasure)
    given = {
        DAY: day,
        "measure": wish.measure,
        "progress": wish.progress,
        "owner": wish.owner,
        "note": wish.note,
    }
    reading = read(fields, Filled.of(given.items()), desk.find)
    reading.body["estate"] = estate
    try:
        command = UpdateMeasure.model_validate(reading.body)
    except ValidationError as error:
        told = problems_in(_COMMAND, fields, reading, error.errors(include_url=False))
    else:
        told = problems_in(_COMMAND, fields, reading, ())
        if not told:
            return command, ()
    return None, tuple(_problem(wish.measure, one.name, one.sentence) for one in told)


def _problem(measure: str, part: str, sentence: Text) -> Problem:
    if part == DAY:
        return Problem("", DAY, sentence)
    nl, en = sentence
    return Problem(measure, part, Text(f"{measure}: {nl}", f"{measure}: {en}"))


def _change(measure: Measure, command: UpdateMeasure) -> Change:
    return Change(
        measure,
        None if command.progress is measure.progress else command.progress,
        command.owner,
        command.note,
    )


def _said(error: Rejected) -> Text:
    return Text(plainly(error.message("nl"), "nl"), plainly(error.message("en"), "en"))


def _gone(wish: Wish) -> Text:
    filled = "; ".join(one for one in (wish.progress, wish.owner, wish.note) if one.strip())
    return Text(*(each.format(id=wish.measure, filled=filled) for each in _GONE))
