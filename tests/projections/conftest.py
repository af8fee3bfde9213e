"""The scheme data and an empty desk, to be given histories."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.projections.desk import Desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Empty tables; `given` fills them."""
    opened = Desk.opened()
    with closing(opened.connection):
        yield opened
