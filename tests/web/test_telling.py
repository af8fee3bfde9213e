"""Does every field and code of an event have words on the pages?"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeGuard, get_args

from pydantic import BaseModel

from kvob_domain.estate.events.base import Event
from kvob_domain.estate.events.words import EVENT_WORDS
from kvob_domain.ids import PersonId
from kvob_domain.personal import Sealed
from kvob_workflow.web.telling.codes import TITLES, code_in_words
from kvob_workflow.web.telling.labels import LABELS
from kvob_workflow.web.telling.names import HIDDEN_WORDS, Names
from kvob_workflow.web.telling.saying import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator


def parts_of(kind: Any) -> Iterator[Any]:
    """The classes in an annotation, whatever is around them."""
    inner = get_args(kind)
    if not inner:
        yield kind
    for one in inner:
        yield from parts_of(one)


def fields_of(model: type[BaseModel], parent: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every field in a class and in the classes of its fields, with the field around it."""
    for name, one in model.model_fields.items():
        for kind in parts_of(one.annotation):
            yield parent, name, kind
            if is_told(kind):
                yield from fields_of(kind, name)


def is_told(kind: Any) -> TypeGuard[type[BaseModel]]:
    """Whether it is a class of values that is told field by field."""
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    return is_model and kind not in (Sealed, Event)


def test_every_field_of_every_event_has_a_label() -> None:
    names = {name for kind in EVENT_WORDS for _, name, _ in fields_of(kind)}
    assert names - LABELS.keys() == set()


def test_every_code_of_every_event_has_words() -> None:
    without = {
        (name, code.value)
        for kind in EVENT_WORDS
        for parent, name, found in fields_of(kind)
        if isinstance(found, type) and issubclass(found, StrEnum)
        for code in found
        if code_in_words(name, code.value, parent) is None
    }
    assert without == set()


def test_every_event_has_a_title() -> None:
    assert TITLES.keys() == {kind.TOPIC for kind in EVENT_WORDS}


def test_what_a_person_wrote_is_told_as_it_is_even_where_it_looks_like_a_day() -> None:
    said = Teller("nl").said({"name": "2024-01", "on": "2024-01", "note": "2024-13-99"})
    assert [one.text for one in said] == ["2024-01", "januari 2024", "2024-13-99"]


def test_numbers_have_the_separators_of_the_language() -> None:
    assert Teller("nl").said({"damage_eur": 146000})[0].text == "146.000"
    assert Teller("en").said({"damage_eur": 146000})[0].text == "146,000"


def test_who_is_hidden_stays_hidden() -> None:
    told = Teller("nl").said({"auditor": "hidden", "person": PersonId("p-1")})
    assert [one.text for one in told] == [HIDDEN_WORDS.nl, "p-1"]
    assert Names(persons={"p-1": "Jan"}).of_person("p-1", "nl") == "Jan (p-1)"
