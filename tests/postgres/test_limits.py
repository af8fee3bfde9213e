"""Do limits hold, wherever they are given, and is a bad one named with its bounds?"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import closing
from typing import cast

import pytest

from kvob_workflow import StoreLimits
from kvob_workflow.errors import LimitInvalid
from kvob_workflow.limits import BOUNDS
from kvob_workflow.setting_names import LIMITS
from kvob_workflow.settings import read_settings
from kvob_workflow.store import open_store


@pytest.mark.parametrize("name", BOUNDS)
def test_each_limit_is_taken_at_its_bounds_and_refused_beyond_them(name: str) -> None:
    lowest, highest = BOUNDS[name]
    limits = cast("Callable[..., StoreLimits]", StoreLimits)
    for good in (lowest, highest):
        assert getattr(limits(**{name: good}), name) == good
    for bad in (lowest - 1, highest + 1, math.nan, math.inf, True, "8"):
        with pytest.raises(LimitInvalid, match=name):
            limits(**{name: bad})


def test_half_a_connection_is_refused() -> None:
    with pytest.raises(LimitInvalid):
        StoreLimits(writers=2.5)  # type: ignore[arg-type]


def test_every_limit_has_a_variable() -> None:
    assert {named.name for named in LIMITS} == set(BOUNDS)
    given = {named.variable: "2" for named in LIMITS}
    assert read_settings(environment=given).limits == StoreLimits(2, 2, 2.0, 2.0, 2.0, 2.0)
    assert read_settings(environment={}).limits == StoreLimits()


@pytest.mark.parametrize("value", ["many", "0", "-1", "1e9", "nan", "2.5", "٣x"])
def test_a_variable_with_a_bad_limit_is_named(value: str) -> None:
    with pytest.raises(LimitInvalid, match=r"KVOB_POOL_WRITERS.*from 1 to 1000"):
        read_settings(environment={"KVOB_POOL_WRITERS": value})


def test_the_limits_hold_on_the_server(postgres_url: str) -> None:
    limits = StoreLimits(statement_timeout=7.0, lock_timeout=3.0)
    with closing(open_store(postgres_url, limits=limits)) as store:
        asked = (
            "SELECT current_setting('statement_timeout') AS a, current_setting('lock_timeout') AS b"
        )
        (row,) = store.read(asked, {})
        assert dict(row) == {"a": "7s", "b": "3s"}
