"""What does the template draw? Fields with label and help, what stands there, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Final, TypeVar

from kvob_domain.words import Text
from kvob_workflow.web.forms.fields import Choice, Field, Kind
from kvob_workflow.web.forms.filled import GIVEN, MOST_ROWS, ROW_WAS, Filled, joined
from kvob_workflow.web.forms.labels import help_of, label_of
from kvob_workflow.web.forms.offers import Offers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

T = TypeVar("T")
_FEW: Final = 4
"""So many choices are shown at once; more of them in a list that opens."""
_SHORT: Final = frozenset({Kind.NUMBER, Kind.DECIMAL, Kind.DAY, Kind.PART_DAY})


@dataclass(frozen=True, slots=True)
class Shown:
    """One field on the page. `name` is that of the input, `id` where a link to it leads."""

    name: str
    id: str
    kind: str
    label: Text
    help: Text | None
    text: str
    required: bool
    problem: Text | None
    choices: tuple[Choice, ...]
    widget: str
    suggestions: tuple[str, ...]
    inner: tuple[Shown, ...]
    rows: tuple[ShownRow, ...]
    is_single: bool
    default: str
    in_row: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a list. `was` is the row of the record that it was, empty for a new one."""

    name: str
    number: int
    fields: tuple[Shown, ...]
    was: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a form looks like: of which command, with what, offering what, with which problems."""

    command: str
    filled: Filled
    offers: Offers
    problems: Mapping[str, Text]


def shown(fields: Iterable[Field], look: Look, prefix: str = "") -> tuple[Shown, ...]:
    """The fields as the page shows them."""
    return tuple(
        _shown(one, look, joined(prefix, one.name), in_row=False)
        for one in fields
        if one.kind is not Kind.CLOSED
    )


def id_of(name: str) -> str:
    """Where a link to an input leads."""
    return f"f-{name.replace('.', '-')}"


def _shown(
    one: Field, look: Look, name: str, *, in_row: bool, required: bool | None = None
) -> Shown:
    choices = _choices(one, look, name)
    return Shown(
        name=name,
        id=id_of(name),
        kind=one.kind.value,
        label=label_of(look.command, one.path),
        help=None if in_row else help_of(look.command, one.path),
        text=look.filled.text(name) or one.default,
        required=one.required if required is None else required,
        problem=look.problems.get(name),
        choices=choices,
        widget=_widget(one, choices, in_row=in_row),
        suggestions=_suggestions(one, look.offers),
        inner=_inner(one, look, name, in_row=in_row),
        rows=tuple(_rows(one, look, name)),
        is_single=one.is_single,
        default=one.default,
        in_row=in_row,
    )


def _inner(one: Field, look: Look, name: str, *, in_row: bool) -> tuple[Shown, ...]:
    if one.kind is not Kind.OBJECT:
        return ()
    # What a whole needs is needed only where the whole is.
    return tuple(
        _shown(
            each,
            look,
            joined(name, each.name),
            in_row=in_row,
            required=each.required and (one.required or look.filled.holds(name)),
        )
        for each in one.inner
        if each.kind is not Kind.CLOSED
    )


def _rows(one: Field, look: Look, name: str) -> Iterator[ShownRow]:
    if one.kind is not Kind.ROWS:
        return
    numbers = look.filled.rows_of(name)[:MOST_ROWS] or ((0,) if one.required else ())
    ids = _free_ids(one, look, name)
    for place, number in enumerate(numbers, start=1):
        row = joined(name, number)
        fields = tuple(
            _shown(each, look, joined(row, each.name), in_row=True)
            for each in one.inner
            if each.kind is not Kind.CLOSED
        )
        if not look.filled.holds(row):
            fields = tuple(_with_id(each, ids) for each in fields)
        yield ShownRow(row, place, fields, look.filled.text(joined(row, ROW_WAS)))


def _free_ids(one: Field, look: Look, name: str) -> Iterator[str]:
    """Ids for new rows: m1, m2, ... of measures, without those that other rows have."""
    taken = {
        look.filled.text(joined(joined(name, number), "id")) for number in look.filled.rows_of(name)
    }
    every = (f"{one.name[:1]}{number}" for number in count(1))
    return (free for free in every if free not in taken)


def _with_id(field: Shown, ids: Iterator[str]) -> Shown:
    is_id = field.name.rpartition(".")[2] == "id"
    return replace(field, text=next(ids)) if is_id else field


def answers(fields: Iterable[Shown]) -> Iterator[tuple[Text, Text]]:
    """What is filled in, for people to read once more: each label with its text."""
    for one in fields:
        if one.rows:
            yield from _answers_of_rows(one)
        elif one.inner:
            yield from answers(one.inner)
        elif one.text.strip():
            yield one.label, _chosen(one)


def _answers_of_rows(one: Shown) -> Iterator[tuple[Text, Text]]:
    for row in one.rows:
        own = [each for each in row.fields if each.name.rpartition(".")[2] not in GIVEN]
        if any(text for _, text in answers(own)):
            told = [text for _, text in answers(row.fields)]
            said = Text("; ".join(each.nl for each in told), "; ".join(each.en for each in told))
            yield Text(f"{one.label.nl} {row.number}", f"{one.label.en} {row.number}"), said


def _chosen(one: Shown) -> Text:
    words = {each.value: each.words for each in one.choices}
    text = one.text.strip()
    if one.widget == "tick":
        return Text("ja", "yes")
    return words.get(text, Text(text, text))


def _choices(one: Field, look: Look, name: str) -> tuple[Choice, ...]:
    offered = look.offers.choices.get(_dotted(one))
    found = one.choices if offered is None else offered
    if one.kind is Kind.LINE and not found:
        return ()
    given = look.filled.text(name).strip()
    if given and (found or one.kind is Kind.DEADLINE):
        known = {each.value for each in found}
        # What was typed, or came with a link, is never lost; the model says whether it fits.
        return found if given in known else (*found, Choice(given, Text(given, given)))
    return found


def _suggestions(one: Field, offers: Offers) -> tuple[str, ...]:
    found = _found(offers.suggestions, one)
    return () if found is None else found


def _found(table: Mapping[str, T], one: Field) -> T | None:
    names = [name for name in one.path if name]
    found = table.get(_dotted(one))
    return table.get(names[-1]) if found is None and len(names) > 1 else found


def _dotted(one: Field) -> str:
    return ".".join(name for name in one.path if name)


def _widget(one: Field, choices: tuple[Choice, ...], *, in_row: bool) -> str:
    match one.kind:
        case Kind.YES_NO:
            return "tick"
        case Kind.OBJECT | Kind.ROWS:
            return one.kind.value
        case Kind.LONG:
            return "long"
        case Kind.DEADLINE:
            return "select"
        case _ if choices:
            return "radios" if len(choices) <= _FEW and not in_row else "select"
        case _:
            return "short" if one.kind in _SHORT else "line"
