"""What did a command lead to?"""

from dataclasses import dataclass

from kvob_domain.estate.recorded import Recorded
from kvob_domain.ids import EstateId
from kvob_domain.words import Text
from kvob_workflow.engine.differing import Difference
from kvob_workflow.store import Behind


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one command.

    `events` are the new events of `estate`, in order; none for a fact that was on record
    already. `version` is the estate's version afterwards, `position` that of the last event in
    the store (None when nothing was written). `repeated` says that the command id was carried
    out before and that this is the first result. `others` are the other estates of a joint act.
    `behind` names views that could not take their rows; the events are safe. `notices` were owed
    to the estate already and were given just before. `preview` is what a correction that was
    only tried would change. `same_act_at` names the other estates where the act that a
    correction is about is on record as well; each is corrected by a command of its own.
    """

    estate: EstateId
    version: int
    events: tuple[Recorded, ...]
    position: int | None = None
    repeated: bool = False
    dry_run: bool = False
    others: tuple["Outcome", ...] = ()
    behind: tuple[Behind, ...] = ()
    notices: tuple[Recorded, ...] = ()
    warnings: tuple[Text, ...] = ()
    preview: Difference | None = None
    same_act_at: tuple[EstateId, ...] = ()
