"""What staff are told about an edit of theirs: that it is live and what it changed, or why it is not."""

from bot.live_pack import PackEdit
from bot.messages import say
from bot.office.edit_summary import changes
from knowledge.problems import Problem

SHOWN = 8  # problems in one message


def as_message(edit: PackEdit) -> str:
    """Write the news of an edit."""
    if edit.after is None:
        return "\n".join([say("edit.refused"), *_listed(edit.problems)])
    if edit.after is edit.before:
        return say("edit.restored")
    lines = [say("edit.live"), *(f"· {change}" for change in changes(edit.before, edit.after))]
    return "\n".join([*lines, *(["\n" + say("edit.look"), *_listed(edit.problems)] if edit.problems else [])])


def _listed(problems: tuple[Problem, ...]) -> list[str]:
    more = [say("edit.more", number=len(problems) - SHOWN)] if len(problems) > SHOWN else []
    return [*map(_shown, problems[:SHOWN]), *more]


def _shown(problem: Problem) -> str:
    place = say("edit.place", file=problem.file, line=problem.line) if problem.line else problem.file
    return "\n" + say("edit.problem", place=place, reason=problem.reason, mend=problem.mend)
