"""Does the API answer as its document says, whatever it is asked, and by whomever?

A seeded run; the longer one is `python -m tests.http.campaign`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import Response

from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.answers import Model
from kvob_workflow.http.answers import answered as honest
from tests.http.asked_of_everything import VALUES, five
from tests.http.callers import authenticator
from tests.http.fuzzing import Found, Fuzz
from tests.http.regions import opened


@pytest.fixture(scope="module")
def found() -> Iterator[Found]:
    with opened() as world:
        yield Fuzz(world.app, five(), VALUES, at_once=1).run(each=2, number=20261129)


def test_no_request_of_five_roles_gets_a_failure_or_an_answer_that_is_not_documented(
    found: Found,
) -> None:
    assert list(found.problems.values()) == []
    assert max(found.statuses()) < 500


def test_the_requests_are_many_and_not_all_refused(found: Found) -> None:
    statuses = found.statuses()
    assert found.requests >= 600
    assert statuses[200] + statuses[201] >= 50
    assert {400, 403, 404} <= statuses.keys()


class Wrong(Model):
    """Not what the document says."""

    wrong: str


def wrongly(*given: object, **named: object) -> Response:
    """Another answer than the one that was to be given."""
    del given, named
    return honest(Wrong(wrong="x"))


def test_an_answer_that_is_not_documented_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as world:
        answered = "kvob_workflow.http.resources.schemes.answered"
        monkeypatch.setattr(answered, wrongly)
        app = asgi_app(world.engine, Api(authenticator=authenticator(world.clock)))
        fuzz = Fuzz(app, five(), VALUES, at_once=1, only="/schemes/{edition}")
        told = fuzz.run(each=5, number=1).problems
    assert any("violates schema" in one for one in told)
