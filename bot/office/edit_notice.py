"""What staff are told about an edit of theirs: that it is live and what it changed, or why it is not."""

from bot.live_pack import Edit
from bot.office.edit_summary import changes
from knowledge.problems import Problem

SHOWN = 8  # problems in one message

REFUSED = "资料包刚才的修改没有生效，申报人看到的仍是原来的内容。请改正后重新保存："
MORE = "……还有{number}处，运行 shenbao check 可以看全部。"
LIVE = "资料包的修改已经生效。"
LOOK = "\n另外请核对："
RESTORED = "资料包已恢复正常，内容和原来一样。"


def as_message(edit: Edit) -> str:
    """Write the news of an edit."""
    if edit.after is None:
        return "\n".join([REFUSED, *_listed(edit.problems)])
    if edit.after is edit.before:
        return RESTORED
    lines = [LIVE, *(f"· {change}" for change in changes(edit.before, edit.after))]
    return "\n".join([*lines, *([LOOK, *_listed(edit.problems)] if edit.problems else [])])


def _listed(problems: tuple[Problem, ...]) -> list[str]:
    more = [MORE.format(number=len(problems) - SHOWN)] if len(problems) > SHOWN else []
    return [*map(_shown, problems[:SHOWN]), *more]


def _shown(problem: Problem) -> str:
    place = f"{problem.file} 第{problem.line}行" if problem.line else problem.file
    return f"\n{place}：{problem.reason}。\n怎么改：{problem.mend}。"
