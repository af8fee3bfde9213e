"""Which estate is meant? Looked up by id, by name, or by name and municipality."""

from collections.abc import Sequence

from kvob_domain.estate.corrected import effective
from kvob_domain.estate.events.identity import EstateRegistered, EstateRenamed
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId, parse_estate_id
from kvob_domain.mandates import EVERYWHERE, Reach
from kvob_projections import bonds
from kvob_workflow.engine.errors import EstateNameAmbiguous, EstateNotFound
from kvob_workflow.store import EventStore, NameClaim

_ID_LENGTH = 32


def claims_of(estate: EstateId, name: str, municipalities: tuple[str, ...]) -> list[NameClaim]:
    """The names that an estate takes: one in each of its municipalities."""
    plain = normal_name(name)
    places = dict.fromkeys(normal_name(place) for place in municipalities)
    return [NameClaim(place, plain, estate) for place in places]


def names_borne(history: Sequence[Recorded]) -> set[NameClaim]:
    """Every name that an estate has or had, by what its history says now."""
    told = effective(history)
    places: tuple[str, ...] = ()
    for recorded in told:
        if isinstance(recorded.event, EstateRegistered):
            places = recorded.event.municipalities
    return {
        claim
        for recorded in told
        if isinstance(recorded.event, EstateRegistered | EstateRenamed)
        for claim in claims_of(recorded.estate, recorded.event.name, places)
    }


def find_estate(store: EventStore, text: str, reach: Reach | None = None) -> EstateId:
    """The estate within reach that `text` names: an id, "Name", or "Name, Municipality".

    An id is taken as it is: whether there is such an estate is told by what is asked about it.

    Raises:
        EstateNotFound: when there is none.
        EstateNameAmbiguous: when the name alone fits several estates.
    """
    wanted = text.strip()
    if len(wanted) == _ID_LENGTH and all(letter in "0123456789abcdef" for letter in wanted):
        return parse_estate_id(wanted)
    name, comma, municipality = wanted.rpartition(",")
    if comma:
        claimed = store.claimed(normal_name(municipality), normal_name(name))
        if claimed is not None and _within(store, reach, (claimed,)):
            return claimed
    return _by_name(store, wanted, reach)


def _by_name(store: EventStore, name: str, reach: Reach | None) -> EstateId:
    held = store.bearers(normal_name(name))
    ours = _within(store, reach, [claim.estate for claim in held])
    held = [claim for claim in held if claim.estate in ours]
    estates = dict.fromkeys(claim.estate for claim in held)
    if not estates:
        raise EstateNotFound(name)
    if len(estates) > 1:
        raise EstateNameAmbiguous(name, tuple(sorted(claim.municipality for claim in held)))
    return next(iter(estates))


def _within(
    store: EventStore, reach: Reach | None, estates: Sequence[EstateId]
) -> frozenset[EstateId]:
    return bonds.held(store.read, reach or EVERYWHERE, estates)
