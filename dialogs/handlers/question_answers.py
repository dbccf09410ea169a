"""A question: answered with its clause, or honestly not; then the same field is asked again."""

from dialogs.context import TurnContext
from dialogs.flow import come_back, ensure_draft
from dialogs.handlers.answers import take
from dialogs.protocol import Asked, Button
from dialogs.session import Pending
from dialogs.understanding.routing import Unclear
from dialogs.views.question_view import ask_about_forwarded, ask_which, nearest_buttons, with_grounds
from knowledge.form import Field
from knowledge.search.answer import Abstention, Answer


def on_question(context: TurnContext, text: str, found: Answer | Abstention) -> None:
    """Answer, or offer what is near, or say that the notice does not say."""
    outcome = "answered" if isinstance(found, Answer) else "clarified" if found.nearest else "abstained"
    context.asked = Asked.model_validate(
        {"question": text, "outcome": outcome, "field": context.field.key if context.field else None}
    )
    context.remember(found)
    choices = () if isinstance(found, Answer) else nearest_buttons(found)
    context.say(with_grounds(context.messages, found.text, found.citations), choices, found.citations)
    come_back(context)


def answered(context: TurnContext, question: str) -> tuple[str, tuple[Button, ...]]:
    """Answer a question that came along with something else; gives the words, and the near questions where unsure."""
    key = context.field.key if context.field else None
    found = context.finder.find(question, today=context.moment.today, during=key)
    outcome = "answered" if isinstance(found, Answer) else "clarified" if found.nearest else "abstained"
    context.asked = Asked.model_validate({"question": question, "outcome": outcome, "field": key})
    context.remember(found)
    choices = () if isinstance(found, Answer) else nearest_buttons(found)
    return with_grounds(context.messages, found.text, found.citations), choices


def suggestion(context: TurnContext, entry: str) -> None:
    """Answer the suggested question that was tapped."""
    found = context.finder.entry(entry, today=context.moment.today)
    if found is None:
        context.tell("question.gone")
    else:
        context.remember(found)
        context.say(with_grounds(context.messages, found.text, found.citations), (), found.citations)
    come_back(context)


def on_unclear(context: TurnContext, text: str, reading: Unclear) -> None:
    """Offer both readings; the words are kept until one is chosen."""
    field = context.field
    if field is None:
        on_question(context, text, reading.found)
        return
    pending = context.await_decision("unclear", field=field.key, text=text, message=context.message)
    ask_which(context, field, pending)


def on_forwarded(context: TurnContext, field: Field, text: str) -> None:
    """Ask whether words passed on shall stand in the form; they are kept until that is said."""
    pending = context.await_decision("unclear", field=field.key, text=text, message=context.message)
    ask_about_forwarded(context, field, pending)


def answer_reading(context: TurnContext, pending: Pending) -> None:
    """The words were an answer."""
    field = context.pack.fields.get(pending.field or "")
    context.change(pending=None)
    ensure_draft(context)
    if field is not None and context.go("edit", field.key):
        context.message = pending.message
        take(context, field, pending.text)


def question_reading(context: TurnContext, pending: Pending) -> None:
    """The words were a question."""
    context.change(pending=None)
    found = context.finder.find(pending.text, today=context.moment.today, during=pending.field)
    on_question(context, pending.text, found)
