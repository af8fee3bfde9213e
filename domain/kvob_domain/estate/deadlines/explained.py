"""How was the day of a deadline computed? A sentence for people, made from the rule's own text.

It takes plain fields, so that a row of a read model explains itself as a `Deadline` does.
"""

from datetime import date
from typing import Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.terms import last_valid_day
from kvob_domain.words import Text

_PRACTICE: Final = "practice"
# What the earliest possible day is used for; all other deadlines wait for the latest.
_FROM_THE_EARLIEST: Final = frozenset(
    {
        DeadlineKind.REMINDER,
        DeadlineKind.RENEWAL_START,
        DeadlineKind.EVALUATION,
        DeadlineKind.TARGET,
    }
)
# {day} is the day it is counted from, {last} the last day before the deadline.
_PLAIN: Final[dict[str, Text]] = {
    "expiry:computed": Text(
        "na de geldigheidsduur die de schemaversie geeft, vanaf {day}",
        "after the term that the scheme edition gives, from {day}",
    ),
    "expiry:stated": Text(
        "na de laatste geldige dag die het besluit of de bron noemt ({last})",
        "after the last valid day that the decision or the source states ({last})",
    ),
    "expiry:expiry_fact": Text(
        "na de laatste geldige dag die de bron van het verlopen noemt ({last})",
        "after the last valid day that the source of the expiry states ({last})",
    ),
    "yearly_evaluation": Text(
        "elk jaar na het begin van het certificaat ({day})",
        "every year after the certificate began ({day})",
    ),
}
_TERM_EVALUATION: Final = Text(
    "op de laatste geldige dag van het certificaat", "on the certificate's last valid day"
)
_NUMBERED: Final[dict[str, Text]] = {
    "reminder_months": Text(
        "{months_nl} voor het einde van het certificaat ({day})",
        "{months_en} before the end of the certificate ({day})",
    ),
    "renewal_start_months": Text(
        "{months_nl} voor het einde van het certificaat ({day})",
        "{months_en} before the end of the certificate ({day})",
    ),
    "suspension_limit_months": Text(
        "{months_nl} na de schorsing ({day})", "{months_en} after the suspension ({day})"
    ),
    "corrective_action_months": Text(
        "{months_nl} na het vaststellen van de tekortkomingen ({day})",
        "{months_en} after the shortcomings were found ({day})",
    ),
    "target_days": Text(
        "{days_nl} na het begin van de stap ({day})", "{days_en} after the step began ({day})"
    ),
    "retention_years": Text(
        "{years_nl} na het einde van het certificaat of traject ({day})",
        "{years_en} after the certificate or trajectory ended ({day})",
    ),
}
_UNKNOWN: Final = Text("volgens de regel '{rule}', vanaf {day}", "by the rule '{rule}', from {day}")


def explained(
    kind: DeadlineKind,
    rule: str,
    anchor_on: date,
    computed_on: date,
    due_on: date,
    estimated: bool,
    reason: str,
    holder: str,
) -> Text:
    """How the day was computed: counted from what, who says so, how sure it is, moved why.

    The fields are those of `Deadline`; days are civil days in the Netherlands. A `rule` that
    nothing is known of is shown as it is.
    """
    parts = [_counted(kind, rule, anchor_on, computed_on)]
    if holder == _PRACTICE:
        parts.append(Text(", volgens de praktijk", ", as in practice"))
    elif holder:
        parts.append(Text(f", volgens schemaversie {holder}", f", by edition {holder}"))
    if estimated:
        parts.append(_estimate(kind))
    if due_on != computed_on:
        parts.append(
            Text(
                f"; verzet van {computed_on} naar {due_on}",
                f"; moved from {computed_on} to {due_on}",
            )
        )
    if reason:
        moved = due_on != computed_on
        parts.append(Text(f": {reason}", f": {reason}") if moved else _settled(reason))
    return Text("".join(part.nl for part in parts), "".join(part.en for part in parts))


def _counted(kind: DeadlineKind, rule: str, anchor_on: date, computed_on: date) -> Text:
    if kind is DeadlineKind.TERM_EVALUATION and rule == "yearly_evaluation":
        return _TERM_EVALUATION
    name, _, number = rule.partition(":")
    if rule in _PLAIN:
        words = _PLAIN[rule]
    elif name in _NUMBERED and number.isascii() and number.isdigit():
        words = _NUMBERED[name]
    else:
        words, number = _UNKNOWN, ""
    told = {
        "rule": rule,
        "day": f"{anchor_on}",
        "last": f"{last_valid_day(computed_on)}",
        **_units(number or "0"),
    }
    return Text(words.nl.format_map(told), words.en.format_map(told))


def _units(number: str) -> dict[str, str]:
    one = number == "1"
    return {
        "days_nl": f"{number} dag" if one else f"{number} dagen",
        "days_en": f"{number} day" if one else f"{number} days",
        "months_nl": f"{number} maand" if one else f"{number} maanden",
        "months_en": f"{number} month" if one else f"{number} months",
        "years_nl": f"{number} jaar",
        "years_en": f"{number} year" if one else f"{number} years",
    }


def _estimate(kind: DeadlineKind) -> Text:
    if kind in _FROM_THE_EARLIEST:
        return Text(
            "; geschat: de datum is maar deels bekend, de vroegst mogelijke dag is gebruikt",
            "; estimated: the date is only partly known, the earliest possible day was used",
        )
    return Text(
        "; geschat: de datum is maar deels bekend, de laatst mogelijke dag is gebruikt",
        "; estimated: the date is only partly known, the latest possible day was used",
    )


def _settled(reason: str) -> Text:
    """The reason of a waiver, or of a move that came back to the computed day."""
    return Text(f"; reden: {reason}", f"; reason: {reason}")
