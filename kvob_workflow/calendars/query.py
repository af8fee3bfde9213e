"""Whose deadlines stand in a calendar? An estate's, a municipality's, an organisation's."""

from dataclasses import dataclass

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Reach
from kvob_domain.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarQuery:
    """Which deadlines to write, in which language; every filter that is given must fit.

    `municipality` and `organisation` are whole names, in which case and accents make no
    difference. An organisation has an estate as process guide, party or certification body.
    Without `kinds` every kind is written. `groups` adds groups and other areas; an estate that is
    named is always written. `reach` leaves out what lies outside it.
    """

    estate: EstateId | None = None
    municipality: str | None = None
    organisation: str | None = None
    kinds: tuple[DeadlineKind, ...] = ()
    groups: bool = False
    language: Language = "nl"
    reach: Reach | None = None

    def fits(self, estate: Estate) -> bool:
        """Whether the estate's deadlines are asked for."""
        if self.estate is not None and estate.id != self.estate:
            return False
        if self.reach is not None and not self.reach.holds_estate(estate):
            return False
        if self.estate is None and not self.groups and estate.kind is not EstateKind.ESTATE:
            return False
        return _among(self.municipality, estate.municipalities) and _among(
            self.organisation, _organisations(estate)
        )


def _among(wanted: str | None, names: tuple[str, ...]) -> bool:
    return wanted is None or normal_name(wanted) in map(normal_name, names)


def _organisations(estate: Estate) -> tuple[str, ...]:
    latest = estate.latest_certificate
    others = (estate.guide, estate.body, latest.body if latest else None)
    parties = tuple(party.organisation for party in estate.parties)
    return (*parties, *(name for name in others if name))
