"""How does the text of a scheme file become an edition or a policy, or a refusal that names it?"""

import re
import tomllib
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kvob_domain.scheme.edition import Edition
from kvob_domain.scheme.errors import SchemeFileInvalid
from kvob_domain.scheme.policy import Policy

_Model = TypeVar("_Model", bound=BaseModel)

_STATED_ID: Final = re.compile(r"""^\s*id\s*=\s*["']([^"'\n]{1,80})["']""", re.MULTILINE)
_NAMELESS: Final = "?"
_CHOICE: Final = "is geen van de toegestane waarden"
_DUTCH: Final = {
    "missing": "ontbreekt",
    "extra_forbidden": "bestaat niet; kijk of de naam goed gespeld is",
    "partial-date-malformed": "is geen datum (schrijf 2019-10-10, 2019-10 of 2019)",
    "int_type": "is geen geheel getal",
    "bool_type": "is niet true of false",
    "string_type": "is geen tekst",
    "greater_than_equal": "is te klein",
    "less_than_equal": "is te groot",
    "literal_error": _CHOICE,
    "enum": _CHOICE,
}
_ENGLISH: Final = {
    "missing": "is missing",
    "extra_forbidden": "does not exist; check its spelling",
    "partial-date-malformed": "is not a date (write 2019-10-10, 2019-10 or 2019)",
}
_OWN: Final = "scheme-value"


def parse_edition(text: str) -> Edition:
    """The edition in a TOML text.

    Raises:
        SchemeFileInvalid: when it is not TOML, or a value is missing, unknown or impossible.
    """
    return _parse(text, Edition)


def parse_policy(text: str) -> Policy:
    """The policy in a TOML text.

    Raises:
        SchemeFileInvalid: when it is not TOML, or a value is missing, unknown or impossible.
    """
    return _parse(text, Policy)


def _parse(text: str, model: type[_Model]) -> _Model:
    found = _STATED_ID.search(text)
    file = found.group(1) if found else _NAMELESS
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SchemeFileInvalid(
            file, "*", f"is geen TOML ({error})", f"is not TOML ({error})"
        ) from error
    except ValidationError as error:
        raise _refusal(file, error.errors(include_url=False)[0]) from error


def _refusal(file: str, problem: ErrorDetails) -> SchemeFileInvalid:
    """The first thing wrong; a file is corrected one field at a time."""
    kind = problem["type"]
    field = ".".join(str(part) for part in problem["loc"])
    if kind == _OWN:
        context = problem.get("ctx", {})
        inner, nl = _split(str(context["nl"]))
        _, en = _split(str(context["en"]))
        return SchemeFileInvalid(file, ".".join(filter(None, (field, inner))), nl, en)
    found = _found(problem["input"])
    nl = _DUTCH.get(kind, "heeft geen geldige waarde")
    en = _ENGLISH.get(kind, f"has no valid value: {problem['msg']}")
    return SchemeFileInvalid(file, field, nl + found, en + found)


def _split(reason: str) -> tuple[str, str]:
    """The field that a rule over several fields names, and what is wrong with it."""
    inner, colon, rest = reason.partition(": ")
    return (inner, rest) if colon else ("", reason)


def _found(value: object) -> str:
    """The refused value, when it is short enough to help the reader find it."""
    return f" ({value!r})" if isinstance(value, str | int | float) else ""
