"""A process that gives commands until it is done or killed, and says which are acknowledged.

    python commanding_process.py STORE WORKER FIRST LAST ESTATE...

Commands FIRST to LAST-1 are spread over the estates; each has an id of its own, so that one
whose answer was lost is repeated without being carried out twice.
"""

import sys
from datetime import date

from kvob_domain.errors import Conflict, Unavailable
from kvob_workflow import Engine, EstateId, RecordWalkRound


def main() -> None:
    """Give the commands in turn."""
    url, worker, first, last, *estates = sys.argv[1:]
    with Engine.open(url) as engine:
        for number in range(int(first), int(last)):
            command = RecordWalkRound(
                estate=EstateId(estates[number % len(estates)]),
                on=date(2026, 11, 2),
                light="day",
                observations=number,
            )
            give(engine, command, f"{worker}-{number}")
            print(number, flush=True)


def give(engine: Engine, command: RecordWalkRound, command_id: str) -> None:
    """Give one command until it is carried out; others are writing to the same estates."""
    while True:
        try:
            engine.do(command, command_id=command_id)
        except (Conflict, Unavailable) as race:
            print(f"again: {race}", file=sys.stderr, flush=True)
        else:
            return


if __name__ == "__main__":
    main()
