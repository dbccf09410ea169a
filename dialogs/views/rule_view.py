"""What is said of a rule between fields that does not hold: both fields with what they hold, and ways to mend."""

from collections.abc import Sequence

from dialogs.breaches import Breach, derived_from
from dialogs.buttons import Confirm, Edit, Keep, Redo, button
from dialogs.context import TurnContext
from dialogs.protocol import Button
from dialogs.views.breach_words import told_breach
from knowledge.form import Field


def breach_words(context: TurnContext, breach: Breach) -> str:
    """Say what does not go together, what the fields hold, and the words of the notice."""
    return told_breach(breach, context.pack, context.draft)


def refuse_between(context: TurnContext, field: Field, found: Sequence[Breach], before: str = "") -> None:
    """Say that the value just given does not go with another one: it is kept, either can be changed, or it waits."""
    lines = [before, *(breach_words(context, breach) for breach in found), context.words("between.kept")]
    keep = button(Keep(context.draft.id, field.key), context.words("button.keep_for_now"))
    cited = tuple(dict.fromkeys(each for breach in found for each in breach.citation))
    context.say("\n".join(line for line in lines if line), (*ways_to_mend(context, found), keep), cited)


def doubt_between(context: TurnContext, found: Sequence[Breach], before: str, serial: int) -> None:
    """Ask whether values that hardly go together shall stand."""
    lines = [before, *(context.words("answer.doubt", message=breach_words(context, breach)) for breach in found)]
    ways = (
        button(Confirm(serial), context.words("button.confirm")),
        button(Redo(serial), context.words("button.redo")),
    )
    cited = tuple(dict.fromkeys(each for breach in found for each in breach.citation))
    context.say("\n".join(line for line in lines if line), (*ways, *ways_to_mend(context, found)), cited)


def ways_to_mend(context: TurnContext, found: Sequence[Breach]) -> tuple[Button, ...]:
    """Offer to change any of the fields the rules name."""
    fields = {field.key: field for breach in found for field in breach.fields}
    return tuple(
        button(Edit(context.draft.id, key), context.words("button.change", label=field.label))
        for key, field in fields.items()
    )


def not_asked_words(context: TurnContext, field: Field) -> str:
    """Say on a line why a field takes nothing now."""
    if field.derive is None:
        return context.words("paste.not_asked")
    causes = "”“".join(each.label for each in derived_from(field.derive))
    return context.words("paste.derived", causes=causes)


def pointed_out(context: TurnContext, found: Sequence[Breach]) -> str:
    """Say which values of several just taken do not go together."""
    lines = [context.words("review.doubt", message=breach_words(context, breach)) for breach in found]
    return "\n".join([context.words("between.several"), *lines]) if lines else ""
