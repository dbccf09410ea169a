"""What the page shows beside the chat: every field of the application with its mark, and what it holds."""

from dataclasses import dataclass
from typing import Literal

from dialogs.breaches import derived_shown
from dialogs.buttons import Edit, encode
from dialogs.fields.kinds.rows import shown_rows
from dialogs.fields.reckoning import Reckoning, completed_rows
from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields
from dialogs.session import Draft, Session
from dialogs.state_machine import local_name
from knowledge.form import Field
from knowledge.pack import NoticePack

Mark = Literal["done", "open", "doubt", "left", "derived"]


@dataclass(frozen=True, slots=True)
class Task:
    """One field: how it stands (`left`: skipped), what it holds, and the id of the button that leads to it."""

    label: str
    mark: Mark
    shown: str = ""
    doubt: str = ""
    edit: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class TaskList:
    """An application's fields in order; `begun` is False before there is one."""

    begun: bool
    tasks: tuple[Task, ...]


def task_list(pack: NoticePack, session: Session) -> TaskList:
    """List the fields of the application being worked on."""
    draft, asked = session.draft, {field.key for field in asked_fields(pack, session.draft)}
    shown = [field for field in pack.form.fields if field.key in asked or (field.derive and draft.applies(field))]
    here = local_name(session.state)
    begun = session.current in session.drafts
    tasks = tuple(_task(field, draft, begun=begun, here=field.key == here) for field in shown)
    return TaskList(begun, tasks)


def _task(field: Field, draft: Draft, *, begun: bool, here: bool) -> Task:
    if field.derive is not None:
        return Task(field.label, "derived", derived_shown(field, draft))
    edit = encode(Edit(draft.id, field.key)) if begun else ""
    held = draft.values.get(field.key)
    if held is None:
        return Task(field.label, "left" if field.key in draft.skipped else "open", edit=edit, here=here)
    shown = held.display
    if kind_of(field).tabled and held.value:
        shown = shown_rows(field, completed_rows(field, held.value, Reckoning(draft)))
    return Task(field.label, "doubt" if held.warning else "done", shown, held.warning or "", edit, here)
