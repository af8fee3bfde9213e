"""How is a rule told as a story? Given what has happened, when somebody asks, then this follows.

    story = given(RegisterEstate(...), StartTrajectory(...), book=book, today=today)
    story.when(AdoptAnalysis(...)).then_refused(IntentMissing)

Pure like the domain: the scheme and the day are passed in. Commands under `given` are decided
one by one; events are taken as they are. Every step gives a new story, so one can be continued
in two ways.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol, Self, TypeVar

from kvob_domain.actor import Actor, Role
from kvob_domain.errors import KvobError, Rejected
from kvob_domain.estate.commands import Command
from kvob_domain.estate.commands.certification import AwardCertificate, RecordAudit, RefuseAward
from kvob_domain.estate.commands.oversight import ApproveAct, DeclineAct, WaiveRequirement
from kvob_domain.estate.commands.past import RecordPastFact, RecordRemark
from kvob_domain.estate.commands.standing import (
    RestoreCertificate,
    SuspendCertificate,
    WithdrawCertificate,
)
from kvob_domain.estate.decide import decide
from kvob_domain.estate.events import AnyEvent, Event
from kvob_domain.estate.evolve import fold
from kvob_domain.estate.ground import Ground
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.scheme.book import SchemeBook

GUIDE: Final = Actor(PersonId("guide-1"), "PVO", Role.GUIDE)
AUDITOR: Final = Actor(PersonId("auditor-1"), "Kiwa", Role.AUDITOR)
DECIDER: Final = Actor(PersonId("decider-1"), "Kiwa", Role.DECIDER)
SECOND_DECIDER: Final = Actor(PersonId("decider-2"), "Kiwa", Role.DECIDER)
IMPORTER: Final = Actor(PersonId("importer-1"), None, Role.IMPORTER, "import")

_USUAL: Final[dict[type[Command], Actor]] = {
    RecordAudit: AUDITOR,
    AwardCertificate: DECIDER,
    RefuseAward: DECIDER,
    SuspendCertificate: DECIDER,
    RestoreCertificate: DECIDER,
    WithdrawCertificate: DECIDER,
    WaiveRequirement: DECIDER,
    ApproveAct: SECOND_DECIDER,
    DeclineAct: SECOND_DECIDER,
    RecordPastFact: IMPORTER,
    RecordRemark: IMPORTER,
}
_ESTATE: Final = EstateId(f"{1:032x}")
_OFFICE_OPENS: Final = time(9, tzinfo=UTC)

E = TypeVar("E", bound=KvobError)


class Predicate(Protocol):
    """Whether an event is as expected, where neither its type nor the whole of it will do."""

    def __call__(self, event: AnyEvent, /) -> bool: ...


def usual_actor(command: Command) -> Actor:
    """Who gives such a command in practice; nobody here decides on what they prepared."""
    return _USUAL.get(type(command), GUIDE)


def given(
    *happened: Command | AnyEvent, book: SchemeBook, today: date, by: Actor | None = None
) -> "Scenario":
    """A story in which this has happened by `today`."""
    return Scenario(book, today).given(*happened, by=by)


@dataclass(frozen=True)
class Scenario:
    """What has happened to one estate so far."""

    book: SchemeBook
    today: date
    estate: EstateId = _ESTATE
    history: tuple[Recorded, ...] = ()

    @property
    def state(self) -> Estate:
        """The state that the history gives."""
        return fold(self.estate, self.history)

    def on(self, today: date) -> Self:
        """The same story, told on another day."""
        return replace(self, today=today)

    def given(self, *happened: Command | AnyEvent, by: Actor | None = None) -> Self:
        """This story, continued.

        Raises:
            KvobError: when one of the commands is refused.
        """
        story = self
        for one in happened:
            if isinstance(one, Event):
                story = story.recording((one,), by or GUIDE)
            else:
                actor = by or usual_actor(one)
                ground = Ground(story.book, story.today, actor, story.history)
                events = decide(one, story.state, ground)
                story = story.recording(events, actor)
        return story

    def recording(self, events: tuple[AnyEvent, ...], by: Actor) -> Self:
        """This story with events as they are, recorded today."""
        first = len(self.history) + 1
        opened = datetime.combine(self.today, _OFFICE_OPENS)
        recorded = tuple(
            Recorded(
                estate=self.estate,
                version=version,
                event=event,
                at=opened + timedelta(seconds=version),
                by=by.person,
                role=by.role,
                org=by.organisation,
                via=by.origin,
            )
            for version, event in enumerate(events, start=first)
        )
        return replace(self, history=(*self.history, *recorded))

    def when(self, command: Command, *, by: Actor | None = None) -> "Result":
        """What follows when somebody, by default who usually does, asks for this."""
        ground = Ground(self.book, self.today, by or usual_actor(command), self.history)
        try:
            return Result(self, command, ground, decide(command, self.state, ground), None)
        except KvobError as refusal:
            return Result(self, command, ground, (), refusal)


@dataclass(frozen=True)
class Result:
    """What followed from a command: events, or a refusal."""

    before: Scenario
    command: Command
    ground: Ground
    events: tuple[AnyEvent, ...]
    refusal: KvobError | None

    @property
    def after(self) -> Scenario:
        """The story with what followed; the same story after a refusal."""
        return self.before.recording(self.events, self.ground.actor)

    @property
    def state(self) -> Estate:
        """The state after what followed."""
        return self.after.state

    @property
    def refusals(self) -> tuple[KvobError, ...]:
        """All that was said against the command, the first reason first."""
        if isinstance(self.refusal, Rejected):
            return self.refusal.all()
        return () if self.refusal is None else (self.refusal,)

    def then(self, *expected: type[Event] | Event | Predicate) -> Self:
        """Check that exactly these events followed; `then()` that nothing new did.

        Raises:
            AssertionError: when others followed, or the command was refused.
        """
        if self.refusal is not None:
            message = f"refused ({self.refusal.code}): {self.refusal}"
            raise AssertionError(message) from self.refusal
        pairs = zip(self.events, expected, strict=False)
        if len(self.events) != len(expected) or not all(_is(*pair) for pair in pairs):
            message = f"expected {expected}, got {self.events}"
            raise AssertionError(message)
        return self

    def then_refused(self, refusal: type[E], **fields: object) -> E:
        """Check that this is among the reasons for a refusal, with these fields; give it back.

        Raises:
            AssertionError: when the command was accepted, or refused for other reasons.
        """
        for found in self.refusals:
            if isinstance(found, refusal) and fields.items() <= found.fields().items():
                return found
        said = [(found.code, found.fields()) for found in self.refusals] or self.events
        message = f"expected {refusal.__name__} {fields}, got {said}"
        raise AssertionError(message)


def _is(event: AnyEvent, expected: type[Event] | Event | Predicate) -> bool:
    if isinstance(expected, type):
        return type(event) is expected
    return event == expected if isinstance(expected, Event) else expected(event)
