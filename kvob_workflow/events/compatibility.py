"""Does one form still read what another wrote? Judged keyword by keyword, never guessed.

`unread` names every place where the reader would refuse, or read otherwise, what the writer may
have written. A keyword that this module does not know must be the same in both forms. Both are
forms as `forms.form_of` gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, cast

from kvob_domain.words import Text

Form = Mapping[str, object]


class Verdict(StrEnum):
    """Who can read whom: a newer release the older events, an older release the newer ones."""

    SAME = "same"
    FULL = "full"
    BACKWARD = "backward"
    FORWARD = "forward"
    NONE = "none"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _VERDICT_WORDS[self]

    @property
    def reads_the_past(self) -> bool:
        """Whether everything that was stored can still be read."""
        return self in {Verdict.SAME, Verdict.FULL, Verdict.BACKWARD}


_VERDICT_WORDS: Final = {
    Verdict.SAME: Text("gelijk", "the same"),
    Verdict.FULL: Text("beide lezen elkaar", "both read each other"),
    Verdict.BACKWARD: Text(
        "leest wat er is; oudere versies lezen het nieuwe niet",
        "reads what is there; older releases do not read what is new",
    ),
    Verdict.FORWARD: Text(
        "oudere versies lezen het nieuwe; wat er is, is onleesbaar",
        "older releases read what is new; what is there cannot be read",
    ),
    Verdict.NONE: Text("geen van beide leest de ander", "neither reads the other"),
}

# Keyword of a lower or an upper bound, and the bound of a form that has none.
_LOWER: Final = ("minimum", "minLength", "minItems", "formatMinimum", "x-minimum")
_UPPER: Final = (
    *("maximum", "maxLength", "maxItems", "formatMaximum", "x-maximum"),
    *("x-maxDigits", "x-maxDecimals"),
)
_LENGTHS: Final = ("minLength", "minItems")
_EXACT: Final = ("pattern", "format")
_KNOWN: Final = frozenset(
    {*_LOWER, *_UPPER, *_EXACT, "type", "enum", "const", "default", "anyOf", "oneOf", "$ref"}
    | {"properties", "required", "additionalProperties", "items"}
)


def judged(old: Form, new: Form) -> Verdict:
    """How two forms of the same topic stand to each other."""
    if old == new:
        return Verdict.SAME
    backward = not any(unread(old, new))
    forward = not any(unread(new, old))
    if backward:
        return Verdict.FULL if forward else Verdict.BACKWARD
    return Verdict.FORWARD if forward else Verdict.NONE


def unread(written: Form, reader: Form, place: str = "e") -> Iterator[str]:
    """What the reader would refuse, or take otherwise, of what was written."""
    if written == reader:
        return
    for keyword in ("anyOf", "oneOf"):
        if keyword in written:
            yield from _each_choice(_forms(written[keyword]), reader, place)
            return
    for keyword in ("anyOf", "oneOf"):
        if keyword in reader:
            yield from _some_choice(written, _forms(reader[keyword]), place)
            return
    unknown = sorted((set(written) | set(reader)) - _KNOWN)
    for keyword in (*unknown, "$ref"):
        if written.get(keyword) != reader.get(keyword):
            yield f"{place}: '{keyword}' differs, which nobody can judge"
    for check in (_values, _kind, _bounds, _members, _elements):
        yield from check(written, reader, place)


def _each_choice(written: Sequence[Form], reader: Form, place: str) -> Iterator[str]:
    for one in written:
        yield from unread(one, reader, place)


def _some_choice(written: Form, readers: Sequence[Form], place: str) -> Iterator[str]:
    if not any(_reads_all(written, reader, place) for reader in readers):
        kind = written.get("const", written.get("type", written.get("$ref", "this")))
        told = _topic_in(written) or kind
        yield f"{place}: none of the {len(readers)} alternatives takes {told}"


def _reads_all(written: Form, reader: Form, place: str) -> bool:
    return next(unread(written, reader, place), None) is None


def _topic_in(form: Form) -> object:
    """What a correction states, or which command is proposed, so that the message can name it."""
    members = cast("Mapping[str, Form]", form.get("properties", {}))
    for name in ("topic", "command"):
        if "const" in members.get(name, {}):
            return members[name]["const"]
    return None


def _values(written: Form, reader: Form, place: str) -> Iterator[str]:
    allowed = _listed(reader)
    if allowed is None:
        return
    given = _listed(written)
    if given is None:
        yield f"{place}: only {_told(allowed)} now, anything of its type before"
        return
    gone = [value for value in given if value not in allowed]
    if gone:
        yield f"{place}: {_told(gone)} is no longer taken"


def _listed(form: Form) -> Sequence[object] | None:
    """The values that a form lists; None where it lists none."""
    if "const" in form:
        return [form["const"]]
    return cast("Sequence[object] | None", form.get("enum"))


def _kind(written: Form, reader: Form, place: str) -> Iterator[str]:
    wanted, given = reader.get("type"), written.get("type")
    if wanted is None or wanted == given or (wanted, given) == ("number", "integer"):
        return
    if given is None and (listed := _listed(written)) is not None:
        given = "string" if all(isinstance(one, str) for one in listed) else None
        if given == wanted:
            return
    yield f"{place}: {wanted} now, {given or 'anything'} before"


def _bounds(written: Form, reader: Form, place: str) -> Iterator[str]:
    for keyword in (*_LOWER, *_UPPER):
        bound = reader.get(keyword)
        if bound is None or (bound == 0 and keyword in _LENGTHS):
            continue
        before = written.get(keyword)
        low, high = (before, bound) if keyword in _LOWER else (bound, before)
        if before is None or _ordered(low, high):
            yield f"{place}: {keyword} is {bound} now, {before or 'nothing'} before"
    for keyword in _EXACT:
        if keyword in reader and reader[keyword] != written.get(keyword) and not _listed(written):
            yield f"{place}: the {keyword} is {reader[keyword]} now, {written.get(keyword)} before"


def _ordered(low: object, high: object) -> bool:
    """Whether the first is lower; days are texts, everything else is a number."""
    if isinstance(low, str) and isinstance(high, str):
        return low < high
    return float(cast("float", low)) < float(cast("float", high))


def _members(written: Form, reader: Form, place: str) -> Iterator[str]:
    if reader.get("type") != "object" or written.get("type") != "object":
        return
    had, has = _named(written), _named(reader)
    for name, form in had.items():
        within = f"{place}.{name}"
        if name in has:
            yield from unread(form, has[name], within)
            yield from _default(form, has[name], within)
        elif (rest := reader.get("additionalProperties")) is False:
            yield f"{within}: there is no such field any more"
        elif isinstance(rest, dict):
            yield from unread(form, cast("Form", rest), within)
    always = cast("Sequence[str]", written.get("required", ()))
    for name in cast("Sequence[str]", reader.get("required", ())):
        if name not in always:
            yield f"{place}.{name}: demanded now, and what is there may lack it"
    yield from _others(written, reader, place)


def _default(written: Form, reader: Form, place: str) -> Iterator[str]:
    was, now = written.get("default"), reader.get("default")
    if was != now:
        yield f"{place}: absent means {_told([now])} now, {_told([was])} before"


def _others(written: Form, reader: Form, place: str) -> Iterator[str]:
    was, now = written.get("additionalProperties", True), reader.get("additionalProperties", True)
    if was == now or now is True or was is False:
        return
    if now is False or was is True:
        yield f"{place}: fields without a name of their own were taken before"
        return
    yield from unread(cast("Form", was), cast("Form", now), f"{place}.*")


def _elements(written: Form, reader: Form, place: str) -> Iterator[str]:
    was, now = written.get("items"), reader.get("items")
    if now is None or was == now:
        return
    if was is None:
        yield f"{place}[]: anything stood there before"
        return
    yield from unread(cast("Form", was), cast("Form", now), f"{place}[]")


def _named(form: Form) -> Mapping[str, Form]:
    return cast("Mapping[str, Form]", form.get("properties", {}))


def _forms(choices: object) -> Sequence[Form]:
    return cast("Sequence[Form]", choices)


def _told(values: Sequence[object]) -> str:
    return ", ".join("nothing" if value is None else repr(value) for value in values)
