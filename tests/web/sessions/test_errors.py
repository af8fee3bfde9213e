"""Does every refusal at the door of the pages say what to do, in both languages?"""

from __future__ import annotations

import string
from dataclasses import fields
from typing import cast

import pytest

from kvob_domain.errors import KvobError
from kvob_domain.words import Text
from kvob_workflow.http.problems import status_of
from kvob_workflow.web.sessions import errors

CLASSES = [
    found
    for found in vars(errors).values()
    if isinstance(found, type)
    and issubclass(found, KvobError)
    and found.__module__ == errors.__name__
]
SAMPLES: dict[str, object] = {"str": "x", "int": 7, "Text": Text("rol", "role")}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: cast("str", kind.__name__))
def test_it_can_be_read_in_both_languages(kind: type[KvobError]) -> None:
    given = {one.name: SAMPLES[str(one.type)] for one in fields(cast("type", kind))}
    error = kind(**given)
    told = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for text in (kind.nl, kind.en)
    ]
    assert told[0] == told[1] == set(error.fields())
    for language in ("nl", "en"):
        message = error.message(language)
        assert "{" not in message
        assert len(message.split()) >= 12
    assert error.message("nl") != error.message("en")
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: cast("str", kind.__name__))
def test_none_sends_somebody_to_the_login_again_by_itself(kind: type[KvobError]) -> None:
    assert status_of(kind).value in (400, 403, 503)
