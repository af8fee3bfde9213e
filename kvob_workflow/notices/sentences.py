"""What is said of each kind of deadline? What it means, what to do, and which rule asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.words import Language, Text

if TYPE_CHECKING:
    from datetime import date

_MONTHS: Final = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("maart", "March"),
    Text("april", "April"),
    Text("mei", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augustus", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)


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

# By the name of the scheme value, for one and for several.
_RULES: Final[dict[str, tuple[Text, Text]]] = {
    "reminder_months": (
        Text("1 maand voor het einde", "1 month before the end"),
        Text("{} maanden voor het einde", "{} months before the end"),
    ),
    "renewal_start_months": (
        Text("1 maand voor het einde begonnen", "started 1 month before the end"),
        Text("{} maanden voor het einde begonnen", "started {} months before the end"),
    ),
    "suspension_limit_months": (
        Text("een schorsing duurt hooguit 1 maand", "a suspension lasts 1 month at most"),
        Text("een schorsing duurt hooguit {} maanden", "a suspension lasts {} months at most"),
    ),
    "corrective_action_months": (
        Text("herstel binnen 1 maand", "mended within 1 month"),
        Text("herstel binnen {} maanden", "mended within {} months"),
    ),
    "target_days": (
        Text("1 dag na het begin van de stap", "1 day after the step began"),
        Text("{} dagen na het begin van de stap", "{} days after the step began"),
    ),
    "retention_years": (
        Text("bewaren tot 1 jaar na het einde", "kept until 1 year after the end"),
        Text("bewaren tot {} jaar na het einde", "kept until {} years after the end"),
    ),
}
_WHOLE_RULES: Final[dict[str, Text]] = {
    "yearly_evaluation": Text("elk jaar een evaluatie", "an evaluation every year"),
    "expiry:computed": Text(
        "de geldigheidsduur van het schema", "the term of validity that the scheme gives"
    ),
}
_STATED_END: Final = Text(
    "het einde dat bij het certificaat is vastgelegd", "the end on record with the certificate"
)


def day(on: date, language: Language) -> str:
    """A civil day as people write it: 1 maart 2026, 1 March 2026."""
    return f"{on.day} {_MONTHS[on.month - 1].of(language)} {on.year}"


def explained(rule: str, holder: str, language: Language) -> str:
    """The rule in words, with the edition or policy that holds it."""
    told = _told(rule, language)
    return f"{told} ({holder})" if holder else told


def _told(rule: str, language: Language) -> str:
    name, _, number = rule.partition(":")
    if name in _RULES:
        one, several = _RULES[name]
        return (one if number == "1" else several).of(language).format(number)
    if rule in _WHOLE_RULES:
        return _WHOLE_RULES[rule].of(language)
    return _STATED_END.of(language) if name == "expiry" else rule
