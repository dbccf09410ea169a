"""`shenbao replay`: runs a journal again through the core and shows the first difference of each conversation.

A crash audit (what is stored is what the journal leads to) and a regression test (what was said then is what would
be said now). The journal holds all that the core was given: event, date, existing submissions. Only the pack comes
from outside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from bot.clock import HOME
from bot.conversation import in_one, load_session
from bot.messages import say
from bot.packs import find_pack
from bot.store.journal import JournalEntry
from bot.store.sessions import address
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from dialogs.engine import new_session, turn
from dialogs.protocol import Event, ExistingSubmissions, Moment, Reply, Turn, Upload
from dialogs.session import Session
from knowledge.model import Model
from knowledge.pack import NoticePack


@dataclass(frozen=True)
class Difference:
    """One thing that was so `then` and is otherwise `now`."""

    what: str
    then: object
    now: object

    def __str__(self) -> str:
        """Write it in three lines."""
        return say("replayed.difference", what=self.what, then=self.then, now=self.now)


def in_turn(before: Session, entry: JournalEntry, result: Turn) -> Iterator[Difference]:
    """Compare a turn with its record: states first, then the replies, one after the other."""
    if entry.state_before not in {None, before.state}:
        yield Difference(say("replayed.state_before"), entry.state_before, before.state)
    if entry.state_after != result.session.state:
        yield Difference(say("replayed.state_after"), entry.state_after, result.session.state)
    yield from _in_replies(entry.replies, result.replies)


def in_session(then: Session, now: Session) -> Iterator[Difference]:
    """Compare a session as it is stored with the one a replay leads to."""
    yield from _in_models(say("replayed.session"), then, now)


def _in_replies(then: Sequence[Reply], now: Sequence[Reply]) -> Iterator[Difference]:
    """Compare the replies of a turn; a channel that puts all of them into one message has recorded that one."""
    now = in_one(now) if len(then) == 1 else now
    for number, (old, new) in enumerate(zip(then, now, strict=False), 1):
        yield from _in_models(say("replayed.reply", number=number), old, new)
    if len(then) != len(now):
        yield Difference(say("replayed.replies"), len(then), len(now))


def _in_models(what: str, then: Model, now: Model) -> Iterator[Difference]:
    for name in type(then).model_fields:
        if getattr(then, name) != getattr(now, name):
            yield Difference(say("replayed.part", whole=what, name=name), getattr(then, name), getattr(now, name))


@dataclass
class Report:
    """What a replay found."""

    conversations: int = 0
    turns: int = 0
    different: int = 0
    lines: list[str] = field(default_factory=list)

    def tell(self, head: str, *lines: object) -> None:
        """Add what is different in one conversation."""
        self.different += 1
        self.lines += [head, *map(str, lines)]

    def __str__(self) -> str:
        """Write the differences and the sum."""
        counts = {"conversations": self.conversations, "turns": self.turns, "different": self.different}
        end = say("replayed.different" if self.different else "replayed.same", **counts)
        return "\n".join([*self.lines, end])


class Packs:
    """The packs to replay with."""

    def __init__(self, given: str | None, folder: Path | None = None) -> None:
        """Use the pack `given` (id or folder), or each journal's own by its id; packs stand in `folder`."""
        self._given, self._folder = given, folder
        self._found: dict[tuple[str, str | None], NoticePack] = {}

    def now(self, id_: str) -> NoticePack:
        """Give the pack as it is on disk.

        Raises:
            StartupError: it is not there any more.
            PackError: it is faulty.
        """
        if (id_, None) not in self._found:
            self._found[id_, None] = find_pack(self._given or id_, self._folder)
        return self._found[id_, None]

    def then(self, id_: str, version_: str) -> NoticePack:
        """Give the pack under the version it had then, so that drafts go over to a new version where they did."""
        if (id_, version_) not in self._found:
            pack = self.now(id_)
            same = pack.version == version_
            self._found[id_, version_] = pack if same else replace(pack, version=version_)
        return self._found[id_, version_]


