"""On which days can things have happened?"""

from datetime import date

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import ALL_COMMANDS, EstateCommand, name_of
from kvob_domain.estate.commands.certification import AwardCertificate, PresentCertificate
from kvob_domain.estate.commands.deadlines import ExtendDeadline, ReplanDeadline, WaiveDeadline
from kvob_domain.estate.commands.identity import (
    RegisterEstate,
    RegisterGroup,
    SucceedParty,
    TransferEstate,
)
from kvob_domain.estate.commands.oversight import (
    MigrateEdition,
    RevertMigration,
    WaiveRequirement,
)
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.commands.preparation import (
    AdoptAnalysis,
    RecordFigures,
    RecordSurvey,
    RecordWalkRound,
    UpdateMeasure,
)
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import FactKind, PastFact
from kvob_domain.lifecycle.table import has_move
from kvob_domain.partial_date import PartialDate
from kvob_domain.refusals.dates import (
    BeforeCycle,
    BeforeEstateExisted,
    BeforeItsEvidence,
    BeforeLastMove,
    DateInFuture,
    HasNotHappened,
    LastValidDayTooEarly,
)

_DATED = tuple(command for command in ALL_COMMANDS if issubclass(command, EstateCommand))
_MOVES = tuple(command for command in _DATED if has_move(name_of(command)))
_ARRANGED = (WaiveRequirement, ExtendDeadline, ReplanDeadline, WaiveDeadline)


@rule(*_DATED)
def nothing_happens_in_the_future(
    command: EstateCommand, _: Estate, ground: Ground
) -> Rejected | None:
    """What is recorded has happened: its day is today or earlier. Source: the record itself."""
    if command.on <= ground.today:
        return None
    return DateInFuture(PartialDate.of(command.on), ground.today)


@rule(RecordPastFact, RegisterEstate, RegisterGroup)
def past_facts_are_past(
    command: RecordPastFact | RegisterEstate | RegisterGroup, _: Estate, ground: Ground
) -> Rejected | None:
    """A past fact has happened; only an expiry may be stated for the future."""
    if isinstance(command, RecordPastFact):
        return lies_ahead(command.fact, ground.today)
    return _ahead(command.on, ground.today)


def lies_ahead(fact: PastFact, today: date) -> Rejected | None:
    """Why a fact cannot be past; an expiry may lie ahead."""
    return None if fact.kind is FactKind.EXPIRY else _ahead(fact.on, today)


def _ahead(on: PartialDate, today: date) -> Rejected | None:
    if on.earliest is None or on.earliest <= today:
        return None
    return DateInFuture(on, today)


@rule(*_DATED)
def nothing_happens_before_the_estate_exists(
    command: EstateCommand, estate: Estate, _: Ground
) -> Rejected | None:
    """Nothing happens before the estate's first day, where that day is known."""
    since = estate.registered_on
    if since.earliest is None or command.on >= since.earliest:
        return None
    return BeforeEstateExisted(PartialDate.of(command.on), since)


@rule(*_MOVES, *_ARRANGED, MigrateEdition, RevertMigration)
def steps_follow_each_other(command: EstateCommand, estate: Estate, _: Ground) -> Rejected | None:
    """A move, a waiver, a moved deadline or a change of edition is not before the last move.

    Earlier than the evaluation of the term, a waiver would fall in the cycle that it closed.
    """
    days = [estate.decided_on, estate.moves[-1].day if estate.moves else None]
    last = max((day for day in days if day is not None), default=None)
    if last is None or command.on >= last:
        return None
    return BeforeLastMove(command.on, last)


@rule(RecordSurvey, RecordWalkRound, RecordFigures, PresentCertificate)
def evidence_belongs_to_the_cycle(
    command: EstateCommand, estate: Estate, _: Ground
) -> Rejected | None:
    """Evidence is not older than the cycle: since the kickoff, or since the last award."""
    since = estate.evidence_from
    if since is None or command.on >= since:
        return None
    return BeforeCycle(command.on, since)


@rule(UpdateMeasure)
def measures_progress_after_the_plan(
    command: UpdateMeasure, estate: Estate, _: Ground
) -> Rejected | None:
    """A measure progresses after the plan that holds it was adopted."""
    since = estate.plan_on
    if since is None or command.on >= since:
        return None
    return BeforeCycle(command.on, since)


@rule(SucceedParty, TransferEstate)
def changes_follow_each_other(command: EstateCommand, estate: Estate, _: Ground) -> Rejected | None:
    """A party or body is not succeeded before the kickoff, or before the succession before it."""
    since = estate.changed_on
    if since is None or command.on >= since:
        return None
    return BeforeLastMove(command.on, since)


@rule(AdoptAnalysis, AwardCertificate)
def decisions_follow_their_evidence(
    command: AdoptAnalysis | AwardCertificate, estate: Estate, _: Ground
) -> Rejected | None:
    """The analysis and the award are not dated before the evidence that they rest on."""
    last = estate.evidence_on
    if last is None or command.on >= last:
        return None
    return BeforeItsEvidence(command.on, last)


@rule(RecordPastFact)
def past_facts_have_happened(command: RecordPastFact, _: Estate, __: Ground) -> Rejected | None:
    """What is planned, or was refused by somebody other than an auditor, is a remark."""
    fact = command.fact
    happened = fact.outcome != "planned" and (
        fact.outcome != "negative" or fact.kind is FactKind.AUDIT
    )
    return None if happened else HasNotHappened(fact.outcome or "")


@rule(RecordPastFact)
def past_certificates_end_after_they_begin(
    command: RecordPastFact, _: Estate, __: Ground
) -> Rejected | None:
    """The last valid day that a source states is not before the award."""
    fact = command.fact
    end = fact.last_valid_day.latest if fact.last_valid_day else None
    begin = fact.on.earliest
    certifies = fact.kind in (FactKind.AWARD, FactKind.RECERTIFICATION)
    if not certifies or end is None or begin is None or end >= begin:
        return None
    return LastValidDayTooEarly(end, begin)
