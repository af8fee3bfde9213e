"""How much falls due, and where? The rows of a forecast summed up, in memory that does not grow."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kvob_domain.estate.deadlines import DeadlineKind
from kvob_workflow.simulation.foreseen import Foreseen

FIRST_EXPIRIES: Final = 20

Load = Counter[DeadlineKind]


@dataclass(slots=True)
class Workload:
    """Deadlines by kind: per month (its first day), per municipality, per certification body.

    An estate in several municipalities counts in each of them, so that those do not add up to
    `total`. The body None stands for "not known".
    """

    total: Load = field(default_factory=Counter[DeadlineKind])
    months: dict[date, Load] = field(default_factory=dict[date, Load])
    municipalities: dict[str, Load] = field(default_factory=dict[str, Load])
    bodies: dict[str | None, Load] = field(default_factory=dict[str | None, Load])
    _expiring: list[Foreseen] = field(default_factory=list[Foreseen])

    @property
    def expiries(self) -> tuple[Foreseen, ...]:
        """The first that expire, at most `FIRST_EXPIRIES`, by day."""
        return tuple(sorted(self._expiring, key=_by_day)[:FIRST_EXPIRIES])

    def add(self, row: Foreseen) -> None:
        """Count one more row."""
        self.total[row.kind] += 1
        self.months.setdefault(row.on.replace(day=1), Counter())[row.kind] += 1
        self.bodies.setdefault(row.body, Counter())[row.kind] += 1
        for name in row.municipalities:
            self.municipalities.setdefault(name, Counter())[row.kind] += 1
        if row.kind is DeadlineKind.EXPIRY:
            self._expiring.append(row)
            if len(self._expiring) > 10 * FIRST_EXPIRIES:
                self._expiring[:] = self.expiries

    def counting(self, rows: Iterable[Foreseen]) -> Iterator[Foreseen]:
        """The rows as they are, counted on their way."""
        for row in rows:
            self.add(row)
            yield row


def sum_up(rows: Iterable[Foreseen]) -> Workload:
    """Go through the rows once."""
    load = Workload()
    for row in rows:
        load.add(row)
    return load


def _by_day(row: Foreseen) -> tuple[date, str, str]:
    return row.on, row.estate, row.estate_id
