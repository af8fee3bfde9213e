"""Which cells has the matrix of the pages, and what must hold in each? Screen x caller x estate."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import count
from typing import Final
from urllib.parse import urlencode

from kvob_domain.actor import Role
from kvob_domain.mandates import Mandate
from kvob_workflow.http.auth import Authenticator
from kvob_workflow.web import Pages
from kvob_workflow.web.routing import Screen
from kvob_workflow.web.sessions import SessionKeys, Visitor
from kvob_workflow.web.sessions.proxies import ProxyLogin
from tests.http.callers import Caller, everybody
from tests.http.in_process import Answer, InProcess
from tests.http.matrix import OBJECTS, SEES_PERSONS
from tests.http.two_regions import DECOY, HERE, SITES, THERE, Site
from tests.web.sorted_screens import COMMANDS, IN_PATH, WHOSE, roles_of

BROWSER: Final = "b" * 43
KEYS: Final = SessionKeys([b"m" * 32])
_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_WITHOUT: Final = frozenset({401, 403, 404})
# What the others' estates would be found by, and other days at which they were there.
_ATTACKS: Final = (
    "",
    "q=terrein",
    f"q={THERE.place.replace(' ', '+')}",
    f"municipality={THERE.place.replace(' ', '+')}&estate={THERE.id}",
    f"estate={HERE.id}&estate={THERE.id}&command=record_remark",
    "on=2021-12-31",
    "known_at=2022-02-01",
)
# What is filled in everywhere: fields that a form does not have are passed over by it.
_FILLED_IN: Final = {
    "subject": "other",
    "text": "proef",
    "on": "2022-06-15",
    "name": "Proef",
    "municipalities.0": HERE.place,
    "reason": "proef",
    "provenance.source": "https://voorbeeld.example/",
    "provenance.note": "proef",
    "version": "4",
    "estate": THERE.id,
    "command": "record_remark",
    "estates": THERE.id,
    "members.0": THERE.id,
    "members.0.estate": THERE.id,
}
# Each answer has its own.
_OF_THE_ANSWER: Final = re.compile(r"[A-Za-z0-9_-]{86}|[0-9a-f]{32}|traceparent: .*")


@dataclass(frozen=True)
class Cell:
    """One request: who asks for which screen, about which estate where it is about one."""

    screen: str
    caller: Caller
    mandate: Mandate | None
    about: Site | None
    target: str
    roles: frozenset[Role] | None
    stage: str = ""

    @property
    def name(self) -> str:
        """As a failure tells it."""
        return f"{self.caller.name}: {self.screen.split()[0]} {self.target} {self.stage}"

    @property
    def has_right(self) -> bool:
        """Whether the reference table gives his role this screen."""
        return self.caller.role is not None and (
            self.roles is None or self.caller.role in self.roles
        )

    @property
    def is_allowed(self) -> bool:
        """Whether it gives it for this estate."""
        return self.has_right and (self.about is None or self.about in self.caller.sees)

    @property
    def must_be_shown(self) -> bool:
        """Whether it is a page of his; a command that is named may be another's."""
        is_look = self.screen.startswith("GET")
        return self.is_allowed and is_look and "command=" not in self.target

    def ask(self, asking: InProcess, pages: Pages) -> Answer:
        """Ask it, as a browser that has the form of a page before it."""
        headers = {
            **self.caller.headers,
            "accept": "text/html",
            "cookie": f"kvob-browser={BROWSER}",
            "sec-fetch-site": "same-origin",
            "content-type": "application/x-www-form-urlencoded",
        }
        method = self.screen.split()[0]
        return asking.ask(method, self.target, headers, self._body(pages))

    def _body(self, pages: Pages) -> bytes:
        if not self.screen.startswith("POST"):
            return b""
        token = ""
        if self.mandate is not None:
            token = pages.form_tokens.token(Visitor(self.mandate, BROWSER))
        given = {"form_token": token, "stage": self.stage, **_FILLED_IN}
        if self.about is not None:
            given |= {"measure": f"m1-{self.about.mark}", "progress": "done"}
        return urlencode(given).encode()


def pages_for(lets_in: Authenticator) -> Pages:
    """Pages for whoever has a token of the tests, as a proxy brings it."""
    return Pages(login=ProxyLogin(lets_in), keys=KEYS, language="en")


