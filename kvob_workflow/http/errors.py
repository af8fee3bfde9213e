"""What can go wrong in a request before the engine is asked?

KvobError
├── Invalid
│   ├── RequestMalformed      parameters or headers that cannot be, all of them at once
│   ├── BodyMalformed         the body is no strict JSON object
│   ├── BodyTooLarge          the body has more bytes than are taken
│   ├── AddressTooLong, HeadersTooLarge
│   ├── MediaTypeUnknown      the body is not of the type that is taken
│   ├── NotAcceptable         Accept takes nothing that can be given
│   ├── MethodUnknown         the resource is not asked in this way
│   ├── ConditionMissing      a command on an estate takes If-Match
│   ├── ConditionMalformed    If-Match is no list of ETags
│   └── TooManyRequests       this client has asked too often
├── Conflict
│   └── ConditionNeverMet     If-Match names no version that an estate can have
├── NotFound
│   └── ResourceUnknown       no resource has this path
├── NobodyLetIn               this installation has not been told whom to let in
└── Unavailable
    ├── BodyTooSlow           the body did not arrive in time
    ├── TooBusy               as much as can be is being answered
    └── WebNotInstalled       the extra `web` is not installed
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, KvobError, NotFound, Unavailable
from kvob_workflow.malformed import Problem


@dataclass(eq=False)
class RequestMalformed(Invalid):
    """Parameters, headers or fields that cannot be."""

    code: ClassVar[str] = "request-malformed"
    nl: ClassVar[str] = "Het verzoek klopt niet: {problems}. Verbeter dit en vraag het opnieuw."
    en: ClassVar[str] = "The request is malformed: {problems}. Correct this and ask again."
    problems: tuple[Problem, ...]

    def message(self, language: str = "en") -> str:
        """Every problem, each naming its place."""
        told = "; ".join(
            f"{one.field} {one.nl if language == 'nl' else one.en}" for one in self.problems
        )
        return (self.nl if language == "nl" else self.en).format(problems=told)


@dataclass(eq=False)
class BodyMalformed(Invalid):
    """The body cannot be read as one JSON object."""

    code: ClassVar[str] = "body-malformed"
    nl: ClassVar[str] = (
        "De inhoud is geen JSON-object. Stuur er precies een, in UTF-8: elke naam eenmaal, geen "
        "NaN, Infinity of nulteken, hooguit twintig diep."
    )
    en: ClassVar[str] = (
        "The body is no JSON object. Send exactly one, in UTF-8: every name once, no NaN, Infinity "
        "or null character, nested twenty deep at most."
    )


@dataclass(eq=False)
class BodyTooLarge(Invalid):
    """The body is larger than is taken."""

    code: ClassVar[str] = "body-too-large"
    nl: ClassVar[str] = "De inhoud is groter dan {most} bytes. Stuur minder in een keer."
    en: ClassVar[str] = "The body has more than {most} bytes. Send less at a time."
    most: int


@dataclass(eq=False)
class MediaTypeUnknown(Invalid):
    """The body is in a form that this resource does not take."""

    code: ClassVar[str] = "media-type-unknown"
    nl: ClassVar[str] = "De inhoud heeft type '{given}'. Stuur {known}."
    en: ClassVar[str] = "The body has type '{given}'. Send {known}."
    given: str
    known: str


@dataclass(eq=False)
class ConditionMissing(Invalid):
    """A command says on which version of the estate it was decided."""

    code: ClassVar[str] = "condition-missing"
    nl: ClassVar[str] = (
        "De kop If-Match ontbreekt. Lees het terrein, en stuur de ETag van dat antwoord mee."
    )
    en: ClassVar[str] = (
        "The header If-Match is missing. Read the estate, and send the ETag of that answer."
    )


@dataclass(eq=False)
class ResourceUnknown(NotFound):
    """No resource has this path, or it does not take this method."""

    code: ClassVar[str] = "resource-unknown"
    nl: ClassVar[str] = "'{method} {path}' bestaat niet. Alle bronnen staan in openapi.json."
    en: ClassVar[str] = "There is no '{method} {path}'. All resources are in openapi.json."
    method: str
    path: str


@dataclass(eq=False)
class BodyTooSlow(Unavailable):
    """The client did not send the body in time."""

    code: ClassVar[str] = "body-too-slow"
    nl: ClassVar[str] = "De inhoud kwam niet binnen {seconds} seconden. Stuur het opnieuw."
    en: ClassVar[str] = "The body did not arrive within {seconds} seconds. Send it again."
    seconds: float


@dataclass(eq=False)
class WebNotInstalled(Unavailable, ImportError):
    """FastAPI is an extra."""

    code: ClassVar[str] = "web-not-installed"
    nl: ClassVar[str] = "De webkant is niet geïnstalleerd: pip install 'kvob_workflow[web]'"
    en: ClassVar[str] = "The web part is not installed: pip install 'kvob_workflow[web]'"


@dataclass(eq=False)
class AddressTooLong(Invalid):
    """Path and query together are longer than is taken."""

    code: ClassVar[str] = "address-too-long"
    nl: ClassVar[str] = "Het adres is langer dan {most} bytes. Vraag met minder of kortere filters."
    en: ClassVar[str] = "The address has more than {most} bytes. Ask with fewer or shorter filters."
    most: int


@dataclass(eq=False)
class HeadersTooLarge(Invalid):
    """The headers together are larger than is taken."""

    code: ClassVar[str] = "headers-too-large"
    nl: ClassVar[str] = "De koppen zijn samen groter dan {most} bytes. Stuur er minder mee."
    en: ClassVar[str] = "The headers have more than {most} bytes together. Send fewer of them."
    most: int


@dataclass(eq=False)
class NotAcceptable(Invalid):
    """The answer has one form, and the request does not take it."""

    code: ClassVar[str] = "not-acceptable"
    nl: ClassVar[str] = (
        "Dit antwoord bestaat alleen als {given}. Zet dat in Accept, of laat het weg."
    )
    en: ClassVar[str] = (
        "This answer is given as {given} alone. Put that in Accept, or leave it out."
    )
    given: str


@dataclass(eq=False)
class MethodUnknown(Invalid):
    """The resource is there, and does not take this method."""

    code: ClassVar[str] = "method-unknown"
    nl: ClassVar[str] = "'{method}' kan hier niet. Wel: {allowed}."
    en: ClassVar[str] = "'{method}' cannot be done here. What can: {allowed}."
    method: str
    allowed: tuple[str, ...]


@dataclass(eq=False)
class ConditionMalformed(Invalid):
    """If-Match is not written as RFC 9110 says."""

    code: ClassVar[str] = "condition-malformed"
    nl: ClassVar[str] = (
        'De kop If-Match is geen ETag. Stuur die van het terrein, zoals "12" (met de '
        "aanhalingstekens)."
    )
    en: ClassVar[str] = (
        'The header If-Match is no ETag. Send that of the estate, such as "12" (with the quotes).'
    )


@dataclass(eq=False)
class ConditionNeverMet(Conflict):
    """If-Match holds weak tags, or tags that are not those of estates: it matches nothing."""

    code: ClassVar[str] = "condition-never-met"
    nl: ClassVar[str] = (
        "De kop If-Match noemt geen versie van een terrein. Lees het terrein, en stuur de ETag van "
        "dat antwoord mee, zonder W/."
    )
    en: ClassVar[str] = (
        "The header If-Match names no version of an estate. Read the estate, and send the ETag of "
        "that answer, without W/."
    )


@dataclass(eq=False)
class TooManyRequests(Invalid):
    """This client has asked more than a client may in a minute."""

    code: ClassVar[str] = "too-many-requests"
    nl: ClassVar[str] = (
        "Er zijn meer dan {a_minute} verzoeken in een minuut. Wacht {seconds} s en vraag het dan "
        "opnieuw; vraag wat bij elkaar hoort in grotere stukken."
    )
    en: ClassVar[str] = (
        "There are more than {a_minute} requests in a minute. Wait {seconds} s and ask again; ask "
        "for what belongs together in larger parts."
    )
    a_minute: int
    seconds: int


@dataclass(eq=False)
class TooBusy(Unavailable):
    """As many requests as may be are being answered."""

    code: ClassVar[str] = "too-busy"
    nl: ClassVar[str] = (
        "De dienst is nu te druk. Er is niets gedaan; vraag het zo dadelijk opnieuw."
    )
    en: ClassVar[str] = "The service is too busy now. Nothing was done; ask again in a moment."


@dataclass(eq=False)
class NobodyLetIn(KvobError):
    """No authenticator was given to the API, so that nobody can come in."""

    code: ClassVar[str] = "nobody-let-in"
    nl: ClassVar[str] = (
        "Deze dienst laat nog niemand binnen. Wie haar beheert geeft op wie binnen mag: "
        "Api(authenticator=...) of kvob serve --access."
    )
    en: ClassVar[str] = (
        "This service lets nobody in yet. Who keeps it says who may come in: "
        "Api(authenticator=...) or kvob serve --access."
    )

    def challenge(self) -> str:
        """What WWW-Authenticate says."""
        return 'Bearer realm="kvob"'
