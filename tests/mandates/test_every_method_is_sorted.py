"""Is every method of the engine offered under a mandate, or deliberately not?"""

from __future__ import annotations

import inspect

import pytest

from kvob_workflow import Engine
from kvob_workflow.engine.mandated import Mandated
from kvob_workflow.engine.mandated.offered import NOT_OFFERED

# What a mandate says itself, so that nobody can say otherwise.
OF_THE_MANDATE = {"actor", "reach", "mandate"}
# Beside `register`, which is within reach: the register as everybody may read it.
PUBLIC_TOO = {"certificates"}
OFFERED = sorted({name for name in dir(Mandated) if not name.startswith("_")} - {"mandate"})
CALLED = [name for name in OFFERED if callable(getattr(Mandated, name)) and name not in PUBLIC_TOO]


def _parameters(of: type, name: str) -> dict[str, tuple[object, object]]:
    signature = inspect.signature(getattr(of, name))
    return {
        one.name: (one.kind, one.default if isinstance(one.default, int | bool | None) else "…")
        for one in signature.parameters.values()
        if one.name not in OF_THE_MANDATE
    }


def test_a_method_of_the_engine_is_offered_or_stands_in_the_list_with_why_not() -> None:
    public = {name for name in dir(Engine) if not name.startswith("_")}
    public |= PUBLIC_TOO | {"book"}  # made when an engine is, so that the class does not show it
    assert set(OFFERED) | NOT_OFFERED.keys() == public
    assert set(OFFERED) & NOT_OFFERED.keys() == set()
    assert all(len(why) > len("because") for why in NOT_OFFERED.values())


@pytest.mark.parametrize("name", CALLED)
def test_it_is_asked_as_the_engine_is_but_for_who_asks(name: str) -> None:
    assert _parameters(Mandated, name) == _parameters(Engine, name)
