"""What does the estate hold? The states of its certificate on a day.

"Expired" is never folded or stored: `certificates.status_on` compares the expiry with the day,
and the answer is the state from which this machine moves.
"""

from enum import StrEnum

from statemachine import State, StateMachine

from kvob_domain.words import Text


class Status(StrEnum):
    """The status of the certificate on a given day."""

    NONE = "none"
    VALID = "valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return STATUS_WORDS[self]


STATUS_WORDS: dict[Status, Text] = {
    Status.NONE: Text("Geen", "None"),
    Status.VALID: Text("Geldig", "Valid"),
    Status.SUSPENDED: Text("Geschorst", "Suspended"),
    Status.EXPIRED: Text("Verlopen", "Expired"),
    Status.WITHDRAWN: Text("Ingetrokken", "Withdrawn"),
    Status.UNKNOWN: Text("Onbekend", "Unknown"),
}


class CertificateMachine(StateMachine):
    """The moves of the certificate. A withdrawn one needs a new trajectory, not a renewal."""

    none = State(initial=True)
    valid = State()
    suspended = State()
    expired = State()
    withdrawn = State()
    unknown = State()

    award_certificate = none.to(valid) | valid.to(valid) | expired.to(valid) | unknown.to(valid)
    suspend_certificate = valid.to(suspended)
    restore_certificate = suspended.to(valid)
    withdraw_certificate = valid.to(withdrawn) | suspended.to(withdrawn)
    expire = valid.to(expired) | suspended.to(expired)
    start_trajectory = (
        withdrawn.to(none)
        | none.to(none)
        | valid.to(valid)
        | suspended.to(suspended)
        | expired.to(expired)
        | unknown.to(unknown)
    )
    lose_date = none.to(unknown)
