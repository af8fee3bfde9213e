"""All measurements of this folder, one after another, as Markdown on standard output."""

import subprocess
import sys

MEASUREMENTS = ("command_speed", "import_speed", "startup")


def main() -> None:
    """Run each measurement in a process of its own; stop at the first that fails."""
    for name in MEASUREMENTS:
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main()
