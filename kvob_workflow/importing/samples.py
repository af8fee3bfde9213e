"""Where are the sample cases? Facts about real Dutch estates, shipped with the package."""

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def sample_cases() -> AbstractContextManager[Path]:
    """The path of the sample file, within the context; `sample/README.md` names its columns."""
    return as_file(files("kvob_workflow") / "sample" / "kvo_cases.csv")
