"""What does the scheme demand of each command? `ALL_RULES`, in the order in which they speak.

Each rule is a sentence and a function of a few lines; the lifecycle speaks before them all.
"""

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands import ALL_COMMANDS, Command
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.rules import (
    certificate,
    dates,
    deadlines,
    documents,
    evidence,
    naming,
    separation,
)
from kvob_domain.estate.rules.base import Rule
from kvob_domain.estate.state import Estate

ALL_RULES: tuple[Rule, ...] = (
    dates.nothing_happens_in_the_future,
    dates.past_facts_are_past,
    dates.nothing_happens_before_the_estate_exists,
    dates.steps_follow_each_other,
    dates.evidence_belongs_to_the_cycle,
    dates.measures_progress_after_the_plan,
    dates.changes_follow_each_other,
    dates.decisions_follow_their_evidence,
    dates.past_facts_have_happened,
    dates.past_certificates_end_after_they_begin,
    separation.auditors_do_not_decide,
    separation.preparers_do_not_decide,
    evidence.forms_returned_were_sent,
    evidence.requirements_of_the_move_are_met,
    evidence.required_parties_sign_the_covenant,
    evidence.covenant_comes_before_the_audit,
    certificate.validity_is_known,
    certificate.certificate_ends_after_it_begins,
    certificate.validity_begins_in_the_cycle,
    certificate.there_is_a_certificate_to_present,
    naming.measure_is_in_the_plan,
    naming.plan_lines_have_their_own_ids,
    naming.finding_is_open,
    naming.findings_have_their_own_ids,
    naming.former_party_is_in_the_partnership,
    naming.name_is_new,
    naming.body_is_new,
    naming.edition_is_new,
    naming.edition_is_in_force,
    naming.migration_can_be_reverted,
    naming.only_groups_have_members,
    naming.members_are_new,
    naming.waiver_is_new,
    deadlines.deadline_is_open,
    deadlines.notice_is_of_the_day,
    deadlines.notice_is_given_once,
    deadlines.fixed_deadlines_are_not_waived,
    deadlines.binding_deadlines_are_extended,
    deadlines.planned_deadlines_are_replanned,
    deadlines.an_extension_is_later,
    deadlines.deadlines_move_to_days_to_come,
    deadlines.deadlines_stay_before_the_expiry,
    documents.a_document_is_about_an_event,
    documents.a_document_is_registered_once_for_a_subject,
)

_RULES_OF: dict[type[Command], tuple[Rule, ...]] = {
    command: tuple(rule for rule in ALL_RULES if command in rule.commands)
    for command in ALL_COMMANDS
}


def refusals(command: Command, estate: Estate, ground: Ground) -> tuple[Rejected, ...]:
    """All that the rules have against a command, in the order of the rules."""
    # The table has chosen the rules for this class, so each check takes it as it is.
    found = (rule.check(command, estate, ground) for rule in _RULES_OF[type(command)])
    return tuple(refusal for refusal in found if refusal is not None)
