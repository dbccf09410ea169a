"""An applicant talking to the core in memory: what the transcripts and the property tests drive."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from dialogs.engine import new_session, turn
from dialogs.protocol import (
    Choice,
    Command,
    Edited,
    Event,
    ExistingSubmissions,
    File,
    Moment,
    Receipt,
    Registration,
    Reply,
    Text,
    Turn,
    Upload,
)
from dialogs.session import Session
from dialogs.state_machine import local_name
from knowledge.pack import NoticePack


@dataclass
class Applicant:
    """Sends events and keeps what came back; `held` is what the bot holds beside this application."""

    pack: NoticePack
    today: date = date(2024, 2, 1)
    held: ExistingSubmissions = field(default_factory=ExistingSubmissions)
    session: Session = field(init=False)
    replies: tuple[Reply, ...] = ()
    last: Turn = field(init=False)
    sent: int = 0
    uploaded: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start as a stranger."""
        self.session = new_session(self.pack)

    def put(self, event: Event) -> str:
        """Send one event through the core, as the shell does: JSON in between, holdings and files when asked for."""
        session = Session.model_validate_json(self.session.model_dump_json())
        moment = Moment(today=self.today)
        result = turn(session, event, self.pack, moment)
        if result.lookup is not None:
            moment = moment.model_copy(update={"holdings": self.held})
            result = turn(session, event, self.pack, moment)
        if result.wanted and self.uploaded.keys() >= set(result.wanted):
            moment = moment.model_copy(update={"files": self.uploaded})
            result = turn(session, event, self.pack, moment)
        if result.registration is not None:
            moment = moment.model_copy(update={"receipts": self._registered(result.registration)})
            result = turn(session, event, self.pack, moment)
        self.session, self.replies, self.last = result.session, result.replies, result
        return self.said

    def _registered(self, wish: Registration) -> dict[str, Receipt]:
        """Keep a register as the office does."""
        held = self.receipts.get(wish.draft)
        if wish.change == "submit":
            version = held.version + 1 if held and held.status != "withdrawn" else 1
            number = held.number if held and version > 1 else f"{self.pack.id}-{len(self.receipts) + 1:04d}"
            self.receipts[wish.draft] = Receipt(number=number, version=version, status="submitted", on=wish.on)
        elif wish.change == "withdraw" and held:
            self.receipts[wish.draft] = held.model_copy(update={"status": "withdrawn"})
        return dict(self.receipts)

    def type(self, text: str) -> str:
        self.sent += 1
        if text.startswith("/"):
            name, _, argument = text[1:].partition(" ")
            return self.put(Command(name=name.lower(), argument=argument, message=self.sent))
        return self.put(Text(text=text, message=self.sent))

    def press(self, label: str) -> str:
        """Press the first button whose label contains `label`."""
        for reply in self.replies:
            for button in reply.choices:
                if label in button.label:
                    return self.put(Choice(id=button.id))
        raise AssertionError(f"no button {label!r} among {[b.label for r in self.replies for b in r.choices]}")

    def edit(self, message: int, text: str) -> str:
        return self.put(Edited(message=message, text=text))

    def upload(self, name: str, content: bytes) -> str:
        self.sent += 1
        self.uploaded[sha256(content).hexdigest()] = content
        return self.put(Upload(name=name, content=content, message=self.sent))

    @property
    def said(self) -> str:
        return "\n".join(reply.text for reply in self.replies)

    @property
    def buttons(self) -> list[str]:
        """The labels of all buttons shown."""
        return [button.label for reply in self.replies for button in reply.choices]

    @property
    def at(self) -> str:
        return local_name(self.session.state)

    @property
    def files(self) -> list[File]:
        return [file for reply in self.replies for file in reply.files]
