"""The facts code needs, declared once (`fact_uses.yaml`): what each is, and what is left out where a call has none.

A call that has no such thing (no e-mail address, for example) names it in `without: [email]` at the head of
`notice.md`; then nothing is asked of it, and what needs it is left out of the conversation.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from knowledge.facts import Fact, Facts
from knowledge.model import Model


class FactUse(Model):
    """One fact that code asks for by name.

    `what` it is and `example` are told to staff; `used_for` is what an applicant goes without when it is absent.
    """

    name: str
    kind: Literal["day", "words"]
    what: str
    example: str
    used_for: str


@cache
def code_facts() -> tuple[FactUse, ...]:
    """Give all of them."""
    uses = yaml.safe_load((files("knowledge") / "fact_uses.yaml").read_text(encoding="utf-8"))
    return tuple(map(FactUse.model_validate, uses))


def missing(facts: Facts) -> list[FactUse]:
    """List the facts code needs that the notice does not state."""
    return [use for use in code_facts() if use.name not in facts]


def mistaken(name: str, value: Fact) -> FactUse | None:
    """Give the use a fact cannot serve, because it is not what the use needs; None when it can."""
    uses = [use for use in code_facts() if use.name == name and use.kind == "day"]
    return uses[0] if uses and Facts({name: value}).day(name) is None else None
