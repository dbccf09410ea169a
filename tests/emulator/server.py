"""The HTTP face: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

from tests.emulator import account, editing, sending
from tests.emulator.errors import ApiError
from tests.emulator.faults import Fault, Faults
from tests.emulator.params import Params, read_params
from tests.emulator.phone import PATIENCE, Phone
from tests.emulator.webhook import Webhook
from tests.emulator.world import World

TOKEN = "4242:emulated-token-for-tests"
Method = Callable[[World, Params], Awaitable[Any]]

METHODS: dict[str, Method] = {
    "getme": account.get_me,
    "getupdates": account.get_updates,
    "setmycommands": account.set_commands,
    "getmycommands": account.get_commands,
    "getfile": account.get_file,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "sendphoto": sending.send_photo,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_text,
    "editmessagecaption": editing.edit_caption,
    "editmessagereplymarkup": editing.edit_markup,
    "deletemessage": editing.delete_message,
    "answercallbackquery": editing.answer_query,
}


class Emulator:
    """A Bot API server on a free local port; use as `async with Emulator() as server`."""

    def __init__(self, token: str = TOKEN) -> None:
        """Prepare the server for one bot."""
        self.world = World(token)
        self.faults = Faults()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.url = ""
        self._webhook = Webhook(self.world)
        self._methods = METHODS | {
            "setwebhook": self._webhook.set,
            "deletewebhook": self._webhook.delete,
            "getwebhookinfo": self._webhook.info,
        }
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Start listening."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening."""
        await self._webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def token(self) -> str:
        """The only token this server accepts."""
        return self.world.token

    def phone(self, user_id: int, *, group: int | None = None) -> Phone:
        """Give a person's phone, in the private chat with the bot or in a group (negative number)."""
        return Phone(self.world, user_id, group=group)

    def trouble(self, method: str, **how: Any) -> None:
        """Plan a fault for the next calls of `method`; see `Fault` for the kinds."""
        self.faults.plan(Fault(method, **how))

    def mixes_updates(self, dice: random.Random) -> None:
        """Have pushed updates of different chats or kinds overtake each other, and some come twice."""
        self._webhook.dice = dice

    async def acknowledged(self) -> None:
        """Wait until the bot has confirmed every update."""
        await asyncio.wait_for(self.world.mailbox.empty.wait(), PATIENCE)

    def count(self, method: str) -> int:
        """Count the calls of a method that arrived."""
        return sum(name == method.lower() for name, _ in self.calls)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            result = await self._answer(request)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)
        if isinstance(result, web.Response):
            return result
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, request: web.Request) -> Any:
        self._check_token(request)
        name = request.match_info["method"].lower()
        if name not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        params = await read_params(request)
        self.calls.append((name, params.values))
        fault = self.faults.next_for(name, params.number("chat_id"))
        if fault is None:
            return await self._methods[name](self.world, params)
        return await self._troubled(request, fault, params, name)

    async def _troubled(self, request: web.Request, fault: Fault, params: Params, name: str) -> Any:
        await asyncio.sleep(fault.delay)
        if refusal := fault.refusal():
            raise refusal
        result = None if fault.drop == "before" else await self._methods[name](self.world, params)
        if fault.drop and request.transport is not None:
            request.transport.abort()
        return result if fault.body is None else web.Response(body=fault.body, content_type="application/json")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)
        fault = self.faults.next_for("download", 0)
        await asyncio.sleep(fault.delay if fault else 0)
        if fault is not None and not fault.delay:
            return web.Response(status=fault.status or 500)
        for path, content in self.world.files.values():
            if path == request.match_info["path"]:
                return web.Response(body=content)
        return web.Response(status=404)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self.world.token:
            raise ApiError(401, "Unauthorized")
