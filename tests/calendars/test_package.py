"""Does a host that writes no calendar load the package that writes them?"""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_engine_and_the_calendars_loads_no_icalendar() -> None:
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "import kvob_workflow.engine, kvob_workflow.calendars\n"
        "print('icalendar' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
