"""Which cells has the matrix, and what must hold in each? Operation x caller x object.

The operations are those of the OpenAPI document. A cell is asked in process; what is wrong with
its answer is told in a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final
from urllib.parse import quote, urlencode

from kvob_domain.actor import Role
from tests.http.callers import Caller
from tests.http.document import Operation
from tests.http.expected_rights import OPEN, PUBLIC, RECORDED, REGISTRATIONS, RIGHTS
from tests.http.in_process import Answer, InProcess
from tests.http.two_regions import ABSENT, DECOY, HERE, NEIGHBOUR, SITES, THERE, Site

OBJECTS: Final = (HERE, NEIGHBOUR, THERE, Site(ABSENT, "merkniets", "Stad Niets", "Merkniets"))
# These see which person acted; the others must meet no person at all.
SEES_PERSONS: Final = frozenset({Role.GUIDE, Role.AUDITOR, Role.DECIDER, Role.PRIVACY_OFFICER})
_WITHOUT: Final = (401, 403, 404)
_REFUSALS: Final = frozenset(
    {"scope-missing", "estate-not-within-reach", "region-not-within-reach", "everything-needed"}
)


@dataclass(frozen=True)
class Cell:
    """One request: who asks what, about which estate where it is about one."""

    operation: Operation
    caller: Caller
    about: Site | None
    target: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""

    @property
    def name(self) -> str:
        """As a failure tells it."""
        return f"{self.caller.name}: {self.operation.method} {self.target}"

    @property
    def is_sharp(self) -> bool:
        """Whether it is reach alone that decides: the role has the right."""
        if self.operation.id in OPEN or self.about is NEIGHBOUR:
            return False
        if self.operation.id in RECORDED and self.about is not THERE:
            return False
        return self.caller.role in RIGHTS[self.operation.id]

    @property
    def said(self) -> set[str]:
        """The words of the caller himself, which are no news to him."""
        own = {self.target.lower(), *_words(self.target), self.caller.person}
        if self.operation.id in REGISTRATIONS and self.about is not None:
            own.add(self.about.place.lower())
        return own

    @property
    def allowed(self) -> bool:
        """Whether the reference table lets this through."""
        return is_allowed(self.operation, self.caller, self.about)

    def ask(self, asking: InProcess) -> Answer:
        """Ask it."""
        headers = {**self.caller.headers, **self.headers}
        return asking.ask(self.operation.method, self.target, headers, self.body)


def is_allowed(operation: Operation, caller: Caller, about: Site | None) -> bool:
    """Whether the reference table lets somebody ask this about that."""
    if operation.id in OPEN:
        return True
    if caller.role not in RIGHTS[operation.id]:
        return False
    # The register is of all estates for everybody.
    return about is None or operation.id in PUBLIC or about in caller.sees


def cells(
    operations: list[Operation], callers: list[Caller], filling: Filling, *, all: bool = False
) -> Iterator[Cell]:
    """The cells: where a role has the right, every one; of the others one of eight, or `all`.

    What is allowed is only tried, where the operation can; the rest is meant.
    """
    numbers = count()
    for operation in operations:
        can_be_tried = "dryRun" in operation.named("query")
        for about, target, headers, body in filling.requests(operation):
            for caller in callers:
                tried = can_be_tried and is_allowed(operation, caller, about)
                asked = f"{target}{'&' if '?' in target else '?'}dryRun=true" if tried else target
                cell = Cell(operation, caller, about, asked, headers, body)
                if all or cell.is_sharp or next(numbers) % 8 == 0:
                    yield cell


Request = tuple[Site | None, str, Mapping[str, str], bytes]


@dataclass(frozen=True)
class Filling:
    """How the parameters and bodies of an operation are filled.

    `by_estate` and `fixed` have the values of parameters in a path, `queries` those that a query
    requires; `bodies` the body by operation. `versions` are those of If-Match.
    """

    by_estate: Mapping[str, Mapping[Site, str]]
    fixed: Mapping[str, str]
    queries: Mapping[str, str]
    bodies: Mapping[str, Callable[[Site | None], Any]]
    versions: Mapping[Site, int]

    def requests(self, operation: Operation) -> Iterator[Request]:
        """The requests of an operation: about each estate, or with filters for the others'."""
        query = {
            name: self.queries.get(f"{operation.id}.{name}", self.queries.get(name, ""))
            for name in operation.named("query", required=True)
        }
        names = re.findall(r"\{(\w+)\}", operation.path)
        is_about_one = any(name in self.by_estate for name in names)
        objects: tuple[Site | None, ...] = OBJECTS if is_about_one else (None,)
        if operation.id in REGISTRATIONS:
            objects = (HERE, THERE)  # about a place: the estate is not there yet
        for site in objects:
            path = operation.path
            for name in names:
                path = path.replace(f"{{{name}}}", quote(self._value(name, site), safe=""))
            for filters in self._filters(operation):
                asked = urlencode({**query, **filters})
                headers, body = self._body(operation, site)
                yield site, f"{path}?{asked}" if asked else path, headers, body

    def _value(self, name: str, site: Site | None) -> str:
        if site is not None and name in self.by_estate:
            return self.by_estate[name][site]
        return self.fixed[name]

    def _filters(self, operation: Operation) -> Iterator[dict[str, str]]:
        """Without a filter, and looking for the others' texts and place."""
        known = set(operation.named("query"))
        yield {}
        if "text" in known:
            yield {"text": THERE.mark}
        if "municipality" in known:
            yield {"municipality": THERE.place}

    def _body(self, operation: Operation, site: Site | None) -> tuple[Mapping[str, str], bytes]:
        if not operation.takes_body:
            return {}, b""
        body = self.bodies[operation.id](site)
        headers = {"content-type": operation.takes or ""}
        if site is not None:
            headers["if-match"] = f'"{self.versions.get(site, 1)}"'
        return headers, body if isinstance(body, bytes) else json.dumps(body).encode()


