"""`make bench`: every measurement in one run, each part in a process of its own."""

import subprocess
import sys

PARTS = ("core", "document", "retrieval", "wordings_curve", "turns", "memory", "drafted_calls")


def main() -> int:
    """Run the parts named on the command line, or all; the exit status is that of the first that failed."""
    failed = 0
    for part in sys.argv[1:] or PARTS:
        failed = failed or subprocess.run([sys.executable, "-m", f"tests.benchmarks.{part}"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
