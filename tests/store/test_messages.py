"""Does every error tell the person at the desk what to do, in both languages?"""

from __future__ import annotations

import string
from dataclasses import fields
from typing import cast

import pytest

from kvob_domain.errors import KvobError
from kvob_workflow import errors
from kvob_workflow.store import faults


def classes() -> list[type[KvobError]]:
    return [
        value
        for module in (errors, faults)
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, KvobError)
        and value.__module__ == module.__name__
    ]


def sample(kind: type[KvobError]) -> KvobError:
    given = {field.name: f"<{field.name}>" for field in fields(cast("type", kind))}
    return kind(**given)


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: cast("str", kind.__name__))
def test_every_error_has_a_message_in_both_languages(kind: type[KvobError]) -> None:
    error = sample(kind)
    for language in ("nl", "en"):
        message = error.message(language)
        assert "{" not in message
        assert len(message.split()) >= 8
        assert message[-1] in ".:" or message.endswith(("kvob.db", "memory:"))
    assert error.message("nl") != error.message("en")
    assert str(error) == error.message("en")


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: cast("str", kind.__name__))
def test_both_languages_tell_the_same_fields(kind: type[KvobError]) -> None:
    told = [
        {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for text in (kind.nl, kind.en)
    ]
    assert told[0] == told[1] <= set(sample(kind).fields())


def test_every_code_names_one_class() -> None:
    codes = [kind.code for kind in classes()]
    assert len(codes) == len(set(codes))


def test_the_trees_name_every_class() -> None:
    drawn = (errors.__doc__ or "") + (faults.__doc__ or "")
    assert [kind.__name__ for kind in classes() if kind.__name__ not in drawn] == []
