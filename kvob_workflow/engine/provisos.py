"""On what terms is a command decided? The version that its giver has seen, and his reach.

Both are checked on the state that is decided on: whoever changes the estate in between, makes the
append fail, and it is decided and checked anew.
"""

from dataclasses import dataclass
from typing import Final

from kvob_domain.estate.state import Estate
from kvob_domain.mandates import OutOfReach, Reach, RegionOutOfReach
from kvob_projections.bonds import is_bounded
from kvob_workflow.engine.errors import EstateChanged


@dataclass(frozen=True, slots=True)
class Proviso:
    """What must hold of the estates of a command; None asks for nothing.

    `expected_version` is about the first of them, `reach` about all. A version is that of the
    newest event, before any notices that the command brings along.
    """

    expected_version: int | None = None
    reach: Reach | None = None

    def of_others(self) -> "Proviso":
        """What must hold of the further estates of a joint command."""
        return Proviso(reach=self.reach)

    def holds(self, estate: Estate) -> bool:
        """Whether the command may be decided on this state."""
        return self._is_within(estate) and self._is_as_seen(estate)

    def check(self, estate: Estate) -> None:
        """Let through a state of which it holds.

        Raises:
            OutOfReach: the estate is not within reach, or not there although a version of it was
                seen, or not there and the reach is bounded.
            EstateChanged: it is at another version.
        """
        if not self._is_within(estate) or (self.expected_version and not estate.exists):
            raise OutOfReach(estate.id)
        if self.expected_version is not None and not self._is_as_seen(estate):
            raise EstateChanged(estate.id, self.expected_version, estate.version)

    def check_new(self, municipalities: tuple[str, ...]) -> None:
        """Let through who may register an estate that lies in these municipalities.

        Raises:
            RegionOutOfReach: it lies in a municipality where he may not.
        """
        if self.reach is None:
            return
        for place in municipalities:
            if not self.reach.covers(place):
                raise RegionOutOfReach(place)

    def _is_within(self, estate: Estate) -> bool:
        if not is_bounded(self.reach):
            return True
        assert self.reach is not None
        return estate.exists and self.reach.holds_estate(estate)

    def _is_as_seen(self, estate: Estate) -> bool:
        return self.expected_version in (None, estate.version)


NO_PROVISO: Final = Proviso()
