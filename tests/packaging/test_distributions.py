"""Do the wheel and the source distribution hold what they should, and nothing else?"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

PACKAGES = ["kvob_domain", "kvob_projections", "kvob_workflow"]


def build(source: Path, target: str, folder: Path) -> Path:
    """Builds one distribution with the installed Hatchling, so without any network."""
    run = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (built,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree."""
    return build(root, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, built from the tree."""
    return build(root, "sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="session")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution's folder, unpacked."""
    folder = tmp_path_factory.mktemp("unpacked")
    # The module's own command, because extractall's filter is missing before Python 3.11.4.
    subprocess.run([sys.executable, "-m", "tarfile", "--extract", sdist, folder], check=True)
    (unpacked,) = folder.iterdir()
    return unpacked


def contents(wheel: Path) -> dict[str, int]:
    """The checksum of every file in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


def test_the_wheel_holds_the_three_packages_and_nothing_generic(wheel: Path) -> None:
    names = {PurePosixPath(name).parts[0] for name in contents(wheel)}
    assert names == {*PACKAGES, "kvob_workflow-0.7.0.dist-info"}


PICTURE_OF_THE_README = "kvob_workflow/web/board.png"


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_in_the_wheel_is_typed(package: str, wheel: Path) -> None:
    assert f"{package}/py.typed" in contents(wheel)


def test_the_wheel_holds_every_source_file_scheme_and_sample_of_the_tree(
    wheel: Path, root: Path
) -> None:
    bases = [root, root / "domain", root / "projections"]
    files = {
        file.relative_to(base).as_posix()
        for base, package in zip(bases, ["kvob_workflow", *PACKAGES[:2]], strict=True)
        for file in (base / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    packed = {name for name in contents(wheel) if ".dist-info/" not in name}
    assert packed == files - {PICTURE_OF_THE_README}


@pytest.mark.parametrize(
    "pattern",
    [
        "kvob_domain/schemes/*.toml",
        "kvob_workflow/events/released.jsonl",
        "kvob_workflow/sample/*.csv",
    ],
)
def test_the_wheel_holds_the_data_that_the_code_reads(pattern: str, wheel: Path) -> None:
    assert [name for name in contents(wheel) if PurePosixPath(name).match(pattern)]


def test_the_wheel_holds_no_test_and_no_benchmark(wheel: Path) -> None:
    parts = {part for name in contents(wheel) for part in PurePosixPath(name).parts}
    assert [part for part in parts if part.startswith("test_") or part == "conftest.py"] == []
    assert not parts & {"tests", "benchmarks", "decisions"}


def test_the_wheel_carries_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = "kvob_workflow-0.7.0.dist-info"
        assert "Apache License" in archive.read(f"{info}/licenses/LICENSE").decode()
        assert "kvob = kvob_workflow.cli:main" in archive.read(f"{info}/entry_points.txt").decode()


def test_the_source_distribution_builds_into_the_same_wheel(
    wheel: Path, unpacked: Path, tmp_path: Path
) -> None:
    assert contents(build(unpacked, "wheel", tmp_path)) == contents(wheel)


@pytest.mark.parametrize(
    "entry", ["tests", "benchmarks", "LICENSE", "CHANGELOG.md", "README.md", "requirements.lock"]
)
def test_the_source_distribution_holds_what_a_packager_needs(entry: str, unpacked: Path) -> None:
    assert (unpacked / entry).exists()


def test_the_source_distribution_holds_no_environment_and_no_store(unpacked: Path) -> None:
    unwanted = (".venv", "__pycache__", "*.db", "dist", "build", ".*_cache")
    assert [file for pattern in unwanted for file in unpacked.rglob(pattern)] == []
