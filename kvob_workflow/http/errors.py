"""What can go wrong in a request before the engine is asked?

KvobError
├── Invalid
│   ├── RequestMalformed      parameters or headers that cannot be, all of them at once
│   ├── BodyMalformed         the body is no JSON object
│   ├── BodyTooLarge          the body has more bytes than are taken
│   ├── MediaTypeUnknown      the body is not JSON
│   └── ConditionMissing      a command on an estate takes If-Match
├── NotFound
│   ├── ResourceUnknown       no resource has this path
│   ├── CovenantNotThere      no covenant was signed
│   └── PartNotThere          the estate has no measure, cycle, certificate, event of that name
└── Unavailable
    ├── BodyTooSlow           the body did not arrive in time
    └── WebNotInstalled       the extra `web` is not installed
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, NotFound, Unavailable
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
    nl: ClassVar[str] = "De inhoud is geen JSON-object. Stuur er precies een, in UTF-8."
    en: ClassVar[str] = "The body is no JSON object. Send exactly one, encoded in UTF-8."


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
class CovenantNotThere(NotFound):
    """No covenant of this estate is on record."""

    code: ClassVar[str] = "covenant-not-there"
    nl: ClassVar[str] = (
        "Van {estate} is geen convenant vastgelegd. Wat ontbreekt staat bij evidence."
    )
    en: ClassVar[str] = "No covenant of {estate} is on record. What is missing stands in evidence."
    estate: str


@dataclass(eq=False)
class PartNotThere(NotFound):
    """The estate is there, and has nothing of this kind by that name or number."""

    code: ClassVar[str] = "part-not-there"
    nl: ClassVar[str] = "{estate} heeft geen '{name}' onder {kind}. Vraag eerst de lijst {kind}."
    en: ClassVar[str] = "{estate} has no '{name}' among its {kind}. Ask for the list {kind} first."
    estate: str
    kind: str
    name: str


@dataclass(eq=False)
class BodyTooSlow(Unavailable):
    """The client did not send the body in time."""

    code: ClassVar[str] = "body-too-slow"
    nl: ClassVar[str] = "De inhoud kwam niet binnen {seconds} seconden. Stuur het opnieuw."
    en: ClassVar[str] = "The body did not arrive within {seconds} seconds. Send it again."
    seconds: float


@dataclass(eq=False)
class WebNotInstalled(Unavailable):
    """FastAPI is an extra."""

    code: ClassVar[str] = "web-not-installed"
    nl: ClassVar[str] = "De webkant is niet geïnstalleerd: pip install 'kvob_workflow[web]'"
    en: ClassVar[str] = "The web part is not installed: pip install 'kvob_workflow[web]'"
