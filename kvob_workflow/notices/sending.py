"""How long may a notifier take? Each send has a thread of its own and is not waited for longer.

A thread cannot be ended from outside. One that hangs is left behind; it keeps neither another
delivery nor the end of the process waiting.
"""

import threading
from typing import Final

from kvob_workflow.notices.digest import Digest
from kvob_workflow.notices.errors import ChannelFull, NotifierHangs
from kvob_workflow.notices.notifier import Notifier

MOST_HANGING: Final = 3
"""With so many threads left behind in a channel, each further send there fails at once."""


class SendingClosed(Exception):
    """The sender was closed while a send was under way; whether it succeeded is not known."""


class _Send:
    """One send in its thread."""

    def __init__(self, notifier: Notifier, digest: Digest) -> None:
        self._notifier = notifier
        self._digest = digest
        self.is_finished = False
        self.error: BaseException | None = None
        self.woken = threading.Event()

    def run(self) -> None:
        try:
            self._notifier.send(self._digest)
        except BaseException as error:  # also an exit that a notifier asks for: it is told
            self.error = error
        self.is_finished = True
        self.woken.set()


class Sender:
    """Sends one digest at a time for its caller; several threads may call it."""

    def __init__(self, timeout_seconds: float) -> None:
        """No send is waited for longer than the time-out, in seconds."""
        self.timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._open: dict[str, list[_Send]] = {}
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def send(self, notifier: Notifier, digest: Digest) -> BaseException | None:
        """Lets the notifier send, and waits for it; answers what it raised, None when sent.

        `NotifierHangs` when it was not done in time; it may still succeed later. `ChannelFull`
        when `MOST_HANGING` sends are under way already; then it was not asked. An answer, for an
        exit raised here must not be taken for one that the notifier asked for.

        Raises:
            SendingClosed: `close` was called meanwhile.
        """
        send = _Send(notifier, digest)
        with self._lock:
            if self._closed:
                raise SendingClosed
            sends = self._open.setdefault(notifier.name, [])
            sends[:] = [one for one in sends if not one.is_finished]
            if len(sends) >= MOST_HANGING:
                return ChannelFull(notifier.name, len(sends))
            sends.append(send)
        name = f"kvob-notice-{notifier.name}"
        threading.Thread(target=send.run, name=name, daemon=True).start()
        send.woken.wait(self.timeout_seconds)
        if send.is_finished:
            return send.error
        if self._closed:
            raise SendingClosed
        return NotifierHangs(notifier.name, self.timeout_seconds)

    def close(self) -> None:
        """Waits for no send any more; closing twice is allowed."""
        with self._lock:
            self._closed = True
            for sends in self._open.values():
                for send in sends:
                    send.woken.set()
