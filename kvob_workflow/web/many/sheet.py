"""Which form is filled in once for several estates, and which commands does it make?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from kvob_domain.estate.commands import name_of
from kvob_domain.words import Text
from kvob_workflow.web.forms.fields import Choice, Field, Kind, fields_of_command
from kvob_workflow.web.forms.offers import Known, Offers, choices_of, offers_for
from kvob_workflow.web.forms.part_days import typed
from kvob_workflow.web.forms.problems import problems_in
from kvob_workflow.web.forms.reading import read
from kvob_workflow.web.forms.showing import Look, Shown, answers, shown
from kvob_workflow.web.many.offered import is_joint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.estate.commands import Command
    from kvob_domain.estate.state import Estate
    from kvob_workflow.web.asking import Ask
    from kvob_workflow.web.forms.filled import Filled
    from kvob_workflow.web.forms.problems import FieldProblem

_OF_THE_ESTATES: Final = ("estate", "also")


@dataclass(frozen=True, slots=True)
class ManySheet:
    """One form for several estates. `key` is the id of the form; that of each command begins so."""

    ask: Ask
    model: type[Command]
    states: tuple[Estate, ...]
    filled: Filled
    key: str

    @property
    def name(self) -> str:
        """The name of the command."""
        return name_of(self.model)

    @property
    def is_joint(self) -> bool:
        """Whether it is one act of all estates."""
        return is_joint(self.model)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that the form shows."""
        return tuple(
            one
            for one in fields_of_command(self.model)
            if one.name not in _OF_THE_ESTATES and one.kind is not Kind.CLOSED
        )

    def but(self, filled: Filled) -> ManySheet:
        """The same form, filled in otherwise."""
        return replace(self, filled=filled)

    def with_defaults(self) -> ManySheet:
        """The form as it is first shown."""
        own = {one.name: one.kind for one in self.fields}
        given = dict(self.offers().defaults)
        if own.get("on") is Kind.DAY:
            given["on"] = typed(self.ask.today)
        given = {name: text for name, text in given.items() if name in own}
        return self.but(self.filled.only_where_empty(given, ()))

    def made(self) -> tuple[tuple[Command, ...], tuple[FieldProblem, ...]]:
        """The commands in the order of the estates, or all that is wrong with the form.

        A joint act is one command: its first estate, with the others beside it.
        """
        reading = read(self.fields, self.filled, self.ask.desk.find)
        first, *others = (one.id for one in self.states)
        reading.body["estate"] = first
        if self.is_joint:
            reading.body["also"] = others
        try:
            command = self.model.model_validate(reading.body)
        except ValidationError as error:
            found = error.errors(include_url=False)
            return (), problems_in(self.name, self.fields, reading, found)
        if unread := problems_in(self.name, self.fields, reading, ()):
            return (), unread
        if self.is_joint:
            return (command,), ()
        return (command, *(command.model_copy(update={"estate": one}) for one in others)), ()

    def shown(self, problems: tuple[FieldProblem, ...] = ()) -> tuple[Shown, ...]:
        """The fields for the page."""
        told = {one.name: one.sentence for one in problems}
        return shown(self.fields, Look(self.name, self.filled, self.offers(), told))

    def answers(self) -> list[tuple[Text, Text]]:
        """What is filled in, to read once more."""
        return list(answers(self.shown()))

    def offers(self) -> Offers:
        """What can be chosen: all that any of the estates has."""
        base = offers_for(self.model, self.ask, None)
        every = [choices_of(self.model, self._known(state)) for state in self.states]
        choices = {
            name: _merged(one.get(name, ()) for one in every) for one in every for name in one
        }
        return Offers({**base.choices, **choices}, _suggestions(self.states), base.defaults)

    def _known(self, state: Estate) -> Known:
        return Known(state, self.ask.desk.overview(state.id), ())


def alone(command: Command, estate: Any) -> Command:
    """A joint command as one estate alone would give it."""
    return command.model_copy(update={"estate": estate, "also": ()})


def _merged(offered: Iterable[tuple[Choice, ...]]) -> tuple[Choice, ...]:
    """Each value once; where the estates word it otherwise, only what they have in common."""
    found: dict[str, list[Text]] = {}
    for choices in offered:
        for one in choices:
            found.setdefault(one.value, []).append(one.words)
    return tuple(Choice(value, _common(value, words)) for value, words in found.items())


def _common(value: str, words: list[Text]) -> Text:
    if all(one == words[0] for one in words):
        return words[0]
    short = {Text(one.nl.partition(": ")[0], one.en.partition(": ")[0]) for one in words}
    return short.pop() if len(short) == 1 else Text(value, value)


def _suggestions(states: Iterable[Estate]) -> Mapping[str, tuple[str, ...]]:
    states = tuple(states)
    parties = dict.fromkeys(one.organisation for state in states for one in state.parties)
    bodies = dict.fromkeys(state.body for state in states if state.body)
    guides = dict.fromkeys(state.guide for state in states if state.guide)
    names = ("owner", "organisation", "agreements.party", "payer", "successor")
    return {
        **dict.fromkeys(names, tuple(parties)),
        **dict.fromkeys(("body", "to_body"), tuple(bodies)),
        "guide": tuple(guides),
    }
