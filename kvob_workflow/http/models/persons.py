"""What do the answers about persons hold? Details, requests to erase, and what is known of one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import AwareDatetime, ConfigDict, Field

from kvob_domain.estate.events.oversight import ErasureBasis
from kvob_domain.personal import Erased, Opened, SealFault, Unopened
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Words
from kvob_workflow.privacy.directory import Person
from kvob_workflow.privacy.erasing import ErasureException
from kvob_workflow.store import ErasureStatus

if TYPE_CHECKING:
    from kvob_workflow.privacy.directory import Found
    from kvob_workflow.privacy.exporting import Access

_Detail = Annotated[str, Field(min_length=1, max_length=300)]
_PersonId = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]


class Given(Model):
    """A body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewPerson(Given):
    """Somebody for the directory; `person` is an id that events use already."""

    name: _Detail
    email: _Detail | None = None
    phone: _Detail | None = None
    organisation: _Detail | None = None
    function: _Detail | None = None
    person: _PersonId | None = None


class PersonChange(Given):
    """Details that have changed; an empty text takes one away, what is absent stays."""

    name: _Detail | None = None
    email: Annotated[str, Field(max_length=300)] | None = None
    phone: Annotated[str, Field(max_length=300)] | None = None
    organisation: Annotated[str, Field(max_length=300)] | None = None
    function: Annotated[str, Field(max_length=300)] | None = None


class PersonSearch(Given):
    """Who has this e-mail address, or this text in the name."""

    text: Annotated[str, Field(min_length=1, max_length=300)]


class PersonLine(Model):
    """Somebody in the directory.

    `erased` on `on`: the details are gone for good. `fault`: they cannot be opened here.
    """

    person: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    organisation: str | None = None
    function: str | None = None
    erased: bool = False
    on: date | None = None
    fault: SealFault | None = None


class NewErasure(Given):
    """A request to erase a person, on a ground of the law (GDPR art. 17(1))."""

    person: _PersonId
    basis: ErasureBasis


class ErasureApproval(Given):
    """The consent of the second person; `backup_days` is how long backups of keys are kept."""

    backup_days: Annotated[int, Field(ge=0, le=36_500)] = 30


class ErasureDecline(Given):
    """The exception of the law on which a request is declined (GDPR art. 17(3))."""

    why: ErasureException


class ErasureLine(Model):
    """A request to erase a person; `exception` is why it was declined."""

    id: str
    person: str
    basis: ErasureBasis
    proposer: str
    proposed_at: AwareDatetime
    status: ErasureStatus
    decided_by: str | None
    decided_at: AwareDatetime | None
    exception: ErasureException | None


class ErasedLine(Model):
    """Who was erased, which estates say so, and how many keys were destroyed."""

    person: str
    estates: tuple[str, ...]
    keys_destroyed: int


class FreeTextLine(Model):
    """Free text in an event that mentions the person; somebody should read it."""

    estate: str
    version: int
    field: str


class RemainLine(Model):
    """What remains where, and until which day, where that is known."""

    where: Words
    what: Words
    until: date | None


class ErasureReportModel(Model):
    """What an erasure did, and what it cannot reach."""

    erased: tuple[ErasedLine, ...]
    free_texts: tuple[FreeTextLine, ...]
    remains: tuple[RemainLine, ...]


class MentionLine(Model):
    """One event that mentions the person; `roles` are the fields that do."""

    estate: str
    version: int
    on: str
    recorded_at: AwareDatetime
    topic: str
    title: Words
    roles: tuple[str, ...]
    names: tuple[str, ...]


class KeyLine(Model):
    """What may be told of a key of the person."""

    purpose: str
    version: int
    fingerprint: str
    created_on: str


class DeliveryLine(Model):
    """A digest that was sent to the person."""

    id: str
    channel: str
    recipient: str
    created_at: AwareDatetime
    sent_at: AwareDatetime | None


class AccessModel(Model):
    """Everything that this installation knows of a person (GDPR art. 15)."""

    person: str
    directory: PersonLine | None
    mentions: tuple[MentionLine, ...]
    keys: tuple[KeyLine, ...]
    requests: tuple[ErasureLine, ...]
    deliveries: tuple[DeliveryLine, ...]


def person_line(found: Found) -> PersonLine:
    """Somebody as an answer."""
    if isinstance(found, Person):
        return PersonLine(person=found.id, **asdict(found.details))
    if isinstance(found, Erased):
        return PersonLine(person=found.person, erased=True, on=found.on)
    return PersonLine(person=found.person, fault=found.fault)


def access_model(found: Access) -> AccessModel:
    """Everything that is known of a person as an answer."""
    return AccessModel(
        person=found.person,
        directory=None if found.known is None else person_line(found.known),
        mentions=tuple(
            MentionLine(
                estate=one.estate,
                version=one.version,
                on=one.on,
                recorded_at=one.recorded_at,
                topic=one.topic,
                title=Words.model_validate(one.title),
                roles=one.roles,
                names=tuple(_opened(name) for name in one.names),
            )
            for one in found.mentions
        ),
        keys=tuple(KeyLine.model_validate(one) for one in found.keys),
        requests=tuple(ErasureLine.model_validate(one) for one in found.requests),
        deliveries=tuple(DeliveryLine.model_validate(one) for one in found.deliveries),
    )


def _opened(name: Opened) -> str:
    if isinstance(name, Erased):
        return "erased"
    return name.fault.value if isinstance(name, Unopened) else name
