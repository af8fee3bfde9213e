"""What do people mean by what they filled in? The object that the model judges, as JSON has it.

Nothing empty is in it: an optional field that is left open is absent, and a row in which nothing
stands is dropped. What cannot be read is told by its input, and the model then judges the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import KvobError
from kvob_domain.words import Text
from kvob_workflow.web.dates import day_of
from kvob_workflow.web.forms.fields import Field, Kind
from kvob_workflow.web.forms.filled import GIVEN, MOST_ROWS, Filled, joined
from kvob_workflow.web.forms.part_days import part_day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kvob_domain.ids import EstateId

Place = tuple[int | str, ...]

TICKED: Final = "yes"
_ESTATE_ID: Final = re.compile(r"[0-9a-f]{32}")
_WHOLE: Final = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[.\u00a0 ]\d{3})+", re.ASCII)
_DECIMAL: Final = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+", re.ASCII)
_NO_NUL: Final = Text(
    "Hier staat een teken dat niet bewaard kan worden. Typ de tekst opnieuw.",
    "There is a character here that cannot be kept. Type the text anew.",
)
_TOO_MANY: Final = Text(
    f"Meer dan {MOST_ROWS} regels passen niet in een formulier.",
    f"A form takes {MOST_ROWS} rows at most.",
)


@dataclass(slots=True)
class Reading:
    """What was read. `places` leads from each place in the body to the name of its input.

    `unread` tells of inputs that could not be read, by name.
    """

    body: dict[str, object] = field(default_factory=dict[str, object])
    places: dict[Place, str] = field(default_factory=dict[Place, str])
    unread: dict[str, Text] = field(default_factory=dict[str, Text])


def read(
    fields: Iterable[Field], filled: Filled, find: Callable[[str], EstateId], prefix: str = ""
) -> Reading:
    """The body of what is filled in; `find` gives the estate that a text names."""
    reader = _Reader(filled, find)
    reader.told.body = reader.whole(fields, prefix, ())
    return reader.told


class _Reader:
    def __init__(self, filled: Filled, find: Callable[[str], EstateId]) -> None:
        self._filled, self._find = filled, find
        self.told = Reading()

    def whole(self, fields: Iterable[Field], name: str, place: Place) -> dict[str, object]:
        """The object whose fields have these inputs."""
        body: dict[str, object] = {}
        for one in fields:
            self._put(body, one, joined(name, one.name), (*place, one.name))
        return body

    def _put(self, body: dict[str, object], one: Field, name: str, place: Place) -> None:
        self.told.places[place] = name
        if one.kind is Kind.ROWS:
            rows = self._rows(one, name, place)
            if rows:
                body[one.name] = rows
        elif one.kind is Kind.OBJECT:
            inner = self.whole(one.inner, name, place)
            if one.required or _says(inner):
                body[one.name] = inner
        elif one.kind is Kind.DEADLINE:
            self._deadline(body, name, place)
        elif one.kind is not Kind.CLOSED:
            value = self._value(one, name)
            if value is not None:
                body[one.name] = value

    def _rows(self, one: Field, name: str, place: Place) -> list[object]:
        numbers = self._filled.rows_of(name)
        if len(numbers) > MOST_ROWS:
            self.told.unread[name] = _TOO_MANY
        rows: list[object] = []
        for number in numbers[:MOST_ROWS]:
            row, at = joined(name, number), (*place, len(rows))
            if not self._is_filled(one, row):
                continue
            self.told.places[at] = row
            if one.is_single:
                rows.append(self._value(one.inner[0], row) or "")
            else:
                rows.append(self.whole(one.inner, row, at))
        return rows

    def _is_filled(self, one: Field, row: str) -> bool:
        if one.is_single:
            return bool(self._filled.text(row).strip())
        return any(
            self._filled.text(joined(row, each.name)).strip()
            for each in one.inner
            if each.name not in GIVEN
        )

    def _deadline(self, body: dict[str, object], name: str, place: Place) -> None:
        kind, _, ordinal = self._filled.text(name).strip().partition(":")
        self.told.places[(*place[:-1], "ordinal")] = name
        if kind:
            body["kind"] = kind
        if ordinal:
            body["ordinal"] = int(ordinal) if _WHOLE.fullmatch(ordinal) else ordinal

    def _value(self, one: Field, name: str) -> object:
        text = self._filled.text(name).strip()
        if one.kind is Kind.YES_NO:
            return bool(text)
        if not text:
            # Where a day may be unknown, nothing typed says that it is.
            return "" if one.kind is Kind.PART_DAY and one.required else None
        if "\x00" in text:
            self.told.unread[name] = _NO_NUL
            return None
        try:
            return self._read(one, text)
        except KvobError as error:
            self.told.unread[name] = Text(error.message("nl"), error.message("en"))
            return None

    def _read(self, one: Field, text: str) -> object:
        match one.kind:
            case Kind.DAY:
                return day_of(text).isoformat()
            case Kind.PART_DAY:
                return part_day_of(text).text
            case Kind.NUMBER:
                return _whole(text)
            case Kind.DECIMAL:
                return _decimal(text)
            case Kind.ESTATE:
                return text if _ESTATE_ID.fullmatch(text) else self._find(text)
            case _:
                return text


def _whole(text: str) -> object:
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"\D", "", text)
    return int(text) if _WHOLE.fullmatch(text) else text


def _decimal(text: str) -> str:
    """With a point, as JSON has it: 12,50 and 1.250,00 as the Dutch write them."""
    if _DECIMAL.fullmatch(text):
        text = text.replace(".", "")
    return text.replace(",", ".") if text.count(",") == 1 else text


def _says(inner: Mapping[str, object]) -> bool:
    return any(value is not False and value != {} for value in inner.values())
