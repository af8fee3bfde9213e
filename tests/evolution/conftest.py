"""What the tests of evolution share: the event lines of every release."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evolution.golden_lines import Lines, golden_lines


@pytest.fixture(scope="session")
def lines(root: Path) -> Lines:
    """What is stored of each of three estates, in order."""
    return golden_lines(root)