class Sent(dict[str, bytes]):
    """The files an applicant has sent so far, digest → bytes: what the store gave the core when it asked."""

    def add(self, event: Event) -> None:
        """Remember the file of an upload."""
        if isinstance(event, Upload):
            self[sha256(event.content).hexdigest()] = event.content


async def replay(database: str, pack: str | None, key: str | None, packs: Path | None = None) -> Report:
    """Replay the conversations of a database, all of them or one.

    Args:
        database: URL, or path of an SQLite file.
        pack: id or folder of the pack to replay with; None for each journal's own.
        key: address of a conversation, or the number of its chat; None for all.
        packs: the folder of packs; None for those installed with the program.

    Raises:
        StoreError: the database cannot be read.
        StartupError: a pack is not there any more.
        PackError: a pack is faulty.
    """
    report, known = Report(), Packs(pack, packs)
    store = await Store.open(database)
    try:
        for conversation in await store.conversations():
            if key in {None, address(conversation), str(conversation.chat_id)}:
                await _one(store, conversation, known, report)
    finally:
        await store.close()
    if key is not None and not report.conversations:
        report.tell(say("replayed.none", key=key))
    return report


async def _one(store: Store, key: StorageKey, packs: Packs, report: Report) -> None:
    entries = [entry for entry in await store.journal(key) if entry.pack_id]  # else the core had no part in it
    if not entries:
        return
    report.conversations += 1
    session, sent = _first(entries[0], packs), Sent()
    for number, entry in enumerate(entries, 1):
        report.turns += 1
        sent.add(entry.event)
        result = again(session, entry, packs, sent)
        if found := next(in_turn(session, entry, result), None):
            report.tell(_head(key, number, entry), found, *_changed(entry, packs))
            return
        session = result.session
    state, data = await store.session(key)
    stored = load_session(packs.now(session.pack_id), state, data)
    if found := next(in_session(stored, session), None):
        report.tell(say("replayed.stored", key=address(key), number=len(entries)), found)


def _first(entry: JournalEntry, packs: Packs) -> Session:
    """Give the session a journal starts from; after an erasure the numbers of decisions go on."""
    serial = entry.inputs.get("serial", 0)
    return new_session(_pack(entry, packs)).model_copy(update={"serial": serial})


def again(session: Session, entry: JournalEntry, packs: Packs, sent: Sent) -> Turn:
    """Run one turn again with what the core was given then."""
    moment = Moment.model_validate({name: entry.inputs[name] for name in Moment.model_fields if name in entry.inputs})
    result = turn(session, entry.event, _pack(entry, packs), moment)
    if result.lookup is not None and moment.holdings is None:  # not asked for at the time
        moment = moment.model_copy(update={"holdings": ExistingSubmissions()})
        result = turn(session, entry.event, _pack(entry, packs), moment)
    if result.wanted:
        moment = moment.model_copy(
            update={"files": {digest: sent[digest] for digest in result.wanted if digest in sent}}
        )
        result = turn(session, entry.event, _pack(entry, packs), moment)
    return result


def _pack(entry: JournalEntry, packs: Packs) -> NoticePack:
    return packs.then(entry.pack_id or "", entry.pack_version or "")


def _head(key: StorageKey, number: int, entry: JournalEntry) -> str:
    when = datetime.fromtimestamp(entry.at / 1000, UTC).astimezone(HOME)
    shown = {"key": address(key), "number": number, "kind": entry.event.kind, "update": entry.update_id}
    return say("replayed.turn", when=f"{when:%Y-%m-%d %H:%M:%S}", **shown)


def _changed(entry: JournalEntry, packs: Packs) -> Sequence[str]:
    """Say which of pack and program is not the one of then."""
    pack, code = packs.now(entry.pack_id or "").version, version("shenbao")
    notes = [say("replayed.other_pack", then=entry.pack_version, now=pack)] if pack != entry.pack_version else []
    if code != entry.code_version:
        notes.append(say("replayed.other_code", then=entry.code_version, now=code))
    return notes
