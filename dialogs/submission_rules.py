"""Rules about an application as a whole: the same one only once, a quota for those it shares something with."""

from decimal import Decimal

from pydantic import JsonValue

from dialogs.context import TurnContext
from dialogs.fields.reckoning import Reckoning
from dialogs.protocol import ExistingSubmissions, FiledSubmission, Lookup
from dialogs.submission import Submission
from knowledge.expressions.evaluation import holds
from knowledge.form import Rule
from knowledge.notice import Citation


def doubts(context: TurnContext) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Give the warnings that hold, each with its citation.

    What this bot holds is not known to the core: the first time it is asked for (`Turn.lookup`), and the
    shell runs the turn again with `Moment.holdings`.
    """
    reckoning = Reckoning(context.draft)
    rules = tuple(
        rule
        for rule in context.pack.form.final_rules
        if rule.when is None or holds(reckoning.outcome(rule.when)) is True
    )
    if not rules:
        return (), ()
    filed, holdings = filing(context), context.moment.holdings
    if holdings is None:
        context.lookup = _lookup(filed, rules)
        return (), ()
    failed = [rule for rule in rules if _fails(rule, context, holdings)]
    texts = tuple(
        context.pack.facts.fill(rule.message, **{**filed.identity, "count": _count(rule, holdings)}) for rule in failed
    )
    return texts, tuple(Citation(clause=r.clause, quote=r.quote) for r in failed if r.clause and r.quote)


def filing(context: TurnContext) -> FiledSubmission:
    """Give the current application as others are held against it."""
    submission = context.draft.submission(context.pack)
    return FiledSubmission(
        draft=str(context.session.current),
        pack_id=context.pack.id,
        identity={name: _held(submission, path) for name, path in context.pack.form.identity.items()},
    )


def _held(submission: Submission, path: str) -> str:
    """Give what an application holds at `KEY` (as displayed) or `KEY.part`; empty when it holds nothing there."""
    key, _, part = path.partition(".")
    entry = submission.entries.get(key)
    if entry is None:
        return ""
    value: JsonValue = entry.value.get(part) if part and isinstance(entry.value, dict) else None
    return str(value or "") if part else entry.display


def _lookup(filed: FiledSubmission, rules: tuple[Rule, ...]) -> Lookup:
    same = [name for rule in rules if rule.rule == "once_only" for name in rule.of]
    quota = [name for rule in rules if rule.rule == "quota" for name in rule.of]
    return Lookup(filed=filed, same=tuple(dict.fromkeys(same)), quota=tuple(dict.fromkeys(quota)))


def _count(rule: Rule, holdings: ExistingSubmissions) -> int:
    """Give how many submissions speak against this one; of several names in a quota, the fullest."""
    if rule.rule == "once_only":
        return holdings.same
    return max((holdings.quota.get(name, 0) for name in rule.of), default=0)


def _fails(rule: Rule, context: TurnContext, holdings: ExistingSubmissions) -> bool:
    if rule.rule == "once_only":
        return holdings.same > 0
    limit = context.pack.facts.limit(rule.limit) if isinstance(rule.limit, str) else rule.limit
    return rule.rule == "quota" and isinstance(limit, int | Decimal) and _count(rule, holdings) >= limit
