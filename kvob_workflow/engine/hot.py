"""Which states are at hand? A bounded cache of what `decide` needs and of the rows last written.

With the rows at hand only what changed is written. A version conflict drops the entry.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from kvob_domain.estate.state import Estate
from kvob_domain.ids import EstateId
from kvob_projections.view import Row

RowsByView = dict[str, dict[Row, Row]]


@dataclass(frozen=True, slots=True)
class Hot:
    """A state and its view rows by view and key; `rows` is None where they are not at hand."""

    state: Estate
    rows: RowsByView | None


class HotStates:
    """The most recently used states. Thread-safe."""

    def __init__(self, bound: int) -> None:
        """Keep at most `bound` states, some 10 kB each with their rows."""
        self._bound = bound
        self._entries: OrderedDict[EstateId, Hot] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, estate: EstateId) -> Hot | None:
        """The entry, which counts as used now."""
        with self._guard:
            entry = self._entries.get(estate)
            if entry is not None:
                self._entries.move_to_end(estate)
            return entry

    def put(self, estate: EstateId, entry: Hot) -> None:
        """Keep an entry, letting the least recently used one go."""
        with self._guard:
            self._entries[estate] = entry
            self._entries.move_to_end(estate)
            if len(self._entries) > self._bound:
                self._entries.popitem(last=False)

    def drop(self, estate: EstateId) -> None:
        """Forget an entry."""
        with self._guard:
            self._entries.pop(estate, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._entries.clear()
