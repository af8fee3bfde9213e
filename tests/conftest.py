"""What every test shares: the repository's root, Hypothesis' settings, one identity per module."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A slow shared machine is no defect, and a run in CI can be repeated example by example.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root folder."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def one_identity_per_module() -> Iterator[None]:
    """Fails the run when a test imported `domain.kvob_domain`, a second copy of every class."""
    yield
    assert [name for name in sys.modules if name.startswith(("domain.", "projections."))] == []
