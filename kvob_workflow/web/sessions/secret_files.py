"""How is a file with a secret read? In bounds, and the log tells where everybody can read it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from kvob_workflow.http.auth.security_log import LOG

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS: Final = 0o007


def read_secret_file(file: Path, most: int) -> bytes:
    """At most this many bytes of it.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        # Not refused: containers mount secrets so, where nobody else is.
        if os.name == "posix" and os.fstat(opened.fileno()).st_mode & _OTHERS:
            LOG.warning("%s holds a secret and can be read by everybody: chmod 600", file)
        return opened.read(most)
