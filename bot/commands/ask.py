"""`shenbao ask`: how a message would be taken, and what would be said to it."""

import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.commands.json_lines import read_lines, write_line
from bot.messages import say
from dialogs.engine import new_session, turn
from dialogs.pack_cache import finder_of, messages_of
from dialogs.protocol import Moment, Text
from dialogs.session import Draft, Session
from dialogs.state_machine import state_name
from dialogs.understanding.acts import Act, Ask, Control, Either, Go, Inquire, Later, Remove, Social, Unknown, sort_of
from dialogs.understanding.commands import command_of, contract_name
from dialogs.understanding.situation import Situation
from dialogs.understanding.understand import understand
from dialogs.views.question_view import with_grounds
from knowledge.loading.faq_files import read_faq
from knowledge.pack import NoticePack
from knowledge.search.answer import Abstention, Answer


def ask_batch(pack: NoticePack, today: date, path: Path) -> None:
    """Take every `{"q", "during", "after"}` line, in order.

    Raises:
        StartupError: the file cannot be read.
    """
    warm_up(pack, today)
    for line in read_lines(path):
        during = line.get("during")
        after = line.get("after")
        earlier = [str(question) for question in after] if isinstance(after, list) else []
        write_line(taken(pack, today, str(line.get("q", "")), str(during) if during else None, earlier))


def where(pack: NoticePack, folder: Path, today: date, words: str) -> list[str]:
    """Tell in Chinese where the entry stands that answers some words: file, line, id and question, a line each.

    The entries offered where none answers are told as well. A topic without an entry stands in the shared library.
    """
    finder, sources = finder_of(pack), read_faq(folder)[1]
    found = finder.find(words, today=today)
    ids = [*found.entries, *(near.entry for near in getattr(found, "nearest", ()))]
    places = {entry.id: (number, entry.question) for number, entry in enumerate(pack.faq.entries)}
    lines = []
    for name in dict.fromkeys(ids):
        if name in places:
            file, line = sources.where(("entries", places[name][0]))
            lines.append(say("ask.stands", file=file, line=line, id=name, question=places[name][1]))
        else:
            lines.append(say("ask.shared", topic=name.rpartition(".")[2]))
    return lines or [say("ask.stands_nowhere")]


def warm_up(pack: NoticePack, today: date) -> None:
    """Build the index before the first question is timed."""
    finder_of(pack).find(pack.title, today=today)


def taken(
    pack: NoticePack, today: date, question: str, during: str | None, after: Sequence[str] = ()
) -> dict[str, Any]:
    """Say how one message is taken while `during` is asked for; `latency_ms` covers all of it.

    `after` are earlier questions of the same conversation, in order.
    """
    session, moment = _session(pack, during), Moment(today=today)
    for earlier in after:
        session = turn(session, Text(text=earlier), pack, moment).session
    began = time.perf_counter()
    field = pack.fields.get(during or "")
    at = Situation(pack, finder_of(pack).after(session.answered), today, asked=field, draft=session.draft)
    acts = understand(question, at)
    found = _found(acts, at)
    replies = turn(session, Text(text=question), pack, moment).replies
    took = (time.perf_counter() - began) * 1000
    taken_as = sort_of(acts)
    answered = taken_as == "question" and isinstance(found, Answer)
    whole = with_grounds(messages_of(pack), found.text, found.citations) if answered and found else None
    return {
        "q": question,
        "taken_as": taken_as,
        "intent": _intent(acts, question, pack) if taken_as == "command" else None,
        "answered": answered,
        "reply": whole or "\n".join(_texts(replies)),
        "citations": [citation.model_dump() for citation in found.citations] if found else [],
        "suggestions": _suggestions(found),
        "latency_ms": round(took, 3),
    }


def _found(acts: tuple[Act, ...], at: Situation) -> Answer | Abstention | None:
    """Give what the notice says to the question in a message, if there is one."""
    for act in acts:
        if isinstance(act, Inquire | Either):
            return act.found
        if isinstance(act, Ask):
            return at.find(act.question, at.asked.key if at.asked else None)
    return None


_SOCIAL = {"hello": "greet", "human": "help"}  # small talk of any other kind is thanks
_OWN = {"led": "start", "document": "preview"}  # wishes no command stands for


def _intent(acts: tuple[Act, ...], text: str, pack: NoticePack) -> str | None:
    """Give the contract's name of what is wanted; None where it has none."""
    said, act = command_of(text, pack.form), acts[0]
    own = act.intent if isinstance(act, Control) else None
    for intent in (own, said):
        if intent is not None and contract_name(intent) is not None:
            return contract_name(intent)
    if own is not None:
        return _OWN.get(own.name)
    if isinstance(act, Social):
        return _SOCIAL.get(act.kind, "thanks")
    if isinstance(act, Go) and act.look:
        return "preview"
    return "skip" if isinstance(act, Later) else "edit" if isinstance(act, Go | Remove | Unknown) else None


def _suggestions(found: Any) -> list[dict[str, str]]:
    return [{"question": near.question, "answer": near.answer} for near in getattr(found, "nearest", ())]


def _texts(replies: Any) -> Iterator[str]:
    for reply in replies:
        yield reply.text


def _session(pack: NoticePack, during: str | None) -> Session:
    session = new_session(pack)
    if during not in pack.fields:
        return session
    return session.model_copy(update={"state": state_name(str(during)), "drafts": {1: Draft(id=1)}, "current": 1})
