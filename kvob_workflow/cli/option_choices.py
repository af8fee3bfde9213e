"""Which values can an option have? Codes as in JSON; the screens' words are understood as well."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import TYPE_CHECKING, TypeVar

from kvob_domain.errors import Worded

if TYPE_CHECKING:
    from collections.abc import Iterable

Choice = TypeVar("Choice", bound=StrEnum)


def codes(choices: Iterable[Enum]) -> tuple[str, ...]:
    """The codes of a closed list, as in JSON."""
    return tuple(str(choice.value) for choice in choices)


def understood(text: str, choices: Iterable[Enum]) -> str:
    """The code that `text` means: a code, with hyphens or underscores, or a word of the screens.

    Anything else comes back as it is, for the command to refuse with its list.
    """
    wanted = _plain(text)
    for choice in choices:
        names = [str(choice.value)]
        if isinstance(choice, Worded):
            names += [choice.words.nl, choice.words.en]
        if wanted in map(_plain, names):
            return str(choice.value)
    return text


def chosen(option: str, text: str, choices: type[Choice]) -> Choice:
    """The member that `text` means.

    Raises:
        ChoiceUnknown: when it means none of them.
    """
    from kvob_projections.errors import ChoiceUnknown

    code = understood(text, choices)
    try:
        return choices(code)
    except ValueError:
        raise ChoiceUnknown(option, text, codes(choices)) from None


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ").replace("-", " ").strip()
