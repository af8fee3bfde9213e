"""Is the first page prepared beside everything else, and does that end with the service?"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from kvob_workflow.cli.commands.warming import Warming
from kvob_workflow.store.faults import StoreClosed

PATIENCE = 20.0


class Question:
    """A question that takes until somebody lets it end, and then raises what it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error
        self.begun, self.may_end, self.is_over = (threading.Event() for _ in range(3))

    def __call__(self) -> None:
        self.begun.set()
        self.may_end.wait(PATIENCE)
        self.is_over.set()
        if self._error is not None:
            raise self._error


@contextmanager
def asked(question: Question) -> Generator[Warming]:
    """The question while it is asked."""
    warming = Warming(question)
    warming.start()  # comes back while it is asked
    assert question.begun.wait(PATIENCE)
    yield warming
    with warming.ending():
        question.may_end.set()
    assert question.is_over.is_set()


def test_the_service_does_not_wait_for_it_and_ends_with_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    question = Question()
    with asked(question):
        assert not question.is_over.is_set()
    assert caplog.records == []


@pytest.mark.parametrize("error", [OSError("no room"), StoreClosed("memory:", "no room")])
def test_what_goes_wrong_is_logged_and_stops_nothing(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    question = Question(error)
    question.may_end.set()
    warming = Warming(question)
    warming.start()
    warming.wait(PATIENCE)
    with warming.ending():
        pass
    assert "The first page was not prepared" in caplog.text
    assert "no room" in caplog.text


def test_that_the_store_was_closed_by_the_end_is_no_trouble(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with asked(Question(StoreClosed("memory:", "closed"))):
        pass
    assert caplog.records == []


def test_where_there_are_no_pages_nothing_is_asked() -> None:
    question = Question()
    with Warming(question).ending():
        pass
    assert not question.begun.is_set()
