"""The long crash test: `python -m tests.crash` (or `make crash-test`); exits with 1 when anything went wrong."""

import subprocess
import sys
import tempfile

from tests.servers import PostgresServer

STORMS = (
    ("store, SQLite, one worker", "storm", "sqlite", "--kills 200 --chats 60 --turns 60"),
    ("store, PostgreSQL, one worker", "storm", "postgresql", "--kills 200 --chats 60 --turns 60"),
    ("store, PostgreSQL, four workers", "storm", "postgresql", "--kills 40 --chats 500 --turns 20 --workers 4"),
    ("forms over HTTP, SQLite", "killed", "sqlite", "--kills 200"),
    ("forms over HTTP, PostgreSQL", "killed", "postgresql", "--kills 200"),
    ("forms over HTTP, PostgreSQL, four workers, shuffled", "rush", "postgresql", "--chats 500 --workers 4 --kills 6"),
)


def main() -> int:
    """Run every storm on a fresh database."""
    failures = 0
    with tempfile.TemporaryDirectory(prefix="crash-") as home:
        server = PostgresServer(home)
        for name, module, kind, options in STORMS:
            with tempfile.TemporaryDirectory(dir=home) as folder:
                url = f"{folder}/store.db" if kind == "sqlite" else server.fresh()
                print(f"{name}: ", end="", flush=True)
                command = [sys.executable, "-m", f"tests.crash.{module}", "--database", url, "--folder", folder]
                failures += subprocess.run([*command, *options.split()], check=False).returncode
        server.stop()
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
