"""How does one estate look? Where it stands, what is missing, what is possible, what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.requirement_codes import CERTIFICATION_BODY, WORKING_GROUP
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.parties import PartyRole
from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.covenant import covenant_rows
from kvob_workflow.cli.screens.moments import told_moments
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_domain.estate.deadlines import Deadline
    from kvob_domain.personal import Opened
    from kvob_workflow import CertificateLine, Overview
    from kvob_workflow.cli.screens.screen import Screen

_OWERS: Final = {
    WORKING_GROUP: Text("werkgroep", "working group"),
    CERTIFICATION_BODY: Text("certificatie-instelling", "certification body"),
}
_FIGURES: Final = {
    "burglaries": Text("inbraken", "burglaries"),
    "incidents": Text("incidenten", "incidents"),
    "damage_eur": Text("schade (euro)", "damage (euro)"),
    "safety_feeling": Text("veiligheidsgevoel", "safety feeling"),
}


def draw_estate(
    screen: Screen, overview: Overview, names: Mapping[str, Opened] | None = None
) -> None:
    """The estate on one page; `names` are those in its record, by seal."""
    screen.heading(f"{overview.estate}, {overview.municipality}")
    if overview.known_at is not None:
        told_moments(screen, overview.on, overview.known_at, overview.on)
    _plain_table(screen, _standing(screen, overview))
    for title, rows in (
        (Text("Ontbreekt", "Missing"), _missing(screen, overview)),
        (Text("Nu mogelijk", "Possible now"), _possible(screen, overview)),
        (Text("Wacht op akkoord", "Waits for approval"), _proposals(screen, overview)),
        (Text("Certificaten", "Certificates"), _certificates(screen, overview)),
        (Text("Termijnen", "Deadlines"), _deadlines(screen, overview)),
        (Text("Convenant", "Covenant"), covenant_rows(screen, overview, names or {})),
        (Text("Maatregelen", "Measures"), _measures(screen, overview)),
        (Text("Doelstellingen", "Goals"), [[cell(goal.text)] for goal in overview.goals]),
        (
            Text("Cijfers sinds de nulmeting", "Figures since the baseline"),
            _figures(overview, screen),
        ),
        (Text("Partijen", "Parties"), _parties(screen, overview)),
        (Text("Opvallend", "Noteworthy"), _irregularities(screen, overview)),
    ):
        if rows:
            screen.line()
            screen.line(screen.words(title), "bold")
            _plain_table(screen, rows)
    screen.line()
    phrases.notes(screen, _certificates(screen, overview))
    screen.line(
        screen.choose(
            f"Op {overview.on}; versie {overview.version}; kenmerk {overview.estate_id}",
            f"On {overview.on}; version {overview.version}; id {overview.estate_id}",
        ),
        "dim",
    )


def _plain_table(screen: Screen, rows: Sequence[Row]) -> None:
    columns = [Column("") for _ in rows[0]]
    draw_table(screen, columns, [Section(None, [[*row] for row in rows])], titled=False)


def _standing(screen: Screen, overview: Overview) -> list[Row]:
    step = screen.words(overview.step.words)
    since = overview.step_since
    if since:
        step += screen.choose(f" (sinds {since})", f" (since {since})")
    held = [one for one in overview.certificates if one.status == overview.status]
    status = cell(screen.words(overview.status.words))
    if held:
        last = held[-1]
        status = phrases.certificate(screen, last.status, last.expires_on, last.estimated)
    elif overview.status is Status.NONE and overview.positive_advice:
        status = cell(screen.words(phrases.ADVICE_ONLY))
    told = [
        (screen.choose("Stap", "Step"), cell(step)),
        (screen.choose("Certificaat", "Certificate"), status),
        (screen.choose("Cyclus", "Cycle"), cell(str(overview.cycle) if overview.cycle else "")),
        (screen.choose("Schemaversie", "Edition"), cell(overview.edition or "")),
        (screen.choose("Gebied", "Area"), cell(overview.scope or "")),
        (screen.choose("Begeleider", "Guide"), cell(overview.guide or "")),
        (screen.choose("Instelling", "Body"), cell(overview.body or "")),
        (screen.choose("Eerder", "Formerly"), cell(", ".join(overview.former_names))),
    ]
    return [[cell(label, "dim"), value] for label, value in told if value.plain]


def _missing(screen: Screen, overview: Overview) -> list[Row]:
    return [
        [
            cell(screen.words(one.code.words)),
            cell(_ower(screen, one.owed_by), "dim"),
        ]
        for one in overview.missing
    ]


def _ower(screen: Screen, owed_by: str) -> str:
    words = _OWERS.get(owed_by) or PartyRole(owed_by).words
    return screen.words(words)


def _possible(screen: Screen, overview: Overview) -> list[Row]:
    titles = {name_of(command): command.TITLE for command in ALL_COMMANDS}
    return [
        [cell(screen.words(titles[name])), cell(f"kvob {name.replace('_', '-')}", "dim")]
        for name in overview.allowed
    ]


def _proposals(screen: Screen, overview: Overview) -> list[Row]:
    return [
        [cell(one.id), cell(screen.words(one.act.TITLE)), cell(one.act.reason), cell(str(one.on))]
        for one in overview.proposals
    ]


def _certificates(screen: Screen, overview: Overview) -> list[Row]:
    return [
        [
            cell(str(one.number)),
            phrases.level(one.level, one.level_derived),
            cell(str(one.valid_from) if one.valid_from else ""),
            phrases.certificate(screen, one.status, one.expires_on, one.estimated),
            cell(_presented(screen, one), "dim"),
        ]
        for one in overview.certificates
    ]


def _presented(screen: Screen, line: CertificateLine) -> str:
    """When it was handed over, and how long the estate was without one before it."""
    said: list[str] = []
    if line.presented_on is not None:
        said.append(
            screen.choose(f"uitgereikt {line.presented_on}", f"presented {line.presented_on}")
        )
    if line.gap_days:
        days = line.gap_days
        said.append(
            screen.choose(f"{days} dagen zonder certificaat ervoor", f"after a gap of {days} days")
        )
    return ", ".join(said)


def _deadlines(screen: Screen, overview: Overview) -> list[Row]:
    return [
        [
            cell(_day(one), "bold red" if one.due_on < overview.on else ""),
            cell(phrases.deadline(screen, one.kind)),
            cell(screen.choose("over tijd", "overdue") if one.due_on < overview.on else ""),
            cell(phrases.why(screen, one), "dim"),
        ]
        for one in overview.deadlines
        if one.due_on >= overview.on or one.moot_on is None or one.moot_on > overview.on
    ]


def _day(one: Deadline) -> str:
    return f"{one.due_on} {phrases.ESTIMATED}" if one.estimated else str(one.due_on)


def _measures(screen: Screen, overview: Overview) -> list[Row]:
    return [
        [
            cell(one.id),
            cell(one.text),
            cell(one.owner),
            cell(screen.words(one.progress.words)),
            cell(str(one.due_on) if one.due_on else ""),
        ]
        for one in overview.measures
    ]


def _figures(overview: Overview, screen: Screen) -> list[Row]:
    return [
        [
            cell(screen.words(_FIGURES[one.figure])),
            cell(f"{one.baseline:n} → {one.latest:n}"),
            cell(f"{one.percent:+d} %" if one.percent is not None else ""),
        ]
        for one in overview.changes
    ]


def _parties(screen: Screen, overview: Overview) -> list[Row]:
    return [
        [cell(one.organisation), cell(screen.words(one.role.words), "dim")]
        for one in overview.parties
    ]


def _irregularities(screen: Screen, overview: Overview) -> list[Row]:
    kinds = dict.fromkeys(one.kind for one in overview.irregularities)
    return [[cell(screen.words(kind.words))] for kind in kinds]
