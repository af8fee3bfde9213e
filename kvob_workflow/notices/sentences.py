"""What is said of each kind of deadline? What it means, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.words import MONTHS, Language, Text

if TYPE_CHECKING:
    from datetime import date


class Said(NamedTuple):
    """What fell due, what to do next, and the command that does it."""

    what: Text
    next: Text
    command: str


SUBJECTS: Final[dict[DeadlineKind, Text]] = {
    DeadlineKind.REMINDER: Text("het certificaat loopt af", "the certificate is running out"),
    DeadlineKind.EVALUATION: Text("jaarevaluatie", "yearly evaluation"),
    DeadlineKind.TERM_EVALUATION: Text("eindevaluatie", "evaluation of the term"),
    DeadlineKind.RENEWAL_START: Text("start de hercertificering", "start the renewal"),
    DeadlineKind.EXPIRY: Text("het certificaat is verlopen", "the certificate has expired"),
    DeadlineKind.SUSPENSION_LIMIT: Text("einde van de schorsing", "end of the suspension"),
    DeadlineKind.CORRECTIVE_ACTION: Text("herstel van tekortkomingen", "corrective action"),
    DeadlineKind.TARGET: Text("streefdatum", "target date"),
    DeadlineKind.RETENTION: Text("einde van de bewaartermijn", "end of the retention"),
}

SAID: Final[dict[DeadlineKind, Said]] = {
    DeadlineKind.REMINDER: Said(
        Text(
            "tijd voor de hercertificering. De laatste geldige dag van het certificaat is {last}.",
            "time for the renewal. The last valid day of the certificate is {last}.",
        ),
        Text(
            "bekijk met {command} wat er nog nodig is.",
            "see with {command} what is still needed.",
        ),
        "estate",
    ),
    DeadlineKind.EVALUATION: Said(
        Text(
            "de jaarevaluatie is aan de beurt en nog niet vastgelegd.",
            "the yearly evaluation is due and not recorded yet.",
        ),
        Text(
            "evalueer met de werkgroep en leg dat vast met {command}.",
            "evaluate with the working group and record it with {command}.",
        ),
        "evaluate-year",
    ),
    DeadlineKind.TERM_EVALUATION: Said(
        Text(
            "de eindevaluatie is aan de beurt en nog niet vastgesteld. De laatste geldige dag "
            "van het certificaat is {last}.",
            "the evaluation of the term is due and not recorded yet. The last valid day of the "
            "certificate is {last}.",
        ),
        Text(
            "stel de eindevaluatie vast met {command}.",
            "record the evaluation of the term with {command}.",
        ),
        "evaluate-term",
    ),
    DeadlineKind.RENEWAL_START: Said(
        Text(
            "de hercertificering moet begonnen zijn. De laatste geldige dag van het certificaat "
            "is {last}.",
            "the renewal must have started. The last valid day of the certificate is {last}.",
        ),
        Text(
            "begin met de eindevaluatie: {command}.",
            "begin with the evaluation of the term: {command}.",
        ),
        "evaluate-term",
    ),
    DeadlineKind.EXPIRY: Said(
        Text(
            "het certificaat is niet meer geldig. De laatste geldige dag was {last}.",
            "the certificate is no longer valid. The last valid day was {last}.",
        ),
        Text(
            "voer het keurmerk niet meer. Bekijk met {command} wat er kan; is er elders al "
            "verlengd, leg dat dan vast met kvob record-past-fact.",
            "do not show the mark any more. See with {command} what is possible; if it was "
            "renewed elsewhere, record that with kvob record-past-fact.",
        ),
        "estate",
    ),
    DeadlineKind.SUSPENSION_LIMIT: Said(
        Text(
            "de langste termijn van de schorsing is voorbij.",
            "the longest time for the suspension is over.",
        ),
        Text(
            "hef de schorsing op met {command}, of trek het certificaat in met "
            "kvob withdraw-certificate.",
            "restore the certificate with {command}, or withdraw it with "
            "kvob withdraw-certificate.",
        ),
        "restore-certificate",
    ),
    DeadlineKind.CORRECTIVE_ACTION: Said(
        Text(
            "de tekortkomingen van de audit moeten hersteld zijn en staan nog open.",
            "the findings of the audit must have been mended and are still open.",
        ),
        Text(
            "sluit elke herstelde tekortkoming af met {command}.",
            "close each finding that was mended with {command}.",
        ),
        "close-finding",
    ),
    DeadlineKind.TARGET: Said(
        Text(
            "de streefdatum van deze stap is bereikt.",
            "the target date of this step has come.",
        ),
        Text(
            "bekijk met {command} wat er nog nodig is, of kies een andere dag met "
            "kvob replan-deadline.",
            "see with {command} what is still needed, or choose another day with "
            "kvob replan-deadline.",
        ),
        "estate",
    ),
    DeadlineKind.RETENTION: Said(
        Text(
            "de bewaartermijn van het dossier is voorbij.",
            "the time for which the file is kept is over.",
        ),
        Text(
            "beslis of het dossier weg kan; {command} toont wat erin staat.",
            "decide whether the file can go; {command} shows what is in it.",
        ),
        "history",
    ),
}

MISSED: Final[dict[DeadlineKind, Text]] = {
    DeadlineKind.REMINDER: Text("herinnering aan het einde", "reminder of the end"),
    DeadlineKind.EVALUATION: Text("jaarevaluatie", "yearly evaluation"),
    DeadlineKind.TERM_EVALUATION: Text("eindevaluatie", "evaluation of the term"),
    DeadlineKind.RENEWAL_START: Text("begin van de hercertificering", "start of the renewal"),
    DeadlineKind.SUSPENSION_LIMIT: Text("einde van de schorsing", "end of the suspension"),
}
"""What makes no sense any more once the certificate has expired, and what it is called then."""


def day(on: date, language: Language) -> str:
    """A civil day as people write it: 1 maart 2026, 1 March 2026."""
    return f"{on.day} {MONTHS[on.month - 1].of(language)} {on.year}"
