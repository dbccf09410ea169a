"""The office's figures: how questions fare, how far applications are. Counts only, nothing about anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from bot.store.progress_counts import FiledCount
from dialogs.progress import asked_fields, gaps
from dialogs.session import Draft, Session
from knowledge.pack import NoticePack

SHOWN = 5  # fields where most applicants are
EMPTY, FILLING, READY, AGREEING, DELIVERED = "刚开始", "填写中", "填完待核对", "核对过待确认申报理由", "已生成推荐表"
STAGES = (EMPTY, FILLING, READY, AGREEING, DELIVERED)

QUESTIONS = "提问 {all} 次：答上 {answered}，如实说通知未说明或没答上 {abstained}，给了相近问题供选 {clarified}。"
DRAFTS = "申报 {number} 份：{stages}。"
WAITING_AT = "填写中的多停在：{fields}。"
FILED = "已生成推荐表的项目 {projects} 个，来自 {recommenders} 个推荐单位。"


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
    drafts = list(_drafts(pack, stored))
    by_stage = Counter(stage(pack, draft) for draft in drafts)
    at = Counter(gaps(pack, draft)[0].label for draft in drafts if stage(pack, draft) == FILLING)
    lines = [f"{pack.title}（资料包 {pack.id}，版本 {pack.version}）", _questions(counts)]
    shown = "，".join(f"{name} {by_stage[name]}" for name in STAGES if by_stage[name])
    lines.append(DRAFTS.format(number=len(drafts), stages=shown or "还没有人开始填"))
    if at:
        lines.append(WAITING_AT.format(fields="、".join(f"{label}（{n}）" for label, n in at.most_common(SHOWN))))
    if filed.filed:
        lines.append(FILED.format(projects=filed.projects, recommenders=filed.recommenders))
    return "\n".join(lines)


def stage(pack: NoticePack, draft: Draft) -> str:
    """Say how far a draft is."""
    if draft.delivered:
        return DELIVERED
    missing = gaps(pack, draft)
    if len(missing) == len(asked_fields(pack, draft)):
        return EMPTY
    return FILLING if missing else AGREEING if draft.reviewed else READY


def _drafts(pack: NoticePack, stored: Iterable[tuple[str, dict[str, Any]]]) -> Iterable[Draft]:
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
    return QUESTIONS.format(all=sum(outcomes.values()), **outcomes)
