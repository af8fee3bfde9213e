"""What does the simulation foresee? One notice that the alarm will give, with what explains it."""

from datetime import date
from typing import Literal, NamedTuple

from kvob_domain.estate.certificates import last_ending
from kvob_domain.estate.deadline_kinds import OF_THE_CYCLE
from kvob_domain.estate.deadlines import Deadline, DeadlineKind
from kvob_domain.estate.state import Estate

Cause = Literal["on_record", "assumed"]


class Foreseen(NamedTuple):
    """A deadline of an estate that falls due. Days are civil days in the Netherlands.

    `on` is the day it falls due; before today for a notice that is owed already. `expires_on` is
    the first day that the certificate is no longer valid. `municipality` joins `municipalities`
    as sources write them: Aalsmeer/Uithoorn. `body` and `edition` are those of the certificate,
    for a target date or a finding those of the running cycle. `rule` and `anchor_on` say how the
    day was counted. `cause`: it follows from what is on record, or from an act that was assumed.
    """

    on: date
    kind: DeadlineKind
    ordinal: int
    estate_id: str
    estate: str
    municipality: str
    municipalities: tuple[str, ...]
    body: str | None
    edition: str | None
    expires_on: date | None
    estimated: bool
    cause: Cause
    rule: str
    anchor_on: date


def foreseen(deadline: Deadline, estate: Estate, known_version: int) -> Foreseen:
    """The notice of a deadline; events above `known_version` are assumed."""
    body, edition = _body_and_edition(deadline, estate)
    is_expiry = deadline.kind is DeadlineKind.EXPIRY
    return Foreseen(
        on=deadline.due_on,
        kind=deadline.kind,
        ordinal=deadline.ordinal,
        estate_id=estate.id,
        estate=estate.name,
        municipality=estate.municipality,
        municipalities=estate.municipalities,
        body=body,
        edition=edition,
        expires_on=deadline.due_on if is_expiry else deadline.moot_on,
        estimated=deadline.estimated,
        cause="assumed" if deadline.anchor_version > known_version else "on_record",
        rule=deadline.rule,
        anchor_on=deadline.anchor_on,
    )


def _body_and_edition(deadline: Deadline, estate: Estate) -> tuple[str | None, str | None]:
    certificate = last_ending(estate.certificates)
    if certificate is None or deadline.kind in OF_THE_CYCLE:
        return estate.body, estate.edition
    return certificate.body or estate.body, certificate.edition
