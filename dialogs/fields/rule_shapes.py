"""What each rule of a field needs and gives: the limit it is held against, the names its message may use."""

from typing import Literal, NamedTuple


class RuleShape(NamedTuple):
    """`limit`: what the rule's limit must be, or None when it has none; `gives`: the names its message may use."""

    limit: Literal["number", "day"] | None = None
    gives: tuple[str, ...] = ()


RULE_SHAPES = {
    "max_length": RuleShape("number", ("count", "found")),
    "min_length": RuleShape("number", ("count", "found")),
    "at_least": RuleShape("number", ("found",)),
    "at_most": RuleShape("number", ("found",)),
    "not_after": RuleShape("day", ("found",)),
    "not_before": RuleShape("day", ("found",)),
    "started_before": RuleShape("day", ("found",)),
    "still_running": RuleShape(None, ("found",)),
    "word_limit": RuleShape("number", ("count", "over", "found")),
    "min_words": RuleShape("number", ("count",)),
    "mentions": RuleShape(None, ("found",)),
    "instructions": RuleShape(),
    "private_data": RuleShape(None, ("found", "count")),
    "id_card": RuleShape(None, ("found",)),
    "credit_code": RuleShape(None, ("found",)),
    "any": RuleShape(),
}
"""The rules of `dialogs.fields.rules`, by name."""

FINAL_SHAPES = {"once_only": RuleShape(None, ("count",)), "quota": RuleShape("number", ("count",))}
"""The rules of an application as a whole (`dialogs.submission_rules`), by name."""
