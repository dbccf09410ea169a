"""Typed words that choose one of the buttons just shown: its number, its label, yes or no."""

from dialogs.scene import Scene

_YES = (
    "确认 是 是的 对 对的 好 好的 行 可以 ok yes y 确定 没问题 无误 确认无误 没错 嗯 就这样 就这样填 不改了 下一步 提交"
)
_NO = "不 不是 否 no n 修改 重填 重新填写 改 不对 有误 算了 不要 不了 返回"
YES, NO = frozenset(_YES.split()), frozenset(_NO.split())
_EDGES = " \t\n\u3000。.!！,，、~～"
_NUMERIC = {"date", "period", "choice", "count", "money", "boolean", "registration_no", "consent"}


def decide(scene: Scene, text: str) -> str | None:
    """Give the id of the button these words choose, or None when they are something else.

    A number counts only where no field could want it as its value, or where a decision is awaited.
    """
    offered = scene.session.offered
    word = text.strip(_EDGES).lower()
    if not offered or not word:
        return None
    if label := next((id_ for id_, label in offered if label.lower() == word), None):
        return label
    field = scene.field
    awaited = scene.session.pending is not None
    if word.isdecimal() and (awaited or field is None or field.kind not in _NUMERIC):
        number = int(word)
        return offered[number - 1][0] if 1 <= number <= len(offered) else None
    if awaited or (field is None and offered[0][0].startswith("reviewed:")):
        return _yes_or_no(offered, word)
    return None


def _yes_or_no(offered: tuple[tuple[str, str], ...], word: str) -> str | None:
    if word in YES:
        return offered[0][0]
    if word in NO and len(offered) > 1:
        return offered[1][0]
    return None
