"""What does an event say, field by field? Labels with values in words; lists as short lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kvob_domain.errors import Invalid
from kvob_domain.partial_date import PartialDate
from kvob_domain.words import Text
from kvob_workflow.web.dates import partly_in_words
from kvob_workflow.web.numbers import in_figures
from kvob_workflow.web.telling.codes import code_in_words
from kvob_workflow.web.telling.labels import label_of
from kvob_workflow.web.telling.names import Names, is_object, is_person, is_seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kvob_domain.words import Language

    JsonComposed = dict[str, object] | list[object]

NOTHING: Final = "\N{EN DASH}"
_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_DAYS: Final = re.compile(r"(.*_)?(on|day|from|latest|earliest|since|evaluations)")
_DECIMAL: Final = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)
_DECIMALS: Final = frozenset({"amount_eur", "safety_feeling"})
_EVENTS: Final = frozenset({"about", "anchor_version"})
# Without a label where they stand at the head of a line; in this order.
_HEADS: Final = ("title", "organisation", "subject", "text", "step", "kind")
_LABELS_HERE: Final = {
    "version": Text("Over gebeurtenis", "About event"),
    "act.version": Text("Over gebeurtenis", "About event"),
    "instead.topic": Text("Had moeten zijn", "Should have been"),
}
_SHOULD_BE: Final = Text("moet zijn", "should be")
_MINOR: Final = frozenset({"anchor_on", "anchor_version", "rule", "holder"})
_MINOR_HERE: Final = frozenset({"act.estate", "act.on", "fact.kind", "fact.on", "proposer"})
_NONE_IS_NO: Final = frozenset({"gap_days"})
_TRUTH: Final = (Text("nee", "no"), Text("ja", "yes"))
# A code, a name: as they are, not with the separators of a number.
_PLAIN_NUMBERS: Final = frozenset({"year", "version", "about", "anchor_version"})


class Said(NamedTuple):
    """One thing that an event says: under `path`, with its label, a text or several lines.

    `event` is the number of another event of the estate that it speaks of. `is_minor`: only
    somebody who wants everything cares, such as a no, or the code of a rule.
    """

    path: str
    label: str
    text: str
    items: tuple[str, ...] = ()
    event: int | None = None
    is_minor: bool = False

    @property
    def whole(self) -> str:
        """All of it as one text."""
        return "; ".join(self.items) if self.items else self.text


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what events say, in one language, with the names that may be shown."""

    language: Language
    names: Names = field(default_factory=Names)

    def said(self, says: Mapping[str, object], parent: str = "") -> tuple[Said, ...]:
        """Everything in a JSON object; objects within it are told field by field too."""
        return tuple(self._said(says, parent))

    def value(self, name: str, value: object, parent: str = "") -> str:
        """One value of a field as a text; lists and objects on one line."""
        if value is None or value == "":
            return NOTHING
        if isinstance(value, bool):
            return _TRUTH[value].of(self.language)
        if isinstance(value, dict | list):
            return self._composed(name, cast("JsonComposed", value), parent)
        if isinstance(value, int | float | Decimal):
            return str(value) if name in _PLAIN_NUMBERS else in_figures(value, self.language)
        return self._text(name, str(value), parent)

    def _composed(self, name: str, value: JsonComposed, parent: str) -> str:
        if isinstance(value, list):
            return "; ".join(self.value(name, one, parent) for one in value) or NOTHING
        if is_seal(value):
            return self.names.of_seal(value, self.language)
        return self._line(value, name)

    def _said(self, says: Mapping[str, object], parent: str) -> Iterator[Said]:
        for name, value in says.items():
            path = f"{parent}.{name}" if parent else name
            if isinstance(value, list):
                items = cast("list[object]", value)
                lines = tuple(self.value(name, one, parent) for one in items)
                if lines:
                    yield Said(path, self._label(path, name, parent), "", lines)
            elif is_object(value):
                yield from self._said(value, path)
            elif value is not None and value != "":
                yield self._one(path, name, value, parent)

    def _one(self, path: str, name: str, value: object, parent: str) -> Said:
        text = self.value(name, value, parent.rpartition(".")[2])
        is_minor = _is_no(name, value) or name in _MINOR or path in _MINOR_HERE
        label = self._label(path, name, parent)
        return Said(path, label, text, (), _event_in(name, value, parent), is_minor)

    def _label(self, path: str, name: str, parent: str) -> str:
        label = (_LABELS_HERE.get(path) or label_of(name)).of(self.language)
        return f"{label} ({_SHOULD_BE.of(self.language)})" if parent.endswith("says") else label

    def _text(self, name: str, text: str, parent: str) -> str:
        if is_person(name):
            return self.names.of_person(text, self.language)
        if name in _DECIMALS and _DECIMAL.fullmatch(text):
            return in_figures(Decimal(text), self.language)
        words = code_in_words(name, text, parent)
        if words is not None:
            return words.of(self.language)
        return _day(text, self.language) if _DAYS.fullmatch(name) else text

    def _line(self, value: Mapping[str, object], name: str) -> str:
        """An object as a line: what it is first, then the rest with labels."""
        head = next((one for one in _HEADS if value.get(one) is not None), "")
        told = [self.value(head, value[head], name)] if head else []
        if "id" in value and head:
            told = [f"{value['id']}: {told[0]}"]
        for key, one in value.items():
            if key in (head, "id" if head else "") or one in (None, "", [], False):
                continue
            if f"{name}.{key}" in _MINOR_HERE or (key == "person" and is_seal(value.get("name"))):
                continue  # told elsewhere; the name tells who it is
            said = self.value(key, one, name)
            label = label_of(key).of(self.language)
            told.append(label.lower() if one is True else _labelled(key, label, said))
        return ", ".join(told)


def _day(text: str, language: Language) -> str:
    """A day in words; what is none, as it is."""
    if not _DAY.fullmatch(text):
        return text
    try:
        return partly_in_words(PartialDate.parse(text), language)
    except (ValueError, Invalid):
        return text


_WITHOUT_LABEL: Final = frozenset(
    {"role", "person", "function", "name", "tag", "progress", "severity", "owner_role", "outcome"}
)


def _labelled(key: str, label: str, said: str) -> str:
    if key in _WITHOUT_LABEL:
        return said
    return f"{label.lower()} {said}"


def _is_no(name: str, value: object) -> bool:
    return value is False or (name in _NONE_IS_NO and value == 0)


def _event_in(name: str, value: object, parent: str) -> int | None:
    """The number of the event that a field speaks of."""
    speaks = name in _EVENTS or (name == "version" and parent in ("", "act"))
    return value if speaks and isinstance(value, int) else None
