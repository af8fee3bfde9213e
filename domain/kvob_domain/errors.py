"""What can go wrong, and what must the reader do next? The root and the six families.

KvobError
├── Rejected      the rules of the scheme or of the lifecycle say no; the store is unchanged
├── Conflict      somebody was faster; read again and decide again
├── Forbidden     a right is missing; ask for it, or have somebody else do it
├── NotFound      the estate, edition or command that was named does not exist here
├── Unavailable   a dependency failed (disk, lock, clock); nothing was written, try again
└── Invalid       the input is malformed; correct it before sending it again

Each concrete class is a dataclass of typed fields with a stable `code` and one message per
language. The refusals of the domain are in `kvob_domain.refusals`; the other packages derive
theirs from the same families. Exit codes and HTTP codes are assigned where they are used.
"""

from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Protocol, cast, runtime_checkable

from kvob_domain.words import Language, Text


@runtime_checkable
class Worded(Protocol):
    """A code that the screens have words for."""

    @property
    def words(self) -> Text:
        """What the screens call it."""
        ...


class KvobError(Exception):
    """The root: catch it to catch everything that this project raises on purpose."""

    code: ClassVar[str] = "kvob-error"
    nl: ClassVar[str] = "Er ging iets mis."
    en: ClassVar[str] = "Something went wrong."

    def message(self, language: Language = "en") -> str:
        """The sentence for the person at the desk, in the language asked for."""
        template = self.nl if language == "nl" else self.en
        shown = {name: _shown(value, language) for name, value in self.fields().items()}
        return template.format_map(shown)

    def fields(self) -> dict[str, object]:
        """The typed fields by name."""
        if not is_dataclass(self):
            return {}
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        return self.message("en")


class Rejected(KvobError):
    """The rules say no. `others` holds what else the rules have against the same command."""

    code: ClassVar[str] = "rejected"
    _others: tuple["Rejected", ...] = ()

    @property
    def others(self) -> tuple["Rejected", ...]:
        """The other refusals of the same command, in the order of the rules."""
        return self._others

    def together_with(self, others: tuple["Rejected", ...]) -> "Rejected":
        """This refusal, carrying the other refusals of the same command."""
        self._others = others
        return self

    def all(self) -> tuple["Rejected", ...]:
        """This refusal and the others."""
        return (self, *self.others)


class Conflict(KvobError):
    """Somebody was faster, or the same name or command id is in use."""

    code: ClassVar[str] = "conflict"


class Forbidden(KvobError):
    """Who asks has no right to this."""

    code: ClassVar[str] = "forbidden"


class NotFound(KvobError):
    """What was named does not exist here."""

    code: ClassVar[str] = "not-found"


class Unavailable(KvobError):
    """A dependency failed; nothing was written."""

    code: ClassVar[str] = "unavailable"


class Invalid(KvobError):
    """The input is malformed."""

    code: ClassVar[str] = "invalid"


_NONE = Text("geen", "none")


def _shown(value: object, language: Language) -> str:
    """A field as people read it: words for codes, instants to the second, lists with commas."""
    if isinstance(value, Text):
        return value.of(language)
    if isinstance(value, Worded):
        return value.words.of(language)
    if isinstance(value, Decimal):
        return str(value).replace(".", ",") if language == "nl" else str(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S %Z}"
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        if not items:
            return _NONE.of(language)
        return ", ".join(_shown(item, language) for item in items)
    return str(value)
