"""Which refusals are there? Every stable code, with its status and its sentences."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import kvob_domain
import kvob_projections
import kvob_workflow
from kvob_domain.errors import KvobError
from kvob_workflow.http.models.documents import ProblemType
from kvob_workflow.http.problems import UNEXPECTED, status_of

_PACKAGES: Final = (kvob_domain, kvob_projections, kvob_workflow)
_HOLDS_CODES: Final = "code: ClassVar[str] ="
# The command line has exit codes and no problems; a test tool is not installed at a host.
_ELSEWHERE: Final = ("kvob_workflow.cli.", "kvob_workflow.testing")


@lru_cache(maxsize=1)
def problem_types() -> dict[str, ProblemType]:
    """By code, in their order. The modules that hold codes are found by their text, and loaded."""
    for module in modules_with_codes():
        importlib.import_module(module)
    found = {kind.code: _type_of(kind) for kind in _concrete(KvobError)}
    found["unexpected"] = ProblemType(
        code="unexpected",
        status=500,
        about="A defect of this program.",
        nl=UNEXPECTED["nl"],
        en=UNEXPECTED["en"],
        fields=(),
    )
    return dict(sorted(found.items()))


def modules_with_codes() -> Iterator[str]:
    """The names of the modules that define a code."""
    for package in _PACKAGES:
        folder = Path(package.__path__[0])
        for file in sorted(folder.rglob("*.py")):
            parts = file.relative_to(folder.parent).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            if not name.startswith(_ELSEWHERE) and _HOLDS_CODES in file.read_text("utf-8"):
                yield name


def _concrete(kind: type[KvobError]) -> Iterator[type[KvobError]]:
    """The classes that are raised: each is a dataclass with a code of its own."""
    for one in kind.__subclasses__():
        if "__dataclass_fields__" in vars(one) and "code" in vars(one) and _is_ours(one):
            yield one
        yield from _concrete(one)


def _is_ours(kind: type[KvobError]) -> bool:
    """Whether it is of these packages: a host may derive refusals of its own."""
    package = kind.__module__.partition(".")[0]
    return package in {one.__name__ for one in _PACKAGES} and not kind.__module__.startswith(
        _ELSEWHERE
    )


def _type_of(kind: type[KvobError]) -> ProblemType:
    return ProblemType(
        code=kind.code,
        status=status_of(kind).value,
        about=(kind.__doc__ or "").partition("\n")[0],
        nl=kind.nl,
        en=kind.en,
        fields=tuple(field.name for field in fields(kind)) if is_dataclass(kind) else (),
    )
