"""Why can a day be wrong?"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kvob_domain.errors import Rejected
from kvob_domain.partial_date import PartialDate


@dataclass(eq=False)
class DateInFuture(Rejected):
    """What has happened cannot lie in the future."""

    code: ClassVar[str] = "date-in-future"
    nl: ClassVar[str] = (
        "De datum {on} ligt in de toekomst (vandaag is {today}). "
        "Leg het vast zodra het gebeurd is, of verbeter de datum."
    )
    en: ClassVar[str] = (
        "The date {on} is in the future (today is {today}). "
        "Record it once it has happened, or correct the date."
    )
    on: PartialDate
    today: date


@dataclass(eq=False)
class BeforeEstateExisted(Rejected):
    """Nothing happens to an estate before it exists."""

    code: ClassVar[str] = "before-estate-existed"
    nl: ClassVar[str] = (
        "De datum {on} ligt voor de eerste dag van het terrein ({since}). Verbeter de datum."
    )
    en: ClassVar[str] = (
        "The date {on} is before the estate's first day ({since}). Correct the date."
    )
    on: PartialDate
    since: PartialDate


@dataclass(eq=False)
class BeforeLastMove(Rejected):
    """A step is not taken before the one that came before it."""

    code: ClassVar[str] = "before-last-move"
    nl: ClassVar[str] = (
        "De datum {on} ligt voor de laatste stap van dit terrein ({last}). "
        "Verbeter de datum, of leg het vast als feit uit het verleden (record-past-fact)."
    )
    en: ClassVar[str] = (
        "The date {on} is before this estate's last step ({last}). "
        "Correct the date, or record it as a past fact (record-past-fact)."
    )
    on: date
    last: date


@dataclass(eq=False)
class BeforeCycle(Rejected):
    """What belongs to a cycle does not lie before it."""

    code: ClassVar[str] = "before-cycle"
    nl: ClassVar[str] = (
        "De datum {on} ligt voor het begin van deze cyclus ({since}). Verbeter de datum."
    )
    en: ClassVar[str] = (
        "The date {on} is before the beginning of this cycle ({since}). Correct the date."
    )
    on: date
    since: date


@dataclass(eq=False)
class BeforeItsEvidence(Rejected):
    """A decision does not come before the evidence that it rests on."""

    code: ClassVar[str] = "before-its-evidence"
    nl: ClassVar[str] = (
        "De datum {on} ligt voor het laatste bewijsstuk van deze cyclus ({last}), waar de "
        "beslissing op rust. Verbeter de datum, of leg haar vast als feit uit het verleden "
        "(record-past-fact)."
    )
    en: ClassVar[str] = (
        "The date {on} is before the last evidence of this cycle ({last}) that the decision "
        "rests on. Correct the date, or record it as a past fact (record-past-fact)."
    )
    on: date
    last: date


@dataclass(eq=False)
class NothingToPresent(Rejected):
    """A certificate is presented after it was awarded, unless it was withdrawn."""

    code: ClassVar[str] = "nothing-to-present"
    nl: ClassVar[str] = (
        "Er is geen toegekend certificaat om uit te reiken. Leg eerst de toekenning vast "
        "(award-certificate)."
    )
    en: ClassVar[str] = (
        "There is no awarded certificate to present. Record the award first (award-certificate)."
    )


@dataclass(eq=False)
class HasNotHappened(Rejected):
    """What is only planned, or was refused, is no past fact."""

    code: ClassVar[str] = "has-not-happened"
    nl: ClassVar[str] = (
        "Een feit met uitkomst '{outcome}' heeft niet plaatsgevonden. "
        "Bewaar het als opmerking (record-remark)."
    )
    en: ClassVar[str] = (
        "A fact with outcome '{outcome}' has not happened. Keep it as a remark (record-remark)."
    )
    outcome: str


@dataclass(eq=False)
class LastValidDayTooEarly(Rejected):
    """A certificate ends after it begins."""

    code: ClassVar[str] = "last-valid-day-too-early"
    nl: ClassVar[str] = (
        "De laatste geldige dag {last_valid_day} ligt voor het begin van de geldigheid "
        "({valid_from}). Verbeter een van beide."
    )
    en: ClassVar[str] = (
        "The last valid day {last_valid_day} is before the start of validity ({valid_from}). "
        "Correct one of the two."
    )
    last_valid_day: date
    valid_from: date
