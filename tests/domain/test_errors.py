"""Can every error of the domain be read, in Dutch and in English, and does it say what to do?"""

import pkgutil
import re
import string
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import get_args, get_type_hints

import pytest

import kvob_domain
from kvob_domain.actor import Role
from kvob_domain.errors import (
    Conflict,
    Forbidden,
    Invalid,
    KvobError,
    NotFound,
    Rejected,
    Unavailable,
)
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import OutOfReach, Scope
from kvob_domain.mandates.refusals import RegionOutOfReach
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole
from kvob_domain.words import Text

FAMILIES = (Rejected, Conflict, Forbidden, NotFound, Unavailable, Invalid)
SAMPLES: dict[type, object] = {
    str: "X",
    int: 7,
    date: date(2021, 6, 3),
    Decimal: Decimal("23.9"),
    PartialDate: PartialDate.parse("2021-06"),
    Text: Text("opdracht", "order"),
    Step: Step.EVALUATION,
    Status: Status.SUSPENDED,
    PartyRole: PartyRole.FIRE_BRIGADE,
    DeadlineKind: DeadlineKind.EVALUATION,
    Role: Role.GUIDE,
    Scope: Scope.ESTATES_READ,
    object: RequirementCode.MEASURES_DONE,
}
# Options, commands and flags are typed as they are in either language.
TYPED = re.compile(r"\([a-z-]+\)|'kvob [a-z-]+'|--[a-z]+|'also'")
# Their codes say what is refused, not by whom: nobody learns which estates there are.
IN_OTHER_WORDS = (OutOfReach, RegionOutOfReach)
ALSO_DUTCH = {"open", "status"}
ENGLISH = re.compile(r"\b(the|is not|are|with|first|before|already|correct|choose|None)\b")


def subclasses(family: type[KvobError]) -> set[type[KvobError]]:
    """All classes below a family, at any depth."""
    direct = set(family.__subclasses__())
    return direct | {deep for one in direct for deep in subclasses(one)}


def _concrete() -> list[type[KvobError]]:
    for module in pkgutil.walk_packages(kvob_domain.__path__, "kvob_domain."):
        import_module(module.name)
    found = subclasses(KvobError) - set(FAMILIES)
    ours = [one for one in found if one.__module__.startswith("kvob_domain.")]
    return sorted(ours, key=lambda one: one.__name__)


ERRORS = _concrete()


def sample(error: type[KvobError]) -> KvobError:
    """The error with a value in every field."""
    assert is_dataclass(error)
    hints = get_type_hints(error)
    return error(**{one.name: _value(hints[one.name]) for one in fields(error)})


def _value(hint: type) -> object:
    inner = get_args(hint)
    return (SAMPLES[inner[0]],) if inner else SAMPLES[hint]


def names_in(template: str) -> set[str]:
    """The fields that a message uses."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_there_are_as_many_errors_as_the_trees_in_the_docstrings_draw() -> None:
    from kvob_domain import refusals

    drawn = set(re.findall(r"\b[A-Z][a-z]+[A-Za-z]*[A-Z]?[a-z]*\b", refusals.__doc__ or ""))
    ours = {error.__name__ for error in ERRORS if issubclass(error, Rejected)}
    assert ours <= drawn, ours - drawn
    assert len(ERRORS) > 40


def test_every_error_belongs_to_one_family() -> None:
    for error in ERRORS:
        assert sum(issubclass(error, family) for family in FAMILIES) == 1, error


def test_every_code_is_unique_and_is_the_class_s_name_in_kebab_case() -> None:
    classes: list[type[KvobError]] = [*ERRORS, *FAMILIES, KvobError]
    codes = [error.code for error in classes]
    assert len(set(codes)) == len(codes)
    for error in ERRORS:
        if error in IN_OTHER_WORDS:
            continue
        assert error.code == re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_typed_fields_without_defaults(error: type[KvobError]) -> None:
    assert is_dataclass(error)
    assert all(one.default is MISSING for one in fields(error))
    assert set(sample(error).fields()) == {one.name for one in fields(error)}


@pytest.mark.parametrize("error", ERRORS)
def test_both_messages_use_only_the_fields_and_together_all_of_them(
    error: type[KvobError],
) -> None:
    own = set(sample(error).fields())
    used = names_in(error.nl) | names_in(error.en)
    assert used == own
    differs = names_in(error.nl) ^ names_in(error.en)
    assert all(name.endswith(("_nl", "_en")) for name in differs)


@pytest.mark.parametrize("error", ERRORS)
def test_both_messages_render_as_sentences(error: type[KvobError]) -> None:
    one = sample(error)
    for text in (one.message("nl"), one.message("en")):
        assert text == text.strip()
        assert len(text) > 20
        assert text.endswith((".", ")"))
        assert "{" not in text
    assert one.message("nl") != one.message("en") == str(one)


@pytest.mark.parametrize("error", ERRORS)
def test_the_dutch_message_shows_no_english_words(error: type[KvobError]) -> None:
    text = TYPED.sub("", sample(error).message("nl"))
    assert ENGLISH.search(text) is None, text
    for name in sample(error).fields():
        assert name in ALSO_DUTCH or not re.search(rf"\b{name}\b", text)


@pytest.mark.parametrize("error", ERRORS)
def test_the_message_says_what_to_do_or_that_there_is_nothing_to_do(
    error: type[KvobError],
) -> None:
    sentences = [part for part in re.split(r"[.:;]\s", error.en) if part]
    assert len(sentences) > 1 or "already" in error.en


def test_codes_of_the_domain_are_shown_in_words_and_numbers_as_people_write_them() -> None:
    response = sample(_named("SurveyResponseTooLow"))
    assert "23,9 %" in response.message("nl")
    assert "23.9 %" in response.message("en")
    wrong = sample(_named("WrongStep"))
    assert "Uitvoering en evaluatie" in wrong.message("nl")
    assert "Evaluation" in wrong.message("en")


def _named(name: str) -> type[KvobError]:
    return next(error for error in ERRORS if error.__name__ == name)
