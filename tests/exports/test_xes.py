"""Is the XES log well-formed, complete, the same every time, and free of what people wrote?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from kvob_domain.estate.events import AnyEvent
from kvob_domain.estate.events.corrections import EventCorrected
from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import PastFactRecorded
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EstateKind, FactKind, PastFact, Provenance
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.partial_date import PartialDate
from kvob_workflow import Engine
from kvob_workflow.exports import xes

NS = "{http://www.xes-standard.org/}"
ESTATE = EstateId("0" * 31 + "1")
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def registered(name: str = "De Zilverhoek", on: str = "") -> EstateRegistered:
    return EstateRegistered(
        kind=EstateKind.ESTATE, name=name, municipalities=("Goes",), on=PartialDate.parse(on)
    )


def fact(kind: FactKind, on: str, source: str = "https://a.example/x?y=jan@a.example") -> AnyEvent:
    told = PastFact(kind=kind, on=PartialDate.parse(on), provenance=Provenance(source=source))
    return PastFactRecorded(fact=told)


def log_of(*events: AnyEvent) -> ElementTree.Element:
    """The log of one estate to which this happened."""
    history = [
        Recorded(ESTATE, version, event, AT, PersonId("p-17"))
        for version, event in enumerate(events, start=1)
    ]
    return ElementTree.fromstring(b"".join(xes(lambda: iter([(ESTATE, history)]))))


def log_of_store(engine: Engine) -> ElementTree.Element:
    return ElementTree.fromstring(b"".join(xes(engine.histories)))


def told(element: ElementTree.Element) -> dict[str, str]:
    return {one.attrib["key"]: one.attrib["value"] for one in element if "key" in one.attrib}


def events_of(log: ElementTree.Element) -> list[dict[str, str]]:
    return [told(event) for event in log.iter(f"{NS}event")]


def test_there_is_a_trace_for_every_estate_and_an_event_for_every_event(store: Engine) -> None:
    log = log_of_store(store)
    traces = {told(trace)["concept:name"]: trace for trace in log.findall(f"{NS}trace")}
    histories = dict(store.histories())
    assert list(traces) == list(histories)
    for estate, trace in traces.items():
        versions = {int(told(event)["kvob:version"]) for event in trace.findall(f"{NS}event")}
        assert versions == {one.version for one in histories[EstateId(estate)]}


def test_the_head_declares_extensions_globals_and_classifiers(store: Engine) -> None:
    log = log_of_store(store)
    assert (log.tag, log.attrib["xes.version"]) == (f"{NS}log", "1849-2016")
    extensions = {one.attrib["prefix"]: one.attrib["uri"] for one in log.iter(f"{NS}extension")}
    assert list(extensions) == ["concept", "time", "lifecycle", "org", "identity"]
    assert extensions["time"] == "http://www.xes-standard.org/time.xesext"
    assert [one.attrib["scope"] for one in log.iter(f"{NS}global")] == ["trace", "event"]
    keys = {key for one in log.iter(f"{NS}classifier") for key in one.attrib["keys"].split()}
    assert keys <= set().union(*(told(one) for one in log.iter(f"{NS}global")))


def test_every_event_and_trace_has_what_the_globals_promise(store: Engine) -> None:
    log = log_of_store(store)
    promised = {one.attrib["scope"]: set(told(one)) for one in log.iter(f"{NS}global")}
    for scope, keys in promised.items():
        for one in log.iter(f"{NS}{scope}"):
            assert keys <= set(told(one))


def test_times_never_run_back_within_a_trace_and_have_an_offset(store: Engine) -> None:
    for trace in log_of_store(store).iter(f"{NS}trace"):
        texts = [told(event)["time:timestamp"] for event in trace.iter(f"{NS}event")]
        times = [datetime.fromisoformat(text) for text in texts]
        assert times == sorted(times)
        assert all(time.utcoffset() is not None for time in times)


def test_ids_are_unique(store: Engine) -> None:
    log = log_of_store(store)
    ids = [one.attrib["value"] for one in log.iter(f"{NS}id")]
    assert len(set(ids)) == len(ids) > 100


def test_the_same_store_gives_the_same_bytes(store: Engine) -> None:
    assert b"".join(xes(store.histories)) == b"".join(xes(store.histories))


def test_an_event_is_timed_at_midnight_of_its_day_in_the_netherlands() -> None:
    award, covenant = events_of(
        log_of(registered(), fact(FactKind.AWARD, "2019-07-10"), fact(FactKind.COVENANT, "2019-01"))
    )[:0:-1]
    assert award["time:timestamp"] == "2019-07-10T00:00:00.000+02:00"
    assert award["kvob:recorded"] == "2026-11-23T09:00:00.000+00:00"
    assert covenant["time:timestamp"] == "2019-01-01T00:00:00.000+01:00"
    assert (covenant["kvob:day"], covenant["kvob:precision"]) == ("2019-01", "month")
    assert (award["concept:name"], award["kvob:step"]) == ("past-award", "evaluation")


def test_an_undated_event_stands_at_the_day_before_it_and_says_so() -> None:
    log = events_of(log_of(registered(), fact(FactKind.COVENANT, "2019"), fact(FactKind.AWARD, "")))
    assert [one["time:timestamp"][:10] for one in log] == ["2019-01-01"] * 3
    assert [one["kvob:precision"] for one in log] == ["unknown", "year", "unknown"]
    alone = events_of(log_of(registered()))[0]
    assert alone["time:timestamp"][:10] == "2026-11-23"


def test_a_corrected_event_is_told_as_corrected_and_a_withdrawn_one_is_not_told() -> None:
    award, day = fact(FactKind.AWARD, "2019-07-10"), date(2026, 11, 23)
    instead = EventCorrected(
        on=day, version=2, instead=fact(FactKind.AWARD, "2020-01-01"), reason="verkeerd gelezen"
    )
    log = events_of(log_of(registered(), award, instead))
    assert [one["concept:name"] for one in log] == [
        "estate-registered",
        "past-award",
        "event-corrected",
    ]
    assert (log[1]["kvob:day"], log[1]["kvob:corrected"]) == ("2020-01-01", "true")
    withdrawn = EventCorrected(on=day, version=2, reason="nooit gebeurd")
    log = events_of(log_of(registered(), award, withdrawn))
    assert [one["concept:name"] for one in log] == ["estate-registered", "event-corrected"]


@pytest.mark.parametrize(
    "name",
    [
        "a\0b\x0b\x1f",
        "\ud800half",
        "\ufffe\uffff",
        "<&>\"']]>",
        "tab\tline\nreturn\r",
        "\U0001f3ed",
    ],
)
def test_no_text_makes_the_log_unreadable(name: str) -> None:
    event = registered().model_copy(update={"name": name})
    trace = log_of(event).find(f"{NS}trace")
    assert trace is not None
    shown = told(trace)["kvob:name"]
    assert len(shown) == len(name)
    if name.isprintable() or "\t" in name:
        assert shown == name


def test_what_people_wrote_stays_behind(store: Engine) -> None:
    log = b"".join(xes(lambda: iter([(ESTATE, [Recorded(ESTATE, 1, registered(), AT)])])))
    assert b"org:resource" not in log
    event = events_of(log_of(registered(), fact(FactKind.AWARD, "2019")))[1]
    assert event["kvob:source"] == "a.example"
    assert event["org:resource"] == "p-17"
    letter = events_of(log_of(registered(), fact(FactKind.AWARD, "2019", "brief van Jan")))[1]
    assert letter["kvob:source"] == "document"
    assert not any("jan" in value.lower() for value in letter.values())


def test_the_log_is_given_estate_by_estate() -> None:
    asked: list[int] = []

    def many() -> Iterator[tuple[EstateId, list[Recorded]]]:
        for number in range(1_000):
            asked.append(number)
            estate = EstateId(f"{number:032x}")
            yield estate, [Recorded(estate, 1, registered(), AT)]

    parts = xes(many)
    assert [len(asked) for _ in range(5) if next(parts)] == [0, 1, 2, 3, 4]
