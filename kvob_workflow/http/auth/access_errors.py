"""What is wrong with the file about access, and where in it?

Invalid
├── AccessFileUnreadable   there is no such file, or it is no TOML
├── AccessFileInvalid      a key of it cannot be
└── DevelopmentRefused     the development mode was not asked for, or others could reach it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from kvob_domain.errors import Invalid
from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import ValidationError

_FORM: Final = Text(
    "dit heeft een andere vorm of een andere waarde dan kan; vergelijk het met access.md.",
    "this has another form or another value than is possible; compare it with access.md.",
)
_CHOOSE: Final = Text(
    "dit kan niet; kies een van: {expected}.", "this is not possible; choose one of: {expected}."
)
_PROBLEMS: Final[dict[str, Text]] = {
    "missing": Text("dit ontbreekt; vul het in.", "this is missing; fill it in."),
    "extra_forbidden": Text(
        "deze sleutel bestaat niet; haal hem weg of verbeter de spelling.",
        "there is no such key; remove it or correct its spelling.",
    ),
    "literal_error": _CHOOSE,
    "enum": _CHOOSE,
    "not_https": Text(
        "adressen moeten met https:// beginnen en mogen geen wachtwoord bevatten.",
        "addresses must begin with https:// and may hold no password.",
    ),
    "no_keys": Text(
        "geef met keys het bestand of adres van de sleutels: address is geen webadres.",
        "give the file or address of the keys with keys: address is no web address.",
    ),
    "no_roles": Text(
        "zonder [roles] kan niemand iets; zet er bij elk woord van de inlogdienst een rol in.",
        "without [roles] nobody may do anything; name a role for each word of the login service.",
    ),
    "no_demand": Text(
        "dit vraagt niets; geef acr, max_age of beide.",
        "this demands nothing; give acr, max_age or both.",
    ),
    "no_login_service": Text(
        "[login] vraagt een [issuer] waarvan address een webadres is: daar logt men in.",
        "[login] takes an [issuer] whose address is a web address: that is where people log in.",
    ),
    "no_openid": Text(
        "scopes moet 'openid' bevatten, en elk woord staat apart tussen aanhalingstekens.",
        "scopes must hold 'openid', and each word stands between quotes of its own.",
    ),
    "alarm": Text(
        "niemand logt in als wekker; kies een andere rol.",
        "nobody logs in as the alarm clock; choose another role.",
    ),
}


@dataclass(eq=False)
class AccessFileUnreadable(Invalid):
    """The file about access cannot be read."""

    code: ClassVar[str] = "access-file-unreadable"
    nl: ClassVar[str] = (
        "Het bestand dat zegt wie er binnen mag, {file}, is niet te lezen ({reason}). Controleer "
        "--access of KVOB_ACCESS. Eerst proberen kan met 'kvob serve --development'."
    )
    en: ClassVar[str] = (
        "The file that says who may come in, {file}, cannot be read ({reason}). Check --access or "
        "KVOB_ACCESS. To try it out first: 'kvob serve --development'."
    )
    file: str
    reason: str


@dataclass(eq=False)
class AccessFileInvalid(Invalid):
    """The file about access says something that cannot be; nobody is let in."""

    code: ClassVar[str] = "access-file-invalid"
    nl: ClassVar[str] = "{file}, {key}: {problem}"
    en: ClassVar[str] = "{file}, {key}: {problem}"
    file: str
    key: str
    problem: Text


@dataclass(eq=False)
class DevelopmentRefused(Invalid):
    """The development mode lets in anybody: never by accident, and never from elsewhere."""

    code: ClassVar[str] = "development-refused"
    nl: ClassVar[str] = (
        "De ontwikkelmodus laat iedereen binnen. Vraag er uitdrukkelijk om (--development of "
        "KVOB_DEVELOPMENT=1) en luister alleen op deze machine (127.0.0.1), niet op {host}."
    )
    en: ClassVar[str] = (
        "The development mode lets anybody in. Ask for it explicitly (--development or "
        "KVOB_DEVELOPMENT=1) and listen on this machine alone (127.0.0.1), not on {host}."
    )
    host: str


def told_problems(error: ValidationError) -> Iterator[tuple[str, Text]]:
    """The key and the problem of each error, without what stands there."""
    for one in error.errors(include_input=False, include_url=False):
        problem = _PROBLEMS.get(one["type"], _FORM)
        expected = str(one.get("ctx", {}).get("expected", ""))
        yield _key(one["loc"]), Text(*(text.replace("{expected}", expected) for text in problem))


def _key(place: Sequence[int | str]) -> str:
    parts = [f"[{part + 1}]" if isinstance(part, int) else str(part) for part in place]
    return ".".join(parts).replace(".[", "[") or "TOML"
