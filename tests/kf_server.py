"""WeCom's server as its documentation describes 微信客服, faults included; and an applicant's phone.

It keeps what the documentation promises: a cursor that only moves on, three days of messages, `msgid` taken once, five
messages for each of an applicant's and 48 hours, states 0 to 4 and what may be done in each, tokens that end, sizes.
"""

import asyncio
import base64
import json
import secrets
import time
from collections import defaultdict
from hashlib import sha1
from urllib.parse import quote

from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

CORP, SECRET, ACCOUNT = "ww1", "s3cret", "wkAccount"
KEY, TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "callback-token"
PATIENCE = 20.0


class Refused(Exception):  # noqa: N818 - named after what it is to the caller
    """An error of the API."""

    def __init__(self, code, message=""):
        super().__init__(code, message)
        self.code, self.message = code, message


class KfServer:
    """The server; use as `async with KfServer() as server`."""

    def __init__(self):
        self.messages, self.sent, self.calls = [], [], []
        self.states, self.credit = defaultdict(int), {}
        self.media, self.numbers, self.tokens = {}, set(), {}
        self.codes, self.faults, self.servicers = {}, [], {"zhang"}
        self.page, self.fetched, self.now = 1000, 0, time.time

    async def __aenter__(self):
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/cgi-bin/{path:.*}", self._call)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    def trouble(self, path, *, code=None, status=None, times=1, done=False):
        """Have the next calls of a path fail: with a code, a status; `done`: only after the work is done."""
        self.faults += [{"path": path, "code": code, "status": status, "done": done}] * times

    def happens(self, raw):
        """Add a message or event to what can be read."""
        self.messages.append({"open_kfid": ACCOUNT, "send_time": int(self.now()), **raw})

    def event(self, kind, user, **more):
        """Add an event; its account and applicant are inside, as documented."""
        event = {"event_type": kind, "open_kfid": ACCOUNT, "external_userid": user, **more}
        self.messages.append(
            {
                "msgid": secrets.token_hex(8),
                "send_time": int(self.now()),
                "origin": 4,
                "msgtype": "event",
                "event": event,
            }
        )

    def ends(self, user):
        """A person ends a conversation."""
        self.states[user] = 4
        code = secrets.token_hex(4)
        self.codes[code] = user
        self.event("session_status_change", user, change_type=3, msg_code=code)

    def phone(self, user):
        """Give somebody's phone."""
        return KfPhone(self, user)

    async def _call(self, request):
        path = request.match_info["path"]
        fault = next((one for one in self.faults if one["path"] == path), None)
        if fault:
            self.faults.remove(fault)
            if fault["status"] and not fault["done"]:
                return web.Response(status=fault["status"])
        try:
            _refuse(fault)
            answer = await self._answer(path, request)
        except Refused as error:
            answer = {"errcode": error.code, "errmsg": error.message or "refused, hint: [1], from ip: 1.2.3.4"}
        if fault and fault["done"]:
            return web.Response(status=fault["status"])
        return answer if isinstance(answer, web.StreamResponse) else web.json_response({"errcode": 0, **answer})

    async def _answer(self, path, request):
        if path == "gettoken":
            return self._gettoken(request)
        if self.tokens.get(request.query.get("access_token"), 0) < self.now():
            raise Refused(42001 if request.query.get("access_token") in self.tokens else 40014)
        if path == "media/upload":
            return await self._upload(request)
        if path == "media/get":
            return self._get(request.query["media_id"])
        body = json.loads(await request.read())
        self.calls.append((path, body))
        return getattr(self, "_" + path.replace("/", "_"))(body)

    def _gettoken(self, request):
        if request.query["corpid"] != CORP:
            raise Refused(40013)
        if request.query["corpsecret"] != SECRET:
            raise Refused(40001)
        self.fetched += 1
        token = secrets.token_hex(16)
        self.tokens[token] = self.now() + 7200
        return {"access_token": token, "expires_in": 7200}

    def _kf_sync_msg(self, body):
        if body["open_kfid"] != ACCOUNT:
            raise Refused(95000)
        start = int(body.get("cursor") or 0)
        end = min(start + min(body.get("limit", 1000), self.page), len(self.messages))
        more = int(end < len(self.messages))
        return {"next_cursor": str(end), "has_more": more, "msg_list": self.messages[start:end]}

    def _kf_send_msg(self, body):
        user = body["touser"]
        if body["msgid"] in self.numbers:
            raise Refused(95099, "duplicate msgid")  # no code is documented
        if self.states[user] not in {0, 1}:
            raise Refused(95018, "send msg session status invalid")
        left, until = self.credit.get(user, (0, 0))
        if until < self.now():
            raise Refused(95002)
        if not left:
            raise Refused(95001)
        self._check(body)
        self.credit[user] = (left - 1, until)
        self.numbers.add(body["msgid"])
        self.sent.append(body)
        return {"msgid": body["msgid"]}

    def _kf_send_msg_on_event(self, body):
        user = self.codes.pop(body["code"], None)
        if user is None:
            raise Refused(40058)
        self._check(body)
        self.sent.append({**body, "touser": user})
        return {}

    def _check(self, body):
        kind, content = body["msgtype"], body[body["msgtype"]]
        if kind == "text" and not 1 <= len(content["content"].encode()) <= 2048:
            raise Refused(40058, "text size")
        if kind == "msgmenu":
            if len(content["list"]) > 10:
                raise Refused(45098, "msgmenu list size is out of limit")
            if len(content["head_content"].encode()) > 1024:
                raise Refused(40058, "head size")
            for one in content["list"]:
                assert 1 <= len(one["click"]["id"].encode()) <= 64
                assert 1 <= len(one["click"]["content"].encode()) <= 128
        if kind in {"image", "file"} and content["media_id"] not in self.media:
            raise Refused(40007)

    def _kf_service_state_get(self, body):
        return {"service_state": self.states[body["external_userid"]]}

    def _kf_service_state_trans(self, body):
        user, to = body["external_userid"], body["service_state"]
        if self.states[user] not in {0, 1, 2} or (to == 3 and body.get("servicer_userid") not in self.servicers):
            raise Refused(95013)
        if not self.servicers:
            raise Refused(95014)
        self.states[user] = to
        code = secrets.token_hex(4)
        self.codes[code] = user
        return {"msg_code": code}

    async def _upload(self, request):
        part = await (await request.multipart()).next()
        assert part.name == "media"
        content = bytes(await part.read())
        limit = 10 if request.query["type"] == "image" else 20
        if not 5 < len(content) <= limit * 1024 * 1024:
            raise Refused(40006)
        media = secrets.token_hex(16)
        self.media[media] = (part.filename, content)
        return {"type": request.query["type"], "media_id": media}

    def _get(self, media):
        if media not in self.media:
            raise Refused(40007)
        name, content = self.media[media]
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return web.Response(body=content, headers=headers)

    def callback(self, *, key=KEY, receiver=CORP, token=TOKEN, event="kf_msg_or_event"):
        """Give a callback: its query and body."""
        words = f"<xml><Event><![CDATA[{event}]]></Event><Token><![CDATA[ENC]]></Token></xml>"
        sealed = seal(words, key, receiver)
        return signed(sealed, token), f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"


