"""`make bench`: every measurement in one run, each part in a process of its own."""

import subprocess
import sys

<<<<<<< HEAD
PARTS = ("core", "document", "retrieval", "wordings_curve", "turns", "memory")
=======
PARTS = ("core", "document", "retrieval", "wordings_curve", "drafted_calls", "turns")
>>>>>>> 489e496 (answers: what a clause tells is found by its words and the kind of answer asked for, so that a call nobody prepared answers more of what its notice says)


def main() -> int:
    """Run the parts named on the command line, or all; the exit status is that of the first that failed."""
    failed = 0
    for part in sys.argv[1:] or PARTS:
        failed = failed or subprocess.run([sys.executable, "-m", f"tests.benchmarks.{part}"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
