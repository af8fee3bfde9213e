"""Which filters does a box hold? Word by word; what cannot be read is told and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kvob_projections.board import BoardQuery
from kvob_projections.estates import LONGEST
from kvob_workflow.web.query_box import problems
from kvob_workflow.web.query_box.asked import Asked, Chip, Problem
from kvob_workflow.web.query_box.days import as_iso, bounds_of, days_of, told
from kvob_workflow.web.query_box.scanning import Word, is_plain, quoted, words_of
from kvob_workflow.web.query_box.vocabulary import (
    CHOICES,
    Flag,
    Key,
    flag_of,
    key_of,
    match,
    name_of,
    near_key,
)

if TYPE_CHECKING:
    from datetime import date

    from kvob_domain.words import Language, Text

_FIELDS: Final[Mapping[Key | Flag, str]] = {
    Key.STEP: "step",
    Key.STATUS: "status",
    Key.LEVEL: "level",
    Key.MUNICIPALITY: "municipality",
    Key.MISSING: "missing",
    Flag.OVERDUE: "overdue",
    Flag.APPROVALS: "approvals",
    Flag.GROUPS: "groups",
}
_YES: Final = ("ja", "yes")
_EQUALS: Final = (":", "=")


class _Filter(NamedTuple):
    """What one word asks for: fields of the query, and how a page shows it."""

    label: str
    value: str
    fields: dict[str, Any]


class _Refused(Exception):
    """Passes one word's problem to where problems are kept."""

    def __init__(self, text: Text, instead: str | None = None) -> None:
        super().__init__()
        self.text = text
        self.instead = instead


def asked(box: str, today: date, language: Language = "nl") -> Asked:
    """The filters that a box holds; whatever it holds, nothing is raised.

    `today` is the day from which "9m" is counted, `language` that of chips and of what is
    suggested. Of a filter that is there twice the first counts.
    """
    reader = _Reader(today, language)
    for word in words_of(box[: problems.LONGEST_BOX]):
        reader.take(word)
    if len(box) > problems.LONGEST_BOX:
        rest = box[problems.LONGEST_BOX :][: problems.SHOWN]
        reader.problems.append(Problem(rest, problems.LONGEST_BOX, problems.BOX_TOO_LONG))
    return reader.asked()


class _Reader:
    """What was read so far."""

    def __init__(self, today: date, language: Language) -> None:
        self.problems: list[Problem] = []
        self._today = today
        self._language: Language = language
        self._query = BoardQuery()
        self._sources: list[str] = []
        self._found: list[tuple[int, _Filter]] = []

    def asked(self) -> Asked:
        """The whole box."""
        chips = [
            Chip(one.label, one.value, " ".join(self._without(place))) for place, one in self._found
        ]
        return Asked(self._query, tuple(self.problems), tuple(chips))

    def take(self, word: Word) -> None:
        """Take the filter of a word in, or what is wrong with it."""
        self._sources.append(word.source)
        try:
            found = self._filter(word)
            if found is not None:
                self._add(found)
        except _Refused as refused:
            shown = word.source[: problems.SHOWN]
            self.problems.append(Problem(shown, word.position, refused.text, refused.instead))

    def _without(self, place: int) -> list[str]:
        return [source for number, source in enumerate(self._sources) if number != place]

    def _add(self, found: _Filter) -> None:
        unset = BoardQuery()
        for name, value in found.fields.items():
            before = getattr(self._query, name)
            if name != "text" and before not in (getattr(unset, name), value):
                raise _Refused(problems.given_twice(_label_of(name)))
        self._query = replace(self._query, **found.fields)
        self._found.append((len(self._sources) - 1, found))

    def _filter(self, word: Word) -> _Filter | None:
        if not word.is_closed:
            raise _Refused(problems.NOT_CLOSED, f'{word.source}"')
        if word.key is None or word.operator is None:
            return self._alone(word)
        key = key_of(word.key)
        if key is None:
            raise _Refused(problems.key_unknown(word.key), self._nearest(word))
        value = " ".join(word.value.split())
        if not value:
            raise _Refused(problems.value_missing(key.name_text))
        if len(value) > LONGEST:
            raise _Refused(problems.too_long())
        if isinstance(key, Flag):
            if value.lower() not in _YES or word.operator not in _EQUALS:
                raise _Refused(problems.FLAG_HAS_VALUE, self._own(key.name_text))
            return self._flag(key)
        if key in (Key.EXPIRES, Key.DUE):
            return self._days(key, word.operator, value)
        if word.operator not in _EQUALS:
            instead = self._with(key, value if is_plain(value) else quoted(value))
            raise _Refused(problems.operator_unfit(key.name_text), instead)
        return self._valued(key, value)

    def _alone(self, word: Word) -> _Filter | None:
        flag = None if word.is_quoted else flag_of(word.value)
        if flag is not None:
            return self._flag(flag)
        added = " ".join(word.value.split())
        if not added:
            return None
        text = f"{self._query.text or ''} {added}".strip()
        if len(text) > LONGEST:
            raise _Refused(problems.too_long())
        return _Filter("Tekst" if self._language == "nl" else "Text", added, {"text": text})

    def _flag(self, flag: Flag) -> _Filter:
        value = "ja" if self._language == "nl" else "yes"
        return _Filter(self._own(flag.label), value, {_FIELDS[flag]: True})

    def _valued(self, key: Key, value: str) -> _Filter:
        label = self._own(key.label)
        if key not in CHOICES:
            return _Filter(label, value, {_FIELDS[key]: value})
        found, nearest = match(key, value)
        if len(found) > 1:
            first = self._with(key, self._own(name_of(found[0])))
            raise _Refused(problems.value_ambiguous(value, found), first)
        if not found:
            instead = None if nearest is None else self._with(key, self._own(name_of(nearest)))
            raise _Refused(problems.value_unknown(key, value), instead)
        (choice,) = found
        return _Filter(label, self._own(choice.words), {_FIELDS[key]: choice})

    def _days(self, key: Key, operator: str, value: str) -> _Filter:
        days = days_of(value, self._today)
        if days is None:
            iso = as_iso(value)
            written = iso and f"{self._own(key.name_text)}{operator}{iso}"
            raise _Refused(problems.NO_DAY, written)
        try:
            bounds = bounds_of(operator, days, self._today)
        except OverflowError:
            raise _Refused(problems.NO_DAY) from None
        if key is Key.EXPIRES:
            given = {"expires_from": bounds.begin, "expires_before": bounds.end}
        elif bounds.end is None or (operator in _EQUALS and not days.is_ahead):
            raise _Refused(problems.DUE_FROM)
        else:
            given = {"due_before": bounds.end}
            bounds = bounds._replace(begin=None)
        fields = {name: day for name, day in given.items() if day is not None}
        return _Filter(self._own(key.label), told(bounds, self._language), fields)

    def _nearest(self, word: Word) -> str | None:
        """The word with the nearest key, or else the word as part of a name."""
        near = near_key(word.key or "")
        if isinstance(near, Flag):
            return self._own(near.name_text)
        if near is not None:
            value = word.value if is_plain(word.value) else quoted(word.value)
            return f"{self._own(near.name_text)}{word.operator}{value}"
        return problems.as_name(word.source) if not word.is_quoted else None

    def _own(self, text: Text) -> str:
        return text.of(self._language)

    def _with(self, key: Key, value: str) -> str:
        return f"{self._own(key.name_text)}:{value}"


def _label_of(name: str) -> Text:
    """The label of the filter that sets a field."""
    for key, field in _FIELDS.items():
        if field == name:
            return key.label
    return (Key.DUE if name == "due_before" else Key.EXPIRES).label
