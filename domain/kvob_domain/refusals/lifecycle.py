"""Why is there no such move now?"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Rejected
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Text


@dataclass(eq=False)
class WrongStep(Rejected):
    """The trajectory has no such move in this step."""

    code: ClassVar[str] = "wrong-step"
    nl: ClassVar[str] = (
        "'{command}' kan niet in de stap {step}; wel in: {possible_in}. Nu kan: "
        "{allowed_now}. (Levensloop; zie 'kvob diagram'.)"
    )
    en: ClassVar[str] = (
        "'{command}' is not possible in step {step}; it is in: {possible_in}. Possible now: "
        "{allowed_now}. (Lifecycle; see 'kvob diagram'.)"
    )
    command: Text
    step: Step
    possible_in: tuple[Step, ...]
    allowed_now: tuple[Text, ...]


@dataclass(eq=False)
class WrongStatus(Rejected):
    """The certificate has no such move in this status."""

    code: ClassVar[str] = "wrong-status"
    nl: ClassVar[str] = (
        "'{command}' kan niet als het certificaat deze status heeft: {status}; wel bij: "
        "{possible_with}. (Levensloop; zie 'kvob diagram'.)"
    )
    en: ClassVar[str] = (
        "'{command}' is not possible while the certificate is: {status}; it is when: "
        "{possible_with}. (Lifecycle; see 'kvob diagram'.)"
    )
    command: Text
    status: Status
    possible_with: tuple[Status, ...]


@dataclass(eq=False)
class NoTrajectory(Rejected):
    """There is no running trajectory to record evidence in."""

    code: ClassVar[str] = "no-trajectory"
    nl: ClassVar[str] = (
        "Er loopt geen traject (stap {step}). Start eerst een traject (start-trajectory). "
        "(Levensloop; zie 'kvob diagram'.)"
    )
    en: ClassVar[str] = (
        "No trajectory is running (step {step}). Start one first (start-trajectory). "
        "(Lifecycle; see 'kvob diagram'.)"
    )
    step: Step


@dataclass(eq=False)
class AlreadyRegistered(Rejected):
    """The estate is entered once."""

    code: ClassVar[str] = "already-registered"
    nl: ClassVar[str] = "Dit terrein is al aangemeld als '{name}'. Gebruik het bestaande terrein."
    en: ClassVar[str] = "This estate is already registered as '{name}'. Use the existing one."
    name: str


@dataclass(eq=False)
class GroupHasNoTrajectory(Rejected):
    """A group is not counted as an estate and walks no steps of its own."""

    code: ClassVar[str] = "group-has-no-trajectory"
    nl: ClassVar[str] = (
        "'{name}' is een groep terreinen. Geef de opdracht aan de terreinen zelf, "
        "samen in een keer met 'also'."
    )
    en: ClassVar[str] = (
        "'{name}' is a group of estates. Give the command to the estates themselves, "
        "together in one act with 'also'."
    )
    name: str


@dataclass(eq=False)
class NothingToRevert(Rejected):
    """There was no migration in this cycle."""

    code: ClassVar[str] = "nothing-to-revert"
    nl: ClassVar[str] = (
        "In deze cyclus is de schemaversie niet gewijzigd; er is niets terug te zetten."
    )
    en: ClassVar[str] = "The edition was not changed in this cycle; there is nothing to revert."
