"""A process that copies a store in small chunks until it is done or killed.

    python copying_process.py FROM TO

It says the name of the table after each chunk, and waits for a line before it goes on.
"""

import sys

from kvob_workflow.moving import copy_store


def main() -> None:
    """Copy, step by step."""

    def told(table: str, rows: int) -> None:
        print(table, rows, flush=True)
        sys.stdin.readline()

    copy_store(sys.argv[1], sys.argv[2], chunk=20, told=told)


if __name__ == "__main__":
    main()
