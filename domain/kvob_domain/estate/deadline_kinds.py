"""Which kinds of deadline are there, and which of them can be moved? Read next: `deadlines`."""

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from kvob_domain.words import Text


class DeadlineKind(StrEnum):
    """The kinds of deadline."""

    REMINDER = "reminder"
    EVALUATION = "evaluation"
    TERM_EVALUATION = "term_evaluation"
    RENEWAL_START = "renewal_start"
    EXPIRY = "expiry"
    SUSPENSION_LIMIT = "suspension_limit"
    CORRECTIVE_ACTION = "corrective_action"
    TARGET = "target"
    RETENTION = "retention"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return DEADLINE_WORDS[self]


DEADLINE_WORDS: dict[DeadlineKind, Text] = {
    DeadlineKind.REMINDER: Text("Herinnering", "Reminder"),
    DeadlineKind.EVALUATION: Text("Jaarevaluatie uiterlijk", "Yearly evaluation due"),
    DeadlineKind.TERM_EVALUATION: Text("Eindevaluatie uiterlijk", "Term evaluation due"),
    DeadlineKind.RENEWAL_START: Text("Start hercertificering uiterlijk", "Start renewal by"),
    DeadlineKind.EXPIRY: Text("Verlopen per", "Expires on"),
    DeadlineKind.SUSPENSION_LIMIT: Text("Einde schorsing", "Suspension limit"),
    DeadlineKind.CORRECTIVE_ACTION: Text(
        "Tekortkomingen hersteld uiterlijk", "Corrective action due"
    ),
    DeadlineKind.TARGET: Text("Streefdatum", "Target date"),
    DeadlineKind.RETENTION: Text("Einde bewaartermijn", "Retention"),
}

PLANNED: Final = frozenset({DeadlineKind.REMINDER, DeadlineKind.TARGET})
"""Nobody is bound by these: they are replanned to any later or earlier day."""

BINDING: Final = frozenset(DeadlineKind) - PLANNED - {DeadlineKind.EXPIRY}
"""The scheme asks for these: they are extended to a later day."""

OF_THE_CYCLE: Final = frozenset({DeadlineKind.TARGET, DeadlineKind.CORRECTIVE_ACTION})
"""These belong to the running cycle and come from its edition, not from the certificate's."""

LAST_ORDINAL: Final = 999
"""More than the years between the first and the last day that a certificate can have."""

WAIVABLE: Final = frozenset(DeadlineKind) - {DeadlineKind.EXPIRY, DeadlineKind.RETENTION}
"""A certificate's end follows from the certificate; evidence is kept as long as the scheme says."""


class DeadlineKey(NamedTuple):
    """What makes a deadline of an estate the same one: an extended deadline is another one.

    No certificate number and no cycle: both change when an older fact becomes known, and a
    notice must not be given again for that. Made by `key_of`.
    """

    kind: DeadlineKind
    ordinal: int
    due_on: date


def key_of(kind: DeadlineKind, ordinal: int, due_on: date) -> DeadlineKey:
    """The key of a deadline.

    A reminder's place in the ladder does not count: it changes when the scheme data gain a rung.
    """
    return DeadlineKey(kind, 0 if kind is DeadlineKind.REMINDER else ordinal, due_on)
