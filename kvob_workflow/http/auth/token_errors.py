"""Why is a token not taken? See `errors`, which draws the tree.

No message holds anything of the token.
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Unavailable
from kvob_workflow.http.auth.errors import Unauthenticated


@dataclass(eq=False)
class TokenMalformed(Unauthenticated):
    """It is no token that could be checked."""

    code: ClassVar[str] = "token-malformed"
    nl: ClassVar[str] = (
        "Dit is geen leesbaar ondertekend token (JWT), of het is te groot. Vraag een nieuw "
        "toegangstoken bij de inlogdienst."
    )
    en: ClassVar[str] = (
        "This is no readable signed token (JWT), or it is too large. Ask the login service for a "
        "new access token."
    )


@dataclass(eq=False)
class TokenTypeWrong(Unauthenticated):
    """A token was meant for something else than asking an API."""

    code: ClassVar[str] = "token-type-wrong"
    nl: ClassVar[str] = (
        "Dit token is geen toegangstoken. Stuur het access token, niet het ID-token of het "
        "refresh token."
    )
    en: ClassVar[str] = (
        "This token is no access token. Send the access token, not the ID token or the refresh "
        "token."
    )


@dataclass(eq=False)
class AlgorithmNotAllowed(Unauthenticated):
    """Signed in a way that is not on the list."""

    code: ClassVar[str] = "algorithm-not-allowed"
    nl: ClassVar[str] = (
        "Het token is ondertekend op een manier die hier niet mag. Laat de inlogdienst een van "
        "deze gebruiken: {allowed}."
    )
    en: ClassVar[str] = (
        "The token is signed in a way that is not allowed here. Let the login service use one of: "
        "{allowed}."
    )
    allowed: tuple[str, ...]


@dataclass(eq=False)
class SignatureWrong(Unauthenticated):
    """The signature is not that of the issuer's key over this text."""

    code: ClassVar[str] = "signature-wrong"
    nl: ClassVar[str] = (
        "De ondertekening van het token klopt niet. Vraag een nieuw toegangstoken bij de "
        "inlogdienst."
    )
    en: ClassVar[str] = (
        "The signature of the token is wrong. Ask the login service for a new access token."
    )


@dataclass(eq=False)
class SigningKeyUnknown(Unauthenticated):
    """The issuer shows no key by which this token could be checked."""

    code: ClassVar[str] = "signing-key-unknown"
    nl: ClassVar[str] = (
        "De sleutel waarmee dit token is ondertekend, is hier niet bekend. Vraag een nieuw "
        "toegangstoken; blijft dit zo, meld het dan bij wie de inlogdienst beheert."
    )
    en: ClassVar[str] = (
        "The key that signed this token is not known here. Ask for a new access token; if this "
        "goes on, report it to who keeps the login service."
    )


@dataclass(eq=False)
class IssuerWrong(Unauthenticated):
    """Another service made the token."""

    code: ClassVar[str] = "issuer-wrong"
    nl: ClassVar[str] = "Dit token komt van een andere inlogdienst. Log in bij {expected}."
    en: ClassVar[str] = "This token is of another login service. Log in at {expected}."
    expected: str


@dataclass(eq=False)
class AudienceWrong(Unauthenticated):
    """The token is for another API."""

    code: ClassVar[str] = "audience-wrong"
    nl: ClassVar[str] = (
        "Dit token is voor een andere dienst. Vraag een token waarvan 'aud' {expected} bevat."
    )
    en: ClassVar[str] = (
        "This token is for another service. Ask for a token whose 'aud' holds {expected}."
    )
    expected: str


@dataclass(eq=False)
class TokenExpired(Unauthenticated):
    """Its time is over."""

    code: ClassVar[str] = "token-expired"
    nl: ClassVar[str] = "Het token is verlopen. Vernieuw het bij de inlogdienst."
    en: ClassVar[str] = "The token has expired. Renew it at the login service."


@dataclass(eq=False)
class TokenNotYetValid(Unauthenticated):
    """Its time has not come."""

    code: ClassVar[str] = "token-not-yet-valid"
    nl: ClassVar[str] = (
        "Het token geldt nog niet. Wacht tot het geldt, of laat de klokken gelijk zetten."
    )
    en: ClassVar[str] = (
        "The token is not valid yet. Wait until it is, or have the clocks set right."
    )


@dataclass(eq=False)
class TokenLivesTooLong(Unauthenticated):
    """It is valid for longer than is taken here."""

    code: ClassVar[str] = "token-lives-too-long"
    nl: ClassVar[str] = (
        "Het token is langer geldig dan hier mag ({seconds} seconden). Laat de inlogdienst kortere "
        "tokens geven."
    )
    en: ClassVar[str] = (
        "The token is valid for longer than is taken here ({seconds} seconds). Let the login "
        "service give shorter ones."
    )
    seconds: int


@dataclass(eq=False)
class ClaimsUnusable(Unauthenticated):
    """A claim that is needed is missing, or holds what cannot be. Its value is never told."""

    code: ClassVar[str] = "claims-unusable"
    nl: ClassVar[str] = (
        "Het token heeft geen bruikbare '{claim}'. Laat de inlogdienst deze meegeven, zoals de "
        "uitleg over toegang beschrijft."
    )
    en: ClassVar[str] = (
        "The token has no usable '{claim}'. Let the login service put it in, as the page about "
        "access tells."
    )
    claim: str


@dataclass(eq=False)
class IssuerUnreachable(Unavailable):
    """Without the issuer's keys nobody can be let in. Why is in the log of the service alone."""

    code: ClassVar[str] = "issuer-unreachable"
    nl: ClassVar[str] = (
        "De sleutels van de inlogdienst zijn nu niet te krijgen. Probeer het straks "
        "opnieuw; blijft dit zo, meld het dan bij wie deze dienst beheert."
    )
    en: ClassVar[str] = (
        "The keys of the login service cannot be had now. Try again later; if this goes "
        "on, report it to who keeps this service."
    )


@dataclass(eq=False)
class OidcNotInstalled(Unavailable):
    """joserfc is an extra."""

    code: ClassVar[str] = "oidc-not-installed"
    nl: ClassVar[str] = (
        "Tokens controleren is niet geïnstalleerd: pip install 'kvob_workflow[oidc]'"
    )
    en: ClassVar[str] = "Checking tokens is not installed: pip install 'kvob_workflow[oidc]'"
