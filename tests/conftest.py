"""What many tests share: the shipped pack."""

import pytest
from hypothesis import settings

from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from tests.servers import database_url, own_redis, postgres_server, postgres_url, redis_server, redis_url  # noqa: F401

settings.register_profile("house", deadline=None)  # how fast a busy machine is proves nothing
settings.load_profile("house")


@pytest.fixture(scope="session")
def pack() -> NoticePack:
    return load_pack(PACKS / "anhui-2024")
