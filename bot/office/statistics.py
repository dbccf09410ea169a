"""The office's figures: how questions fare, how far applications are. Counts only, nothing about anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from bot.messages import say
from bot.store.progress_counts import FiledCount
from dialogs.pack_cache import messages_of
from dialogs.progress import asked_fields, gaps
from dialogs.session import Draft, Session
from knowledge.pack import NoticePack

SHOWN = 5  # fields where most applicants are


class Stage(StrEnum):
    """How far a draft is, in order; the text `figures.<stage>` says it."""

    EMPTY = "empty"
    FILLING = "filling"
    READY = "ready"
    AGREEING = "agreeing"
    DELIVERED = "delivered"


def stats(
    pack: NoticePack,
    counts: Mapping[str, int],
    stored: Iterable[tuple[str, dict[str, Any]]],
    filed: FiledCount,
) -> str:
    """Write the figures of a pack.

    Args:
        pack: the live pack; what belongs to other packs is not counted.
        counts: questions by outcome.
        stored: state and data of every conversation.
        filed: finished applications.
    """
    drafts = list(drafts_of(pack, stored))
    by_stage = Counter(stage(pack, draft) for draft in drafts)
    at = Counter(gaps(pack, draft)[0].label for draft in drafts if stage(pack, draft) == Stage.FILLING)
    lines = [say("figures.head", title=pack.title, pack=pack.id, version=pack.version), _questions(counts)]
    words = messages_of(pack).words
    shown = "，".join(f"{say(f'figures.{name}', **words)} {by_stage[name]}" for name in Stage if by_stage[name])
    lines.append(say("figures.drafts", number=len(drafts), stages=shown or say("figures.no_drafts")))
    if at:
        fields = (say("figures.at_field", label=label, number=number) for label, number in at.most_common(SHOWN))
        lines.append(say("figures.waiting_at", fields="、".join(fields)))
    if filed.filed:
        lines.append(say("figures.filed", projects=filed.projects, units=filed.recommenders, **words))
    return "\n".join(lines)


def stage(pack: NoticePack, draft: Draft) -> Stage:
    """Say how far a draft is."""
    if draft.delivered:
        return Stage.DELIVERED
    missing = gaps(pack, draft)
    if len(missing) == len(asked_fields(pack, draft)):
        return Stage.EMPTY
    return Stage.FILLING if missing else Stage.AGREEING if draft.reviewed else Stage.READY


def drafts_of(pack: NoticePack, stored: Iterable[tuple[str, dict[str, Any]]]) -> Iterable[Draft]:
    """Give the drafts of a pack out of state and data of all conversations."""
    for state, data in stored:
        if data.get("pack_id") != pack.id:
            continue
        try:
            session = Session.model_validate({**data, "state": state})
        except ValidationError:  # written by another version of the program; its next turn sees to it
            continue
        yield from session.drafts.values()


def _questions(counts: Mapping[str, int]) -> str:
    outcomes = {name: counts.get(name, 0) for name in ("answered", "abstained", "clarified")}
    outcomes["answered"] += counts.get("repeated", 0)
    return say("figures.questions", all=sum(outcomes.values()), **outcomes)
