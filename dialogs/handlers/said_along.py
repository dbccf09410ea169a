"""What an option brings along: 其他：读书会, 租用，到2027年12月; words for the field that hangs on it.

Only the fields whose condition the new answer fulfils are offered the words behind it, and only what is beyond doubt is
held; all else is asked for as ever.
"""

import re
from collections.abc import Iterator

from dialogs.context import TurnContext
from dialogs.fields.outcome import Accepted
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.session import FieldValue
from knowledge.form import Field

_BEHIND = re.compile(r"(?P<mark>[:：(（,，;；。])\s*(?P<words>[^\n]{1,80})")
_STRONG = frozenset(":：(（")  # marks behind which the words belong to the option itself
_CLOSING = "）)。.;； "


def hold_what_is_said_along(context: TurnContext, field: Field, text: str) -> Iterator[tuple[Field, FieldValue]]:
    """Hold what the words behind an option say of the fields that hang on it; gives each with its value.

    Args:
        context: the turn, in which `field` is held already.
        field: the field just answered.
        text: the answer as typed.
    """
    match = _BEHIND.search(text) if kind_of(field).boxed and not kind_of(field).declared else None
    if match is None or (match["mark"] not in _STRONG and kind_of(field).bounded == "items"):
        return
    words = match["words"].strip(_CLOSING)
    for other in context.pack.form.fields:
        if (
            not words
            or not _hangs_on(other, field)
            or not context.draft.asks(other)
            or other.key in context.draft.values
        ):
            continue
        if kind_of(other).takes_words and match["mark"] not in _STRONG:
            continue
        outcome = validate(other, words, context.pack, context.moment.today)
        if isinstance(outcome, Accepted):
            held = outcome.model_dump(include={"value", "display", "printed", "approx"})
            value = FieldValue(text=words, message=context.message, **held)
            context.hold(other.key, value)
            yield other, value


def _hangs_on(other: Field, field: Field) -> bool:
    return other.when is not None and field.key in other.when.keys and not other.columns
