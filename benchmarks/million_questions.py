"""Which questions does a large board get? Every filter, sort and page together, at random."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from benchmarks.million_store import municipalities, words
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.board import LISTING, BoardQuery

SORTS: Final = tuple(LISTING.sorts)
_LEVELS: Final = ("Basis Samenwerken", "continu samenwerken", "Basis", "niets")


@dataclass
class Questions:
    """A source of questions; the same seed gives the same ones."""

    day: date
    estates: int
    seed: int

    def __post_init__(self) -> None:
        """Know the words and places that the store was made of."""
        self._dice = random.Random(self.seed)
        self._words, self._places = words(), municipalities()
        self._filters: dict[str, Callable[[], Any]] = {
            "text": self._text,
            "municipality": self._municipality,
            "step": lambda: self._dice.choice(tuple(Step)),
            "status": lambda: self._dice.choice(tuple(Status)),
            "level": lambda: self._dice.choice(_LEVELS),
            "missing": lambda: self._dice.choice(tuple(RequirementCode)),
            "due_before": lambda: self.day + timedelta(days=self._dice.randint(0, 1500)),
            "overdue": lambda: True,
            "expires_from": lambda: self.day + timedelta(days=self._dice.randint(0, 900)),
            "expires_before": lambda: self.day + timedelta(days=self._dice.randint(0, 1500)),
            "approvals": lambda: True,
            "groups": lambda: True,
        }

    def next(self) -> BoardQuery:
        """One question: none to four filters, none to two sorts, any page."""
        dice = self._dice
        names = dice.sample(tuple(self._filters), dice.choice((0, 1, 1, 2, 2, 3, 4)))
        sorts = dice.sample(SORTS, dice.choice((0, 1, 1, 2)))
        deep = int(self.estates * dice.random() ** 3)
        return BoardQuery(
            day=self.day,
            sort=tuple(dice.choice(("", "-")) + sort for sort in sorts),
            limit=50,
            offset=dice.choice((0, 0, 0, 50, 1_000, deep)),
            **{name: self._filters[name]() for name in names},
        )

    def _municipality(self) -> str:
        return self._places[int(self._dice.random() ** 2 * len(self._places))]

    def _text(self) -> str:
        """Whole words, beginnings, middles, single letters; one, two or three of them."""
        dice = self._dice
        return " ".join(_part(self._word(), dice) for _ in range(dice.choice((1, 1, 2, 3))))

    def _word(self) -> str:
        dice = self._dice
        usual: Sequence[str] = ("bedrijventerrein", "noord", "haven", "fase", self._municipality())
        rare = self._words[int(dice.random() ** 3 * len(self._words))]
        return rare if dice.random() < 0.6 else dice.choice(usual)


def _part(word: str, dice: random.Random) -> str:
    if dice.random() < 0.5:
        return word
    begin = dice.randrange(len(word))
    return word[begin : begin + dice.choice((1, 2, 3, 5, 8))]
