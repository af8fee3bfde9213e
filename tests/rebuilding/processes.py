"""What do other processes do while a test rebuilds? They rebuild until they are killed, or read.

python processes.py rebuild URL     a rebuild of five events at a time; tells each chunk
python processes.py read URL        questions without end; tells each thousandth, and any oddity
"""

from __future__ import annotations

import sys
from typing import Any

from kvob_workflow import BoardQuery, DueQuery, Engine

CHUNK = 5


def say(text: str) -> None:
    """One line to the test."""
    print(text, flush=True)


def rebuild(url: str) -> None:
    """Rebuilds all views, waiting after each chunk for a line of the test."""
    with Engine.open(url) as engine:

        def told(progress: Any) -> None:
            say(f"{progress.stage} {progress.events}")
            sys.stdin.readline()

        report = engine.rebuild(chunk=CHUNK, progress=told)
        say(f"done {report.number}")


def read(url: str) -> None:
    """Asks for the board and the deadlines over and over; each answer must be whole."""
    with Engine.open(url) as engine:
        board = engine.board(BoardQuery(limit=None)).items
        whole = (
            [(row.estate, row.level, row.next_due_on) for row in board],
            len(engine.due(DueQuery(limit=None, overdue=True)).items),
        )
        say("begun")
        while True:
            found = [
                (row.estate, row.level, row.next_due_on)
                for row in engine.board(BoardQuery(limit=None)).items
            ]
            if found != whole[0]:
                say(f"odd: {len(found)} rows of {len(whole[0])}")
            due = len(engine.due(DueQuery(limit=None, overdue=True)).items)
            if due != whole[1]:
                say(f"odd: {due} deadlines of {whole[1]}")
            say("whole")


if __name__ == "__main__":
    {"rebuild": rebuild, "read": read}[sys.argv[1]](sys.argv[2])
