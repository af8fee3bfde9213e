"""The scheme and the day that the domain's stories are told with, and what a marked test proves.

A test marked `lets_through("rule")` or `refuses("rule")` is checked afterwards: a command of it
was really looked at by that rule and accepted, or refused for that rule's reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from kvob_domain.actor import Actor
from kvob_domain.estate.causes import CAUSES
from kvob_domain.estate.commands import Command
from kvob_domain.scheme import SchemeBook
from kvob_domain.testing import Result, Scenario
from tests.domain.answers import answer, said
from tests.domain.asking import TODAY, Given
from tests.domain.coming_back import comes_back
from tests.domain.looked_at import looked_at


@dataclass(frozen=True)
class Watched(Scenario):
    """A story that keeps what was asked, and checks that asking changes nothing."""

    journal: list[Result] = field(default_factory=list[Result])

    def when(self, command: Command, *, by: Actor | None = None) -> Result:
        """The same as ever, asked twice; what follows leads back to what was asked."""
        result = super().when(command, by=by)
        state = self.state
        assert answer(command, state, result.ground) == (result.events, said(result.refusals))
        assert state == self.state
        assert comes_back(result), "the event does not lead back to its command"
        assert all(type(command) in CAUSES[type(event)] for event in result.events)
        self.journal.append(result)
        return result


def pytest_configure(config: pytest.Config) -> None:
    """The two markers of the rules."""
    for marker in ("lets_through", "refuses"):
        config.addinivalue_line("markers", f"{marker}(*rules): these rules do so in this test")


@pytest.fixture(scope="session")
def schemes(root: Path) -> Path:
    """The folder with the scheme's editions and the policy of practice."""
    return root / "domain" / "kvob_domain" / "schemes"


@pytest.fixture(scope="session")
def book(schemes: Path) -> SchemeBook:
    """The scheme that we ship."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(schemes.glob("*.toml"))}
    practice = texts.pop("practice")
    return SchemeBook.parse(texts.values(), practice)


@pytest.fixture
def journal() -> list[Result]:
    """What the test has asked so far."""
    return []


@pytest.fixture
def given(book: SchemeBook, journal: list[Result]) -> Given:
    """Opens a story under the scheme that we ship."""
    return Watched(book, TODAY, journal=journal).given


@pytest.fixture
def under(journal: list[Result]) -> Callable[[SchemeBook], Scenario]:
    """Opens a story under another scheme."""
    return partial(Watched, today=TODAY, journal=journal)


@pytest.fixture(autouse=True)
def marked_rules_have_spoken(
    request: pytest.FixtureRequest, journal: list[Result]
) -> Iterator[None]:
    """Fails a test whose marker names a rule that it never brought to speak."""
    yield
    for accepted, marker in ((True, "lets_through"), (False, "refuses")):
        for mark in request.node.iter_markers(marker):
            for rule in mark.args:
                spoke = any(looked_at(rule, result, accepted=accepted) for result in journal)
                assert spoke, f"{marker}({rule!r}): no command of this test shows it"
