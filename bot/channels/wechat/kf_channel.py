"""微信客服 as a channel: its client, its dispatcher, and what wakes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
import structlog

from bot.channels.service import Service
from bot.channels.serving import OpenChannel
from bot.channels.wechat.kf_client import PATIENCE, KfClient, KfError
from bot.channels.wechat.kf_faults import KfFaults, explanation
from bot.channels.wechat.kf_reading import belongs
from bot.channels.wechat.kf_sending import Allowance, KfSender
from bot.channels.wechat.kf_sync import KfSync
from bot.dispatcher import Fetch
from bot.errors import StartupError
from bot.messages import say
from bot.settings import Settings
from bot.store.storage_key import StorageKey
from bot.store.updates import FetchedFile, RemoteFile
from dialogs.engine import new_session, turn
from dialogs.protocol import Command, Moment, Reply

CONNECTIONS = 32
FETCH_SECONDS = 60.0  # for one file; then the applicant is asked to send it again

log = structlog.get_logger(__name__)


def is_configured(settings: Settings) -> bool:
    """Tell whether the operator set what 微信客服 needs."""
    return bool(settings.wechat_corp_id and settings.wechat_secret and settings.wechat_account)


@dataclass(frozen=True, slots=True)
class KfChannel(OpenChannel):
    """The channel, with what brings its updates in."""

    sync: KfSync
    allowance: Allowance


@asynccontextmanager
async def open_wechat(service: Service) -> AsyncIterator[KfChannel]:
    """Connect, and listen for callbacks where a port is set.

    Raises:
        StartupError: a setting is missing or refused, the server cannot be reached, the port is taken.
    """
    settings = service.settings
    if not is_configured(settings):
        raise StartupError(say("wechat_faults.incomplete"))
    async with AsyncExitStack() as stack:
        client = KfClient(await stack.enter_async_context(_session()), settings)
        await _connect(client, settings)
        faults, allowance = KfFaults(service.tell), Allowance()
        sender = KfSender(client, service.store, allowance, faults, settings.wechat_servicer)
        dispatcher = service.dispatcher(
            lambda key: belongs(key, client.account),
            sender,
            fetch=_fetching(client, settings.upload_limit),
            may_begin=allowance.may_begin,
        )
        sync = KfSync(
            client,
            service.store,
            dispatcher.notify,
            allowance,
            faults,
            lambda: _welcome(service),
            called=settings.wechat_port is not None,
        )
        if settings.wechat_port is not None:
            try:
                from bot.channels.wechat.kf_callback import callback_opened  # noqa: PLC0415 - its library is an extra
            except ImportError:
                raise StartupError(say("wechat_faults.not_installed")) from None
            await stack.enter_async_context(callback_opened(settings, sync.wake))
        yield KfChannel("wechat", dispatcher, sync.run(), sync, allowance)


def _session() -> aiohttp.ClientSession:
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=PATIENCE, sock_read=PATIENCE)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS), timeout=timeout, trust_env=True, raise_for_status=False
    )


async def _connect(client: KfClient, settings: Settings) -> None:
    try:
        await client.connect()
    except KfError as error:
        raise StartupError(explanation(error.code) or say("wechat_faults.unknown", code=error.code)) from None
    except (aiohttp.ClientError, TimeoutError):
        raise StartupError(say("wechat_faults.unreachable", url=settings.wechat_api_url)) from None


def _fetching(client: KfClient, limit: int) -> Fetch:
    async def fetch(_key: StorageKey, remote: RemoteFile) -> FetchedFile | None:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                return await client.download(remote.reference, limit)
        except (KfError, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.warning("file_not_fetched", error=type(error).__name__)
            return None

    return fetch


def _welcome(service: Service) -> Reply:
    """Give the first words; nothing is stored of somebody who has said nothing yet."""
    pack = service.pack()
    moment = Moment(today=service.today(), kept_days=service.settings.retention_days)
    return turn(new_session(pack), Command(name="start"), pack, moment).replies[-1]
