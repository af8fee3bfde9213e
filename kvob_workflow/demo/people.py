"""Who acts in the invented estate? Opaque ids and organisations; nobody is real."""

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.parties import Party, PartyRole, Signatory

GUIDE = Actor(PersonId("p-guide"), "Stichting Veilig Voorbeeld", Role.GUIDE, "demo")
AUDITOR = Actor(PersonId("p-auditor"), "Keurinstituut Voorbeeld", Role.AUDITOR, "demo")
DECIDER = Actor(PersonId("p-decider"), "Keurinstituut Voorbeeld", Role.DECIDER, "demo")
SECOND_AUDITOR = Actor(PersonId("p-auditor-b"), "Keurinstituut Voorbeeld", Role.AUDITOR, "demo")

ASSOCIATION = "Ondernemersvereniging De Zilverhoek"
MUNICIPALITY = "gemeente Voorbeeldstad"
POLICE = "politie Voorbeeldland"
SAFETY_REGION = "Veiligheidsregio Voorbeeldland"
PARK_MANAGEMENT = "Parkmanagement De Zilverhoek"

_ROLES = {
    ASSOCIATION: PartyRole.ENTREPRENEURS,
    MUNICIPALITY: PartyRole.MUNICIPALITY,
    POLICE: PartyRole.POLICE,
    SAFETY_REGION: PartyRole.FIRE_BRIGADE,
    PARK_MANAGEMENT: PartyRole.PARK_MANAGEMENT,
}
PARTIES = tuple(Party(organisation=name, role=role) for name, role in _ROLES.items())
SIGNATORIES = tuple(
    Signatory(organisation=name, role=role, person=PersonId(f"p-signs-{role}"))
    for name, role in _ROLES.items()
)
INSURER = Signatory(
    organisation="Verzekeraar Voorbeeld", role=PartyRole.OTHER, person=PersonId("p-insurer")
)
