"""Run aiogram's own FSM tests on our classes: `python -m tests.conformance.run` (or `make conformance`).

The tests come from aiogram's source distribution, of the version that is installed. They are copied to
`build/conformance`, `aiogram.fsm` in their imports becomes `bot.aiogram_compat`, and the storages aiogram tests on
Mongo become our SQL ones. Nothing else is changed. Extra arguments go to pytest.
"""

import os
import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BUILD = ROOT / "build"
TARGET = BUILD / "conformance"

TESTS = (
    "test_fsm/test_state.py",
    "test_fsm/test_context.py",
    "test_fsm/storage/test_key_builder.py",
    "test_fsm/storage/test_storages.py",
    "test_fsm/storage/test_isolation.py",
    "test_fsm/storage/test_redis_mock.py",
)
CHANGES = (
    (r"\baiogram\.fsm\b", "bot.aiogram_compat"),
    (r"\btests\.mocked_bot\b", "mocked_bot"),
    (r'"mongo_storage", "pymongo_storage"', '"sqlite_storage", "postgresql_storage"'),
    (r'\["redis_isolation", ', '["redis_isolation", "sqlite_isolation", "postgresql_isolation", '),
)


def source() -> Path:
    """Give the source distribution of the installed aiogram, downloading it once."""
    release = version("aiogram")
    archive = BUILD / f"aiogram-{release}.tar.gz"
    if not archive.exists():
        wanted = [f"aiogram=={release}", "--no-binary", "aiogram", "--no-deps", "--dest", str(BUILD)]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *wanted], check=True)
    return archive


def prepare() -> None:
    """Write the tests, adapted, and their fixtures."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tarfile.open(source()) as archive:
        top = archive.getnames()[0].split("/")[0]
        for name in (*TESTS, "mocked_bot.py"):
            member = archive.extractfile(f"{top}/tests/{name}")
            assert member is not None, name
            (TARGET / Path(name).name).write_text(adapted(member.read().decode()), encoding="utf-8")
    fixtures = Path(__file__).with_name("fixtures.py").read_text(encoding="utf-8")
    (TARGET / "conftest.py").write_text(fixtures, encoding="utf-8")


def adapted(code: str) -> str:
    """Point a test at our classes."""
    for pattern, replacement in CHANGES:
        code = re.sub(pattern, replacement, code)
    return code


def main() -> int:
    """Run the tests; give pytest's exit code."""
    prepare()
    settings = ["-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function"]
    options = ["-c", os.devnull, "--rootdir", str(TARGET), "-p", "no:cacheprovider", *settings]
    command = [sys.executable, "-m", "pytest", *options, "-W", "error", str(TARGET), *sys.argv[1:]]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
