"""Which edition holds on a day, and which values hold under it? Built from texts, not files."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Final, Self, final

from kvob_domain.ids import EditionId
from kvob_domain.scheme.edition import Edition
from kvob_domain.scheme.errors import SchemeFileInvalid, UnknownEdition
from kvob_domain.scheme.policy import Policy
from kvob_domain.scheme.reading import parse_edition, parse_policy
from kvob_domain.scheme.scheme_terms import Terms

# Thirty years of days; a history asks for the same ones again and again.
_DAYS_REMEMBERED: Final = 11_000


@final
class SchemeBook:
    """All editions of the scheme and the practice policy; it never changes once built."""

    __slots__ = ("_by_id", "_on_day", "_practice", "_terms", "editions", "policy")

    def __init__(self, editions: Iterable[Edition], policy: Policy) -> None:
        """Order the editions and merge each with the policy once.

        Raises:
            SchemeFileInvalid: when two files have one id, two editions start on one day, or an
                alias names a level that the merged ladder lacks.
        """
        self.policy = policy
        self.editions: tuple[Edition, ...] = tuple(
            sorted(editions, key=lambda edition: edition.in_force_from.value)
        )
        _refuse_repeats(self.editions, policy)
        self._on_day: dict[date, Edition | None] = {}
        self._by_id = {edition.id: edition for edition in self.editions}
        self._practice = policy.terms.held_by(policy.id)
        self._terms = {
            edition.id: edition.terms.held_by(edition.id).or_else(self._practice)
            for edition in self.editions
        }
        for edition_id, terms in self._terms.items():
            _refuse_lost_aliases(edition_id, terms)

    @classmethod
    def parse(cls, edition_texts: Iterable[str], policy_text: str) -> Self:
        """The book in these TOML texts.

        Raises:
            SchemeFileInvalid: when a text cannot be used; it names the file's id and the field.
        """
        return cls((parse_edition(text) for text in edition_texts), parse_policy(policy_text))

    def edition(self, edition_id: str) -> Edition:
        """The edition with this id.

        Raises:
            UnknownEdition: when there is none.
        """
        try:
            return self._by_id[EditionId(edition_id)]
        except KeyError:
            raise self._unknown(edition_id) from None

    def in_force_on(self, day: date) -> Edition | None:
        """The newest edition in force on `day`; None before the first."""
        if day not in self._on_day:
            if len(self._on_day) >= _DAYS_REMEMBERED:
                self._on_day.clear()
            in_force = (one for one in reversed(self.editions) if one.in_force_on(day))
            self._on_day[day] = next(in_force, None)
        return self._on_day[day]

    def terms(self, edition_id: str) -> Terms:
        """What holds under an edition: its own values, else the policy's, each with its holder.

        Raises:
            UnknownEdition: when there is no such edition.
        """
        try:
            return self._terms[EditionId(edition_id)]
        except KeyError:
            raise self._unknown(edition_id) from None

    def practice(self) -> Terms:
        """What holds where no edition does: the policy's values alone."""
        return self._practice

    def _unknown(self, edition_id: str) -> UnknownEdition:
        return UnknownEdition(edition_id, ", ".join(self._by_id))


def _refuse_repeats(editions: tuple[Edition, ...], policy: Policy) -> None:
    ids = {policy.id}
    for edition in editions:
        if edition.id in ids:
            raise SchemeFileInvalid(edition.id, "id", "komt twee keer voor", "occurs in two files")
        ids.add(edition.id)
    for earlier, later in pairwise(editions):
        if earlier.in_force_from.value.earliest == later.in_force_from.value.earliest:
            raise SchemeFileInvalid(
                later.id,
                "in_force_from.value",
                f"is dezelfde dag als die van '{earlier.id}'",
                f"is the same day as that of '{earlier.id}'",
            )


def _refuse_lost_aliases(edition_id: str, terms: Terms) -> None:
    if terms.level_aliases is None:
        return
    rungs = {*terms.ladder(), *terms.star_ladder()}
    for alias, level in terms.level_aliases.value.items():
        if level not in rungs:
            raise SchemeFileInvalid(
                terms.level_aliases.holder,
                f"terms.level_aliases.value.{alias}",
                f"'{level}' is geen niveau of ster van '{edition_id}'",
                f"'{level}' is no level or star of '{edition_id}'",
            )
