"""Why is somebody at a page not let in, or his form not taken? And what is wrong with its keys?

KvobError
├── Forbidden
│   ├── FormNotOurs            a form that this site did not give to this person in this browser
│   ├── LoginNotBegunHere      an answer of the login service to a login that began elsewhere
│   ├── LoginRefused           the login service says no
│   ├── LoginNotProven         what the login service sent does not prove who is there
│   ├── LoginNotEnough         he logged in anew, and still not strongly or freshly enough
│   ├── RoleNotOffered         a role was chosen that he does not have
│   └── ActorNotPossible       development: nobody can act so
├── Unavailable
│   └── LoginServiceAway       the login service gives no answer that can be used
└── Invalid
    ├── LoginNotSafe           over http, where others can read along
    ├── LoginFormMalformed     a form of the login is too large, or none
    ├── SessionTooLarge        what the login service tells of somebody does not fit
    ├── SessionKeyUnusable     the file holds no session key
    ├── SecretFileUnusable     the file with the secret of the client cannot be used
    └── LoginNotConfigured     the access file has no table [login]

None is of the family Unauthenticated: who sends those on to a login would go round for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Forbidden, Invalid, Unavailable
from kvob_domain.words import Text


@dataclass(eq=False)
class FormNotOurs(Forbidden):
    """A form that was not given to this person in this browser, or was sent from another site."""

    code: ClassVar[str] = "form-not-ours"
    nl: ClassVar[str] = (
        "Dit formulier is niet aan u in deze rol gegeven, of het komt van een andere site. Er is "
        "niets gewijzigd. Open de pagina opnieuw, controleer wat u invulde en verstuur het weer."
    )
    en: ClassVar[str] = (
        "This form was not given to you in this role, or it comes from another site. Nothing was "
        "changed. Open the page again, check what you filled in and send it once more."
    )


@dataclass(eq=False)
class LoginNotBegunHere(Forbidden):
    """The login service answers a login that this browser did not begin, or has ended."""

    code: ClassVar[str] = "login-not-begun-here"
    nl: ClassVar[str] = (
        "Deze aanmelding is niet in deze browser begonnen, is al gebruikt of duurde te lang. Begin "
        "opnieuw met inloggen; sta cookies van deze site toe."
    )
    en: ClassVar[str] = (
        "This login did not begin in this browser, was used already or took too long. Log in "
        "again; allow cookies of this site."
    )


@dataclass(eq=False)
class LoginRefused(Forbidden):
    """The login service did not log him in. `reason` is its code (RFC 6749, section 4.1.2.1)."""

    code: ClassVar[str] = "login-refused"
    nl: ClassVar[str] = (
        "De inlogdienst heeft u niet ingelogd ({reason}). Probeer het opnieuw, of vraag de "
        "beheerder van uw account om toegang."
    )
    en: ClassVar[str] = (
        "The login service did not log you in ({reason}). Try again, or ask who manages your "
        "account for access."
    )
    reason: str


@dataclass(eq=False)
class LoginNotProven(Forbidden):
    """What the login service sent does not prove who is there. `reason` is a code of ours."""

    code: ClassVar[str] = "login-not-proven"
    nl: ClassVar[str] = (
        "Uit het antwoord van de inlogdienst blijkt niet wie u bent ({reason}). Log opnieuw in; "
        "blijft dit zo, meld het dan bij wie deze dienst beheert."
    )
    en: ClassVar[str] = (
        "The answer of the login service does not prove who you are ({reason}). Log in again; if "
        "this goes on, report it to who keeps this service."
    )
    reason: str


@dataclass(eq=False)
class LoginNotEnough(Forbidden):
    """He was sent to log in more strongly, and came back as he was: nobody goes round for ever."""

    code: ClassVar[str] = "login-not-enough"
    nl: ClassVar[str] = (
        "De inlogdienst heeft u niet sterk of recent genoeg ingelogd om dit te mogen. Uw gewone "
        "rechten houdt u. Vraag de beheerder van uw account om een sterker inlogmiddel."
    )
    en: ClassVar[str] = (
        "The login service did not log you in strongly or recently enough for this. You keep your "
        "usual rights. Ask who manages your account for a stronger way to log in."
    )


@dataclass(eq=False)
class RoleNotOffered(Forbidden):
    """The role that was chosen is not his."""

    code: ClassVar[str] = "role-not-offered"
    nl: ClassVar[str] = (
        "Deze rol hebt u hier niet. Kies een van uw rollen, of vraag de rol aan bij wie de toegang "
        "beheert."
    )
    en: ClassVar[str] = (
        "You do not have this role here. Choose one of your roles, or ask for it where access is "
        "managed."
    )


@dataclass(eq=False)
class ActorNotPossible(Forbidden):
    """In the development mode somebody was chosen who cannot be."""

    code: ClassVar[str] = "actor-not-possible"
    nl: ClassVar[str] = (
        "Ontwikkelmodus: zo kan niemand optreden. Verbeter dit veld en kies opnieuw: {field}."
    )
    en: ClassVar[str] = (
        "Development mode: nobody can act so. Correct this field and choose again: {field}."
    )
    field: Text


@dataclass(eq=False)
class LoginServiceAway(Unavailable):
    """The login service gives no answer that can be used. Why is in the log of the service."""

    code: ClassVar[str] = "login-service-away"
    nl: ClassVar[str] = (
        "De inlogdienst is nu niet te bereiken. Probeer het straks opnieuw; blijft dit zo, meld "
        "het dan bij wie deze dienst beheert."
    )
    en: ClassVar[str] = (
        "The login service cannot be reached now. Try again later; if this goes on, report it to "
        "who keeps this service."
    )


@dataclass(eq=False)
class LoginNotSafe(Invalid):
    """Nobody logs in where others can read along."""

    code: ClassVar[str] = "login-not-safe"
    nl: ClassVar[str] = (
        "Inloggen kan alleen over https://. Gebruik dat adres; zit er een proxy voor deze dienst, "
        "noem die dan bij het starten, zodat X-Forwarded-Proto wordt geloofd."
    )
    en: ClassVar[str] = (
        "Logging in takes https://. Use that address; where a proxy stands in front of this "
        "service, name it at the start, so that X-Forwarded-Proto is believed."
    )


@dataclass(eq=False)
class LoginFormMalformed(Invalid):
    """A form of the login is larger than can be, or no form."""

    code: ClassVar[str] = "login-form-malformed"
    nl: ClassVar[str] = (
        "Dit formulier is onleesbaar of te groot. Open de inlogpagina opnieuw en vul haar nog eens "
        "in."
    )
    en: ClassVar[str] = (
        "This form is not readable or too large. Open the login page again and fill it in once "
        "more."
    )


@dataclass(eq=False)
class SessionTooLarge(Invalid):
    """What the login service tells of somebody does not fit into a cookie. Sizes in bytes."""

    code: ClassVar[str] = "session-too-large"
    nl: ClassVar[str] = (
        "De inlogdienst geeft te veel over u mee (verzegeld {size} bytes, hooguit {most}). Laat de "
        "beheerder minder terreinen, gemeenten of rollen in het ID-token zetten."
    )
    en: ClassVar[str] = (
        "The login service tells too much of you (sealed {size} bytes, {most} at most). Have fewer "
        "estates, municipalities or roles put into the ID token."
    )
    size: int
    most: int


@dataclass(eq=False)
class SessionKeyUnusable(Invalid):
    """The file holds no session key, or cannot be read or made. What it holds is not told."""

    code: ClassVar[str] = "session-key-unusable"
    nl: ClassVar[str] = (
        "{file} is niet te gebruiken als sessiesleutel ({reason}). Maak met make_session_key een "
        "nieuw bestand, dat alleen de eigenaar mag lezen."
    )
    en: ClassVar[str] = (
        "{file} cannot be used as a session key ({reason}). Make a new file with make_session_key, "
        "which its owner alone may read."
    )
    file: str
    reason: str


@dataclass(eq=False)
class SecretFileUnusable(Invalid):
    """The file with the secret of the client cannot be used. What it holds is not told."""

    code: ClassVar[str] = "secret-file-unusable"
    nl: ClassVar[str] = (
        "{file} is niet te gebruiken als client_secret_file ({reason}). Zet er het geheim van de "
        "client in, op een regel, alleen leesbaar voor de eigenaar."
    )
    en: ClassVar[str] = (
        "{file} cannot be used as client_secret_file ({reason}). Put the secret of the client into "
        "it, on one line, which its owner alone may read."
    )
    file: str
    reason: str


@dataclass(eq=False)
class LoginNotConfigured(Invalid):
    """The access file does not say how people log in to the pages."""

    code: ClassVar[str] = "login-not-configured"
    nl: ClassVar[str] = (
        "Het bestand over toegang zegt niet hoe mensen op de pagina's inloggen. Zet er [issuer] en "
        "[login] in, zoals access.md beschrijft."
    )
    en: ClassVar[str] = (
        "The access file does not say how people log in to the pages. Put [issuer] and [login] "
        "into it, as access.md tells."
    )
