"""The workspace of one turn: the session as it stands now, and the replies gathered so far."""

from dataclasses import dataclass, field
from typing import Any

from dialogs.breaches import unreckoned
from dialogs.buttons import is_rating
from dialogs.fields.registry import kind_of
from dialogs.message_texts import Messages
from dialogs.pack_cache import finder_of, machine_of, messages_of
from dialogs.protocol import (
    Asked,
    Button,
    File,
    FiledSubmission,
    Lookup,
    Moment,
    OfficeMessage,
    ReadingRequest,
    Receipt,
    Registration,
    Reply,
    Showing,
    Turn,
)
from dialogs.session import Draft, FieldValue, Pending, Session
from dialogs.state_machine import FormMachine, local_name
from knowledge.form import Field
from knowledge.notice import Citation
from knowledge.pack import NoticePack
from knowledge.search.answer import Abstention, Answer
from knowledge.search.finder import Finder
from knowledge.search.follow_up import LastAnswer

REMEMBERED = 2  # answers a later question may lean on


@dataclass
class TurnContext:
    """Lives for one turn only; `turn()` makes it and takes the result out of it."""

    session: Session
    pack: NoticePack
    moment: Moment
    message: int | None = None
    replies: list[Reply] = field(default_factory=list)
    lookup: Lookup | None = None
    wanted: tuple[str, ...] = ()
    registration: Registration | None = None
    handed_in: Receipt | None = None
    showing: Showing | None = None
    aside: bool = False  # what is said leaves the buttons shown before as they were
    filed: FiledSubmission | None = None
    follows_answer: bool = False  # the turn before this one answered a question
    erase: bool = False
    put_aside: str | None = None
    asked: Asked | None = None
    to_office: OfficeMessage | None = None
    consult: ReadingRequest | None = None

    @property
    def machine(self) -> FormMachine:
        """The state machine of the pack's form."""
        return machine_of(self.pack)

    @property
    def finder(self) -> Finder:
        """What answers questions from the pack, after what was answered before."""
        return finder_of(self.pack).after(self.session.answered)

    @property
    def messages(self) -> Messages:
        """What is said to applicants, in the words of the pack."""
        return messages_of(self.pack)

    @property
    def draft(self) -> Draft:
        """The draft being worked on."""
        return self.session.draft

    @property
    def field(self) -> Field | None:
        """The field being asked for, or None outside the form."""
        return self.pack.fields.get(local_name(self.session.state))

    def change(self, **changes: Any) -> None:
        """Change the session."""
        self.session = self.session.model_copy(update=changes)

    def remember(self, found: Answer | Abstention) -> None:
        """Keep what was answered, for a question that leans on it."""
        last = LastAnswer(question=found.question, entries=found.entries)
        answered = isinstance(found, Answer)
        self.change(answered=(*self.session.answered, last)[-REMEMBERED:], just_answered=answered)

    def change_draft(self, **changes: Any) -> None:
        """Change the current draft."""
        draft = self.draft.model_copy(update=changes)
        self.change(drafts={**self.session.drafts, draft.id: draft})

    def hold(self, key: str, value: FieldValue) -> None:
        """Put a value into the draft; a change after the review asks for a new review and a new consent."""
        values = {**self.draft.values, key: value}
        refused = {name: kept for name, kept in self.draft.refused.items() if name != key}
        reviewed = self.draft.reviewed
        if not kind_of(self.pack.fields[key]).declared:
            reviewed = False
            for consent in (field for field in self.pack.form.fields if kind_of(field).declared):
                values.pop(consent.key, None)
        skipped = self.draft.skipped - {key}
        self.change_draft(
            values=values,
            refused=refused,
            ticked={name: labels for name, labels in self.draft.ticked.items() if name != key},
            reviewed=reviewed,
            skipped=skipped,
            tables={name: table for name, table in self.draft.tables.items() if name != key},
            growing=False,
            postponed=self.draft.postponed - {key},
        )

    def await_decision(self, kind: str, **details: Any) -> Pending:
        """Remember a decision the applicant is asked for; its serial goes into the buttons' ids."""
        serial = self.session.serial + 1
        pending = Pending.model_validate({"kind": kind, "serial": serial, **details})
        self.change(serial=serial, pending=pending)
        return pending

    def go(self, trigger: str, target: str | None = None) -> bool:
        """Let the machine move the session; False when the trigger leads nowhere from here."""
        state = self.machine.move(trigger, self.session.state, self.draft, target)
        if state is None:
            return False
        self.change(state=state, pending=None)
        return True

    def say(
        self,
        text: str,
        choices: tuple[Button, ...] = (),
        citations: tuple[Citation, ...] = (),
        files: tuple[File, ...] = (),
    ) -> None:
        """Add a reply."""
        self.replies.append(Reply(text=text, choices=choices, citations=citations, files=files))

    def words(self, key: str, /, **parts: object) -> str:
        """Give the sentence `key` of `messages.yaml`, with `parts` and the words of the pack filled in."""
        return self.messages.say(key, **parts)

    def tell(
        self,
        key: str,
        /,
        choices: tuple[Button, ...] = (),
        citations: tuple[Citation, ...] = (),
        **parts: object,
    ) -> None:
        """Add a reply that is the sentence `key` of `messages.yaml`."""
        self.say(self.words(key, **parts), choices, citations)

    def offer(self, choices: tuple[Button, ...]) -> None:
        """Put more choices under the last reply."""
        last = self.replies[-1]
        self.replies[-1] = last.model_copy(update={"choices": (*last.choices, *choices)})

    def hand_over(self) -> None:
        """Say with the last reply that the applicant asked for a person."""
        self.replies[-1] = self.replies[-1].model_copy(update={"hand_over": True})

    def turn(self) -> Turn:
        """Close the turn; the buttons just shown are remembered, so that typed words find them."""
        offered = tuple((b.id, b.label) for reply in self.replies for b in reply.choices if not is_rating(b.id))
        self.change(offered=offered if self.replies and not self.aside else self.session.offered)
        pending = self.session.pending
        if pending is not None and not pending.choices:
            self.change(pending=pending.model_copy(update={"choices": offered}))
        return Turn(
            session=self.session,
            replies=tuple(self._as_put(reply) for reply in self.replies),
            lookup=self.lookup,
            wanted=self.wanted,
            registration=self.registration,
            handed_in=self.handed_in,
            showing=self.showing,
            filed=self.filed,
            erase=self.erase,
            put_aside=self.put_aside,
            asked=self.asked,
            to_office=self.to_office,
            consult=self.consult,
            faults=tuple(sorted(unreckoned(self.pack.form, self.draft).items())),
        )

    def _as_put(self, reply: Reply) -> Reply:
        """Say of a reply what a channel may show: whether it stands aside, which labels of fields are in it."""
        labels = (label for field in self.pack.form.fields for label in (field.label, field.label.partition("（")[0]))
        there = tuple(dict.fromkeys(label for label in labels if label in reply.text))
        return reply.model_copy(update={"aside": self.aside, "labels": there})
