"""Typed words that choose one of the buttons just shown: its number, its label, yes or no."""

from dialogs.context import TurnContext
from dialogs.fields.registry import kind_of
from dialogs.state_machine import REVIEW, local_name
from dialogs.understanding.field_names import field_names_of

_YES = "确认 是 是的 对 对的 好 好的 行 可以 同意 ok yes y 确定 没问题 无误 确认无误 没错 嗯 就这样 不改了 下一步 提交"
_NO = "不 不是 否 no n 修改 重填 重新填写 改 不对 有误 算了 不要 不了 返回"
YES, NO = frozenset(_YES.split()), frozenset(_NO.split())
_EDGES = " \t\n\u3000。.!！,，、~～"
_LISTS = ("edit:", "open:")  # buttons of a list the applicant asked for: fields to change, applications to open


def matched_button(context: TurnContext, text: str) -> str | None:
    """Give the id of the button these words choose, or None when they are something else.

    A number counts where no field could want it as its value, where a decision is awaited, and for a list that was
    asked for.
    """
    offered, word = context.session.offered, text.strip(_EDGES).lower()
    if not word:
        return None
    if label := next((id_ for id_, label in offered if label.lower() == word), None):
        return label
    if offered and word.isdecimal() and _may_number(context):
        number = int(word)
        return offered[number - 1][0] if 1 <= number <= len(offered) else None
    return _named_field(context, word) or _yes_or_no(_two_ways(context), word)


def _may_number(context: TurnContext) -> bool:
    listed = context.session.offered[0][0].startswith(_LISTS)
    return listed or context.session.pending is not None or context.field is None or not kind_of(context.field).numbered


def _named_field(context: TurnContext, word: str) -> str | None:
    """Where fields are offered for change, any of a field's names chooses it."""
    if not context.session.offered or not context.session.offered[0][0].startswith("edit:"):
        return None
    key = field_names_of(context.pack.form).near(word)
    wanted = f"edit:{context.draft.id}:{key}"
    return wanted if any(id_ == wanted for id_, _ in context.session.offered) else None


def _two_ways(context: TurnContext) -> tuple[str, ...]:
    """Give what yes and no stand for here: the decision that is waited for, or the review's buttons."""
    if context.session.pending is not None:
        return tuple(id_ for id_, _ in context.session.pending.choices)
    if local_name(context.session.state) == REVIEW:
        return f"reviewed:{context.draft.id}", f"choose:{context.draft.id}"
    return ()


def _yes_or_no(ways: tuple[str, ...], word: str) -> str | None:
    if ways and word in YES:
        return ways[0]
    return ways[1] if len(ways) > 1 and word in NO else None
