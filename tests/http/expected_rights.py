"""Who may ask what? Written out by operation, from the reference table of roles.

An operation that is not here fails the matrix: whoever adds one says here whose it is. Nothing in
this file is taken from the code under test.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.actor import Role


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Who looks at estates: everybody who works on them, each within his reach.
_LOOKERS: Final = "guide auditor decider municipality park_manager scheme_manager importer"
# Over many estates at once: who steers, and who must account.
_COUNTERS: Final = "guide decider municipality scheme_manager operator"

_LOOKS: Final = """
    calendar estate estate_agreements estate_certificate estate_certificates estate_covenant
    estate_cycle estate_cycles estate_deadlines estate_documents estate_evidence estate_figures
    estate_findings estate_goals estate_irregularities estate_measure estate_measures
    estate_parties estate_proposals estate_status estate_steps export_ibis list_deadlines
    list_estates list_measures list_stuck_work board board_counts today

    list_events stream_events
    estate_as_zgw estate_audit_trail estate_differences estate_event estate_explanation
    estate_fields estate_history list_differences simulation
"""
_COUNTS: Final = "heat_map statistics"
_REGISTER: Final = "certificate_qr certificate_statement certificate_status list_certificates"

# Which commands each role gives.
_COMMANDS: Final = {
    Role.GUIDE: """
        register_estate register_group link_members rename_estate change_scope succeed_party
        start_trajectory declare_intent record_survey record_walk_round record_figures
        adopt_analysis adopt_plan update_measure end_trajectory sign_covenant request_audit
        present_certificate evaluate_year evaluate_term register_document record_remark
    """,
    Role.AUDITOR: "record_audit close_finding register_document record_remark",
    Role.DECIDER: """
        award_certificate refuse_award suspend_certificate restore_certificate
        withdraw_certificate transfer_estate waive_requirement approve_act decline_act correct
        record_remark
    """,
    Role.MUNICIPALITY: "record_remark",
    Role.PARK_MANAGER: "update_measure record_remark",
    Role.SCHEME_MANAGER: """
        give_notice extend_deadline replan_deadline waive_deadline migrate_edition revert_migration
    """,
    Role.IMPORTER: """
        register_estate register_group link_members rename_estate record_past_fact record_remark
    """,
}
REGISTRATIONS: Final = frozenset({"register_estate", "register_group"})

# What was recorded by each command.
_RECORDED: Final = """
    list_analysis_adoptions list_approvals list_audit_requests list_audits
    list_award_refusals list_awards list_corrections list_covenant_signings
    list_deadline_extensions list_deadline_replannings list_deadline_waivers list_declines
    list_document_registrations list_edition_migrations list_figure_records
    list_finding_closures list_intent_declarations list_measure_updates list_member_links
    list_migration_reversions list_notices list_party_successions list_past_facts
    list_plan_adoptions list_presentations list_remarks list_renamings
    list_requirement_waivers list_restorations list_scope_changes list_surveys
    list_suspensions list_term_evaluations list_trajectory_ends list_trajectory_starts
    list_transfers list_walk_rounds list_withdrawals list_year_evaluations
"""

# What is about the installation, and not about an estate.
_OTHERS: Final = {
    "guide auditor decider municipality park_manager scheme_manager importer": _RECORDED,
    # The stored bytes hold every person: whoever may see those as well.
    "auditor decider": "estate_dossier estate_proofs",
    "auditor decider scheme_manager operator witness": """
        consistency_proof latest_bundle latest_checkpoint latest_note list_checkpoints
    """,
    # Of all estates at once, as the matrix asks it: who reaches all of them.
    "scheme_manager operator": """
        verify health_report list_projections list_rebuilds plan_rebuild projection rebuild
        rebuild_differences rows_behind
    """,
    "witness": "add_cosignature",
    "operator": "retry_projection skip_event",
    "scheme_manager": """
        add_key key list_keys revoke_key rotate_key
        add_webhook change_webhook list_webhooks ping_webhook remove_webhook replay_events
        resend_events rotate_webhook_secret webhook webhook_failures
    """,
    "importer": "import_facts",
    "privacy_officer": """
        add_person approve_erasure change_person decline_erasure erasure list_erasures
        list_persons person person_disclosure propose_erasure search_persons
    """,
}

# Operations for everybody, without credentials.
OPEN: Final = _words("""
    asyncapi_document documentation_page glossary list_commands list_problems list_rules
    list_schemes log_keys openapi_document problem register_keys scheme
    """)
# What the public register tells of every estate: that is what it is for.
PUBLIC: Final = _words(_REGISTER)
# What every command recorded is one question, asked in many places.
RECORDED: Final = _words(_RECORDED)
# Answers about the store as a whole: they tell how much there is, and of nothing what it is.
OF_THE_WHOLE: Final = _words("""
    consistency_proof health_report latest_bundle latest_checkpoint latest_note list_checkpoints
    list_projections list_rebuilds projection rebuild rebuild_differences rows_behind
    """)
# What does not exist in this world, so that nobody can be given it.
NOT_HERE: Final = _words("""
    erasure key latest_bundle latest_checkpoint latest_note person person_disclosure
    log_keys rebuild webhook webhook_failures
    """)


def _rights() -> dict[str, frozenset[Role]]:
    everybody = "guide auditor decider municipality park_manager scheme_manager importer public"
    by_operation = {
        **dict.fromkeys(_LOOKS.split(), _LOOKERS),
        **dict.fromkeys(_COUNTS.split(), _COUNTERS),
        **dict.fromkeys(_REGISTER.split(), everybody),
    }
    for who, others in _OTHERS.items():
        by_operation |= dict.fromkeys(others.split(), who)
    rights = {one: {Role(role) for role in who.split()} for one, who in by_operation.items()}
    for role, commands in _COMMANDS.items():
        for command in commands.split():
            rights.setdefault(command, set()).add(role)
    return {one: frozenset(who) for one, who in rights.items()}


RIGHTS: Final = _rights()
