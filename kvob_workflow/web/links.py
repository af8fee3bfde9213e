"""Where does a link lead? Below the place of the pages, at the same moment, in the same language.

All that a page shows stands in its address: the day asked (`on`), as it was known (`known_at`), the
language (`lang`), filters, sorting. So a link can be kept, sent and opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import quote, urlencode

KEPT: Final = ("on", "known_at", "lang")
"""What every link carries on."""

SAFE: Final = "/:@"
"""What stands in the address of a path as it is, beside letters and numbers."""

Value = object
Query = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one page. `base` is the path that the pages stand under, without a last `/`.

    It is quoted. `path` is that of this page below it, as it is; `query` all that stood behind it.
    """

    base: str
    path: str
    query: tuple[tuple[str, str], ...]

    def to(self, path: str, /, **query: Value) -> str:
        """The address of another page; None leaves a part out, a list gives it several times."""
        kept: dict[str, Value] = {name: text for name, text in self.query if name in KEPT}
        return self._address(path, {**kept, **query})

    def here(self, /, **changes: Value) -> str:
        """The address of this page with other values; None takes a part away."""
        now: dict[str, Value] = {}
        for name, text in self.query:
            if name not in changes:
                before = now.get(name)
                now[name] = text if before is None else [*_listed(before), text]
        return self._address(self.path, {**now, **changes})

    @property
    def place(self) -> str:
        """The address of this page without its query."""
        return self._place(self.path)

    def at_now(self, path: str, /, **query: Value) -> str:
        """The address of another page of today, as it is known now."""
        return self.to(path, **{"on": None, "known_at": None, **query})

    def rest(self, *without: str) -> tuple[tuple[str, str], ...]:
        """What stands in the address beside these: for the hidden fields of a form that asks."""
        return tuple((name, text) for name, text in self.query if name not in without)

    def _address(self, path: str, query: Query) -> str:
        pairs = [
            (name, one if isinstance(one, str) else str(one))
            for name, value in query.items()
            for one in _listed(value)
        ]
        tail = f"?{urlencode(pairs)}" if pairs else ""
        return f"{self._place(path)}{tail}"

    def _place(self, path: str) -> str:
        """A path of this site: browsers read one that begins with `//` as another."""
        return f"/{(self.base + quote(path, safe=SAFE)).lstrip('/')}"


def _listed(value: Value) -> list[Value]:
    if value is None or value == "":
        return []
    if isinstance(value, Iterable) and not isinstance(value, str):
        return list(cast("Iterable[Value]", value))
    return [value]
