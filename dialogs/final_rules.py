"""Rules about an application as a whole: one project once, a recommender's quota (四.1)."""

from dialogs.holdings import Filed, Holdings
from dialogs.scene import Scene
from knowledge.form import Rule
from knowledge.notice import Citation


def doubts(scene: Scene) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Give the warnings that hold, each with its citation.

    What this bot holds is not known to the core: the first time it is asked for (`Turn.lookup`), and the
    shell runs the turn again with `Moment.holdings`.
    """
    if not scene.pack.form.final_rules:
        return (), ()
    wanted = filing(scene)
    if scene.moment.holdings is None:
        scene.lookup = wanted
        return (), ()
    failed = [rule for rule in scene.pack.form.final_rules if _fails(rule, scene, scene.moment.holdings)]
    words = {
        "project": wanted.project_name,
        "recommender": wanted.recommender_unit,
        "count": scene.moment.holdings.from_recommender,
    }
    texts = tuple(scene.pack.facts.fill(rule.message, **words) for rule in failed)
    return texts, tuple(Citation(clause=r.clause, quote=r.quote) for r in failed if r.clause and r.quote)


def filing(scene: Scene) -> Filed:
    """Give the current application as it counts for the quota."""
    roles = scene.pack.form.roles
    entries = scene.draft.submission(scene.pack).entries
    recommending = entries[roles.recommender].value if roles.recommender in entries else None
    unit = recommending.get("unit") if isinstance(recommending, dict) else ""
    return Filed(
        draft=str(scene.session.current),
        pack_id=scene.pack.id,
        project_name=entries[roles.project].display if roles.project in entries else "",
        recommender_unit=str(unit or ""),
        unit_name=entries[roles.applicant].display if roles.applicant in entries else "",
    )


def _fails(rule: Rule, scene: Scene, holdings: Holdings) -> bool:
    if rule.rule == "once_only":
        return holdings.same_project > 0
    limit = scene.pack.facts.number(rule.limit) if isinstance(rule.limit, str) else rule.limit
    return rule.rule == "quota" and limit is not None and holdings.from_recommender >= limit
