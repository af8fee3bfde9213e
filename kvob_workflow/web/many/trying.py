"""What becomes of a form at each estate? Tried first, and then carried out, with every refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvob_domain.errors import KvobError, Rejected
from kvob_domain.words import Text
from kvob_workflow.engine.errors import EstateChanged
from kvob_workflow.http.problems import is_of_inside
from kvob_workflow.web.forms.consequences import recorded_in, warnings_in
from kvob_workflow.web.many.sheet import ManySheet, alone
from kvob_workflow.web.one_estate.plainly import plainly

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_domain.estate.commands import Command
    from kvob_domain.estate.state import Estate
    from kvob_domain.ids import EstateId
    from kvob_workflow.engine.foreseeing import EstatePreview
    from kvob_workflow.engine.outcome import Outcome
    from kvob_workflow.web.forms.consequences import Told

Seen = dict["EstateId", int]
"""The version of each estate that was looked at."""


@dataclass(frozen=True, slots=True)
class Line:
    """One estate: what it leads to or led to there, or why it cannot be.

    `has_changed`: somebody else was there since it was looked at. `was_done`: by this form before.
    """

    state: Estate
    foreseen: EstatePreview | None = None
    recorded: tuple[Told, ...] = ()
    refusals: tuple[Text, ...] = ()
    has_changed: bool = False
    was_done: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be, or was not done."""
        return self.has_changed or bool(self.refusals)


@dataclass(frozen=True, slots=True)
class Tried:
    """What it leads to at each estate. `refusals` are of the act as a whole."""

    lines: tuple[Line, ...]
    warnings: tuple[Text, ...] = ()
    refusals: tuple[Text, ...] = ()

    @property
    def free(self) -> tuple[Line, ...]:
        """The estates at which it can be."""
        return tuple(one for one in self.lines if not one.is_refused)

    @property
    def refused(self) -> tuple[Line, ...]:
        """The estates at which it cannot."""
        return tuple(one for one in self.lines if one.is_refused)


def tried(sheet: ManySheet, commands: Sequence[Command]) -> Tried:
    """What the form would lead to; nothing is written."""
    if sheet.is_joint:
        return _tried_jointly(sheet, commands[0])
    lines: list[Line] = []
    warnings: dict[Text, None] = {}
    for state, command in zip(sheet.states, commands, strict=True):
        line, told = _tried_at(sheet, state, command)
        lines.append(line)
        warnings |= dict.fromkeys(told)
    return Tried(tuple(lines), tuple(warnings))


def _tried_at(sheet: ManySheet, state: Estate, command: Command) -> tuple[Line, tuple[Text, ...]]:
    try:
        preview = sheet.ask.desk.preview(command, expected_version=state.version)
    except KvobError as error:
        return _refused(state, error), ()
    recorded = recorded_in(preview.outcome)
    return Line(state, preview.estates[0], recorded), warnings_in(preview.outcome)


def _tried_jointly(sheet: ManySheet, command: Command) -> Tried:
    desk = sheet.ask.desk
    try:
        preview = desk.preview(command, expected_version=sheet.states[0].version)
    except Rejected as error:
        lines = tuple(_tried_at(sheet, one, alone(command, one.id))[0] for one in sheet.states)
        every = () if any(one.is_refused for one in lines) else _said(error)
        return Tried(lines, refusals=every)
    outcomes = {one.estate: one for one in (preview.outcome, *preview.outcome.others)}
    foreseen = {one.estate: one for one in preview.estates}
    lines = tuple(
        Line(one, foreseen[one.id], recorded_in(outcomes[one.id])) for one in sheet.states
    )
    return Tried(lines, warnings_in(preview.outcome))


def done(sheet: ManySheet, commands: Sequence[Command], seen: Seen, trace: str | None) -> Tried:
    """Carry the form out at the estates that could take it when they were looked at.

    The others are told again with what stands in their way.
    Each command has an id made of that of the form, so that sending the form again does what was
    not done, and nothing twice.
    """
    lines = [
        _done_at(sheet, state, command, seen[state.id], trace)
        if state.id in seen
        else _left_out(sheet, state, command)
        for state, command in zip(sheet.states, commands, strict=True)
    ]
    return Tried(tuple(lines))


def _left_out(sheet: ManySheet, state: Estate, command: Command) -> Line:
    line, _ = _tried_at(sheet, state, command)
    return line if line.is_refused else Line(state, has_changed=True)


def _done_at(
    sheet: ManySheet, state: Estate, command: Command, version: int, trace: str | None
) -> Line:
    try:
        outcome = sheet.ask.desk.do(
            command,
            command_id=f"{sheet.key}-{state.id}",
            expected_version=version,
            trace=trace,
        )
    except KvobError as error:
        return _refused(state, error)
    return _carried_out(state, outcome)


def done_jointly(
    sheet: ManySheet, command: Command, seen: Seen, trace: str | None
) -> tuple[Tried, bool]:
    """Carry a joint act out at all estates, or at none; and whether it was.

    Raises:
        KvobError: it is refused.
    """
    desk = sheet.ask.desk
    before = desk.do(command, command_id=sheet.key, dry_run=True)
    changed = {one.id for one in sheet.states if seen.get(one.id) != one.version}
    if changed and not before.repeated:
        lines = (Line(one, has_changed=one.id in changed) for one in sheet.states)
        return Tried(tuple(lines)), False
    outcome = desk.do(
        command,
        command_id=sheet.key,
        expected_version=seen.get(sheet.states[0].id),
        trace=trace,
    )
    outcomes = {one.estate: one for one in (outcome, *outcome.others)}
    lines = (_carried_out(one, outcomes[one.id], outcome.repeated) for one in sheet.states)
    return Tried(tuple(lines), warnings_in(outcome)), True


def _carried_out(state: Estate, outcome: Outcome, repeated: bool | None = None) -> Line:
    was_done = outcome.repeated if repeated is None else repeated
    return Line(state, None, recorded_in(outcome), was_done=was_done)


def _refused(state: Estate, error: KvobError) -> Line:
    """The line of a refusal.

    Raises:
        KvobError: the service itself failed; sending the form again does what was not done.
    """
    if is_of_inside(error):
        raise error
    if isinstance(error, EstateChanged):
        return Line(state, has_changed=True)
    return Line(state, refusals=_said(error))


def _said(error: KvobError) -> tuple[Text, ...]:
    every = error.all() if isinstance(error, Rejected) else (error,)
    return tuple(
        Text(plainly(one.message("nl"), "nl"), plainly(one.message("en"), "en")) for one in every
    )


def seen_in(form: Mapping[str, object], prefix: str) -> Seen:
    """The versions that the page of consequences was made for."""
    found: Seen = {}
    for name, text in form.items():
        if name.startswith(prefix) and isinstance(text, str) and text.isascii() and text.isdigit():
            found[name.removeprefix(prefix)] = int(text[:9])  # type: ignore[index]  # looked up alone
    return found
