"""How far a draft is: which fields are asked for, which are settled."""

from dialogs.fields.registry import kind_of
from dialogs.session import Draft
from knowledge.form import Field
from knowledge.model import Model
from knowledge.pack import NoticePack


class Progress(Model):
    """Counted in fields, the declaration not included: `done` of `total`."""

    done: int
    total: int


def asked_fields(pack: NoticePack, draft: Draft) -> list[Field]:
    """List the fields of this draft in order, without the declaration.

    A conditional field counts until the answer it hangs on rules it out.
    """
    return [field for field in pack.form.fields if not kind_of(field).declared and _may_apply(field, draft)]


def progress(pack: NoticePack, draft: Draft) -> Progress:
    """Count the settled fields."""
    asked = asked_fields(pack, draft)
    return Progress(done=sum(_filled(field, draft) for field in asked), total=len(asked))


def gaps(pack: NoticePack, draft: Draft) -> list[Field]:
    """List the fields still to be answered."""
    return [field for field in asked_fields(pack, draft) if not _filled(field, draft)]


def _filled(field: Field, draft: Draft) -> bool:
    return field.key in draft.values or field.key in draft.skipped


def _may_apply(field: Field, draft: Draft) -> bool:
    return draft.applies(field) or (field.when is not None and field.when.field not in draft.values)
