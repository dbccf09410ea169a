"""What this bot already holds: needed for the quota and the once-only rule (四.1)."""

from knowledge.model import Model


class Holdings(Model):
    """Submissions this bot holds beside the one at hand.

    `same_project`: how many of the same project; `from_recommender`: how many different projects from the
    same recommending unit.
    """

    same_project: int = 0
    from_recommender: int = 0


class Filed(Model):
    """A finished application, as it counts for the quota; `draft` tells one applicant's applications apart."""

    draft: str
    pack_id: str
    project_name: str
    recommender_unit: str
    unit_name: str
