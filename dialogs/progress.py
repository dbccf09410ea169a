"""How far a draft is: which fields are asked for, which are settled."""

from dialogs.fields.reckoning import Reckoning
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

    A conditional field counts until the answers it hangs on rule it out; derived fields are never asked for.
    """
    reckoning = Reckoning(draft)
    return [field for field in pack.form.fields if _is_asked(field) and reckoning.needed(field) is not False]


def _is_asked(field: Field) -> bool:
    kind = kind_of(field)
    return field.derive is None and not kind.declared and not kind.left_blank


def progress(pack: NoticePack, draft: Draft) -> Progress:
    """Count the settled fields."""
    asked = asked_fields(pack, draft)
    return Progress(done=sum(_filled(field, draft) for field in asked), total=len(asked))


def gaps(pack: NoticePack, draft: Draft) -> list[Field]:
    """List the fields still to be answered."""
    return [field for field in asked_fields(pack, draft) if not _filled(field, draft)]


def _filled(field: Field, draft: Draft) -> bool:
    return field.key in draft.values or field.key in draft.skipped
