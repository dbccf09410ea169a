"""A rule between fields that does not hold, in words: what is wrong, what the fields hold, the notice's own words."""

import re

from dialogs.breaches import Breach, shown_at
from dialogs.pack_cache import messages_of
from dialogs.session import Draft
from knowledge.expressions.formula import find_path
from knowledge.pack import NoticePack

_NAME = re.compile(r"\{([^{}]{1,80})\}")
_SHOWN = 60  # characters of a value in a message


def told_breach(breach: Breach, pack: NoticePack, draft: Draft) -> str:
    """Say what does not go together, what the fields hold, and the words of the notice."""
    words, rule = messages_of(pack).say, breach.rule
    labels = "”“".join(label for label, _ in breach.shown)
    own = message_of(breach, pack, draft)
    shown = [(label, value) for label, value in breach.shown if value and not (value in own and label in own)]
    held = [words("between.held", label=label, value=_shortened(value)) for label, value in shown]
    lines = [
        own or words("between.default", labels=labels),
        words("between.now", held=words("between.held_between").join(held)) if held else "",
        words("between.grounds", clause=rule.clause, quote=rule.quote) if rule.clause and rule.quote else "",
    ]
    return "\n".join(line for line in lines if line)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def message_of(breach: Breach, pack: NoticePack, draft: Draft) -> str:
    """Say what is wrong in the rule's own words, what fields hold filled in; empty where it has none."""

    def filled(match: re.Match[str]) -> str:
        path = find_path(match[1], pack.form.fields)
        if path is not None:
            return shown_at(path, pack.form, draft)
        return pack.facts.shown(match[1]) if match[1] in pack.facts else match[0]

    return _NAME.sub(filled, breach.rule.message)
