"""Who takes part? Parties by role: names of organisations vary and change, their part does not."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from kvob_domain.ids import PersonIdField
from kvob_domain.personal import NameField
from kvob_domain.words import Text


class PartyRole(StrEnum):
    """The part an organisation plays.

    A business association or a park's BMO speaks for the entrepreneurs, a safety region for
    the fire brigade. Source: PVO Brabant-Zeeland, whose page the scheme data `parties` names.
    """

    ENTREPRENEURS = "entrepreneurs"
    MUNICIPALITY = "municipality"
    POLICE = "police"
    FIRE_BRIGADE = "fire_brigade"
    PARK_MANAGEMENT = "park_management"
    OTHER = "other"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return PARTY_WORDS[self]


PARTY_WORDS: dict[PartyRole, Text] = {
    PartyRole.ENTREPRENEURS: Text("ondernemers", "entrepreneurs"),
    PartyRole.MUNICIPALITY: Text("gemeente", "municipality"),
    PartyRole.POLICE: Text("politie", "police"),
    PartyRole.FIRE_BRIGADE: Text("brandweer", "fire brigade"),
    PartyRole.PARK_MANAGEMENT: Text("parkmanagement", "park management"),
    PartyRole.OTHER: Text("overige", "other"),
}

# Read in this order: "Brandweer/Veiligheidsregio" and "gemeente" come before vaguer words.
_SIGNS: tuple[tuple[PartyRole, tuple[str, ...]], ...] = (
    (PartyRole.MUNICIPALITY, ("gemeente", "municipality")),
    (PartyRole.POLICE, ("politie", "police")),
    (PartyRole.FIRE_BRIGADE, ("brandweer", "veiligheidsregio", "fire brigade", "safety region")),
    (PartyRole.PARK_MANAGEMENT, ("parkmanagement", "park management")),
    (
        PartyRole.ENTREPRENEURS,
        ("ondernem", "bedrijv", "vereniging", "bmo", "industriekring", "business", "association"),
    ),
)


def role_of(organisation: str) -> PartyRole:
    """The role that an organisation's name points to; `OTHER` when it points to none."""
    name = organisation.casefold()
    for role, signs in _SIGNS:
        if any(sign in name for sign in signs):
            return role
    return PartyRole.OTHER


class Party(BaseModel):
    """An organisation in the partnership, with its role."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    organisation: str = Field(min_length=1, max_length=200)
    role: PartyRole


class Signatory(BaseModel):
    """An organisation that signs, through a person (an id) in a function.

    `name` is in clear in a command, and takes `person`; in an event it is sealed.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, hide_input_in_errors=True
    )

    organisation: str = Field(min_length=1, max_length=200)
    role: PartyRole
    person: PersonIdField | None = None
    function: str | None = Field(default=None, max_length=100)
    name: NameField = Field(default=None, repr=False)
