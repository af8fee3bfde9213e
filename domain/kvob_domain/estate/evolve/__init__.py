"""What does an event change? `evolve` is total: whatever the history holds, it gives a state."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from kvob_domain.estate.commands.past import RecordRemark
from kvob_domain.estate.corrected import effective
from kvob_domain.estate.events import (
    AnyEvent,
    CertificationEvent,
    CorrectionEvent,
    DeadlineEvent,
    DocumentEvent,
    IdentityEvent,
    OversightEvent,
    PastEvent,
    PreparationEvent,
    StandingEvent,
)
from kvob_domain.estate.events.deadlines import Notice
from kvob_domain.estate.events.oversight import (
    ActApproved,
    ActDeclined,
    ActProposed,
    PersonErased,
)
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.evolve.certification import apply_certification
from kvob_domain.estate.evolve.deadlines import apply_deadline
from kvob_domain.estate.evolve.documents import apply_document
from kvob_domain.estate.evolve.identity import apply_identity
from kvob_domain.estate.evolve.oversight import apply_oversight
from kvob_domain.estate.evolve.past import apply_past, remember
from kvob_domain.estate.evolve.preparation import apply_preparation
from kvob_domain.estate.evolve.standing import apply_standing
from kvob_domain.estate.order import in_order
from kvob_domain.estate.overtaken import overtaken, repeats
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.state import Estate
from kvob_domain.estate.values import FactKind, PastFact
from kvob_domain.ids import EstateId

_NO_ACTS: Final = ProvenanceAdded | RemarkRecorded | ActProposed | ActApproved | ActDeclined


def evolve(estate: Estate, recorded: Recorded) -> Estate:
    """The state after one more event that sorts last; the given state stays as it is."""
    after = _copy(estate)
    _apply(after, recorded)
    return after


def fold(estate: EstateId, history: Sequence[Recorded]) -> Estate:
    """The state that a whole history gives: corrected, in the order of `order.in_order`."""
    return fold_ordered(estate, in_order(effective(history)))


def fold_ordered(estate: EstateId, history: Iterable[Recorded]) -> Estate:
    """The state that an already ordered history gives."""
    state = Estate(estate)
    for recorded in history:
        _apply(state, recorded)
    return state


def states_before(
    estate: EstateId, ordered: Iterable[Recorded]
) -> Iterator[tuple[Estate, Recorded]]:
    """Every event of an ordered history with the state just before it.

    The state is one and the same object, which goes on with the next event: look, do not keep.
    """
    state = Estate(estate)
    for recorded in ordered:
        yield state, recorded
        _apply(state, recorded)


class Ledger:
    """What is known of an estate while many facts are decided on: its names, what was said.

    Its state answers whether a fact or a remark is on record already; steps and certificates
    come from a fold in order once all facts are there.
    """

    def __init__(self, estate: Estate, history: Sequence[Recorded] = ()) -> None:
        """Go on from a state, which stays as it is, and the history that gave it."""
        self.state = _copy(estate)
        self._overtaken = overtaken(history)

    def is_overtaken(self, said: PastFact | RecordRemark) -> bool:
        """Whether the same source said this before, and it was corrected or withdrawn since.

        A source that repeats itself does not undo a correction; another source that says the
        same does count, and so does this one where it adds something.
        """
        return any(repeats(said, before) for before in self._overtaken)

    def note(self, recorded: Recorded) -> None:
        """Note one more event."""
        if isinstance(recorded.event, IdentityEvent):
            apply_identity(self.state, recorded.event)
        remember(self.state, recorded.event)
        _note(self.state, recorded)


def _copy(estate: Estate) -> Estate:
    """A shallow copy; every field holds an immutable value, so shallow is enough."""
    twin = Estate.__new__(Estate)
    twin.__dict__.update(estate.__dict__)
    return twin


def _apply(estate: Estate, recorded: Recorded) -> None:
    event = recorded.event
    if isinstance(event, PastEvent):
        apply_past(estate, event, recorded)
    elif isinstance(event, PreparationEvent):
        apply_preparation(estate, event, recorded)
    elif isinstance(event, CertificationEvent):
        apply_certification(estate, event, recorded)
    elif isinstance(event, StandingEvent):
        apply_standing(estate, event, recorded)
    elif isinstance(event, OversightEvent):
        apply_oversight(estate, event)
    elif isinstance(event, DeadlineEvent):
        apply_deadline(estate, event, recorded)
    elif isinstance(event, DocumentEvent):
        apply_document(estate, event, recorded)
    elif isinstance(event, CorrectionEvent):
        pass  # `corrected.effective` has taken it in
    elif isinstance(event, IdentityEvent):  # pyright: ignore[reportUnnecessaryIsInstance]
        apply_identity(estate, event)
    else:
        assert_never(event)
    _note(estate, recorded)


def _note(estate: Estate, recorded: Recorded) -> None:
    """What every event leaves behind: the version, the last instant, the last day."""
    if recorded.version > estate.version:
        estate.version = recorded.version
        estate.last_at = recorded.at
    if estate.first_at is None or recorded.at < estate.first_at:
        estate.first_at = recorded.at
    if isinstance(recorded.event, Notice | CorrectionEvent | PersonErased):
        return  # it changes nothing that depends on the order, see `order.sorts_last`
    earliest = recorded.event.occurred.earliest
    if earliest is None:
        return
    if estate.last_day is None or earliest > estate.last_day:
        estate.last_day = earliest
    if (estate.acted_on is None or earliest > estate.acted_on) and _is_act(recorded.event):
        estate.acted_on = earliest


def _is_act(event: AnyEvent) -> bool:
    """Whether somebody did something; that a certificate ends happens by itself.

    A proposal and its approval are no act: the event of what was approved follows them.
    """
    if isinstance(event, PastFactRecorded):
        return event.fact.kind is not FactKind.EXPIRY
    return not isinstance(event, _NO_ACTS)
