"""Does each command have a form that makes it, and says at which field something is wrong?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.ids import EstateId
from kvob_workflow.web.forms.fields import Field, Kind, fields_of, fields_of_command
from kvob_workflow.web.forms.filled import Filled
from kvob_workflow.web.forms.labels import HELP, LABELS, label_of
from kvob_workflow.web.forms.problems import problems_in
from kvob_workflow.web.forms.reading import read
from tests.domain.samples import SAMPLE_COMMANDS
from tests.web.forms.typing_in import typed

ESTATE = "e" * 32
BY_FORM = [one for one in SAMPLE_COMMANDS if not isinstance(one, Correct)]


def _find(text: str) -> EstateId:
    raise AssertionError(text)


def _name(one: object) -> str:
    return name_of(one) if isinstance(one, type) else str(getattr(one, "command", one))


def _every(fields: Iterable[Field]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from _every(one.inner)


def _paths(model: type[BaseModel], prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, info in model.model_fields.items():
        yield (*prefix, name)
        for inner in _models(info.annotation):
            yield from _paths(inner, (*prefix, name))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation.__name__ != "Sealed":
            yield annotation
        return
    for inner in get_args(annotation):
        yield from _models(inner)


def _made(command: type[Command], inputs: dict[str, str]) -> Command:
    reading = read(fields_of_command(command), Filled.of(inputs.items()), _find)
    assert reading.unread == {}
    about = {"estate": ESTATE} if command.model_fields["estate"].is_required() else {}
    return command.model_validate({**reading.body, **about})


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=_name)
def test_every_field_of_the_model_is_in_the_form_and_has_words(command: type[Command]) -> None:
    fields = list(_every(fields_of_command(command)))
    reached = {tuple(part for part in one.path if part) for one in fields}
    if any(one.kind is Kind.DEADLINE for one in fields):
        reached.add(("ordinal",))  # chosen with the kind, as one
    assert reached == set(_paths(command)) - {("command",)}
    for one in fields:
        if one.name != "estate":
            assert all(label_of(name_of(command), one.path))


@pytest.mark.parametrize("event", ALL_EVENTS, ids=lambda one: one.__name__)
def test_every_field_of_an_event_has_words_for_its_correction(event: type[BaseModel]) -> None:
    for one in _every(fields_of(event)):
        if one.kind is not Kind.CLOSED and one.path[0] not in ("act", "instead"):
            assert all(label_of("", one.path))


def test_labels_begin_with_a_capital_and_help_is_a_sentence() -> None:
    for text in LABELS.values():
        assert all(one[0].isupper() for one in text)
    for text in HELP.values():
        assert all(one[0].isupper() and one.endswith(".") for one in text)


@pytest.mark.parametrize("sample", BY_FORM, ids=_name)
def test_a_form_makes_the_same_command_as_json(sample: Command) -> None:
    body = json.loads(sample.model_dump_json(exclude_none=True))
    own = type(sample).model_fields["estate"].is_required()
    about = {"estate": ESTATE} if own else {}
    expected = type(sample).model_validate_json(json.dumps({**body, **about}), strict=True)
    without = ("command", "estate") if own else ("command",)
    assert _made(type(sample), typed(body, without)) == expected


@given(st.data())
def test_whatever_is_left_open_a_form_makes_what_json_makes(data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(BY_FORM))
    body = json.loads(sample.model_dump_json(exclude_none=True))
    body = {name: value for name, value in body.items() if name != "estate"}
    for name, info in type(sample).model_fields.items():
        if (
            not info.is_required()
            and name != "command"
            and name in body
            and data.draw(st.booleans())
        ):
            body.pop(name)
    if "reason" in body and type(sample).model_fields["reason"].annotation is str:
        words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1)
        body["reason"] = data.draw(words)[:900]
    about = {"estate": ESTATE} if type(sample).model_fields["estate"].is_required() else {}
    expected = type(sample).model_validate_json(json.dumps({**body, **about}), strict=True)
    assert _made(type(sample), typed(body)) == expected


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=_name)
def test_what_must_be_filled_in_and_is_not_is_told_at_its_field(command: type[Command]) -> None:
    fields = fields_of_command(command)
    reading = read(fields, Filled.of(()), _find)
    # Nothing typed is an unknown day, where a day may be unknown.
    unknown = {one.name for one in fields if one.kind is Kind.PART_DAY}
    required = {name for name, info in command.model_fields.items() if info.is_required()}
    needed = required - unknown - {"estate", "fact", "provenance"}
    with pytest.raises(ValidationError) as wrong:
        command.model_validate(reading.body)
    told = problems_in(name_of(command), fields, reading, wrong.value.errors(include_url=False))
    at = {one.name.partition(".")[0] for one in told}
    assert needed <= at
    for one in told:
        assert all(one.sentence), one
