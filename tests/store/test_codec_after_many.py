"""Does a codec that has read many events say the same of the next one as a new one does?"""

from __future__ import annotations

import pytest

from kvob_domain.estate.recorded import Recorded
from kvob_workflow.errors import EventUnreadable
from kvob_workflow.store.codec import Codec
from tests.store.samples import estate, recorded

_EVENT = b'{"on":"2026-02-03","returned":40,"sent":100}'
_AT = b'"at":"2026-03-01T09:30:00.000000Z"'
_REST = b'"by":"p-1","role":"operator","via":"test"'
_STATES = {
    "as it is written": b'{"e":%b,"m":{%b,%b}}' % (_EVENT, _AT, _REST),
    "with spaces": b'{"e": %b, "m": {%b, %b}}' % (_EVENT, _AT, _REST),
    "the envelope first": b'{"m":{%b,%b},"e":%b}' % (_AT, _REST, _EVENT),
    "the instant last": b'{"e":%b,"m":{%b,%b}}' % (_EVENT, _REST, _AT),
    "a twin of the envelope": b'{"e":%b,"m":{%b,%b},"m":{%b,%b}}'
    % (_EVENT, _AT, b'"by":"p-2"', _AT, _REST),
    "a member too many": b'{"e":%b,"x":1,"m":{%b,%b}}' % (_EVENT, _AT, _REST),
    "a field too many": b'{"e":{"x":1},"m":{%b,%b}}' % (_AT, _REST),
    "an unknown name in the envelope": b'{"e":%b,"m":{%b,%b,"zz":"1"}}' % (_EVENT, _AT, _REST),
    "a second instant": b'{"e":%b,"m":{%b,%b,%b}}'
    % (_EVENT, _AT, _REST, b'"at":"2020-01-01T00:00:00.000000Z"'),
    "no role": b'{"e":%b,"m":{%b,"by":"p-1","via":"test"}}' % (_EVENT, _AT),
    "a number for a text": b'{"e":%b,"m":{%b,"by":1,"role":"guide","via":"x"}}' % (_EVENT, _AT),
    "no zone": b'{"e":%b,"m":{"at":"2026-03-01T09:30:00.0000000",%b}}' % (_EVENT, _REST),
    "another zone": b'{"e":%b,"m":{"at":"2026-03-01T09:30:00.0+01:00",%b}}' % (_EVENT, _REST),
    "whole seconds": b'{"e":%b,"m":{"at":"2026-03-01T09:30:00Z",%b}}' % (_EVENT, _REST),
    "no such day": b'{"e":%b,"m":{"at":"2026-02-30T09:30:00.000000Z",%b}}' % (_EVENT, _REST),
    "cut off": b'{"e":%b,"m":{%b,%b}' % (_EVENT, _AT, _REST),
    "something after it": b'{"e":%b,"m":{%b,%b}}x' % (_EVENT, _AT, _REST),
    "something before it": b'x{"e":%b,"m":{%b,%b}}' % (_EVENT, _AT, _REST),
    "another name for the event": b'{"f":%b,"m":{%b,%b}}' % (_EVENT, _AT, _REST),
    "no UTF-8": b'{"e":%b,"m":{%b,"by":"\xff","role":"guide","via":"x"}}' % (_EVENT, _AT),
    "too many returned": b'{"e":{"on":"2026-02-03","returned":-1,"sent":9},"m":{%b,%b}}'
    % (_AT, _REST),
    "nothing": b"",
}


def said(codec: Codec, state: bytes) -> Recorded | str:
    event = recorded(estate(1))
    try:
        return codec.decode(event.estate, 1, event.event.TOPIC, state)
    except EventUnreadable as error:
        return f"{error}"


@pytest.mark.parametrize("state", _STATES.values(), ids=_STATES)
def test_a_codec_that_has_read_many_says_what_a_new_one_says(state: bytes) -> None:
    used = Codec()
    said(used, _STATES["as it is written"])
    assert said(used, state) == said(Codec(), state)


def test_what_is_read_again_is_what_was_written() -> None:
    codec, event = Codec(), recorded(estate(1))
    for _ in range(3):
        assert codec.decode(event.estate, event.version, *codec.encode(event)) == event
