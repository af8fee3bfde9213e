"""What is a mandate? Who acts, with which scopes, within which reach."""

from dataclasses import dataclass

from kvob_domain.actor import Actor
from kvob_domain.estate.state import Estate
from kvob_domain.mandates.reach import NOWHERE, Reach
from kvob_domain.mandates.refusals import EverythingNeeded, OutOfReach, ScopeMissing
from kvob_domain.mandates.scopes import Scope


@dataclass(frozen=True, slots=True)
class Mandate:
    """What somebody may do. Without scopes and reach: nothing."""

    actor: Actor
    scopes: frozenset[Scope] = frozenset()
    reach: Reach = NOWHERE

    def demand(self, scope: Scope) -> None:
        """Let through who has the scope.

        Raises:
            ScopeMissing: he has not.
        """
        if scope not in self.scopes:
            raise ScopeMissing(scope, self.actor.role)

    def demand_everything(self) -> None:
        """Let through whose reach holds all estates.

        Raises:
            EverythingNeeded: it does not.
        """
        if not self.reach.everywhere:
            raise EverythingNeeded

    def demand_estate(self, estate: Estate) -> None:
        """Let through whose reach holds the estate.

        Raises:
            OutOfReach: it does not. An estate that is not there is refused in the same words, so
                that nobody learns from a refusal which estates there are.
        """
        if not self.reach.holds_estate(estate):
            raise OutOfReach(estate.id)
