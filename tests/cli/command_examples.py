"""What does a call of every command look like? One example each, and what comes before it."""

from __future__ import annotations

import json

from tests.cli.walked_so_far import (
    ANALYSED,
    AT_AWARD,
    AT_COVENANT,
    AT_KICKOFF,
    AT_PLAN,
    AUDIT,
    AUDITED,
    AWARD,
    AWARDED,
    CLOSED,
    COVENANT,
    DECIDER,
    ESTATE,
    EVIDENCE,
    GROUP,
    GUIDE,
    MIGRATION,
    NEW,
    OTHER,
    PARTIES,
    PLAN,
    PROPOSED,
    READY,
    REGISTERED,
    SECOND,
    STANDING,
    SUSPENSION,
    Given,
    about,
    given,
)

EXAMPLES: list[tuple[list[Given], Given]] = [
    (
        REGISTERED,
        given(
            GUIDE,
            "register_estate",
            NEW,
            name="De Rand",
            municipalities=["Voorbeeldstad", "Buurstad"],
            on="2019-05",
            scope="Tussen spoor en kanaal",
        ),
    ),
    (
        REGISTERED,
        given(GUIDE, "register_group", NEW, name="Oost", municipalities=["Buurstad"], on="2019"),
    ),
    (REGISTERED, given(GUIDE, "link_members", GROUP, on="2021-01-05", members=[ESTATE, OTHER])),
    (REGISTERED, given(GUIDE, "rename_estate", on="2021-01-05", name="De Bocht", reason="Wens")),
    (REGISTERED, given(GUIDE, "change_scope", on="2021-01-05", scope="Ook de kade")),
    (
        AT_KICKOFF,
        given(
            GUIDE,
            "succeed_party",
            on="2021-01-20",
            former="Gemeente",
            successor="Nieuwe gemeente",
            role="municipality",
        ),
    ),
    (AT_KICKOFF, given(GUIDE, "transfer_estate", on="2021-01-20", to_body="Keur B")),
    (
        REGISTERED,
        given(
            GUIDE,
            "start_trajectory",
            on="2021-01-04",
            parties=PARTIES,
            guide="Begeleiders bv",
            edition="kvo-3.1",
        ),
    ),
    (
        [*REGISTERED, given(GUIDE, "start_trajectory", on="2021-01-04")],
        given(GUIDE, "declare_intent", on="2021-01-11", signatories=PARTIES),
    ),
    (AT_KICKOFF, EVIDENCE[0]),
    (AT_KICKOFF, EVIDENCE[2]),
    (
        AT_KICKOFF,
        given(
            GUIDE,
            "record_figures",
            on="2021-02-04",
            figures={"year": 2020, "incidents": 12, "damage_eur": 9000, "safety_feeling": "6.5"},
        ),
    ),
    ([*AT_KICKOFF, *EVIDENCE], ANALYSED[0]),
    (AT_PLAN, PLAN),
    (
        AT_COVENANT,
        given(
            GUIDE, "update_measure", on="2021-03-09", measure="m1", progress="done", owner="Park"
        ),
    ),
    (AT_COVENANT, given(GUIDE, "end_trajectory", on="2021-03-09", reason="by_choice")),
    (
        [*AT_COVENANT, *about(OTHER, AT_COVENANT[len(REGISTERED) :])],
        Given(GUIDE, {**COVENANT.fields, "also": [OTHER]}),
    ),
    (AT_AWARD, given(GUIDE, "request_audit", on="2021-04-05", body="Keur A")),
    (AT_AWARD, AUDIT),
    (AUDITED, CLOSED),
    (READY, AWARD),
    (READY, given(DECIDER, "refuse_award", on="2021-06-01", reason="Te weinig overleg")),
    (AWARDED, given(GUIDE, "present_certificate", on="2021-06-20", by="burgemeester")),
    (
        AWARDED,
        given(GUIDE, "evaluate_year", on="2022-06-01", figures={"year": 2021}, note="Goed jaar"),
    ),
    (
        AWARDED,
        given(GUIDE, "evaluate_term", on="2024-01-10", figures={"year": 2023, "burglaries": 4}),
    ),
    (AWARDED, SUSPENSION),
    (
        [*PROPOSED, given(SECOND, "approve_act", on="2022-01-11", proposal="act-14")],
        given(DECIDER, "restore_certificate", on="2022-02-01", reason="Overleg hervat"),
    ),
    (AWARDED, given(DECIDER, "withdraw_certificate", on="2022-01-10", reason="Fraude")),
    (
        AT_KICKOFF,
        given(
            GUIDE, "waive_requirement", on="2021-01-20", requirement="walk_round_dark", reason="Dag"
        ),
    ),
    (PROPOSED, given(SECOND, "approve_act", on="2022-01-11", proposal="act-14")),
    (
        PROPOSED,
        given(SECOND, "decline_act", on="2022-01-11", proposal="act-14", reason="Te streng"),
    ),
    (AT_KICKOFF, MIGRATION),
    (
        [*AT_KICKOFF, MIGRATION],
        given(GUIDE, "revert_migration", on="2021-02-06", reason="Toch niet"),
    ),
    (
        STANDING,
        given(GUIDE, "give_notice", on="2022-06-01", kind="evaluation", ordinal=1),
    ),
    (
        STANDING,
        given(
            GUIDE,
            "extend_deadline",
            on="2022-05-02",
            kind="evaluation",
            ordinal=2,
            due_on="2089-01-01",
            reason="Verhuizing",
        ),
    ),
    (
        STANDING,
        given(
            GUIDE,
            "replan_deadline",
            on="2022-05-02",
            kind="reminder",
            ordinal=1,
            due_on="2089-09-15",
            reason="Vakantie",
        ),
    ),
    (
        STANDING,
        given(
            DECIDER,
            "waive_deadline",
            on="2022-05-02",
            kind="term_evaluation",
            ordinal=69,
            reason="Klein terrein",
        ),
    ),
    (
        REGISTERED,
        given(
            GUIDE,
            "record_past_fact",
            fact={
                "kind": "award",
                "on": "2015-06",
                "level": "Basis Samenwerken",
                "parties": ["Gemeente", "Politie"],
                "cycle": 1,
                "provenance": {"source": "https://example.org/a", "basis": "stated"},
            },
        ),
    ),
    (
        REGISTERED,
        given(
            GUIDE,
            "record_remark",
            subject="winkels",
            on="2015",
            text="Ook de winkels deden mee",
            provenance={"source": "https://example.org/b"},
        ),
    ),
    (
        AT_KICKOFF,
        given(
            GUIDE,
            "register_document",
            on="2021-01-20",
            title="Verslag",
            sha256="ab" * 32,
            size_bytes=2048,
            media_type="application/pdf",
            address="https://example.org/verslag.pdf",
            about=1,
            requirement="walk_round_day",
        ),
    ),
]
EXAMPLES.append(
    (
        AT_PLAN,
        given(GUIDE, "correct", on="2021-02-20", version=4, says={"sent": 120}, reason="Telfout"),
    )
)
BY_NAME = {example.name: (before, example) for before, example in EXAMPLES}


def in_corner(one: Given, number: int) -> Given:
    """The same command about estates and places of its own, so that a store holds all examples.

    Ids then count from `number` times 1000 and 1.
    """
    text = json.dumps(one.fields)
    for id, offset in ((ESTATE, 1), (OTHER, 2), (GROUP, 3), (NEW, 999)):
        text = text.replace(f'"{id}"', f'"{number * 1000 + offset:032x}"')
    return Given(one.actor, json.loads(text.replace("Voorbeeldstad", f"Voorbeeldstad {number}")))
