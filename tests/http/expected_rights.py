"""Who may ask what? Written out by operation, from the reference table of roles.

An operation that is not here fails the matrix: whoever adds one says here whose it is. Nothing in
this file is taken from the code under test.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.actor import Role

# Who looks at estates: everybody who works on them, each within his reach.
_LOOKERS: Final = "guide auditor decider municipality park_manager scheme_manager importer"
# Over many estates at once: who steers, and who must account.
_COUNTERS: Final = "guide decider municipality scheme_manager operator"

_LOOKS: Final = """
    calendar estate estate_agreements estate_certificate estate_certificates estate_covenant
    estate_cycle estate_cycles estate_deadlines estate_documents estate_evidence estate_figures
    estate_findings estate_goals estate_irregularities estate_measure estate_measures
    estate_parties estate_proposals estate_status estate_steps export_ibis list_deadlines
    list_estates list_measures list_stuck_work

    list_events stream_events estate_as_zgw estate_audit_trail estate_differences estate_event estate_explanation
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

# What is about the installation, and not about an estate.
_OTHERS: Final[dict[str, str]] = dict.fromkeys(
    ["add_webhook", "change_webhook", "list_webhooks", "ping_webhook", "remove_webhook", "replay_events", "resend_events", "rotate_webhook_secret", "webhook", "webhook_failures"],
    "scheme_manager",
)

# Operations for everybody, without credentials.
OPEN: Final = frozenset(
    [
        "asyncapi_document",
        "documentation_page",
        "glossary",
        "list_commands",
        "list_problems",
        "list_rules",
        "list_schemes",
        "openapi_document",
        "register_keys",
        "scheme",
    ]
)
# What the public register tells of every estate: that is what it is for.
PUBLIC: Final = frozenset(_REGISTER.split())
# Answers about the store as a whole: they tell how much there is, and of nothing what it is.
OF_THE_WHOLE: Final[frozenset[str]] = frozenset()


def _rights() -> dict[str, frozenset[Role]]:
    everybody = "guide auditor decider municipality park_manager scheme_manager importer public"
    by_operation = {
        **dict.fromkeys(_LOOKS.split(), _LOOKERS),
        **dict.fromkeys(_COUNTS.split(), _COUNTERS),
        **dict.fromkeys(_REGISTER.split(), everybody),
        **_OTHERS,
    }
    rights = {one: {Role(role) for role in who.split()} for one, who in by_operation.items()}
    for role, commands in _COMMANDS.items():
        for command in commands.split():
            rights.setdefault(command, set()).add(role)
    return {one: frozenset(who) for one, who in rights.items()}


RIGHTS: Final = _rights()
