"""What many tests share: the shipped pack."""

import pytest

from knowledge.pack import PACKS, NoticePack, load_pack
from tests.servers import database_url, postgres_server, postgres_url, redis_server, redis_url  # noqa: F401


@pytest.fixture(scope="session")
def pack() -> NoticePack:
    return load_pack(PACKS / "anhui-2024")
