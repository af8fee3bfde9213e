"""What does an operator's monitoring hear of us? Metrics and spans through the OpenTelemetry API.

Nothing, and at no cost, in a program that has not loaded OpenTelemetry itself: who sets a provider
has. Only the API is used here; which provider, exporter and sampling, is the host's to say. No
attribute holds a personal datum or free text; metrics bear no estate, spans its opaque id.
Names and attributes: kvob_workflow/telemetry.md.
"""

from __future__ import annotations

import sys
import time
import weakref
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Final, Protocol

from kvob_domain.errors import KvobError

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.metrics import CallbackOptions, Observation
    from opentelemetry.trace import Span
    from opentelemetry.util.types import AttributeValue

NAME: Final = "kvob_workflow"
_LOADED: Final = "opentelemetry.metrics"
_GAUGES: Final = {
    "kvob.follower.position": ("{position}", "Up to where a follower has done all events"),
    "kvob.follower.lag": ("{event}", "Events that a follower has not done, counted to 10,000"),
    "kvob.follower.stalled": ("1", "1 where a follower waits for a person"),
    "kvob.view.behind": ("{estate}", "Estates without right rows in a view"),
    "kvob.rebuild.events": ("{event}", "Events that the running rebuild has read"),
}
_TIMED: Final = {
    "command": ("kvob.commands", "{command}", "Commands carried out or refused"),
    "sweep": ("kvob.sweeps", "{sweep}", "Sweeps over the deadlines"),
    "request": ("kvob.requests", "{request}", "Requests over HTTP, by method, route and status"),
    "follower": ("kvob.follower.steps", "{step}", "Events of effects, pages of projections"),
}
# One collection asks for each gauge; the store is looked at once for all of them.
_FRESH_SECONDS: Final = 1.0

Measured = tuple[str, float, str]
"""The name of a gauge, its value, and the follower or view that it is of (may be empty)."""


class Source(Protocol):
    """An engine whose followers are measured."""

    def measured(self) -> Iterable[Measured]:
        """What its gauges say now."""
        ...


_sources: weakref.WeakSet[Source] = weakref.WeakSet()
_instruments: Instruments | None = None


def watch(source: Source) -> None:
    """Measure the followers of an engine as long as it lives, when somebody collects."""
    _sources.add(source)


def command(name: str) -> AbstractContextManager[Told]:
    """One command: how often, how long, and with which refusal; a span around it."""
    found = _found()
    return _SILENT if found is None else found.timed("command", {"kvob.command": name})


def sweep() -> AbstractContextManager[Told]:
    """One sweep, as a command."""
    found = _found()
    return _SILENT if found is None else found.timed("sweep", {})


def request(method: str, route: str, traceparent: str | None) -> AbstractContextManager[Told]:
    """One request over HTTP; what is told of it at the end counts in the metrics as well.

    Its span hangs below that of the host, or else below the one that `traceparent` names.
    """
    found = _found()
    if found is None or not found.is_heard():
        return _SILENT
    attributes: dict[str, AttributeValue] = {"http.request.method": method, "http.route": route}
    return found.timed("request", attributes, found.context_of(traceparent))


def follower_step(name: str) -> AbstractContextManager[Told]:
    """One step of a follower: an event for an effect, a page for projections."""
    found = _found()
    return _SILENT if found is None else found.timed("follower", {"kvob.follower": name})


def appended(events: int) -> None:
    """So many events are in the store."""
    found = _found()
    if found is not None:
        found.events.add(events)


class Told(Protocol):
    """Takes what is known at the end of something that is timed."""

    def __call__(self, name: str, value: AttributeValue, /) -> None:
        """An attribute of the span, and not of metrics."""
        ...


def _untold(name: str, value: AttributeValue, /) -> None:
    """Nobody listens."""


_SILENT: Final = nullcontext[Told](_untold)
_NOTHING: Final = nullcontext()


def _found() -> Instruments | None:
    global _instruments
    if _instruments is None and _LOADED in sys.modules:
        _instruments = Instruments()
    return _instruments


class Instruments:
    """The meter and the tracer of this program, made once."""

    def __init__(self) -> None:
        """Proxies until the host has set its providers."""
        from opentelemetry import metrics, trace

        self._tracer = trace.get_tracer(NAME)
        self._providers = (trace.get_tracer_provider, metrics.get_meter_provider)
        self._use_span = trace.use_span
        self._failed = trace.Status(trace.StatusCode.ERROR)
        meter = metrics.get_meter(NAME)
        self.events = meter.create_counter("kvob.events.appended", "{event}", "Events recorded")
        self._counts = {
            what: meter.create_counter(name, unit, said)
            for what, (name, unit, said) in _TIMED.items()
        }
        self._durations = {
            what: meter.create_histogram(f"kvob.{what}.duration", "s", said)
            for what, (_, _, said) in _TIMED.items()
        }
        for name, (unit, said) in _GAUGES.items():
            meter.create_observable_gauge(name, [_observing(name)], unit, said)

    def is_heard(self) -> bool:
        """Whether the host has set a provider; FastAPI loads the API without one.

        Counting for nobody takes 35 µs of a status read of 430 (measured).
        """
        return any("Proxy" not in type(provider()).__name__ for provider in self._providers)

    def _current(self, span: Span) -> AbstractContextManager[object]:
        """The span as the current one; where the host has no tracer there is none to be that."""
        if not span.get_span_context().is_valid:
            return _NOTHING
        return self._use_span(
            span, end_on_exit=True, record_exception=False, set_status_on_exception=False
        )

    def context_of(self, traceparent: str | None) -> Context | None:
        """The context that a header names (W3C), where no span is open yet."""
        if traceparent is None:
            return None
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        if trace.get_current_span().get_span_context().is_valid:
            return None
        return TraceContextTextMapPropagator().extract({"traceparent": traceparent})

    @contextmanager
    def timed(
        self, what: str, attributes: dict[str, AttributeValue], parent: Context | None = None
    ) -> Generator[Told]:
        """Count and time something, in a span; an error is told by its code alone."""
        began = time.perf_counter()
        outcome = dict(attributes)
        span = self._tracer.start_span(f"kvob.{what}", parent, attributes=attributes)
        with self._current(span):

            def tell(name: str, value: AttributeValue) -> None:
                span.set_attribute(name, value)
                if what == "request":
                    outcome[name] = value

            try:
                yield tell
            except Exception as error:
                code = error.code if isinstance(error, KvobError) else type(error).__name__
                outcome["error.type"] = code
                span.set_attribute("error.type", code)
                span.set_status(self._failed)
                raise
            finally:
                self._counts[what].add(1, outcome)
                self._durations[what].record(time.perf_counter() - began, attributes)


def _observing(name: str) -> Callable[[CallbackOptions], Iterable[Observation]]:
    def observe(options: CallbackOptions) -> Iterator[Observation]:
        from opentelemetry.metrics import Observation

        del options
        for gauge, value, of in _looked():
            if gauge == name:
                yield Observation(value, {"kvob.follower": of} if of else {})

    return observe


_last: tuple[float, list[Measured]] = (float("-inf"), [])


def _looked() -> list[Measured]:
    global _last
    looked_at, found = _last
    if time.monotonic() - looked_at > _FRESH_SECONDS:
        found = list[Measured]()
        for source in list(_sources):
            try:
                found += source.measured()
            except KvobError:
                continue  # a store that is closed or gone has no figures; `health` says so
        _last = (time.monotonic(), found)
    return found
