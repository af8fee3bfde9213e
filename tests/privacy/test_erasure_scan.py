"""Is nothing left of erased persons in any file? The benchmark's scan, with fewer persons."""

from __future__ import annotations

from pathlib import Path

from benchmarks.erasure_scan import erasure_scan


def test_no_name_and_no_key_is_left_in_any_file(tmp_path: Path) -> None:
    scan = erasure_scan(tmp_path, persons=40, estates=12, seed=7)
    assert scan.hits_before > 0, "the scan must be able to find something"
    assert (scan.hits_after, scan.events_changed, scan.states_changed) == (0, 0, 0)
    assert scan.read_as_erased >= 40