def cells(screens: tuple[Screen, ...], lets_in: Authenticator) -> Iterator[Cell]:
    """Every screen for every role, at home about each estate; of who gets nothing, one of four."""
    callers, numbers = list(everybody()), count()
    mandates = {one.name: _mandate(one, lets_in) for one in callers}
    for screen, command, path in _addresses(screens):
        for caller in callers:
            cell = Cell(
                screen, caller, mandates[caller.name], None, path, roles_of(screen, command)
            )
            if not cell.has_right and next(numbers) % 4:
                continue
            for about in _objects(cell):
                yield from _requests(replace(cell, about=about))


def _addresses(screens: tuple[Screen, ...]) -> Iterator[tuple[str, str | None, str]]:
    for one in screens:
        screen = f"{one.method} {one.path}"
        if screen not in WHOSE:
            continue  # another test tells of it
        for command in COMMANDS.get(one.path, (None,)):
            yield screen, command, _filled(one.path, command or "")


def _filled(path: str, command: str) -> str:
    """A path with what stands in it, but for the estate."""
    given = {**IN_PATH, "command": command, "estate": "{estate}"}
    return _PARAMETER.sub(lambda found: given[found[1]], path)


def _objects(cell: Cell) -> tuple[Site | None, ...]:
    """About each estate where reach alone decides; else about one."""
    if "{estate}" not in cell.target:
        return (None,)
    is_home = cell.caller.name.endswith(" here")
    if cell.has_right and is_home:
        return OBJECTS
    return (HERE,)


def _requests(cell: Cell) -> Iterator[Cell]:
    target = cell.target if cell.about is None else cell.target.format(estate=cell.about.id)
    if cell.screen.startswith("POST"):
        for stage in ("check", "confirm"):
            asked = f"{target}?{_ATTACKS[4]}" if target == "/several" else target
            yield replace(cell, target=asked, stage=stage)
        return
    is_tried = cell.about is None and cell.has_right and cell.caller.name.endswith(" here")
    for query in _ATTACKS if is_tried else ("",):
        yield replace(cell, target=f"{target}?{query}" if query else target)


def _mandate(caller: Caller, lets_in: Authenticator) -> Mandate | None:
    if caller.role is None:
        return None
    return lets_in.mandate(caller.headers)


def wrong(cell: Cell, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer; nothing when the cell holds."""
    if answer.status >= 500:
        yield f"{cell.name} failed with {answer.status}"
    if cell.caller.role is None:
        if answer.status not in (401, 403):
            yield f"{cell.name} was let in with {answer.status}"
    elif not cell.is_allowed and answer.status not in _WITHOUT:
        yield f"{cell.name} was let through with {answer.status}"
    elif cell.must_be_shown and answer.status in (401, 403):
        yield f"{cell.name} was refused with {answer.status}"
    for mark in leaks(cell, answer):
        yield f"{cell.name} was told {mark}"


def leaks(cell: Cell, answer: Answer) -> Iterator[str]:
    """The marks of estates that the caller must not see, and persons that he must not meet."""
    text = text_of(answer).lower().replace(cell.caller.person, "")
    if cell.mandate is not None and cell.mandate.actor.organisation:  # the page says who he is
        text = text.replace(cell.mandate.actor.organisation.lower(), "")
    if cell.about is not None:  # what he asked for is his own word
        text = text.replace(cell.about.id, "").replace(f"m1-{cell.about.mark}", "")
    # He asked for it by name, and filled it in.
    asked: set[str] = {THERE.id, THERE.place.lower()} if cell.about is None else {THERE.id}
    asked |= {site.id for site in SITES if site.id in cell.target}
    if cell.screen.startswith("POST"):
        asked.add(HERE.place.lower())
    seen = cell.caller.sees if cell.is_allowed else frozenset[Site]()
    for site in (*SITES, DECOY):
        if site in seen:
            continue
        for one in (site.mark, site.id, str(site.number), site.place.lower()):
            is_shared = any(one == other.place.lower() for other in seen)
            if one in text and one not in asked and not is_shared:
                yield one
    if cell.caller.role not in SEES_PERSONS and (met := re.search(r"p-merk[a-z-]+", text)):
        yield f"person {met.group()}"


def text_of(answer: Answer) -> str:
    """All that an answer says; a workbook is unpacked."""
    if not answer.body.startswith(b"PK"):
        return unescape(answer.text)
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def told(answer: Answer) -> tuple[int, str]:
    """What an answer tells, without what is another one at each request, and without ids."""
    return answer.status, _OF_THE_ANSWER.sub("", text_of(answer))
