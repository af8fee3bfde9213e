"""How are many estates made into rows? Span by span, here or in processes of our own, in order.

    for span, made in made_in_order(job, store, spans(store, "", job.chunk)):
        ...

A worker opens the store by its address and reads its spans itself; it writes nothing. It ends
with the process that asked for it, however that ends. Read next: `making`.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from kvob_domain.scheme.book import SchemeBook
from kvob_domain.scheme.edition import Edition
from kvob_domain.scheme.policy import Policy
from kvob_workflow.engine.rebuilding.making import Making
from kvob_workflow.store import open_store
from kvob_workflow.store.rebuilding import MOST_DIFFERENCES, Made, Span

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from kvob_projections.view import View
    from kvob_workflow.limits import StoreLimits
    from kvob_workflow.store.rebuild_keeping import RebuildKeeping

CHUNK: Final = 5_000
"""Events that are read, made into rows and written at once."""
_AHEAD: Final = 2


@dataclass(frozen=True)
class Task:
    """What is made: rows of `views`, of which the `compared` ones are compared.

    `live` names the views whose live rows have today's columns.
    """

    views: tuple[View, ...]
    live: frozenset[str]
    compared: frozenset[str] = frozenset()

    @property
    def live_views(self) -> tuple[View, ...]:
        """The views whose live rows are read."""
        return tuple(view for view in self.views if view.name in self.live)


@dataclass(frozen=True)
class Job:
    """A task with the scheme data, and the processes that may help.

    They open the store at `address`; without one there are none. `chunk` events are made into
    rows at once.
    """

    task: Task
    book: SchemeBook
    address: str | None = None
    limits: StoreLimits | None = None
    processes: int = 1
    chunk: int = CHUNK

    def making(self, store: RebuildKeeping) -> Making:
        """What makes the rows in this process."""
        return Making(self.task.views, self.book, store)

    def made(self, store: RebuildKeeping, span: Span, most: int) -> Made:
        """The rows of one span, with `most` of the differences described."""
        snapshot = store.snapshot(span, self.task.live_views)
        return self.making(store).made(snapshot, self.task.compared, most)


def spans(store: RebuildKeeping, after: str, events: int) -> Iterator[Span]:
    """All estates with an id above `after`, so many events at a time."""
    while True:
        span = store.span_after(after, events)
        yield span
        if span.upto is None:
            return
        after = span.upto


def unsendable(views: Iterable[View]) -> View | None:
    """The first view that another process cannot be given, such as one with a lambda."""
    for view in views:
        try:
            pickle.dumps(view)
        except Exception:  # pickle raises of every kind; what it met does not matter
            return view
    return None


def made_in_order(
    job: Job, store: RebuildKeeping, asked: Iterable[Span], known: int = 0
) -> Generator[tuple[Span, Made]]:
    """The rows of each span, in the order asked; so many differences are `known` already."""
    if job.processes < 2 or job.address is None:
        for span in asked:
            made = job.made(store, span, _describable(known))
            known += made.differing
            yield span, made
        return
    yield from _by_processes(job, job.address, iter(asked), known)


def _describable(known: int) -> int:
    """How many more differences are kept; working out the event behind one takes long."""
    return max(0, MOST_DIFFERENCES - known)


def _by_processes(
    job: Job, address: str, asked: Iterator[Span], known: int
) -> Generator[tuple[Span, Made]]:
    from concurrent.futures import Future, ProcessPoolExecutor

    # spawn: a fork would share the connections of the store, and the locks of other threads.
    spawning = multiprocessing.get_context("spawn")
    begin = partial(_start, job.task, address, job.limits, *_texts_of(job.book))
    pool = ProcessPoolExecutor(job.processes, spawning, initializer=begin)
    try:
        waiting: deque[tuple[Span, Future[Made]]] = deque()
        for span in islice(asked, job.processes * _AHEAD):
            waiting.append((span, pool.submit(_made, span, _describable(known))))
        while waiting:
            span, future = waiting.popleft()
            made = future.result()
            known += made.differing
            following = next(asked, None)
            if following is not None:
                waiting.append((following, pool.submit(_made, following, _describable(known))))
            yield span, made
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_here: list[tuple[Job, RebuildKeeping]] = []


def _texts_of(book: SchemeBook) -> tuple[list[str], str]:
    """The scheme data as texts: the classes of some of its values have no name to find them by."""
    editions = [edition.model_dump_json() for edition in book.editions]
    return editions, book.policy.model_dump_json()


def _start(
    task: Task, address: str, limits: StoreLimits | None, editions: list[str], policy: str
) -> None:
    """In a worker: opens the store, and ends when the process that asked does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    own = map(Edition.model_validate_json, editions)
    book = SchemeBook(own, Policy.model_validate_json(policy))
    _here[:] = [(Job(task, book), open_store(address, limits=limits))]


def _end_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


def _made(span: Span, most: int) -> Made:
    job, store = _here[0]
    return job.made(store, span, most)