def wrong(cell: Cell, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer; nothing when the cell holds."""
    if answer.status >= 500:
        yield f"{cell.name} failed with {answer.status}"
    if cell.allowed:
        if answer.status in (401, 403) or answer.code in _REFUSALS:
            yield f"{cell.name} was refused with {answer.status} {answer.code}"
    elif answer.status not in _WITHOUT:
        yield f"{cell.name} was let through with {answer.status} {answer.code}"
    for mark in leaks(cell, answer):
        yield f"{cell.name} was told {mark}"


def leaks(cell: Cell, answer: Answer) -> Iterator[str]:
    """The marks of estates that the caller must not see, and persons that he must not meet."""
    text = answer.text.lower()
    # What the caller asked for is his own word.
    for own in sorted(cell.said, key=len, reverse=True):
        text = text.replace(own, "")
    if cell.operation.id in PUBLIC:
        text = _without_public(text)
    seen = cell.caller.sees if cell.allowed else frozenset[Site]()
    for site in (*SITES, DECOY):
        if site not in seen:
            found = (site.mark, site.place.lower(), site.id, str(site.number))
            yield from (one for one in found if one in text and not _shared(one, seen))
    if cell.caller.role not in SEES_PERSONS and (met := re.search(r"p-merk[a-z-]+", text)):
        yield f"person {met.group()}"


def _shared(word: str, seen: frozenset[Site]) -> bool:
    """Two estates lie in one place: who sees one of them sees its name."""
    return any(word == site.place.lower() for site in seen)


def _words(target: str) -> set[str]:
    return {word.lower() for word in re.split(r"[/?&=+]", target) if len(word) > 3}


def _without_public(text: str) -> str:
    for site in (*SITES, DECOY):
        body = site.organisation("Keur").lower()
        public = (f"terrein {site.mark}", site.place.lower(), site.id, body)
        for one in public:
            text = text.replace(one, "")
    return text
