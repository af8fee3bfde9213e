"""What may be asked about what an estate is? Its name, its area, its parties, its body."""

from typing import ClassVar, Literal

from pydantic import Field

from kvob_domain.estate.commands.base import Ask, EstateCommand
from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import NameField
from kvob_domain.ids import EstateIdField
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole
from kvob_domain.words import Text

UNKNOWN_DAY = PartialDate.parse("")


class RegisterEstate(Ask):
    """Enter an estate. `on` is the first day it existed, if known; the engine gives the id.

    `kind` other_area enters a shopping area or another area that this mark is not about; it is
    counted as an estate from its first fact or trajectory on.
    """

    TITLE: ClassVar[Text] = Text("Terrein aanmelden", "Register an estate")
    command: Literal["register_estate"] = "register_estate"
    estate: EstateIdField | None = None
    name: NameField
    municipalities: tuple[NameField, ...] = Field(min_length=1)
    on: PartialDate = UNKNOWN_DAY
    scope: str | None = Field(default=None, max_length=2000)
    kind: Literal[EstateKind.ESTATE, EstateKind.OTHER_AREA] = EstateKind.ESTATE


class RegisterGroup(Ask):
    """Enter a group of estates that sources speak of as one; it is not counted as an estate."""

    TITLE: ClassVar[Text] = Text("Groep terreinen aanmelden", "Register a group of estates")
    command: Literal["register_group"] = "register_group"
    estate: EstateIdField | None = None
    name: NameField
    municipalities: tuple[NameField, ...] = Field(min_length=1)
    on: PartialDate = UNKNOWN_DAY


class LinkMembers(EstateCommand):
    """Say which estates a group consists of, so that its facts show on them."""

    TITLE: ClassVar[Text] = Text("Terreinen aan groep koppelen", "Link estates to a group")
    command: Literal["link_members"] = "link_members"
    members: tuple[EstateIdField, ...] = Field(min_length=1)


class RenameEstate(EstateCommand):
    """Give the estate another name; the earlier name keeps leading to it."""

    TITLE: ClassVar[Text] = Text("Hernoemen", "Rename")
    command: Literal["rename_estate"] = "rename_estate"
    name: NameField
    reason: str | None = Field(default=None, max_length=1000)


class ChangeScope(EstateCommand):
    """Change the area that the mark covers."""

    TITLE: ClassVar[Text] = Text("Gebied wijzigen", "Change scope")
    command: Literal["change_scope"] = "change_scope"
    scope: str = Field(min_length=1, max_length=2000)
    reason: str | None = Field(default=None, max_length=1000)


class SucceedParty(EstateCommand):
    """Put a successor in the place of a party, such as a merged municipality or safety region."""

    TITLE: ClassVar[Text] = Text("Partij opvolgen", "Succeed a party")
    command: Literal["succeed_party"] = "succeed_party"
    former: str = Field(min_length=1, max_length=200)
    successor: str = Field(min_length=1, max_length=200)
    role: PartyRole


class TransferEstate(EstateCommand):
    """Move the estate's certification to another certification body."""

    TITLE: ClassVar[Text] = Text("Overdragen", "Transfer to another certification body")
    command: Literal["transfer_estate"] = "transfer_estate"
    to_body: str = Field(min_length=1, max_length=200)
    reason: str | None = Field(default=None, max_length=1000)


IdentityCommand = (
    RegisterEstate
    | RegisterGroup
    | LinkMembers
    | RenameEstate
    | ChangeScope
    | SucceedParty
    | TransferEstate
)
