"""What may a command name? What is there, or what is not there yet."""

from collections import Counter

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.certification import CloseFinding, RecordAudit, RefuseAward
from kvob_domain.estate.commands.identity import (
    LinkMembers,
    RenameEstate,
    SucceedParty,
    TransferEstate,
)
from kvob_domain.estate.commands.oversight import (
    MigrateEdition,
    RevertMigration,
    WaiveRequirement,
)
from kvob_domain.estate.commands.preparation import AdoptPlan, StartTrajectory, UpdateMeasure
from kvob_domain.estate.commands.standing import EvaluateTerm
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules.base import rule
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.refusals.lifecycle import NothingToRevert
from kvob_domain.refusals.naming import (
    AlreadyLinked,
    AlreadyWaived,
    EditionNotInForce,
    FindingRepeated,
    FindingUnknown,
    MeasureRepeated,
    MeasureUnknown,
    NotAGroup,
    PartyUnknown,
    SameBody,
    SameEdition,
    SameName,
)


@rule(UpdateMeasure)
def measure_is_in_the_plan(command: UpdateMeasure, estate: Estate, _: Ground) -> Rejected | None:
    """A measure that is updated is a line of the plan."""
    known = tuple(measure.id for measure in estate.measures)
    return None if command.measure in known else MeasureUnknown(command.measure, known)


@rule(AdoptPlan)
def plan_lines_have_their_own_ids(command: AdoptPlan, _: Estate, __: Ground) -> Rejected | None:
    """Every goal and every measure has an id of its own within the plan."""
    for lines in (command.goals, command.measures):
        counts = Counter(line.id for line in lines)
        for line_id, count in counts.items():
            if count > 1:
                return MeasureRepeated(line_id)
    return None


@rule(CloseFinding)
def finding_is_open(command: CloseFinding, estate: Estate, _: Ground) -> Rejected | None:
    """Only an open finding can be closed."""
    still_open = estate.dossier.open_findings
    if command.finding in still_open:
        return None
    return FindingUnknown(command.finding, tuple(sorted(still_open)))


@rule(RecordAudit, RefuseAward)
def findings_have_their_own_ids(
    command: RecordAudit | RefuseAward, estate: Estate, _: Ground
) -> Rejected | None:
    """A finding's id is its own within the cycle."""
    seen = set(estate.dossier.findings)
    for finding in command.findings:
        if finding.id in seen:
            return FindingRepeated(finding.id)
        seen.add(finding.id)
    return None


@rule(SucceedParty)
def former_party_is_in_the_partnership(
    command: SucceedParty, estate: Estate, _: Ground
) -> Rejected | None:
    """Only a party can be succeeded."""
    known = tuple(party.organisation for party in estate.parties)
    return None if command.former in known else PartyUnknown(command.former, known)


@rule(RenameEstate)
def name_is_new(command: RenameEstate, estate: Estate, _: Ground) -> Rejected | None:
    """A new name differs from the present one."""
    return SameName(command.name) if command.name == estate.name else None


@rule(TransferEstate)
def body_is_new(command: TransferEstate, estate: Estate, _: Ground) -> Rejected | None:
    """A transfer goes to another certification body."""
    return SameBody(command.to_body) if command.to_body == estate.body else None


@rule(MigrateEdition)
def edition_is_new(command: MigrateEdition, estate: Estate, _: Ground) -> Rejected | None:
    """A migration goes to another edition."""
    return SameEdition(command.edition) if command.edition == estate.edition else None


@rule(MigrateEdition, StartTrajectory, EvaluateTerm)
def edition_is_in_force(
    command: MigrateEdition | StartTrajectory | EvaluateTerm, _: Estate, ground: Ground
) -> Rejected | None:
    """A cycle is pinned to an edition that has come into force by that day."""
    if command.edition is None:
        return None
    since = ground.book.edition(command.edition).in_force_from.value
    if since.earliest is None or since.earliest <= command.on:
        return None
    return EditionNotInForce(command.edition, command.on, since.text)


@rule(RevertMigration)
def migration_can_be_reverted(_: RevertMigration, estate: Estate, __: Ground) -> Rejected | None:
    """Only a migration of the running cycle can be reverted."""
    return None if estate.earlier_editions else NothingToRevert()


@rule(LinkMembers)
def only_groups_have_members(_: LinkMembers, estate: Estate, __: Ground) -> Rejected | None:
    """Members are linked to a group."""
    return None if estate.kind is EstateKind.GROUP else NotAGroup(estate.name)


@rule(LinkMembers)
def members_are_new(command: LinkMembers, estate: Estate, _: Ground) -> Rejected | None:
    """An estate is linked to a group once."""
    again = tuple(member for member in command.members if member in estate.members)
    return AlreadyLinked(again) if again else None


@rule(WaiveRequirement)
def waiver_is_new(command: WaiveRequirement, estate: Estate, _: Ground) -> Rejected | None:
    """A requirement is waived once a cycle."""
    waived = command.requirement in estate.dossier.waived
    return AlreadyWaived(command.requirement) if waived else None
