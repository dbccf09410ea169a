"""`notice.md` drafted: the facts at its head, then the notice verbatim under its anchors."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from knowledge.drafting.draft_texts import fill, shortened_quote, texts, todo_text
from knowledge.drafting.notice_facts import FoundFact, what_is
from knowledge.drafting.notice_text import DraftClause, notice_words
from knowledge.drafting.yaml_writing import yaml_text
from knowledge.fact_uses import code_facts
from knowledge.notice import squeeze

_KEPT = re.compile(r"_\d+$")


def notice_md(
    pack_id: str, clauses: Sequence[DraftClause], facts: Sequence[FoundFact]
) -> tuple[str, list[tuple[tuple[str, ...], str]]]:
    """Give the file, and what a person must look at: (place in its head, text)."""
    title = title_of(clauses) or pack_id
    values = {fact.name: fact.value for fact in facts}
    without = [use.name for use in code_facts() if use.name not in values]
    head: dict[str, Any] = {"id": pack_id, "version": 1, "title": title, "call": title}
    head |= {"without": without} if without else {}
    head_text = yaml_text({**head, "facts": {"none": None}}, fill(texts().heads["notice"]))
    head_text = head_text.partition("facts:")[0] + "facts:\n" + _facts(values)
    todo: list[tuple[tuple[str, ...], str]] = [(("facts", fact.name), _said(fact)) for fact in facts]
    todo += [
        (("without",), todo_text("no_fact", what=use.what, name=use.name))
        for use in code_facts()
        if use.name in without
    ]
    return f"---\n{head_text}---\n\n{_body(clauses)}", todo


def _facts(values: Mapping[str, Any]) -> str:
    return "".join(f"  {line}\n" for line in yaml_text(values).splitlines())


def _said(fact: FoundFact) -> str:
    parts = {"name": fact.name, "value": fact.value, "clause": fact.clause, "what": what_is(fact.name)}
    if _KEPT.search(fact.name):
        return todo_text("fact_kept", **parts)
    return todo_text("fact", **parts, quote=shortened_quote(fact.quote, 40))


def title_of(clauses: Sequence[DraftClause]) -> str:
    """Give what the call is named: the title without 关于 and 的通知."""
    found = next((clause for clause in clauses if clause.anchor == notice_words().heads["subject"]), None)
    plain = squeeze(found.text) if found else ""
    ending = next((end for end in notice_words().subject if plain.endswith(end) and end.startswith("的")), "")
    plain = plain.removesuffix(ending)
    return re.sub(r"^.*?关于(?:做好|开展|组织|组织开展)?", "", plain) or plain


def _body(clauses: Iterable[DraftClause]) -> str:
    parts = []
    for clause in clauses:
        mark = "###" if clause.deep else "##"
        title = (
            clause.title
            if clause.title or clause.deep or (clause.lines and clause.lines[0].startswith(clause.anchor))
            else clause.anchor
        )
        parts.append(f"{mark} {title} {{#{clause.anchor}}}".replace("  ", " "))
        if clause.text:
            parts.append("\n\n".join(clause.lines))
    return "\n\n".join(parts) + "\n"
