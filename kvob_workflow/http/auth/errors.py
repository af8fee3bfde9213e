"""Why is somebody not let in? The family Unauthenticated, and roles that give nothing.

KvobError
├── Unauthenticated            nobody knows who asks; each carries its WWW-Authenticate
│   ├── CredentialsMissing     no Authorization header
│   ├── CredentialsMalformed   not one `Bearer` with one credential
│   ├── TokenMalformed         no signed JSON Web Token, or too large
│   ├── TokenTypeWrong         a token for something else, such as an ID token
│   ├── AlgorithmNotAllowed    signed in a way that is not allowed here
│   ├── SignatureWrong         not signed by a key of the issuer
│   ├── SigningKeyUnknown      the issuer shows no such key
│   ├── IssuerWrong, AudienceWrong
│   ├── TokenExpired, TokenNotYetValid, TokenLivesTooLong
│   ├── ClaimsUnusable         a claim is missing, or says what cannot be
│   ├── StepUpNeeded           a decision takes a stronger or fresher login (RFC 9470)
│   ├── KeyUnknown, KeyExpired, KeyRevoked
│   └── DevelopmentHeader      a header of the development mode cannot be
├── Forbidden
│   ├── RoleMissing            who asks is known, and has no role here
│   ├── RoleUnclear            he has several, and named none
│   └── RoleNotHeld            he named one that he does not have
└── Unavailable
    ├── IssuerUnreachable      the keys of the issuer cannot be had
    └── OidcNotInstalled       the extra `oidc` is not installed

What is about tokens stands in `token_errors`. No message holds anything of a credential.
Source: RFC 6750, section 3; RFC 9470, section 3.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from kvob_domain.errors import Forbidden, KvobError
from kvob_domain.mandates import Scope

REALM: Final = "kvob"


class Unauthenticated(KvobError):
    """Nobody knows who asks. `error` is the code of RFC 6750 in the challenge."""

    code: ClassVar[str] = "unauthenticated"
    error: ClassVar[str | None] = "invalid_token"

    def challenge(self, realm: str = REALM) -> str:
        """What WWW-Authenticate says."""
        parts = {"realm": realm, **self._told()}
        return "Bearer " + ", ".join(f'{name}="{_quotable(one)}"' for name, one in parts.items())

    def _told(self) -> dict[str, str]:
        if self.error is None:
            return {}
        return {"error": self.error, "error_description": self.message("en")}


@dataclass(eq=False)
class CredentialsMissing(Unauthenticated):
    """No credentials: by RFC 6750 the challenge then says no more than how to come in."""

    code: ClassVar[str] = "credentials-missing"
    error: ClassVar[str | None] = None
    nl: ClassVar[str] = (
        "Wie vraagt dit? Stuur de kop 'Authorization: Bearer ...' met een token van de "
        "inlogdienst of een sleutel voor machines."
    )
    en: ClassVar[str] = (
        "Who asks this? Send the header 'Authorization: Bearer ...' with a token of the login "
        "service or a key for machines."
    )


@dataclass(eq=False)
class CredentialsMalformed(Unauthenticated):
    """The header holds something else than one credential."""

    code: ClassVar[str] = "credentials-malformed"
    error: ClassVar[str | None] = "invalid_request"
    nl: ClassVar[str] = (
        "De kop Authorization is onjuist. Stuur hem een keer: 'Bearer', een spatie, en het token "
        "of de sleutel."
    )
    en: ClassVar[str] = (
        "The header Authorization is malformed. Send it once: 'Bearer', a space, and the token or "
        "the key."
    )


@dataclass(eq=False)
class StepUpNeeded(Unauthenticated):
    """For this right the login was not strong or not fresh enough."""

    code: ClassVar[str] = "step-up-needed"
    error: ClassVar[str | None] = "insufficient_user_authentication"
    nl: ClassVar[str] = (
        "Om dit te mogen ({scope}) moet u opnieuw of sterker inloggen. Log opnieuw in en herhaal "
        "de opdracht."
    )
    en: ClassVar[str] = (
        "To be allowed this ({scope}) you must log in again or more strongly. Log in anew and "
        "repeat the command."
    )
    scope: Scope
    acr: tuple[str, ...]
    max_age: int | None

    def _told(self) -> dict[str, str]:
        told = Unauthenticated._told(self)
        if self.acr:
            told["acr_values"] = " ".join(self.acr)
        if self.max_age is not None:
            told["max_age"] = str(self.max_age)
        return told


@dataclass(eq=False)
class KeyUnknown(Unauthenticated):
    """No key of a machine has this text. Whether the id exists is not told."""

    code: ClassVar[str] = "key-unknown"
    nl: ClassVar[str] = (
        "Deze sleutel is hier niet bekend. Neem hem over zoals hij is gegeven, of vraag een nieuwe."
    )
    en: ClassVar[str] = "This key is not known here. Copy it as it was given, or ask for a new one."


@dataclass(eq=False)
class KeyExpired(Unauthenticated):
    """The time of the key is over."""

    code: ClassVar[str] = "key-expired"
    nl: ClassVar[str] = "Deze sleutel is verlopen. Vraag een nieuwe aan bij wie sleutels beheert."
    en: ClassVar[str] = "This key has expired. Ask for a new one where keys are managed."


@dataclass(eq=False)
class KeyRevoked(Unauthenticated):
    """Somebody withdrew the key."""

    code: ClassVar[str] = "key-revoked"
    nl: ClassVar[str] = (
        "Deze sleutel is ingetrokken. Vraag een nieuwe aan bij wie sleutels beheert."
    )
    en: ClassVar[str] = "This key was revoked. Ask for a new one where keys are managed."


@dataclass(eq=False)
class DevelopmentHeader(Unauthenticated):
    """A header by which a developer says who he is cannot be used."""

    code: ClassVar[str] = "development-header"
    error: ClassVar[str | None] = "invalid_request"
    nl: ClassVar[str] = "Ontwikkelmodus: de kop {header} kan zo niet. Verbeter hem of laat hem weg."
    en: ClassVar[str] = "Development mode: the header {header} cannot be. Correct or leave it out."
    header: str


@dataclass(eq=False)
class RoleMissing(Forbidden):
    """No word of the token is a role here."""

    code: ClassVar[str] = "role-missing"
    nl: ClassVar[str] = (
        "U bent bekend, maar hebt hier geen rol. Vraag er een aan bij wie de toegang beheert."
    )
    en: ClassVar[str] = "You are known, but have no role here. Ask for one where access is managed."


@dataclass(eq=False)
class RoleUnclear(Forbidden):
    """Rights of several roles are never added up: what is recorded is one role."""

    code: ClassVar[str] = "role-unclear"
    nl: ClassVar[str] = (
        "U hebt hier meer dan een rol. Zeg met de kop Kvob-Role in welke u dit doet: {held}."
    )
    en: ClassVar[str] = (
        "You have more than one role here. Say with the header Kvob-Role in which you do this: "
        "{held}."
    )
    held: tuple[str, ...]


@dataclass(eq=False)
class RoleNotHeld(Forbidden):
    """The role that was named is not his."""

    code: ClassVar[str] = "role-not-held"
    nl: ClassVar[str] = (
        "De rol in de kop Kvob-Role hebt u hier niet. Kies een rol die u hebt, of vraag haar aan."
    )
    en: ClassVar[str] = (
        "You do not have the role in the header Kvob-Role. Choose one that you have, or ask for it."
    )


def _quotable(text: str) -> str:
    """What RFC 6750 lets stand between quotes: printable ASCII without quote and backslash."""
    plain = text.replace('"', "'").replace("\\", "/")
    return "".join(one if " " <= one <= "~" else "?" for one in plain)
