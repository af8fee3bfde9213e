"""Which projections and effects does a setting name? `my_package.kvob:projections`, imported here.

The name leads to a View, an Effect, or a list of both; so that the command line can show and keep
what a host has.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Final, cast

from kvob_projections.view import View
from kvob_workflow.followers.effect import Effect
from kvob_workflow.followers.errors import ProjectionsNotLoaded

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORM: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")


def loaded(value: str, setting: str) -> tuple[tuple[View, ...], tuple[Effect, ...]]:
    """The projections and effects that a text names; `setting` is where the text came from.

    Raises:
        ProjectionsNotLoaded: it has another form, fails to import, or names something else.
    """
    if not _FORM.fullmatch(value):
        raise ProjectionsNotLoaded(setting, value, "MODULE:NAME")
    module, _, name = value.partition(":")
    try:
        found: object = getattr(importlib.import_module(module), name)
    except Exception as error:  # a module of the host's may raise anything when it is imported
        raise ProjectionsNotLoaded(setting, value, f"{type(error).__name__}: {error}") from error
    is_list = isinstance(found, list | tuple)
    # What a list holds is looked at below.
    parts = list(cast("Sequence[object]", found)) if is_list else [found]
    strange = [one for one in parts if not isinstance(one, View | Effect)]
    if strange:
        raise ProjectionsNotLoaded(setting, value, f"{type(strange[0]).__name__}: {strange[0]!r}")
    views = tuple(one for one in parts if isinstance(one, View))
    return views, tuple(one for one in parts if isinstance(one, Effect))
