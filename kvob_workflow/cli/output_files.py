"""How does a file come out whole or not at all? Written beside its place, then renamed."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from kvob_domain.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD_OUTPUT: Final = "-"


@dataclass(eq=False)
class OutputExists(Invalid):
    """The file is there already, and nobody said that it may be replaced."""

    code: ClassVar[str] = "output-exists"
    nl: ClassVar[str] = (
        "{path} bestaat al en is niet gewijzigd. Kies een andere naam, of geef --yes om het te "
        "vervangen."
    )
    en: ClassVar[str] = (
        "{path} exists already and was not changed. Choose another name, or give --yes to replace "
        "it."
    )
    path: str


@dataclass(eq=False)
class OutputUnwritable(Unavailable):
    """The system does not let the file be written; `reason` is in its words."""

    code: ClassVar[str] = "output-unwritable"
    nl: ClassVar[str] = (
        "{path} kan niet worden geschreven ({reason}). Noem een gewoon bestand in een map waarin "
        "deze gebruiker mag schrijven."
    )
    en: ClassVar[str] = (
        "{path} cannot be written ({reason}). Name a regular file in a folder that this user may "
        "write to."
    )
    path: str
    reason: str


def write_whole(path: str, parts: Iterable[bytes], *, replace: bool, mode: int = 0o666) -> None:
    """Write a file; until it is complete, what was there before stays.

    `mode` are its rights, from which the system takes its mask.

    Raises:
        OutputExists: it is there, and `replace` is not given.
        OutputUnwritable: the system refuses.
    """
    try:
        place = _place(path, replace=replace)
        beside = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise OutputUnwritable(path, error.strerror or str(error)) from None
    except ValueError as error:  # a path with a NUL
        raise OutputUnwritable(repr(path), str(error)) from None


def _place(path: str, *, replace: bool) -> Path:
    """Where the file goes; a link leads to the file that it names."""
    place = Path(path).resolve()
    if place.exists():
        if not place.is_file():
            raise OutputUnwritable(path, "not a regular file")
        if not replace:
            raise OutputExists(path)
    return place
