"""How does a release leave its store and its events behind? Once; what is there is not replaced.

    python -m tests.evolution.record 0.7.0

adds the topics and forms of this tree to `kvob_workflow/events/released.jsonl`, and writes
`tests/evolution/released/0.6.0/`: the store that `living.py` makes, the answers of this code, and
the digests of all that. With `--tree FOLDER` an older tree makes the store; the register is then
left alone. Commit both.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from kvob_domain.estate.events import ALL_EVENTS
from kvob_workflow.events.checking import Report, check, forms_of
from kvob_workflow.events.envelope import METADATA
from kvob_workflow.events.released import REGISTER, Released, line_of, register, released_in
from kvob_workflow.store.upcasts import UPCASTS
from tests.evolution.kept import RELEASED, SUMS, sums_of

ROOT: Final = Path(__file__).parents[2]
REGISTER_FILE: Final = ROOT / "kvob_workflow" / "events" / REGISTER
_GOLDEN: Final = ROOT / "tests" / "domain" / "golden" / "events-v1.jsonl"


class NotRecorded(Exception):
    """The release cannot be recorded; nothing was written."""


def record(
    release: str, tree: Path, into: Path = RELEASED, register_file: Path = REGISTER_FILE
) -> Path:
    """Record a release, and give the folder of it.

    Raises:
        NotRecorded: it is there already, the tree is of another release, or the events have flaws.
    """
    folder = into / release
    if folder.exists():
        raise NotRecorded(f"{folder} is there already; what was released is never replaced")
    version = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if version != release:
        raise NotRecorded(f"pyproject.toml says {version}, not {release}")
    added = addable(release, check()) if tree == ROOT else []
    with tempfile.TemporaryDirectory() as scratch:
        _live(tree, Path(scratch))
        folder.mkdir(parents=True)
        _pack(Path(scratch), folder)
    if added:
        with register_file.open("a", encoding="utf-8") as lines:
            lines.writelines(line_of(one) for one in added)
        register.cache_clear()
    (folder / SUMS).write_text(sums_of(release, folder), encoding="utf-8")
    return folder


def addable(release: str, report: Report) -> list[Released]:
    """The lines that a release adds to the register, where nothing is wrong.

    Raises:
        NotRecorded: something that was released could no longer be read.
    """
    if report.flaws:
        raise NotRecorded("\n".join(one.message.en for one in report.flaws))
    return additions(release, register())


def additions(release: str, known: Sequence[Released]) -> list[Released]:
    """The topics that are new in this tree, and those whose form is wider than the last one."""
    newest = {one.topic: one.schema for one in known}
    told = {one.topic: list(one.examples) for one in known}
    samples: dict[str, list[dict[str, object]]] = {}
    for line in _GOLDEN.read_text("utf-8").splitlines():
        sample = json.loads(line)
        samples.setdefault(sample["topic"], []).append(sample["e"])
    found: list[Released] = []
    for topic, form in forms_of(ALL_EVENTS, UPCASTS).items():
        if newest.get(topic) != form:
            examples = [one for one in samples.get(topic, []) if one not in told.get(topic, [])]
            if not examples and topic != METADATA:
                raise NotRecorded(f"{_GOLDEN} has no line with the new form of {topic}")
            found.append(released_in(release, topic, form, examples))
    return found


def _live(tree: Path, folder: Path) -> None:
    """Let the code of the tree make its store, in a process of its own."""
    path = [tree, tree / "domain", tree / "projections", ROOT]
    run = subprocess.run(
        [sys.executable, "-P", ROOT / "tests" / "evolution" / "living.py", folder],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        raise NotRecorded(run.stderr)
    passed_over = json.loads(run.stdout)
    if passed_over and tree == ROOT:
        raise NotRecorded(f"no example of these was let through: {', '.join(passed_over)}")


def _pack(made: Path, folder: Path) -> None:
    small = made / "small.db"
    with closing(sqlite3.connect(made / "kvob.db")) as connection:
        connection.execute("VACUUM INTO ?", (str(small),))
    for source, name in ((small, "store.db.xz"), (made / "answers.json", "answers.json.xz")):
        packed = lzma.compress(source.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        (folder / name).write_bytes(packed)
    for name in ("key.txt", "head.txt"):
        if (made / name).exists():
            (folder / name).write_bytes((made / name).read_bytes())


def main(arguments: Sequence[str] | None = None) -> int:
    """Record the release that is named; 1 when it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m tests.evolution.record")
    parser.add_argument("release")
    parser.add_argument("--tree", type=Path, default=ROOT)
    given = parser.parse_args(arguments)
    try:
        folder = record(given.release, given.tree.resolve())
    except NotRecorded as error:
        print(error, file=sys.stderr)
        return 1
    print(f"written: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
