"""What is this installation made of? A bill of materials of the packages that are installed.

CycloneDX 1.6 in JSON, made of what the packages say of themselves; no registry is asked, and no
address of one stands in it. The same packages give the same bytes. Source:
https://cyclonedx.org/docs/1.6/json/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Final
from uuid import UUID, uuid5

_NAME: Final = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA: Final = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_SPACE: Final = UUID("7f0f7a9e-7f3c-4f0a-9a0e-1c6b0d8c2f11")
_LONGEST_LICENCE: Final = 60
_CLASSIFIER: Final = "License :: OSI Approved :: "
_ROOT: Final = "kvob_workflow"


@dataclass(frozen=True, slots=True)
class Component:
    """An installed package. `required`: also without any extra. `needs` are names of others."""

    name: str
    version: str
    licence: str
    required: bool
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


def components(root: str = _ROOT) -> tuple[Component, ...]:
    """The installed packages that this one needs, or an installed extra of it, by name."""
    required, everything = (_reached(root, with_extras=extras) for extras in (False, True))
    return tuple(
        Component(
            name=name,
            version=found.version,
            licence=_licence(found),
            required=name in required,
            needs=tuple(sorted({one for one, _ in _needs(found, frozenset())} & everything.keys())),
        )
        for name, found in sorted(everything.items())
        if name != _plain(root)
    )


def bill_of_materials(root: str = _ROOT) -> dict[str, object]:
    """The CycloneDX document of the installed packages."""
    found = components(root)
    own = distribution(root)
    me = f"pkg:pypi/{_plain(root)}@{own.version}"
    refs = {one.name: one.purl for one in found}
    direct = {name for name, _ in _needs(own, None)}
    text = "\n".join((me, *(one.purl for one in found)))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(_SPACE, text)}",
        "version": 1,
        "metadata": {"component": _described(me, _plain(root), own.version, _licence(own))},
        "components": [
            {
                **_described(one.purl, one.name, one.version, one.licence),
                "scope": "required" if one.required else "optional",
            }
            for one in found
        ],
        "dependencies": [
            {"ref": me, "dependsOn": [refs[name] for name in sorted(direct & refs.keys())]},
            *({"ref": one.purl, "dependsOn": [refs[name] for name in one.needs]} for one in found),
        ],
    }


def _described(purl: str, name: str, version: str, licence: str) -> dict[str, object]:
    told: dict[str, object] = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
    }
    return {**told, "licenses": [{"license": {"name": licence}}]}


def _reached(root: str, *, with_extras: bool) -> dict[str, Distribution]:
    """The installed packages that can be reached from `root`."""
    own = distribution(root)
    found = {_plain(root): own}
    waiting = [(own, None if with_extras else frozenset[str]())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        package, extras = waiting.pop()
        for name, of in _needs(package, extras):
            if (name, of) in seen:
                continue
            seen.add((name, of))
            installed = _installed(name)
            if installed is not None and name != _plain(root):
                found[name] = installed
                waiting.append((installed, of))
    return found


def _needs(
    package: Distribution, extras: frozenset[str] | None
) -> Iterator[tuple[str, frozenset[str]]]:
    """What a package needs with these extras, and which extras of it; None: with any extra.

    A marker about the machine is not looked at: what it rules out is not installed.
    """
    for line in package.requires or ():
        requirement, _, marker = line.partition(";")
        of = frozenset(_EXTRA.findall(marker))
        if of and extras is not None and not of & extras:
            continue
        named = _NAME.match(requirement)
        if named is not None:
            more = frozenset(one.strip() for one in (named[2] or "").split(",") if one.strip())
            yield _plain(named[1]), more


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence(package: Distribution) -> str:
    """As the package says it: an expression, a name, or its classifiers."""
    told = package.metadata
    if "License-Expression" in told:
        return told["License-Expression"]
    short = told["License"].strip() if "License" in told else ""
    if short and "\n" not in short and len(short) <= _LONGEST_LICENCE:
        return short
    named = [one for one in told.get_all("Classifier") or () if one.startswith(_CLASSIFIER)]
    return ", ".join(one.removeprefix(_CLASSIFIER) for one in named) or "not stated"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
