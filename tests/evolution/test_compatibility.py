"""Does one form read what another wrote? Each keyword, both ways."""

from __future__ import annotations

from typing import Any

import pytest

from kvob_workflow.events.compatibility import Form, Verdict, judged, unread

TEXT: Form = {"type": "string"}
NUMBER: Form = {"type": "integer"}


def thing(required: tuple[str, ...] = (), **members: Form) -> Form:
    """A closed object."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": members,
        "required": list(required),
    }


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ({"type": "integer"}, {"type": "number"}),
        ({"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 10}),
        ({"type": "string", "maxLength": 9}, TEXT),
        ({"type": "string", "minLength": 2}, {"type": "string", "minLength": 1}),
        ({"type": "string", "minLength": 1}, {"type": "string", "minLength": 0}),
        ({"type": "integer", "minimum": 0}, NUMBER),
        ({"type": "integer", "minimum": 1, "maximum": 2}, {"type": "integer", "minimum": 0}),
        ({"type": "string", "x-maximum": 10}, {"type": "string", "x-maximum": 11}),
        (
            {"type": "string", "format": "date", "formatMinimum": "2000-01-01"},
            {"type": "string", "format": "date", "formatMinimum": "1900-01-01"},
        ),
        ({"type": "string", "pattern": "^a$"}, TEXT),
        ({"type": "string", "format": "date"}, TEXT),
        ({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b", "a"]}),
        ({"const": "a"}, {"type": "string", "enum": ["b", "a"]}),
        ({"const": "a"}, TEXT),
        ({"type": "string", "enum": ["a"]}, TEXT),
        (TEXT, {"anyOf": [NUMBER, TEXT]}),
        ({"anyOf": [TEXT, NUMBER]}, {"oneOf": [NUMBER, {"type": "boolean"}, TEXT]}),
        ({"type": "array", "items": NUMBER}, {"type": "array", "items": {"type": "number"}}),
        ({"type": "array", "items": NUMBER}, {"type": "array"}),
        ({"type": "array", "items": NUMBER, "minItems": 1}, {"type": "array", "items": NUMBER}),
        (thing(("a",), a=TEXT), thing(a=TEXT)),
        (thing(a=TEXT), thing(a=TEXT, b=TEXT)),
        (thing(a=TEXT), {**thing(a=TEXT), "additionalProperties": True}),
        (thing(a=TEXT, b=TEXT), {**thing(a=TEXT), "additionalProperties": TEXT}),
        ({"type": "object", "additionalProperties": NUMBER}, {"type": "object"}),
    ],
)
def test_a_wide_form_reads_a_narrow_one_and_not_the_other_way(narrow: Form, wide: Form) -> None:
    assert list(unread(narrow, wide)) == []
    assert list(unread(wide, narrow)) != []
    assert judged(narrow, wide) is Verdict.BACKWARD
    assert judged(wide, narrow) is Verdict.FORWARD
    assert judged(wide, wide) is Verdict.SAME
    within = [thing(("x",), x={"type": "array", "items": one}) for one in (narrow, wide)]
    assert judged(*within) is Verdict.BACKWARD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, NUMBER),
        ({"type": "string", "pattern": "^a$"}, {"type": "string", "pattern": "^b$"}),
        ({"type": "string", "enum": ["a", "b"]}, {"type": "string", "enum": ["b", "c"]}),
        (thing(a=TEXT), thing(b=TEXT)),
        (thing(a={**NUMBER, "default": 1}), thing(a={**NUMBER, "default": 2})),
        ({"type": "string", "unheardOf": 1}, TEXT),
        ({"$ref": "a.v1#/properties/e"}, {"$ref": "b.v1#/properties/e"}),
    ],
)
def test_two_forms_of_which_neither_reads_the_other(one: Form, other: Form) -> None:
    assert judged(one, other) is Verdict.NONE
    assert judged(other, one) is Verdict.NONE


def test_an_open_object_with_another_field_is_read_both_ways() -> None:
    opened: dict[str, Any] = {"type": "object", "properties": {"a": TEXT}}
    more: dict[str, Any] = {"type": "object", "properties": {"a": TEXT, "b": {}}}
    assert judged(opened, more) is Verdict.FULL
    assert Verdict.FULL.reads_the_past and not Verdict.FORWARD.reads_the_past


def test_a_difference_names_its_place() -> None:
    old = thing(a={"type": "array", "items": thing(("b",), b=TEXT)})
    new = thing(a={"type": "array", "items": thing(("b",), b=NUMBER)})
    assert list(unread(old, new)) == ["e.a[].b: integer now, string before"]


def test_every_verdict_has_words_in_both_languages() -> None:
    assert all(one.words.nl and one.words.en for one in Verdict)
