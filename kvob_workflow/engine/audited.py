"""Which questions does the access log hear of? All public ones that show what is in the store.

Loaded only for an engine that has such a log.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Final

from kvob_workflow.access.log import AccessLog
from kvob_workflow.access.watching import questions_of, watch, watched
from kvob_workflow.engine.certified import Certified
from kvob_workflow.engine.explaining import Explaining
from kvob_workflow.engine.glancing import Glancing
from kvob_workflow.engine.histories import Histories
from kvob_workflow.engine.outgoing import Outgoing
from kvob_workflow.engine.overseeing import Overseeing
from kvob_workflow.engine.past import Past
from kvob_workflow.engine.proving import Proving
from kvob_workflow.engine.reaching import Reaching
from kvob_workflow.engine.reading import Reading

if TYPE_CHECKING:
    from kvob_domain.actor import Actor
    from kvob_workflow.clock import Clock
    from kvob_workflow.engine.core import Core
    from kvob_workflow.proofs.log import ProofLog

# `find` says no more than that a name exists, `within` whose an estate is, `last_position` how many
# events there are; the question that they
# are asked for is logged. The others are upkeep.
_NOT_LOGGED: Final = (
    "find",
    "last_position",
    "webhooks",
    "deliver_webhooks",
    "within",
    "build_periods",
    "parked",
    "warm",
)
# A host's own tables may show anything.
_OF_HOSTS: Final = ("query",)
# What answers with rows that were wrong, and the right ones.
_OF_ROWS: Final = ("compare_views", "rebuild", "rebuild_differences", "rebuild_estate")
# What shows how an estate is, and how it would be.
_OF_WHAT_WOULD_BE: Final = ("preview", "preview_all")
# What shows the names of persons.
_OF_PERSONS: Final = ("names", "export_person")
AUDITED: Final = (
    *questions_of(
        (Reading, Certified, Glancing, Overseeing, Past, Explaining, Histories, Outgoing, Reaching),
        _NOT_LOGGED,
    ),
    *_OF_HOSTS,
    *_OF_ROWS,
    *_OF_WHAT_WOULD_BE,
    *_OF_PERSONS,
)
"""The names of the methods that are logged."""
WHOLE_EVENTS: Final = "proof_entries"
"""What the log calls a look at the stored events of an estate by way of the proof log."""


def audit(
    engine: Core, log: str | os.PathLike[str] | AccessLog, actor: Actor, clock: Clock | None
) -> None:
    """Log every question of this engine.

    Raises:
        AccessKeyMissing, AccessKeyUnusable: the key beside the log cannot be used.
    """
    found = log if isinstance(log, AccessLog) else AccessLog(log, clock=clock)
    watch(engine, AUDITED, found, actor)
    if isinstance(engine, Proving):
        # The proof log shows hashes, which are no look at anybody; but for its events, whole.
        setattr(engine, "proof_log", _with_looks_logged(engine.proof_log, found, actor))  # noqa: B010


def _with_looks_logged(
    ask: Callable[[], ProofLog], log: AccessLog, actor: Actor
) -> Callable[[], ProofLog]:
    @wraps(ask)
    def proof_log() -> ProofLog:
        proofs = ask()
        setattr(proofs, "entries", watched(WHOLE_EVENTS, proofs.entries, log, actor))  # noqa: B010
        return proofs

    return proof_log
