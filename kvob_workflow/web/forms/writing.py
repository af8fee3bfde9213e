"""How does a value of the record stand in a form? As the texts of its inputs, by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from kvob_workflow.web.forms.fields import Field, Kind
from kvob_workflow.web.forms.filled import ROW_WAS, joined
from kvob_workflow.web.forms.part_days import typed_text
from kvob_workflow.web.forms.reading import TICKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def typed_in(
    fields: Iterable[Field], said: Mapping[str, object], prefix: str = "", *, numbered: bool = False
) -> Iterator[tuple[str, str]]:
    """The inputs that hold these values, which are as JSON has them.

    With `numbered` each row says which row of the record it is. What no input can hold, such as a
    sealed name, is passed over.
    """
    for one in fields:
        value = said.get(one.name)
        if value is not None and one.kind is not Kind.CLOSED:
            yield from _typed(one, value, joined(prefix, one.name), numbered=numbered)


def _typed(one: Field, value: object, name: str, *, numbered: bool) -> Iterator[tuple[str, str]]:
    if one.kind is Kind.OBJECT and isinstance(value, Mapping):
        inner = cast("Mapping[str, object]", value)
        yield from typed_in(one.inner, inner, name, numbered=numbered)
    elif one.kind is Kind.ROWS and isinstance(value, Sequence):
        for number, item in enumerate(cast("Sequence[object]", value)):
            row = joined(name, number)
            if isinstance(item, Mapping):
                inner = cast("Mapping[str, object]", item)
                yield from typed_in(one.inner, inner, row, numbered=numbered)
                if numbered:
                    yield joined(row, ROW_WAS), str(number)
            else:
                yield row, str(item)
    elif one.kind is Kind.YES_NO:
        yield name, TICKED if value else ""
    elif not isinstance(value, Mapping):
        yield name, _text(one, str(value))


def _text(one: Field, text: str) -> str:
    if one.kind in (Kind.DAY, Kind.PART_DAY):
        return typed_text(text)
    return text.replace(".", ",") if one.kind is Kind.DECIMAL else text
