"""Which world is the isolation of the API tried in? Two regions, and texts that must not cross.

Every text, number and name of an estate carries its mark, so that whatever leaks is recognised.
`THERE` may be left out: the same number of events is then written about `DECOY`, which nobody
reaches, so that the two worlds differ in nothing but what a stranger must not notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import command_adapter
from kvob_domain.ids import EstateId, PersonId
from kvob_workflow import Engine

TODAY: Final = date(2022, 6, 15)
Fields = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """An estate of the world: where it lies, and whose organisations work on it."""

    id: EstateId
    mark: str
    place: str
    by: str

    @property
    def number(self) -> int:
        """A number that is only in the records of this estate."""
        return 7_000_000_000 + sum(self.mark.encode()) * 1_000_003

    def organisation(self, kind: str) -> str:
        """The name of the guide, the body or the park manager."""
        return f"{kind} {self.by}"

    def person(self, kind: str) -> str:
        """The id of a person of theirs."""
        return f"p-{self.by.lower()}-{kind}"


HERE: Final = Site(EstateId(f"{0xA1:032x}"), "merkhier", "Stad Links", "Merkhier")
# In the same municipality, in the hands of organisations that are nobody's here.
NEIGHBOUR: Final = Site(EstateId(f"{0xA2:032x}"), "merkbuur", "Stad Links", "Merkbuur")
THERE: Final = Site(EstateId(f"{0xB1:032x}"), "merkdaar", "Stad Rechts", "Merkdaar")
DECOY: Final = Site(EstateId(f"{0xC1:032x}"), "merkver", "Stad Ver", "Merkver")
ABSENT: Final = EstateId(f"{0xD1:032x}")
SITES: Final = (HERE, NEIGHBOUR, THERE)


def settle(engine: Engine, *, there: bool = True) -> None:
    """Write the world."""
    _give(engine, DECOY, Role.GUIDE, _registration(DECOY))
    for number, site in enumerate((THERE, NEIGHBOUR, HERE)):
        for turn, (role, fields) in enumerate(_life(site)):
            if site is THERE and not there:
                # A remark is one event, as each command of the life is.
                site_of, role, fields = DECOY, Role.GUIDE, _remark(DECOY, f"{number} {turn}")
            else:
                site_of = site
            _give(engine, site_of, role, fields)


def _give(engine: Engine, site: Site, role: Role, fields: Fields) -> None:
    kind = "Keur" if role in (Role.AUDITOR, Role.DECIDER) else "Gids"
    actor = Actor(PersonId(site.person(role.value)), site.organisation(kind), role)
    command = command_adapter().validate_python({"estate": site.id, **fields})
    outcome = engine.do(command, actor=actor)
    assert len(outcome.events) == 1, "a world without THERE writes one event for each command"


def _registration(site: Site) -> Fields:
    return {
        "command": "register_estate",
        "name": f"Terrein {site.mark}",
        "municipalities": [site.place],
        "scope": f"omvang {site.mark}",
        "on": "2019-03-01",
    }


def _remark(site: Site, about: str) -> Fields:
    return {
        "command": "record_remark",
        "subject": "other",
        "on": "2020",
        "text": f"opmerking {site.mark} {about}",
        "provenance": {"source": f"https://{site.mark}.example/", "note": f"noot {site.mark}"},
    }


def _parties(site: Site) -> list[Fields]:
    roles = ("entrepreneurs", "municipality", "police", "fire_brigade")
    named = [{"organisation": f"{role} {site.mark}", "role": role} for role in roles]
    park = {"organisation": site.organisation("Park"), "role": "park_management"}
    return [*named, park]


def _signatories(site: Site) -> list[Fields]:
    return [
        {**party, "person": site.person(f"teken{number}"), "function": f"functie {site.mark}"}
        for number, party in enumerate(_parties(site))
    ]


def _measures(site: Site) -> list[Fields]:
    return [
        {
            "id": f"m{number}-{site.mark}",
            "text": f"maatregel {number} {site.mark}",
            "owner": f"eigenaar {site.mark}",
            "owner_role": "municipality",
            "tag": "safe",
            "goal": f"g-{site.mark}",
            "due_on": "2022-12-31",
            "progress": "planned" if number == 1 else "done",
        }
        for number in range(1, 6)
    ]


def _life(site: Site) -> Iterator[tuple[Role, Fields]]:
    """The commands of one estate, up to a certificate with a suspension that waits."""
    for fields in _preparation(site):
        yield Role.GUIDE, fields
    for role, fields in _certification(site):
        yield role, fields
    yield Role.GUIDE, _remark(site, "laatste")


def _preparation(site: Site) -> Iterator[Fields]:
    figures = {"year": 2020, "burglaries": 9, "damage_eur": site.number}
    yield _registration(site)
    yield {
        "command": "start_trajectory",
        "on": "2021-01-04",
        "parties": _parties(site),
        "guide": site.organisation("Gids"),
        "body": site.organisation("Keur"),
    }
    yield {"command": "declare_intent", "on": "2021-01-11", "signatories": _signatories(site)}
    yield {"command": "record_survey", "on": "2021-02-01", "sent": 100, "returned": 40}
    yield {"command": "record_walk_round", "on": "2021-02-02", "light": "day", "observations": 3}
    yield {"command": "record_walk_round", "on": "2021-02-03", "light": "dark", "observations": 5}
    yield {"command": "record_figures", "on": "2021-02-04", "figures": figures}
    yield {"command": "adopt_analysis", "on": "2021-02-10"}
    yield {
        "command": "adopt_plan",
        "on": "2021-03-01",
        "goals": [
            {"id": f"g-{site.mark}", "text": f"doel {site.mark}", "target": f"wens {site.mark}"}
        ],
        "measures": _measures(site),
    }
    yield {
        "command": "update_measure",
        "on": "2021-03-05",
        "measure": f"m2-{site.mark}",
        "progress": "done",
        "note": f"klaar {site.mark}",
    }
    yield {
        "command": "sign_covenant",
        "on": "2021-04-01",
        "signatories": _signatories(site),
        "witnesses": [{"organisation": f"getuige {site.mark}", "role": "other"}],
        "agreements": [
            {
                "subject": "lighting",
                "party": f"partij {site.mark}",
                "text": f"afspraak {site.mark}",
                "payer": f"betaler {site.mark}",
            }
        ],
    }
    yield {
        "command": "register_document",
        "on": "2021-04-02",
        "title": f"stuk {site.mark}",
        "sha256": f"{site.number:064x}",
        "size_bytes": 2048,
        "media_type": "application/pdf",
        "address": f"https://{site.mark}.example/stuk.pdf",
        "about": 1,
    }


def _certification(site: Site) -> Iterator[tuple[Role, Fields]]:
    findings = [{"id": f"f-{site.mark}", "severity": "minor", "text": f"bevinding {site.mark}"}]
    yield (
        Role.AUDITOR,
        {
            "command": "record_audit",
            "on": "2021-05-03",
            "auditor": site.person("auditor"),
            "outcome": "positive",
            "findings": findings,
        },
    )
    yield (
        Role.AUDITOR,
        {
            "command": "close_finding",
            "on": "2021-05-10",
            "finding": f"f-{site.mark}",
            "note": f"hersteld {site.mark}",
        },
    )
    yield (
        Role.DECIDER,
        {
            "command": "award_certificate",
            "on": "2021-06-01",
            "level": "Basis Samenwerken",
            "last_valid_day": "2024-05-31",
        },
    )
    yield (
        Role.GUIDE,
        {"command": "present_certificate", "on": "2021-06-20", "by": f"hand {site.mark}"},
    )
    yield (
        Role.DECIDER,
        {
            "command": "correct",
            "on": "2022-01-05",
            "version": 4,
            "says": {"sent": 120},
            "reason": f"telfout {site.mark}",
        },
    )
    yield (
        Role.DECIDER,
        {"command": "suspend_certificate", "on": "2022-01-10", "reason": f"reden {site.mark}"},
    )
