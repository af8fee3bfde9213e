"""Why can the thing that a command names not be meant?"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kvob_domain.errors import Rejected


@dataclass(eq=False)
class MeasureUnknown(Rejected):
    """The plan has no such measure."""

    code: ClassVar[str] = "measure-unknown"
    nl: ClassVar[str] = "Het plan heeft geen maatregel '{measure}'. Het kent: {known}."
    en: ClassVar[str] = "The plan has no measure '{measure}'. It has: {known}."
    measure: str
    known: tuple[str, ...]


@dataclass(eq=False)
class MeasureRepeated(Rejected):
    """Two lines of the plan have one id."""

    code: ClassVar[str] = "measure-repeated"
    nl: ClassVar[str] = (
        "Het kenmerk '{id}' komt twee keer in het plan voor. Geef elk een eigen kenmerk."
    )
    en: ClassVar[str] = "The id '{id}' occurs twice in the plan. Give each line its own id."
    id: str


@dataclass(eq=False)
class FindingUnknown(Rejected):
    """No such finding is open."""

    code: ClassVar[str] = "finding-unknown"
    nl: ClassVar[str] = "Tekortkoming '{finding}' staat niet open. Open zijn: {open}."
    en: ClassVar[str] = "Finding '{finding}' is not open. Open are: {open}."
    finding: str
    open: tuple[str, ...]


@dataclass(eq=False)
class FindingRepeated(Rejected):
    """A finding has its own id within the cycle."""

    code: ClassVar[str] = "finding-repeated"
    nl: ClassVar[str] = (
        "Tekortkoming '{finding}' is al vastgelegd in deze cyclus. Kies een ander kenmerk."
    )
    en: ClassVar[str] = "Finding '{finding}' is already on record in this cycle. Choose another id."
    finding: str


@dataclass(eq=False)
class ProposalUnknown(Rejected):
    """No such proposal waits."""

    code: ClassVar[str] = "proposal-unknown"
    nl: ClassVar[str] = "Voorstel '{proposal}' wacht niet op akkoord. Wel wachten: {waiting}."
    en: ClassVar[str] = "Proposal '{proposal}' does not wait for approval. Waiting are: {waiting}."
    proposal: str
    waiting: tuple[str, ...]


@dataclass(eq=False)
class PartyUnknown(Rejected):
    """The partnership has no such party."""

    code: ClassVar[str] = "party-unknown"
    nl: ClassVar[str] = "'{former}' is geen partij van dit terrein. Partijen zijn: {known}."
    en: ClassVar[str] = "'{former}' is no party of this estate. Parties are: {known}."
    former: str
    known: tuple[str, ...]


@dataclass(eq=False)
class SameName(Rejected):
    """The estate has that name already."""

    code: ClassVar[str] = "same-name"
    nl: ClassVar[str] = "Het terrein heet al '{name}'. Geef een andere naam."
    en: ClassVar[str] = "The estate is already called '{name}'. Give another name."
    name: str


@dataclass(eq=False)
class SameBody(Rejected):
    """That certification body holds the estate already."""

    code: ClassVar[str] = "same-body"
    nl: ClassVar[str] = "'{body}' is al de certificatie-instelling. Noem een andere."
    en: ClassVar[str] = "'{body}' is the certification body already. Name another."
    body: str


@dataclass(eq=False)
class SameEdition(Rejected):
    """The cycle is pinned to that edition already."""

    code: ClassVar[str] = "same-edition"
    nl: ClassVar[str] = "De cyclus volgt al schemaversie '{edition}'. Er is niets te wijzigen."
    en: ClassVar[str] = "The cycle already follows edition '{edition}'. There is nothing to change."
    edition: str


@dataclass(eq=False)
class EditionNotInForce(Rejected):
    """A cycle cannot be pinned to an edition before it is in force."""

    code: ClassVar[str] = "edition-not-in-force"
    nl: ClassVar[str] = (
        "Schemaversie '{edition}' is op {on} nog niet van kracht (wel vanaf {since}). "
        "Kies een eerdere versie of een latere datum."
    )
    en: ClassVar[str] = (
        "Edition '{edition}' is not yet in force on {on} (it is from {since}). "
        "Choose an earlier edition or a later date."
    )
    edition: str
    on: date
    since: str


@dataclass(eq=False)
class NotAGroup(Rejected):
    """Only a group has members."""

    code: ClassVar[str] = "not-a-group"
    nl: ClassVar[str] = (
        "'{name}' is een terrein, geen groep. Meld eerst een groep aan (register-group)."
    )
    en: ClassVar[str] = (
        "'{name}' is an estate, not a group. Register a group first (register-group)."
    )
    name: str


@dataclass(eq=False)
class MemberIsGroup(Rejected):
    """A group consists of estates, not of groups."""

    code: ClassVar[str] = "member-is-group"
    nl: ClassVar[str] = "'{name}' is zelf een groep. Koppel de terreinen ervan, een voor een."
    en: ClassVar[str] = "'{name}' is a group itself. Link its estates, one by one."
    name: str


@dataclass(eq=False)
class AlreadyLinked(Rejected):
    """The estate belongs to the group already."""

    code: ClassVar[str] = "already-linked"
    nl: ClassVar[str] = "Deze terreinen horen al bij de groep: {members}. Laat ze weg."
    en: ClassVar[str] = "These estates belong to the group already: {members}. Leave them out."
    members: tuple[str, ...]


@dataclass(eq=False)
class AlreadyWaived(Rejected):
    """The requirement is waived already."""

    code: ClassVar[str] = "already-waived"
    nl: ClassVar[str] = "Van '{requirement}' is al ontheffing verleend in deze cyclus."
    en: ClassVar[str] = "'{requirement}' is already waived in this cycle."
    requirement: object
