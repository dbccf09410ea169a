"""What an edit changed, as the staff member who made it would say it."""

from collections.abc import Callable, Iterator, Mapping

from bot.messages import say
from knowledge.pack import NoticePack

MOST = 5  # things named of a kind; the rest is counted


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
