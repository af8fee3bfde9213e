"""Which form is on the page, and which command does it make?

A `Sheet` is one form of one command: what is filled in, what the estate offers, and the version of
the estate that the person has seen. A correction has the fields of the corrected event beside its
own. Read next: `screens.commands`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from kvob_domain.estate.commands import name_of
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.identity import RegisterEstate, RegisterGroup
from kvob_workflow.web.forms import correcting
from kvob_workflow.web.forms.fields import Field, Kind, fields_of_command
from kvob_workflow.web.forms.offers import Offers, offers_for
from kvob_workflow.web.forms.part_days import typed
from kvob_workflow.web.forms.problems import problems_in
from kvob_workflow.web.forms.reading import read
from kvob_workflow.web.forms.showing import Look, Shown, answers, shown

if TYPE_CHECKING:
    from kvob_domain.estate.commands import Command
    from kvob_domain.words import Text
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.forms.filled import Filled
    from kvob_workflow.web.forms.offers import Known
    from kvob_workflow.web.forms.problems import FieldProblem

_REGISTRATIONS: Final = (RegisterEstate, RegisterGroup)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form. `known` is None for an estate that is to be registered.

    `entry` is the event that a correction is about. `seen` is the version of the estate that the
    form was made for, `command_id` the id that the command will have, so that it acts once.
    """

    ask: Ask
    model: type[Command]
    known: Known | None
    filled: Filled
    command_id: str
    seen: int | None = None
    entry: HistoryEntry | None = None

    @property
    def name(self) -> str:
        """The name of the command."""
        return name_of(self.model)

    @property
    def is_registration(self) -> bool:
        """Whether it makes an estate."""
        return issubclass(self.model, _REGISTRATIONS)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that the form shows of the command itself."""
        fields = fields_of_command(self.model)
        if self.is_registration:
            return (*fields[1:], fields[0])  # an id of one's own comes last
        hidden = ("estate", "version") if self.model is Correct else ("estate",)
        shown = [one for one in fields if one.name not in hidden and one.kind is not Kind.CLOSED]
        return tuple(sorted(shown, key=lambda one: one.name == "also"))

    def but(self, filled: Filled) -> Sheet:
        """The same form, filled in otherwise."""
        return replace(self, filled=filled)

    def with_defaults(self) -> Sheet:
        """The form as it is first shown: today, and what is known of who fills it in."""
        given = dict(_offers(self).defaults)
        if any(one.name == "on" and one.kind is Kind.DAY for one in self.fields):
            given["on"] = typed(self.ask.today)
        known = {one.name for one in self.fields}
        own = {name: text for name, text in given.items() if name in known}
        sheet = self.but(self.filled.only_where_empty(own, ()))
        if self.entry is None:
            return sheet
        now = correcting.as_it_reads(self.entry)
        return sheet.but(sheet.filled.only_where_empty(now.values, ()))

    def made(self) -> tuple[Command | None, tuple[FieldProblem, ...]]:
        """The command, or everything that is wrong with the form."""
        reading = read(self.fields, self.filled, self.ask.desk.find)
        wrong: tuple[FieldProblem, ...] = ()
        if self.known is not None:
            reading.body["estate"] = self.known.state.id
        if self.entry is not None:
            reading.body["version"] = self.entry.version
            if not reading.body.get("never_happened"):
                says, wrong = correcting.restated(self.entry, self.filled, self.ask.desk.find)
                reading.body["says"] = says
        try:
            command = self.model.model_validate(reading.body)
        except ValidationError as error:
            found = error.errors(include_url=False)
            return None, (*problems_in(self.name, self.fields, reading, found), *wrong)
        unread = problems_in(self.name, self.fields, reading, ())
        return (None if unread or wrong else command), (*unread, *wrong)

    def shown(self, problems: tuple[FieldProblem, ...] = ()) -> tuple[Shown, ...]:
        """The fields for the page."""
        return shown(self.fields, self._look(self.name, problems))

    def answers(self) -> list[tuple[Text, Text]]:
        """What is filled in, to read once more."""
        return list(answers((*self.shown_event(), *self.shown())))

    def shown_event(self, problems: tuple[FieldProblem, ...] = ()) -> tuple[Shown, ...]:
        """The fields of the event that a correction is about."""
        if self.entry is None:
            return ()
        fields = correcting.fields_of_event(self.entry)
        return shown(fields, self._look("", problems), correcting.PREFIX)

    def _look(self, command: str, problems: tuple[FieldProblem, ...]) -> Look:
        told = {one.name: one.sentence for one in problems}
        return Look(command, self.filled, _offers(self), told)


def _offers(sheet: Sheet) -> Offers:
    return offers_for(sheet.model, sheet.ask, sheet.known)
