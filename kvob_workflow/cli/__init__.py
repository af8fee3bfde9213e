"""How do people use the engine from a terminal? `kvob`, derived from the domain's commands.

Read `main` (one call), then `commands` (what there is) and `screens` (what it looks like).
"""

from __future__ import annotations

import sys
from importlib.util import find_spec


def main() -> int:
    """Run `kvob` with the arguments of this process; answers with the exit code."""
    for needed in ("cyclopts", "rich"):
        if find_spec(needed) is None:
            advice = "pip install 'kvob_workflow[cli]'"
            print(f"kvob: {needed} ontbreekt / is missing: {advice}", file=sys.stderr)
            return 6
    try:
        from kvob_workflow.cli.main import run

        return int(run(sys.argv[1:]))
    except KeyboardInterrupt:  # while the modules were loading
        return 130
