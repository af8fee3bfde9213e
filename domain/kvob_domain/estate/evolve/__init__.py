"""What does an event change? `evolve` is total: whatever the history holds, it gives a state."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, cast, get_args

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
from kvob_domain.estate.state import Dossier, Estate
from kvob_domain.estate.values import FactKind, PastFact
from kvob_domain.ids import EstateId

_Change = Callable[[Estate, AnyEvent, Recorded], None]
_NO_ACTS: Final = frozenset(
    {ProvenanceAdded, RemarkRecorded, ActProposed, ActApproved, ActDeclined}
)


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
    state = _begun(estate)
    apply = _apply
    for recorded in history:
        apply(state, recorded)
    return state


def states_before(
    estate: EstateId, ordered: Iterable[Recorded]
) -> Iterator[tuple[Estate, Recorded]]:
    """Every event of an ordered history with the state just before it.

    The state is one and the same object, which goes on with the next event: look, do not keep.
    """
    state = _begun(estate)
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
            apply_identity(self.state, recorded.event, recorded)
        remember(self.state, recorded.event)
        _note(self.state, recorded)


def _copy(estate: Estate) -> Estate:
    """A copy; every field of it and of its dossier holds an immutable value."""
    twin = Estate.__new__(Estate)
    twin.__dict__.update(estate.__dict__)
    dossier = Dossier.__new__(Dossier)
    dossier.__dict__.update(estate.dossier.__dict__)
    twin.dossier = dossier
    return twin


def _apply(estate: Estate, recorded: Recorded) -> None:
    event = recorded.event
    _CHANGES[type(event)](estate, event, recorded)
    _note(estate, recorded)


def _begun(estate: EstateId) -> Estate:
    """The state of an estate of which nothing is known yet."""
    state = _copy(_NOTHING_KNOWN)
    state.id = estate
    return state


def _corrected(estate: Estate, event: CorrectionEvent, recorded: Recorded) -> None:
    """Nothing more: `corrected.effective` has taken it in."""


def _note(estate: Estate, recorded: Recorded) -> None:
    """What every event leaves behind: the version, the last instant, the last day."""
    if recorded.version > estate.version:
        estate.version = recorded.version
        estate.last_at = recorded.at
    if estate.first_at is None or recorded.at < estate.first_at:
        estate.first_at = recorded.at
    event = recorded.event
    if type(event) in _OUT_OF_ORDER:
        return  # it changes nothing that depends on the order, see `order.sorts_last`
    earliest = event.earliest
    if earliest is None:
        return
    if estate.last_day is None or earliest > estate.last_day:
        estate.last_day = earliest
    if (estate.acted_on is None or earliest > estate.acted_on) and _is_act(event):
        estate.acted_on = earliest


def _is_act(event: AnyEvent) -> bool:
    """Whether somebody did something; that a certificate ends happens by itself.

    A proposal and its approval are no act: the event of what was approved follows them.
    """
    if isinstance(event, PastFactRecorded):
        return event.fact.kind is not FactKind.EXPIRY
    return type(event) not in _NO_ACTS


_NOTHING_KNOWN: Final = Estate(EstateId(""))
_OUT_OF_ORDER: Final = frozenset({*get_args(Notice), CorrectionEvent, PersonErased})
# By class in one look-up: asking class after class took half of a fold. Each gets the events of
# its own union only, which the cast hides; a test holds the table to the closed union.
_CHANGES: Final = {
    kind: cast("_Change", change)
    for union, change in (
        (PastEvent, apply_past),
        (PreparationEvent, apply_preparation),
        (CertificationEvent, apply_certification),
        (StandingEvent, apply_standing),
        (OversightEvent, apply_oversight),
        (DeadlineEvent, apply_deadline),
        (DocumentEvent, apply_document),
        (CorrectionEvent, _corrected),
        (IdentityEvent, apply_identity),
    )
    for kind in get_args(union) or (union,)
}
