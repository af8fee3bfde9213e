"""Is every rule, check, refusal and command told by a test that fails when it changes?

A passing test whose text says `.then_refused(X)` has seen X; a passing test with a marker has
seen its rule speak (`conftest.marked_rules_have_spoken`). So reading the texts is enough here.
"""

import types
import typing
from pathlib import Path

import pytest

from kvob_domain.errors import Rejected
from kvob_domain.estate import requirement_checks
from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.estate.requirement_codes import OWED_BY, REQUIREMENT_WORDS, RequirementCode
from kvob_domain.estate.requirements import REQUIREMENTS
from kvob_domain.estate.rules import ALL_RULES
from kvob_domain.estate.rules.base import Rule
from kvob_domain.refusals import (
    corrections,
    dates,
    deadlines,
    documents,
    evidence,
    lifecycle,
    naming,
    separation,
)
from tests.domain.samples import SAMPLE_COMMANDS
from tests.domain.told import Told, told

REFUSALS = frozenset(
    name
    for module in (
        corrections,
        dates,
        deadlines,
        documents,
        evidence,
        lifecycle,
        naming,
        separation,
    )
    for name, one in vars(module).items()
    if isinstance(one, type) and issubclass(one, Rejected) and one is not Rejected
)
NAMES = frozenset(rule.name for rule in ALL_RULES)
CHECKS = frozenset(requirement.check.__name__ for requirement in REQUIREMENTS)


@pytest.fixture(scope="module")
def here(root: Path) -> Path:
    """The folder of the domain's tests."""
    return root / "tests" / "domain"


@pytest.fixture(scope="module")
def tale(here: Path) -> Told:
    """What they tell."""
    return told(here)


def test_every_rule_and_check_lets_something_through(tale: Told) -> None:
    assert tale.lets_through == NAMES | CHECKS


def test_every_rule_and_check_refuses_something(tale: Told) -> None:
    assert tale.refuses == NAMES | CHECKS


def test_every_refusal_class_is_raised(tale: Told) -> None:
    assert REFUSALS - tale.refused == set()


def test_every_command_has_a_file_of_its_own(here: Path) -> None:
    files = {path.stem.removeprefix("test_") for path in (here / "commands").glob("test_*.py")}
    assert files == {name_of(command) for command in ALL_COMMANDS}


def test_there_is_a_sample_of_every_command() -> None:
    assert [type(command) for command in SAMPLE_COMMANDS] == list(ALL_COMMANDS)


@pytest.mark.parametrize("command", SAMPLE_COMMANDS, ids=lambda one: one.command)
def test_every_command_says_its_name_and_its_title_in_two_languages(command: Command) -> None:
    assert command.command == name_of(type(command))
    assert command.TITLE.nl != command.TITLE.en
    assert all(title and title[0].isupper() for title in command.TITLE)


def test_no_two_commands_or_rules_share_a_name() -> None:
    assert len({name_of(command) for command in ALL_COMMANDS}) == len(ALL_COMMANDS)
    assert len({command.TITLE.nl for command in ALL_COMMANDS}) == len(ALL_COMMANDS)
    assert len(NAMES) == len(ALL_RULES)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_a_rule_looks_at_the_commands_that_its_check_is_annotated_with(rule: Rule) -> None:
    annotated = annotated_commands(rule)
    assert all(issubclass(command, annotated) for command in rule.commands)
    for one in annotated:
        assert one in rule.commands or one not in ALL_COMMANDS


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)
def test_a_rule_is_a_sentence(rule: Rule) -> None:
    assert rule.text.strip().partition(". ")[0].partition(".\n")[0]
    assert rule.text.strip().endswith(".")
    assert len(rule.name.split("_")) > 2


def test_every_check_of_the_evidence_is_a_requirement() -> None:
    public = {
        name
        for name, one in vars(requirement_checks).items()
        if isinstance(one, types.FunctionType) and not name.startswith("_")
        if one.__module__ == requirement_checks.__name__
    }
    assert public - CHECKS == {"response_rate", "forms_short"}


def test_every_requirement_is_named_worded_and_owed_once() -> None:
    assert sorted(requirement.code for requirement in REQUIREMENTS) == sorted(RequirementCode)
    assert set(OWED_BY) == set(REQUIREMENT_WORDS) == set(RequirementCode)


def annotated_commands(rule: Rule) -> tuple[type, ...]:
    """The classes in the annotation of the check's first parameter."""
    hints = typing.get_type_hints(rule.check)
    first = next(iter(hints.values()))
    return typing.get_args(first) or (first,)
