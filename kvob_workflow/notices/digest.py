"""What does a recipient get? A digest of notices, as fields for programs and text for people."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines.explained import explained
from kvob_domain.ids import EstateId
from kvob_domain.terms import last_valid_day
from kvob_domain.words import Language
from kvob_workflow.clock import civil_day
from kvob_workflow.notices import texts
from kvob_workflow.notices.sentences import MISSED

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Notice:
    """A deadline that fell due at an estate. Days are civil days in the Netherlands.

    `id` is the event, as "<estate>:<version>". `recorded_at` is an aware instant, in UTC.
    `expires_on` is the first day that the certificate is no longer valid. The fields below it
    say what gave the day: see `kvob_domain.estate.deadlines.Deadline`.
    """

    id: str
    estate: EstateId
    name: str
    municipalities: tuple[str, ...]
    kind: DeadlineKind
    due_on: date
    recorded_at: datetime
    expires_on: date | None
    estimated: bool
    rule: str
    holder: str
    anchor_on: date
    computed_on: date
    reason: str = ""

    @property
    def municipality(self) -> str:
        """The municipalities as one text, joined as sources write them: Aalsmeer/Uithoorn."""
        return "/".join(self.municipalities)

    @property
    def last_valid_day(self) -> date | None:
        """The last day that the certificate is valid, where there is one."""
        return None if self.expires_on is None else last_valid_day(self.expires_on)

    @property
    def is_missed(self) -> bool:
        """Whether nobody can do it any more: at its recording the certificate had expired."""
        if self.expires_on is None or self.kind not in MISSED:
            return False
        return civil_day(self.recorded_at) >= self.expires_on

    def explained(self, language: Language) -> str:
        """How the day was computed, in a sentence."""
        told = explained(
            self.kind,
            self.rule,
            self.anchor_on,
            self.computed_on,
            self.due_on,
            self.estimated,
            self.reason,
            self.holder,
        )
        return told.of(language)

    def as_dict(self) -> dict[str, object]:
        """The fields for JSON; days and instants as ISO text."""
        last = self.last_valid_day
        return {
            "id": self.id,
            "estate": self.estate,
            "name": self.name,
            "municipality": self.municipality,
            "kind": self.kind.value,
            "due_on": self.due_on.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "expires_on": None if self.expires_on is None else self.expires_on.isoformat(),
            "last_valid_day": None if last is None else last.isoformat(),
            "estimated": self.estimated,
            "rule": self.rule,
            "holder": self.holder,
            "anchor_on": self.anchor_on.isoformat(),
            "computed_on": self.computed_on.isoformat(),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Digest:
    """Notices for one recipient. `id` stays the same when it is sent again.

    `recipient` is the organisation, "*" where nobody in particular is meant; `address` is where
    it is reached, None where the channel needs none. `composed_at` is an aware instant, in UTC.
    """

    id: str
    recipient: str
    address: str | None
    language: Language
    composed_at: datetime
    notices: tuple[Notice, ...]

    @property
    def subject(self) -> str:
        """One line that says what it is about."""
        return texts.subject(self.notices, self.language)

    @property
    def text(self) -> str:
        """The whole message in plain text: what fell due, since when, what to do next."""
        return texts.message(self.id, self.recipient, self.notices, self.language)

    def as_dict(self) -> dict[str, object]:
        """The fields for JSON, with subject and text; without the address."""
        return {
            "id": self.id,
            "recipient": self.recipient,
            "language": self.language,
            "composed_at": self.composed_at.isoformat(),
            "subject": self.subject,
            "text": self.text,
            "notices": [notice.as_dict() for notice in self.notices],
        }


def one_line(text: str) -> str:
    """The text on one line, without what a header, a log or a terminal would obey."""
    shown = "".join(" " if unicodedata.category(sign) in _HIDDEN else sign for sign in text)
    return " ".join(shown.split())
