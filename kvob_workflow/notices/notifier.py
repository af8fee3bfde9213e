"""What must a channel do? Take a digest or raise; and the simplest one, the log."""

import logging
from typing import Protocol, runtime_checkable

from kvob_workflow.notices.digest import Digest, one_line
from kvob_workflow.notices.texts import lines_of

LOGGER = logging.getLogger("kvob_workflow.notices")


class Notifier(Protocol):
    """A channel through which digests leave.

    `send` is called in a thread of its own, possibly again with the same `digest.id`. Coming
    back means that the digest was taken; any exception is a failed attempt, tried again later.
    """

    @property
    def name(self) -> str:
        """The name of the channel, stable: its position in the events is kept under it."""
        ...

    def send(self, digest: Digest) -> None:
        """Sends the digest.

        Raises:
            Exception: it was not taken.
        """
        ...


@runtime_checkable
class Interruptible(Protocol):
    """A notifier that can end its sends; closing a dispatcher does so."""

    def interrupt(self) -> None:
        """Ends the sends that are under way in other threads, without waiting for them."""
        ...


class LogNotifier:
    """Writes each notice to the logger `kvob_workflow.notices`; configures no logging.

    As a warning, because the root logger of a program that configured nothing shows no less.
    """

    name = "log"

    def send(self, digest: Digest) -> None:
        """Logs one line per notice; without a handler at that level it is lost silently."""
        for notice in digest.notices:
            what, following = lines_of(notice, digest.language)
            told = f"{notice.name} ({notice.municipality}) {what} {following}"
            LOGGER.warning(
                "%s [%s, %s]",
                one_line(told),
                notice.id,
                digest.id,
                extra={"kvob_digest": digest.id, "kvob_notice": notice.id},
            )