def _refuse(fault):
    if fault and fault["code"] and not fault["done"]:
        raise Refused(fault["code"])


def seal(words, key=KEY, receiver=CORP):
    """Encrypt as the server does."""
    raw = base64.b64decode(key + "=")
    plain = secrets.token_bytes(16) + len(words.encode()).to_bytes(4, "big") + words.encode() + receiver.encode()
    padding = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    sealed = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def signed(sealed, token=TOKEN):
    """Give the query of a request that carries `sealed`."""
    given = {"timestamp": "1409659589", "nonce": "263014780"}
    parts = "".join(sorted([token, *given.values(), sealed]))
    return {**given, "msg_signature": sha1(parts.encode()).hexdigest()}  # noqa: S324


class KfPhone:
    """Somebody in WeChat; reads what was sent since the last look."""

    def __init__(self, server, user):
        self.server, self.user, self.seen, self.number = server, user, 0, 0

    def _puts(self, kind, content, number=None):
        self.number += 1
        if self.server.states[self.user] == 4:
            self.server.states[self.user] = 0
        self.server.credit[self.user] = (5, self.server.now() + 48 * 3600)
        raw = {"msgid": number or f"{self.user}-{self.number}", "external_userid": self.user, "origin": 3}
        self.server.happens({**raw, "msgtype": kind, kind: content})

    def types(self, text):
        self._puts("text", {"content": text})

    def again(self):
        """The server repeats the last message, as it is said to have done for hours."""
        self.server.messages.append(self.server.messages[-1])

    def sends(self, name, content):
        media = secrets.token_hex(16)
        self.server.media[media] = (name, content)
        kind = "image" if name.endswith((".png", ".jpg")) else "file"
        self._puts(kind, {"media_id": media})

    def puts(self, kind, **content):
        self._puts(kind, content)

    def taps(self, label):
        menus = [one["msgmenu"] for one in reversed(self.got()) if one["msgtype"] == "msgmenu"]
        found = next(e["click"] for menu in menus for e in menu["list"] if label in e["click"]["content"])
        self._puts("text", {"content": found["content"], "menu_id": found["id"]})

    def got(self):
        """Give every message received."""
        return [one for one in self.server.sent if one["touser"] == self.user]

    async def hears(self):
        """Wait for a message, and give its words."""
        await until(lambda: len(self.got()) > self.seen)
        self.seen += 1
        return words_of(self.got()[self.seen - 1])

    def files(self):
        """Give every file received: name and bytes."""
        got = [one[one["msgtype"]]["media_id"] for one in self.got() if one["msgtype"] in {"file", "image"}]
        return [self.server.media[media] for media in got]


async def until(true):
    """Wait until something is true."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.01)


def words_of(message):
    """Give the words of a message."""
    kind = message["msgtype"]
    return {"text": lambda m: m["content"], "msgmenu": lambda m: m["head_content"]}.get(kind, lambda _: "")(
        message[kind]
    )
