"""What may somebody with a mandate do and ask? What the engine answers, within scope and reach.

    desk = engine.under(Mandate(actor, scopes_of(Role.GUIDE), reach))
    desk.board(), desk.do(command, expected_version=7)

The names are those of the engine, without `actor` and `reach`: those are the mandate's. Every
public method of the engine is offered here, or stands in `offered.NOT_OFFERED` with the reason.
Read next: `under` (how a right is checked), `masking` (who is shown which persons).
"""

from kvob_workflow.engine.mandated.acting import Acting
from kvob_workflow.engine.mandated.asking import Asking
from kvob_workflow.engine.mandated.certificates import Certificates
from kvob_workflow.engine.mandated.keeping import Keeping
from kvob_workflow.engine.mandated.key_giving import KeyGiving
from kvob_workflow.engine.mandated.listing import Listing
from kvob_workflow.engine.mandated.masking import HIDDEN
from kvob_workflow.engine.mandated.operating import Operating
from kvob_workflow.engine.mandated.proving import MandatedProofs, Proving
from kvob_workflow.engine.mandated.telling import Telling

__all__ = ["HIDDEN", "Mandated", "MandatedProofs"]


class Mandated(
    Acting, Asking, Certificates, Listing, Keeping, KeyGiving, Proving, Operating, Telling
):
    """An engine for one person. Cheap to make; thread-safe as the engine is."""
