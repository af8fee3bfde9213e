"""Which stores must tell a story alike? Memory tells it first; a file and PostgreSQL after it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from tests.conformance.world import Story, Telling, World

STORIES = (
    "every_command",
    "lists",
    "past",
    "names",
    "commands_again",
    "years",
    "imports",
    "proofs",
    "certificates",
    "persons",
    "hostile_texts",
    "rebuilds",
    "following",
    "keys_of_machines",
    "rights",
    "walk",
)
Tell = Callable[[str, str], Telling]
"""Tells a story by name on the store at an address."""


@pytest.fixture(scope="session")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Telling, Path]]:
    """What memory tells of a story, once a run, and the folder with the story's keys."""

    @cache
    def told(name: str) -> tuple[Telling, Path]:
        folder = tmp_path_factory.mktemp(name)
        return tell(name, "memory:", folder / "memory"), folder

    return told


@pytest.fixture
def url(kept_url: str) -> str:
    """The address of an empty store of each other kind."""
    return kept_url


def tell(name: str, url: str, folder: Path) -> Telling:
    """What a store tells."""
    folder.mkdir()
    story: Story = import_module(f"tests.conformance.stories.{name}").story
    with closing(World(url, folder)) as world:
        story(world)
        return world.telling
