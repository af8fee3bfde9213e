"""What do people do under the assumption that renewals take so many days? Acts on virtual days.

Everything is done on the day it falls due, after that day's notice. A yearly evaluation and the
evaluation of the term, which begins the renewal, are ordinary commands: `decide` lets them through
or not, as it would for a person. The award is a recorded recertification (a past fact on its
virtual day), because `AwardCertificate` asks for evidence that nobody has collected: inventing a
survey or an audit to satisfy it would be no honest forecast. An estate that the lifecycle lets
begin no renewal, such as a group, is not awarded again either.
"""

from datetime import date
from typing import Final

from kvob_domain.actor import Actor
from kvob_domain.errors import Rejected
from kvob_domain.estate.certificates import last_ending
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.commands.standing import EvaluateTerm, EvaluateYear
from kvob_domain.estate.deadlines import Deadline, DeadlineKind, deadlines
from kvob_domain.estate.decide import decide
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.values import EstateKind, FactKind, PastFact, Provenance
from kvob_domain.ids import PersonId
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.terms import add_days, days_between
from kvob_workflow.simulation.stepping import Course

PEOPLE: Final = Actor(PersonId("simulation"), origin="simulation")
_SOURCE: Final = Provenance(source="kvob simulate")
_BEGINS: Final = frozenset({DeadlineKind.RENEWAL_START, DeadlineKind.TERM_EVALUATION})


class Renewing:
    """What people do for one estate; `days` is from the expiry to the decision of the renewal.

    A renewal that begins late is decided as much later. One that runs already is decided on its
    day, if that is still to come; nobody knows when one that is late by now will end.
    """

    def __init__(self, course: Course, days: int, today: date) -> None:
        """Begin on `today`; what is overdue and still open is begun on that day."""
        self._course = course
        self._days = days
        self.award_on: date | None = None
        self.begun = 0
        self.awarded = 0
        self._go_on(today)

    def act(self, due: tuple[Deadline, ...], day: date) -> None:
        """Do what fell due on a virtual day, and award where that day has come."""
        if self.award_on is not None and self.award_on <= day:
            self._award(day)
        for deadline in due:
            if deadline.kind is DeadlineKind.EVALUATION and deadline.due_on == day:
                self._do(EvaluateYear(estate=self._course.state.id, on=day), day)
            elif deadline.kind in _BEGINS:
                self._begin(deadline, day)

    def _go_on(self, today: date) -> None:
        state = self._course.state
        latest = last_ending(state.certificates)
        if latest is None or latest.expires_on is None or latest.is_withdrawn:
            return
        if state.step is Step.RECERTIFICATION and state.kind is not EstateKind.GROUP:
            award_on = add_days(latest.expires_on, self._days)
            self.award_on = award_on if award_on > today else None
            return
        for deadline in deadlines(state, self._course.book):
            overdue = deadline.due_on <= today < latest.expires_on
            if deadline.kind is DeadlineKind.RENEWAL_START and overdue:
                self._begin(deadline, today)

    def _begin(self, deadline: Deadline, day: date) -> None:
        state = self._course.state
        latest = last_ending(state.certificates)
        if state.step is not Step.EVALUATION or latest is None or latest.expires_on is None:
            return
        if not self._do(EvaluateTerm(estate=state.id, on=day), day):
            return
        self.begun += 1
        late = days_between(deadline.due_on, day)
        self.award_on = max(day, add_days(latest.expires_on, self._days + late))
        if self.award_on == day:
            self._award(day)

    def _award(self, day: date) -> None:
        self.award_on = None
        fact = PastFact(kind=FactKind.RECERTIFICATION, on=PartialDate.of(day), provenance=_SOURCE)
        if self._do(RecordPastFact(estate=self._course.state.id, fact=fact), day):
            self.awarded += 1

    def _do(self, command: Command, day: date) -> bool:
        """Do what the domain lets through."""
        course = self._course
        try:
            events = decide(command, course.state, Ground(course.book, day, PEOPLE))
        except Rejected:
            return False
        course.record(events, day, PEOPLE)
        return bool(events)
