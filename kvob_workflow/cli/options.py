"""What is an option? Its name, what it takes and its words; and how Cyclopts sees it."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from cyclopts import Group, Parameter

from kvob_workflow.cli.words import SCREEN_WORDS

if TYPE_CHECKING:
    from kvob_domain.words import Language, Text

Kind = Literal["text", "number", "day", "flag", "texts"]

_TAKES: Final[dict[Kind, tuple[object, object]]] = {
    "text": (str | None, None),
    "number": (int | None, None),
    "day": (date | None, None),
    "flag": (bool, False),
    "texts": (tuple[str, ...], ()),
}
_METAVARS: Final[dict[str, str]] = {
    "text": "metavar_text",
    "number": "metavar_number",
    "day": "metavar_day",
    "texts": "metavar_text",
    "json": "metavar_json",
    "part_day": "metavar_part_day",
    "estate": "metavar_estate",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One option or argument of a command.

    `name` is the key of its value and may be dotted ("figures.year"). A positional one can be
    given as an option as well. `demanded` lets Cyclopts refuse a call without it; `required`
    is only shown, because the command's own model says all that is missing at once. `keys`
    names what a JSON object holds. With `hyphen` its value may begin with one.
    """

    name: str
    kind: Kind
    words: Text
    flags: tuple[str, ...]
    positional: bool = False
    demanded: bool = False
    required: bool = False
    shape: str = ""
    choices: tuple[str, ...] = ()
    keys: str = ""
    variable: str | None = None
    shared: bool = False
    hyphen: bool = False

    @property
    def key(self) -> str:
        """Under which its value is found; a command may have a `role` of its own."""
        return f"shared.{self.name}" if self.shared else self.name

    @property
    def identifier(self) -> str:
        """The name of the Python parameter."""
        return self.key.replace(".", "__")

    def parameter(self, language: Language) -> inspect.Parameter:
        """The parameter that Cyclopts reads, with its help in the language."""
        takes, default = _TAKES[self.kind]
        told = Parameter(
            name=self.flags,
            help=self._help(language),
            metavar=self._metavar(language),
            env_var=(),
            negative=(),
            show_default=False,
            required=self.demanded,
            allow_leading_hyphen=self.hyphen,
            group=Group(self._heading(language), sort_key=2 if self.shared else 1),
        )
        return inspect.Parameter(
            self.identifier,
            inspect.Parameter.POSITIONAL_OR_KEYWORD
            if self.positional
            else inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if self.demanded else default,
            annotation=Annotated[takes, told],
        )

    def told(self, language: Language) -> tuple[str, str]:
        """The option with what it takes, and its help."""
        flags = ", ".join(self.flags)
        return f"{flags} {self._metavar(language) or ''}".strip(), self._help(language)

    def _metavar(self, language: Language) -> str | None:
        if self.kind == "flag":
            return None
        return SCREEN_WORDS[_METAVARS[self.shape or self.kind]].of(language)

    def _help(self, language: Language) -> str:
        parts = [self.words.of(language)]
        if self.keys:
            parts.append(self.keys)
        if self.choices:
            parts.append(f"[{', '.join(self.choices)}]")
        if self.kind == "texts":
            parts.append(f"({SCREEN_WORDS['repeatable'].of(language)})")
        if self.required or self.demanded:
            parts.append(f"({SCREEN_WORDS['required'].of(language)})")
        if self.variable:
            parts.append(f"[{self.variable}]")
        return " ".join(parts)

    def _heading(self, language: Language) -> str:
        return SCREEN_WORDS["options_shared" if self.shared else "options_own"].of(language)


def flag_of(name: str) -> str:
    """The option for a field: `figures.damage_eur` is `--figures.damage-eur`."""
    return "--" + name.replace("_", "-")
