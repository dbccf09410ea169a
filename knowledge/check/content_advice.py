"""What would make a FAQ better though nothing in it is wrong: said by `shenbao check`, failing nothing."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from knowledge.faq import FaqEntry
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.pack import NoticePack

_FEW = 5  # wordings of an entry without a topic below which half of those who ask it are not understood
_SHOWN = 12  # entries that are named
_CONTACT = "{contact_"  # the facts that tell whom to ask


class AdviceTexts(Model):
    """All of `advice.yaml`: a line each; `{count}` is how many entries, `{ids}` names them."""

    few_wordings: str
    nobody_named: str
    no_help: str
    more: str


@cache
def _texts() -> AdviceTexts:
    return load_yaml(Path(__file__).parent / "advice.yaml", AdviceTexts)


def advice_lines(pack: NoticePack) -> Iterator[str]:
    """Tell in Chinese what an office may still improve, a line a kind."""
    texts, entries = _texts(), pack.faq.entries
    few = [e.id for e in entries if e.covered and not e.topic and len(e.variants) + len(e.keywords) < _FEW]
    alone = [e.id for e in entries if _about_the_call(e) and _CONTACT not in e.answer]
    helped = {key for entry in entries if entry.covered for key in entry.fields}
    bare = [f"{key}（{field.label}）" for key, field in pack.fields.items() if key not in helped]
    for text, ids in ((texts.few_wordings, few), (texts.nobody_named, alone), (texts.no_help, bare)):
        if ids:
            more = texts.more.format(count=len(ids)) if len(ids) > _SHOWN else ""
            yield text.format(count=len(ids), ids="、".join(ids[:_SHOWN]) + more)


def _about_the_call(entry: FaqEntry) -> bool:
    """Tell whether an open entry is about the call: it cites what is near in the notice."""
    return not entry.covered and bool(entry.cites)
