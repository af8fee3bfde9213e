"""What is wrong with the fields of a command? All of it at once, each with its option.

KvobError
└── Invalid
    ├── CommandMalformed   fields that are missing or cannot be
    ├── CommandUnknown     no command has this name
    └── InputMalformed     standard input holds no JSON object
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from kvob_domain.errors import Invalid, KvobError
from kvob_domain.words import Language, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SHOWN: Final = 60
"""Characters of refused input that a message repeats."""


class Problem(NamedTuple):
    """One field and what is wrong with it. `field` is the option, or the path in the JSON.

    `path` is the way to it in the JSON, with numbers of list items from 0.
    """

    field: str
    nl: str
    en: str
    path: tuple[int | str, ...] = ()


@dataclass(eq=False)
class CommandMalformed(Invalid):
    """The fields do not make a command."""

    code: ClassVar[str] = "command-malformed"
    nl: ClassVar[str] = "{command}: {problems}"
    en: ClassVar[str] = "{command}: {problems}"
    command: str
    problems: tuple[Problem, ...]

    def message(self, language: Language = "en") -> str:
        """Every problem, each naming its field."""
        told = "; ".join(
            f"{problem.field} {problem.nl if language == 'nl' else problem.en}"
            for problem in self.problems
        )
        return f"{self.command}: {told}."


@dataclass(eq=False)
class CommandUnknown(Invalid):
    """The JSON names a command that there is not."""

    code: ClassVar[str] = "command-unknown"
    nl: ClassVar[str] = (
        "Het veld 'command' is '{given}'; zo'n opdracht is er niet. Kies uit: {known}."
    )
    en: ClassVar[str] = (
        "The field 'command' is '{given}'; there is no such command. Choose from: {known}."
    )
    given: str
    known: tuple[str, ...]


@dataclass(eq=False)
class OtherCommand(Invalid):
    """The JSON holds another command than the one that was called."""

    code: ClassVar[str] = "other-command"
    nl: ClassVar[str] = (
        "De invoer is de opdracht '{given}' en niet '{called}'. Gebruik 'kvob do', of laat het "
        "veld 'command' weg."
    )
    en: ClassVar[str] = (
        "The input is the command '{given}' and not '{called}'. Use 'kvob do', or leave out the "
        "field 'command'."
    )
    given: str
    called: str


@dataclass(eq=False)
class InputMalformed(Invalid):
    """Standard input cannot be read as one JSON object."""

    code: ClassVar[str] = "input-malformed"
    nl: ClassVar[str] = "De invoer is geen JSON-object: {problem}. Geef er precies een, in UTF-8."
    en: ClassVar[str] = (
        "The input is no JSON object: {problem}. Give exactly one, encoded in UTF-8."
    )
    problem: Text


def malformed(command: str, error: ValidationError, name: Callable[[str], str]) -> CommandMalformed:
    """The errors of a model in both languages; `name` turns a field into what people type."""
    return CommandMalformed(command, problems_of(error.errors(include_url=False), name))


def problems_of(found: Sequence[ErrorDetails], name: Callable[[str], str]) -> tuple[Problem, ...]:
    """What is wrong in both languages, field by field."""
    inner = {one["loc"][:1] for one in found if len(one["loc"]) > 1}
    return tuple(
        Problem(_place(one["loc"], name), *_words(one), one["loc"])
        for one in found
        # A list is called too short when its items are wrong; the items say it better.
        if not (one["type"] == "too_short" and one["loc"] in inner)
    )


def _place(path: tuple[int | str, ...], name: Callable[[str], str]) -> str:
    """`("signatories", 0, "role")` as `--signatory[1].role`; people count from one."""
    fields: list[str] = []
    rest = ""
    for part in path:
        if isinstance(part, int):
            rest += f"[{part + 1}]"
        elif rest:
            rest += f".{part}"
        else:
            fields.append(part)
    return name(".".join(fields)) + rest


def _words(error: ErrorDetails) -> Text:
    context: Mapping[str, object] = error.get("ctx", {})
    if "nl" in context and "en" in context:
        return Text(_open(context["nl"]), _open(context["en"]))
    refusal = getattr(context.get("error"), "__cause__", None)
    if isinstance(refusal, KvobError):
        return Text(_open(refusal.message("nl")), _open(refusal.message("en")))
    template = _TEMPLATES.get(error["type"])
    if template is None:
        return Text(f"past niet ({error['msg']})", f"does not fit ({error['msg']})")
    named = {key: str(value) for key, value in context.items()}
    given = _shown(error["input"])
    return Text(template.nl.format(given=given, **named), template.en.format(given=given, **named))


def _open(sentence: object) -> str:
    return f"- {str(sentence).rstrip('.')}"


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_DAY: Final = Text(
    "is geen dag zoals 2026-12-31: '{given}'", "is not a day such as 2026-12-31: '{given}'"
)
_WHOLE: Final = Text("is geen geheel getal: '{given}'", "is not a whole number: '{given}'")
_NUMBER: Final = Text("is geen getal: '{given}'", "is not a number: '{given}'")
_CHOICE: Final = Text(
    "kan niet '{given}' zijn; kies uit {expected}", "cannot be '{given}'; choose from {expected}"
)
_OBJECT: Final = Text("is geen JSON-object: {given}", "is not a JSON object: {given}")
_LIST: Final = Text("is geen lijst: {given}", "is not a list: {given}")

_MOMENT: Final = Text(
    "is geen moment met tijdzone zoals 2026-12-31T12:00:00Z: '{given}'",
    "is not an instant with a time zone such as 2026-12-31T12:00:00Z: '{given}'",
)

_TEMPLATES: Final[dict[str, Text]] = {
    "timezone_aware": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_type": _MOMENT,
    "missing": Text("ontbreekt", "is missing"),
    "extra_forbidden": Text("bestaat niet", "does not exist"),
    "string_unicode": Text(
        "heeft een teken dat niet bewaard kan worden", "has a character that cannot be kept"
    ),
    "string_type": Text("is geen tekst: {given}", "is not a text: {given}"),
    "string_too_short": Text("mag niet leeg zijn", "must not be empty"),
    "string_too_long": Text(
        "is langer dan {max_length} tekens", "is longer than {max_length} characters"
    ),
    "string_pattern_mismatch": Text(
        "is geen kenmerk: '{given}' (letters, cijfers, punt, koppelteken; geen spatie)",
        "is not an id: '{given}' (letters, digits, dot, hyphen; no space)",
    ),
    "too_short": Text(
        "heeft er ten minste {min_length} nodig", "needs at least {min_length} of them"
    ),
    "greater_than_equal": Text("is kleiner dan {ge}: {given}", "is less than {ge}: {given}"),
    "less_than_equal": Text("is groter dan {le}: {given}", "is more than {le}: {given}"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_max_digits": Text(
        "heeft meer dan {max_digits} cijfers", "has more than {max_digits} digits"
    ),
    "decimal_max_places": Text(
        "heeft meer dan {decimal_places} cijfers achter de komma",
        "has more than {decimal_places} decimal places",
    ),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "tuple_type": _LIST,
}
