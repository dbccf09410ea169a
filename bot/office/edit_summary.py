"""What an edit changed, as the staff member who made it would say it."""

from collections.abc import Callable, Iterator, Mapping

from knowledge.pack import NoticePack

MOST = 5  # things named of a kind; the rest is counted


def changes(before: NoticePack, after: NoticePack) -> list[str]:
    """List what is different, a line a kind; empty when nothing is."""
    kinds: tuple[tuple[str, Callable[[NoticePack], Mapping[str, object]], Callable[[NoticePack, str], str]], ...] = (
        ("通知条款", lambda pack: pack.notice.clauses, lambda _, anchor: anchor),
        ("问答", lambda pack: {entry.id: entry for entry in pack.faq.entries}, _question),
        ("栏目", lambda pack: pack.fields, lambda pack, key: pack.fields[key].label),
    )
    lines = list(_facts(before, after))
    for kind, parts, name in kinds:
        lines += _compared(kind, before, after, parts, name)
    lines += [f"{kind}有修改" for kind, part in _WHOLES if part(before) != part(after)]
    return lines


_WHOLES: tuple[tuple[str, Callable[[NoticePack], object]], ...] = (
    ("问答的统一用语", lambda pack: (pack.faq.wording, pack.faq.category_help)),
    ("表格的总体规则", lambda pack: pack.form.model_copy(update={"fields": ()})),
    ("“看看自己符不符合”", lambda pack: pack.eligibility),
    ("空白表模板", lambda pack: pack.template),
)


def _facts(before: NoticePack, after: NoticePack) -> Iterator[str]:
    for name in dict.fromkeys([*before.facts, *after.facts]):
        old, new = (pack.facts.shown(name) if name in pack.facts else "（无）" for pack in (before, after))
        if old != new:
            yield f"基本事实 {name}：{old} → {new}"


def _compared(
    kind: str,
    before: NoticePack,
    after: NoticePack,
    parts: Callable[[NoticePack], Mapping[str, object]],
    name: Callable[[NoticePack, str], str],
) -> Iterator[str]:
    old, new = parts(before), parts(after)
    found = (
        ("新增", after, [key for key in new if key not in old]),
        ("删去", before, [key for key in old if key not in new]),
        ("修改", after, [key for key in new if key in old and new[key] != old[key]]),
    )
    for what, pack, keys in found:
        if keys:
            more = f" 等{len(keys)}处" if len(keys) > MOST else ""
            yield f"{what}{kind}：{'、'.join(name(pack, key) for key in keys[:MOST])}{more}"


def _question(pack: NoticePack, key: str) -> str:
    return next(entry.question for entry in pack.faq.entries if entry.id == key)
