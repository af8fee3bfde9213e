"""One command of every kind, as complete as its form allows, from a small text a person could type.

`SAMPLE_COMMANDS` is checked against the closed union; golden files hold the events.
"""

from typing import Any

from kvob_domain.estate.commands import Command, command_adapter
from tests.domain.asking import ESTATE, OTHER_ESTATE

_PARTY = {"organisation": "Gemeente Voorbeeldstad", "role": "municipality"}
_SIGNATORY = _PARTY | {"person": "p-17", "function": "burgemeester"}
_FIGURES = {
    "year": 2020,
    "burglaries": 18,
    "incidents": 40,
    "damage_eur": 146_000,
    "safety_feeling": "6.5",
}
_MEASURE = {
    "id": "m1",
    "text": "Straatverlichting",
    "owner": "Gemeente Voorbeeldstad",
    "owner_role": "municipality",
    "tag": "safe",
    "goal": "g1",
    "due_on": "2021-12-31",
    "progress": "started",
}
_FACT = {
    "kind": "award",
    "on": "2019-10",
    "outcome": "held",
    "level": "Basis Samenwerken",
    "last_valid_day": "2022-10-09",
    "parties": ["gemeente", "politie"],
    "body": "Kiwa",
    "cycle": 1,
    "provenance": {"source": "https://a.example/", "basis": "stated", "note": "eerste"},
}

_TEXTS: dict[str, dict[str, Any]] = {
    "register_estate": {"name": "De Zilverhoek", "municipalities": ["Voorbeeldstad"], "on": "1998"},
    "register_group": {"name": "Alle terreinen", "municipalities": ["Voorbeeldstad"], "on": ""},
    "link_members": {"members": [OTHER_ESTATE]},
    "rename_estate": {"name": "Zilverpark", "reason": "fusie"},
    "change_scope": {"scope": "fase 1 en 2", "reason": "groei"},
    "succeed_party": {"former": "A", "successor": "B", "role": "police"},
    "transfer_estate": {"to_body": "DASS", "reason": "keuze"},
    "start_trajectory": {"parties": [_PARTY], "guide": "PVO", "body": "Kiwa", "edition": "kvo-3.1"},
    "declare_intent": {"signatories": [_SIGNATORY]},
    "record_survey": {"sent": 113, "returned": 41},
    "record_walk_round": {"light": "dark", "observations": 22},
    "record_figures": {"figures": _FIGURES},
    "adopt_analysis": {},
    "adopt_plan": {
        "goals": [{"id": "g1", "text": "Minder inbraken", "target": "minder dan 10"}],
        "measures": [_MEASURE],
    },
    "update_measure": {"measure": "m1", "progress": "done", "owner": "Politie", "note": "klaar"},
    "end_trajectory": {"reason": "by_choice", "note": "kosten"},
    "sign_covenant": {
        "signatories": [_SIGNATORY],
        "witnesses": [{"organisation": "Interpolis", "role": "other"}],
        "agreements": [
            {
                "subject": "cameras",
                "party": "Parkmanagement",
                "text": "zes camera's",
                "times_per_year": 4,
                "payer": "Ondernemersvereniging",
                "amount_eur": "12000.50",
            }
        ],
        "also": [OTHER_ESTATE],
    },
    "request_audit": {"body": "Kiwa"},
    "record_audit": {
        "auditor": "auditor-1",
        "outcome": "positive",
        "findings": [{"id": "f1", "severity": "minor", "text": "Verslag ontbreekt"}],
    },
    "close_finding": {"finding": "f1", "note": "verslag ontvangen"},
    "award_certificate": {
        "level": "Basis Samenwerken",
        "valid_from": "2021-07-01",
        "last_valid_day": "2024-06-30",
    },
    "refuse_award": {"reason": "plan te mager"},
    "present_certificate": {"by": "burgemeester"},
    "evaluate_year": {"figures": _FIGURES, "note": "6 van 8"},
    "evaluate_term": {"figures": _FIGURES, "edition": "kvo-3.1", "note": "1-meting"},
    "suspend_certificate": {"reason": "geen overleg"},
    "restore_certificate": {"reason": "hervat"},
    "withdraw_certificate": {"reason": "opgeheven"},
    "waive_requirement": {"requirement": "measures_done", "reason": "klein terrein"},
    "approve_act": {"proposal": "act-9"},
    "decline_act": {"proposal": "act-9", "reason": "onnodig"},
    "migrate_edition": {"edition": "kvo-4.0", "reason": "overgang"},
    "revert_migration": {"reason": "te vroeg"},
    "give_notice": {"kind": "reminder", "ordinal": 2},
    "extend_deadline": {
        "kind": "evaluation",
        "ordinal": 1,
        "due_on": "2027-03-01",
        "reason": "verhuizing",
    },
    "replan_deadline": {
        "kind": "reminder",
        "ordinal": 1,
        "due_on": "2027-03-01",
        "reason": "vakantie",
    },
    "waive_deadline": {"kind": "evaluation", "ordinal": 1, "reason": "pas begonnen"},
    "record_past_fact": {"fact": _FACT},
    "record_remark": {
        "subject": "other",
        "on": "2020",
        "text": "subsidie vervalt",
        "provenance": {"source": "https://a.example/"},
    },
    "correct": {"version": 3, "says": {"sent": 120}, "reason": "telfout"},
    "register_document": {
        "title": "Verslag schouw",
        "sha256": "0f" * 32,
        "size_bytes": 20_480,
        "media_type": "application/pdf",
        "address": "https://a.example/schouw.pdf",
        "about": 1,
        "requirement": "walk_round_dark",
    },
}
_UNDATED = {"register_estate", "register_group", "record_past_fact", "record_remark"}


def _command(name: str, stated: dict[str, Any]) -> Command:
    day: dict[str, Any] = {} if name in _UNDATED else {"on": "2021-06-03"}
    return command_adapter().validate_python({"command": name, "estate": ESTATE} | day | stated)


SAMPLE_COMMANDS: tuple[Command, ...] = tuple(_command(*item) for item in _TEXTS.items())
