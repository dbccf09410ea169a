"""Rules about an application as a whole: one project once, a recommender's quota (四.1)."""

from dialogs.context import TurnContext
from dialogs.protocol import ExistingSubmissions, Filed
from knowledge.form import Rule
from knowledge.notice import Citation


def doubts(context: TurnContext) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Give the warnings that hold, each with its citation.

    What this bot holds is not known to the core: the first time it is asked for (`Turn.lookup`), and the
    shell runs the turn again with `Moment.holdings`.
    """
    if not context.pack.form.final_rules:
        return (), ()
    wanted = filing(context)
    if context.moment.holdings is None:
        context.lookup = wanted
        return (), ()
    failed = [rule for rule in context.pack.form.final_rules if _fails(rule, context, context.moment.holdings)]
    words = {
        "project": wanted.project_name,
        "recommender": wanted.recommender_unit,
        "count": context.moment.holdings.from_recommender,
    }
    texts = tuple(context.pack.facts.fill(rule.message, **words) for rule in failed)
    return texts, tuple(Citation(clause=r.clause, quote=r.quote) for r in failed if r.clause and r.quote)


def filing(context: TurnContext) -> Filed:
    """Give the current application as it counts for the quota."""
    roles = context.pack.form.roles
    entries = context.draft.submission(context.pack).entries
    recommending = entries[roles.recommender].value if roles.recommender in entries else None
    unit = recommending.get("unit") if isinstance(recommending, dict) else ""
    return Filed(
        draft=str(context.session.current),
        pack_id=context.pack.id,
        project_name=entries[roles.project].display if roles.project in entries else "",
        recommender_unit=str(unit or ""),
        unit_name=entries[roles.applicant].display if roles.applicant in entries else "",
    )


def _fails(rule: Rule, context: TurnContext, holdings: ExistingSubmissions) -> bool:
    if rule.rule == "once_only":
        return holdings.same_project > 0
    limit = context.pack.facts.number(rule.limit) if isinstance(rule.limit, str) else rule.limit
    return rule.rule == "quota" and limit is not None and holdings.from_recommender >= limit
