"""Can every event that was ever released still be read, and is it written in the same bytes?

`golden/events-v1.jsonl` holds samples of every event, one a line: `e` is what is stored of the
event itself. The file guards released versions: lines are added, never changed or removed. A line
of an older topic is read by its upcasts.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from kvob_domain.estate.events import ALL_EVENTS, AnyEvent
from kvob_workflow.store.upcasts import UPCASTS, JsonObject, chain_of
from tests.domain.canonical import business, canonical

TOPIC = re.compile(r"kvob\.estate:[a-z]+(-[a-z]+)*-[a-z]+\.v[1-9][0-9]*")
CLASSES: dict[str, type[AnyEvent]] = {event.TOPIC: event for event in ALL_EVENTS}


class Line(NamedTuple):
    """One sample: its text, its topic, its business part."""

    text: str
    topic: str
    stored: JsonObject

    @property
    def is_of_today(self) -> bool:
        """Whether a class still writes this form."""
        return self.topic not in UPCASTS

    def read(self, **more: object) -> AnyEvent:
        """The event, as today's class has it, with other fields where a test says so."""
        chain = chain_of(self.topic, UPCASTS)
        return CLASSES[chain.newest].model_validate(chain.apply(self.stored) | more)


def golden(root: Path) -> list[Line]:
    """The samples."""
    file = root / "tests" / "domain" / "golden" / "events-v1.jsonl"
    texts = file.read_text("utf-8").splitlines()
    parsed = [(text, json.loads(text)) for text in texts]
    return [Line(text, line["topic"], line["e"]) for text, line in parsed]


@pytest.fixture(scope="module")
def lines(root: Path) -> list[Line]:
    """The samples."""
    return golden(root)


def test_every_topic_says_which_noun_did_what_in_which_version() -> None:
    for event in ALL_EVENTS:
        assert TOPIC.fullmatch(event.TOPIC), event.TOPIC


def test_every_topic_is_the_class_s_name_and_no_two_classes_share_one() -> None:
    assert len(CLASSES) == len(ALL_EVENTS)
    for event in ALL_EVENTS:
        words = re.sub(r"(?<!^)(?=[A-Z])", "-", event.__name__).lower()
        assert event.TOPIC.rpartition(".")[0] == f"kvob.estate:{words}"


def test_there_is_a_sample_of_every_event(lines: list[Line]) -> None:
    assert {line.topic for line in lines} >= set(CLASSES)


def test_every_field_of_every_event_occurs_in_a_sample(lines: list[Line]) -> None:
    for topic, event in CLASSES.items():
        shown = {name for line in lines if line.topic == topic for name in line.stored}
        assert shown == set(event.model_fields), topic


def test_every_sample_is_read_and_written_again_in_the_same_bytes(lines: list[Line]) -> None:
    for line in lines:
        again = canonical({"e": business(line.read()), "topic": line.topic})
        assert not line.is_of_today or again.encode() == line.text.encode()


def test_a_sample_tells_the_day_it_happened(lines: list[Line]) -> None:
    for line in lines:
        event = line.read()
        stated = line.stored.get("fact", line.stored)
        assert isinstance(stated, dict)
        assert event.occurred.text == stated["on"]


def test_a_field_that_nobody_knows_is_refused(lines: list[Line]) -> None:
    for line in lines:
        with pytest.raises(ValueError, match="extra_forbidden"):
            line.read(surprise=1)
