"""What if others die, or look on? A killed rebuild goes on; a reader never sees half a view."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kvob_workflow import Engine
from kvob_workflow.engine.rebuilding.errors import RebuildUnderWay
from tests.rebuilding.conftest import awarded, tables

SWAPS = 9


@contextmanager
def process(work: str, url: str) -> Generator[subprocess.Popen[str]]:
    """Another process that works on the store."""
    script = Path(__file__).with_name("processes.py")
    paths = os.pathsep.join(path for path in sys.path if path)
    begun = subprocess.Popen(
        [sys.executable, str(script), work, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        text=True,
    )
    try:
        yield begun
    finally:
        begun.kill()
        begun.communicate()


def heard(of: subprocess.Popen[str], start: str) -> str:
    """The next line, which begins so."""
    assert of.stdout is not None
    line = of.stdout.readline().strip()
    assert line.startswith(start)
    return line


def go_on(with_: subprocess.Popen[str]) -> None:
    """Lets it do the next chunk."""
    assert with_.stdin is not None
    with_.stdin.write("\n")
    with_.stdin.flush()


def test_a_killed_rebuild_is_gone_on_with_by_the_next(kept_url: str) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine)
        whole = tables(engine)
        with process("rebuild", kept_url) as other:
            heard(other, "filling")
            go_on(other)
            done = int(heard(other, "filling").split()[1])
            with pytest.raises(RebuildUnderWay) as refused:
                engine.rebuild()
            assert len(refused.value.views) == 5
            other.kill()
            other.wait()
        assert tables(engine) == whole
        (begun,) = engine.rebuilds()
        assert (begun.status, begun.events) == ("building", done)
        report = engine.rebuild(chunk=5)
        assert (report.number, report.resumed, report.differing) == (begun.number, True, 0)
        assert tables(engine) == whole
        assert report.rows == sum(map(len, whole.values()))


def test_a_rebuild_killed_just_before_its_swap_is_swapped_by_the_next(kept_url: str) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine, 4)
        whole = tables(engine)
        with process("rebuild", kept_url) as other:
            while not heard(other, "").startswith("swapping"):
                go_on(other)
            other.kill()
            other.wait()
        assert tables(engine) == whole
        (begun,) = engine.rebuilds()
        assert begun.filled
        assert engine.rebuild().resumed
        assert tables(engine) == whole
        assert [one.status for one in engine.rebuilds()] == ["live"]


def test_a_reader_of_another_process_sees_whole_views_during_many_swaps(kept_url: str) -> None:
    with Engine.open(kept_url) as engine:
        awarded(engine)
        with process("read", kept_url) as reader:
            heard(reader, "begun")
            for number in range(SWAPS):
                if number % 3 == 2:
                    engine.undo_rebuild()
                else:
                    engine.rebuild(compare=False)
                heard(reader, "whole")
            for _ in range(SWAPS):
                heard(reader, "whole")
            assert reader.poll() is None
        assert len(engine.rebuilds()) > SWAPS // 2
