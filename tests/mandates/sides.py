"""Two sides that must not see each other: a municipality, a guide, a body and a park each.

Each side has an estate that walked the invented story, one that nobody guides yet, and a group.
Both have estates of the same names, so that a name is no way to the other side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands import Command, command_adapter
from kvob_domain.estate.commands.identity import LinkMembers, RegisterEstate, RegisterGroup
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import Mandate, Reach, Scope, scopes_of
from kvob_domain.mandates.reach_by_role import reach_of
from kvob_workflow import Engine
from kvob_workflow.demo import story
from kvob_workflow.engine.mandated import Mandated

TODAY: Final = date(2026, 11, 23)
NOBODYS: Final = EstateId("f" * 32)
ALL_SCOPES: Final = frozenset(Scope)


@dataclass(frozen=True)
class Side:
    """The names of one side, and its estates."""

    word: str
    walked: EstateId
    bare: EstateId
    group: EstateId

    @property
    def municipality(self) -> str:
        return f"{self.word}stad"

    @property
    def guide(self) -> str:
        return f"PVO {self.word}"

    @property
    def body(self) -> str:
        return f"Keur {self.word}"

    @property
    def park(self) -> str:
        return f"Parkmanagement {self.word}"

    @property
    def estates(self) -> frozenset[EstateId]:
        return frozenset({self.walked, self.bare, self.group})

    def reach(self, role: Role) -> Reach:
        """What somebody of this side reaches in a role."""
        organisation = {
            Role.GUIDE: self.guide,
            Role.AUDITOR: self.body,
            Role.DECIDER: self.body,
            Role.PARK_MANAGER: self.park,
        }.get(role)
        return reach_of(role, organisation, (self.municipality,))

    def mandate(self, role: Role, scopes: frozenset[Scope] | None = None) -> Mandate:
        """Somebody of this side in a role, with the scopes of that role or others."""
        actor = Actor(PersonId(f"{role}-{self.word}"), self.guide, role, "http")
        return Mandate(actor, scopes_of(role) if scopes is None else scopes, self.reach(role))

    def desk(
        self, engine: Engine, role: Role = Role.MUNICIPALITY, scopes: frozenset[Scope] = ALL_SCOPES
    ) -> Mandated:
        """The engine for somebody of this side: with every scope, so that only reach bounds him."""
        return engine.under(self.mandate(role, scopes))


def sides(engine: Engine) -> tuple[Side, Side]:
    """The two sides, on an empty store."""
    return _side(engine, "Noord"), _side(engine, "Zuid")


def _side(engine: Engine, word: str) -> Side:
    places = (f"{word}stad",)
    walked = engine.do(RegisterEstate(name="De Zilverhoek", municipalities=places)).estate
    for step in story(walked):
        if step.refused_with is None:
            person = PersonId(step.actor.person.replace("p-", f"{word}-"))
            actor = Actor(person, f"Van {word}", step.actor.role, "cli")
            engine.do(_of_side(step.command, word), actor=actor)
    bare = engine.do(RegisterEstate(name="Het Kale Veld", municipalities=places)).estate
    group = engine.do(RegisterGroup(name="Alle terreinen", municipalities=places)).estate
    engine.do(LinkMembers(estate=group, members=(walked,), on=TODAY))
    return Side(word, walked, bare, group)


def _of_side(command: Command, word: str) -> Command:
    text = command.model_dump_json()
    for invented, own in (
        ("Stichting Veilig Voorbeeld", f"PVO {word}"),
        ("Keurinstituut Voorbeeld", f"Keur {word}"),
        ("De Zilverhoek", word),
        ("Voorbeeld", word),
        ('"p-', f'"{word.lower()}-'),
    ):
        text = text.replace(invented, own)
    return command_adapter().validate_json(text)
