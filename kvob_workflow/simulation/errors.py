"""What can be wrong with a question to the simulation? Each error says what would have been right.

KvobError (kvob_domain.errors)
└── Invalid
    ├── UntilTooEarly            the last day lies before today
    ├── UntilTooFar              the last day lies more than 50 years ahead
    ├── TooFewRenewals           the store has too few renewals for a median
    ├── RenewalDaysOutOfRange    more than ten years before or after the expiry
    └── RenewalDaysUnasked       a number of days, but no renewals are assumed
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kvob_domain.errors import Invalid


@dataclass(eq=False)
class UntilTooEarly(Invalid):
    """A simulation looks ahead."""

    code: ClassVar[str] = "until-too-early"
    nl: ClassVar[str] = (
        "{until} ligt voor vandaag ({today}). Geef een dag die nog komt; wat al verstreken is, "
        "toont 'kvob due --overdue'."
    )
    en: ClassVar[str] = (
        "{until} is before today ({today}). Give a day to come; 'kvob due --overdue' shows what "
        "is past."
    )
    until: date
    today: date


@dataclass(eq=False)
class UntilTooFar(Invalid):
    """Nobody knows which scheme holds by then."""

    code: ClassVar[str] = "until-too-far"
    nl: ClassVar[str] = (
        "{until} ligt meer dan {years} jaar vooruit. Geef een dag tot en met {latest}."
    )
    en: ClassVar[str] = "{until} is more than {years} years ahead. Give a day up to {latest}."
    until: date
    latest: date
    years: int


@dataclass(eq=False)
class TooFewRenewals(Invalid):
    """A median of a few cases says nothing."""

    code: ClassVar[str] = "too-few-renewals"
    nl: ClassVar[str] = (
        "Hier zijn {found} hercertificeringen bekend met een hele datum en een bekend einde van "
        "het certificaat ervoor; voor een mediaan zijn er {needed} nodig. Geef zelf met "
        "--renewal-days het aantal dagen na (of met een minteken: voor) het verlopen."
    )
    en: ClassVar[str] = (
        "{found} renewals are known here with a full date and a known end of the certificate "
        "before; a median takes {needed}. Give the number of days after (or with a minus sign: "
        "before) the expiry yourself with --renewal-days."
    )
    found: int
    needed: int


@dataclass(eq=False)
class RenewalDaysOutOfRange(Invalid):
    """A renewal is decided some time around the end of the certificate before."""

    code: ClassVar[str] = "renewal-days-out-of-range"
    nl: ClassVar[str] = (
        "{days} dagen kan niet. Geef een getal van -{most} (voor het verlopen) tot en met {most}."
    )
    en: ClassVar[str] = (
        "{days} days is not possible. Give a number from -{most} (before the expiry) to {most}."
    )
    days: int
    most: int


@dataclass(eq=False)
class RenewalDaysUnasked(Invalid):
    """Nobody acts, so no renewal takes any days."""

    code: ClassVar[str] = "renewal-days-unasked"
    nl: ClassVar[str] = (
        "--renewal-days hoort bij --assume renewals-take-the-median. Geef die erbij, of laat het "
        "aantal dagen weg."
    )
    en: ClassVar[str] = (
        "--renewal-days belongs to --assume renewals-take-the-median. Give that too, or leave the "
        "number of days out."
    )
