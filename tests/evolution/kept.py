"""Where is what a release left behind? One folder for each, and the digests that freeze it.

`SHA256SUMS` of a release names every file of its folder, and `released.jsonl` for the lines that
the release added to the register of events.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path
from typing import Any, Final

from kvob_workflow.events.released import line_of, register

RELEASED: Final = Path(__file__).parent / "released"
RELEASES: Final = sorted(
    (folder.name for folder in RELEASED.iterdir() if folder.is_dir()),
    key=lambda name: [int(part) for part in name.split(".")],
)
SUMS: Final = "SHA256SUMS"
REGISTER_LINES: Final = "released.jsonl"


def store_of(release: str, folder: Path) -> Path:
    """A copy of the store that the release made."""
    packed = (RELEASED / release / "store.db.xz").read_bytes()
    copy = folder / f"{release}.db"
    copy.write_bytes(lzma.decompress(packed))
    return copy


def answers_of(release: str) -> dict[str, Any]:
    """What the release itself answered."""
    packed = (RELEASED / release / "answers.json.xz").read_bytes()
    told: dict[str, Any] = json.loads(lzma.decompress(packed))
    return told


def sums_of(release: str, folder: Path) -> str:
    """The digests of what the release left behind, as `sha256sum` writes them."""
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}"
        for file in sorted(folder.iterdir())
        if file.name != SUMS
    ]
    added = "".join(line_of(one) for one in register() if one.release == release)
    lines.append(f"{hashlib.sha256(added.encode()).hexdigest()}  {REGISTER_LINES}")
    return "\n".join(lines) + "\n"
