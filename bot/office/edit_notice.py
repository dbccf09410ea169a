"""What staff are told about an edit of theirs: that it is live and what it changed, or why it is not."""

from collections.abc import Callable, Iterator, Mapping

from bot.live_pack import PackEdit
from bot.messages import say
from knowledge.pack import NoticePack
from knowledge.problems import Problem

SHOWN = 8  # problems in one message
MOST = 5  # things named of a kind; the rest is counted


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


def changes(before: NoticePack, after: NoticePack) -> list[str]:
    """List what is different, a line a kind; empty when nothing is."""
    kinds: tuple[tuple[str, Callable[[NoticePack], Mapping[str, object]], Callable[[NoticePack, str], str]], ...] = (
        ("clauses", lambda pack: pack.notice.clauses, lambda _, anchor: anchor),
        ("entries", lambda pack: {entry.id: entry for entry in pack.faq.entries}, _question),
        ("fields", lambda pack: pack.fields, lambda pack, key: pack.fields[key].label),
    )
    lines = list(_facts(before, after))
    for kind, parts, name in kinds:
        lines += _compared(kind, before, after, parts, name)
    lines += [say(f"changes.{whole}") for whole, part in _WHOLES if part(before) != part(after)]
    return lines


_WHOLES: tuple[tuple[str, Callable[[NoticePack], object]], ...] = (
    ("wording", lambda pack: (pack.faq.wording, pack.faq.category_help)),
    ("form", lambda pack: pack.form.model_copy(update={"fields": ()})),
    ("eligibility", lambda pack: pack.eligibility),
    ("template", lambda pack: pack.template),
)


def _facts(before: NoticePack, after: NoticePack) -> Iterator[str]:
    for name in dict.fromkeys([*before.facts, *after.facts]):
        none = say("changes.no_fact")
        old, new = (pack.facts.shown(name) if name in pack.facts else none for pack in (before, after))
        if old != new:
            yield say("changes.fact", name=name, before=old, after=new)


def _compared(
    kind: str,
    before: NoticePack,
    after: NoticePack,
    parts: Callable[[NoticePack], Mapping[str, object]],
    name: Callable[[NoticePack, str], str],
) -> Iterator[str]:
    old, new = parts(before), parts(after)
    found = (
        ("added", after, [key for key in new if key not in old]),
        ("removed", before, [key for key in old if key not in new]),
        ("altered", after, [key for key in new if key in old and new[key] != old[key]]),
    )
    for what, pack, keys in found:
        if keys:
            names = "、".join(name(pack, key) for key in keys[:MOST])
            if len(keys) > MOST:
                names = say("changes.others", names=names, number=len(keys))
            yield say(f"changes.{what}", kind=say(f"changes.{kind}"), names=names)


def _question(pack: NoticePack, key: str) -> str:
    return next(entry.question for entry in pack.faq.entries if entry.id == key)
