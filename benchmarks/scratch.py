"""Where do measurements write? Beside the checkout's files, so on the disk that is measured."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch() -> Generator[Path]:
    """A folder that is gone afterwards, under `.bench`, which git ignores."""
    parent = Path.cwd() / ".bench"
    parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        yield Path(folder)
