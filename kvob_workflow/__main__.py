"""`python -m kvob_workflow` is `kvob`."""

import sys

from kvob_workflow.cli import main

if __name__ == "__main__":
    sys.exit(main())
