"""A question: answered with its clause, or honestly not; then the same field is asked again."""

from dialogs.buttons import AskOffice, Suggest, button
from dialogs.context import TurnContext
from dialogs.flow import come_back, ensure_draft
from dialogs.handlers.answers import take
from dialogs.protocol import Asked, Button
from dialogs.session import Pending
from dialogs.understanding.acts import Either
from dialogs.views.question_view import ask_about_forwarded, ask_which, nearest_buttons, rating, with_grounds
from knowledge.form import Field
from knowledge.search.answer import Abstention, Answer


def on_question(context: TurnContext, text: str, found: Answer | Abstention) -> None:
    """Answer, or offer what is near, or say that the notice does not say."""
    _note(context, text, _outcome(context, found), found)
    context.remember(found)
    choices = rating(context, found) if isinstance(found, Answer) else _ways_on(context, found)
    context.say(with_grounds(context.messages, found.text, found.citations), choices, found.citations)
    come_back(context)


def _ways_on(context: TurnContext, found: Abstention) -> tuple[Button, ...]:
    """Offer the near questions; where the office can be written to, it may be asked what the notice does not say."""
    ask = (button(AskOffice(), context.words("button.ask_office")),) if context.moment.office else ()
    return (*nearest_buttons(found), *ask)


def answered(context: TurnContext, question: str) -> tuple[str, tuple[Button, ...]]:
    """Answer a question that came along with something else; gives the words, and the near questions where unsure."""
    key = context.field.key if context.field else None
    found = context.finder.find(question, today=context.moment.today, during=key)
    _note(context, question, _outcome(context, found), found)
    context.remember(found)
    choices = () if isinstance(found, Answer) else nearest_buttons(found)
    return with_grounds(context.messages, found.text, found.citations), choices


def _outcome(context: TurnContext, found: Answer | Abstention) -> str:
    if isinstance(found, Abstention):
        return "clarified" if found.nearest else "abstained"
    last = context.session.answered[-1:]
    again = context.follows_answer and any(set(one.entries) & set(found.entries) for one in last)
    return "repeated" if again else "answered"


def _note(context: TurnContext, question: str, outcome: str, found: Answer | Abstention | None) -> None:
    """Keep for staff how a question fared."""
    said = {"entries": found.entries, "answer": found.text} if found else {}
    field = context.field.key if context.field else None
    context.asked = Asked.model_validate({"question": question, "outcome": outcome, "field": field, **said})


def wrong_answer(context: TurnContext, entry: str | None = None) -> None:
    """The answer (of this entry, or the last) was beside the point: staff will see it, what is near is offered."""
    about = [one for one in context.session.answered if entry in {None, *one.entries}]
    name = entry or (about[-1].entries[0] if about and about[-1].entries else "")
    found = context.finder.entry(name, today=context.moment.today)
    known = next((one.question for one in context.pack.faq.entries if one.id == name), "")
    question = about[-1].question if about else known
    _note(context, question, "disliked" if entry else "denied", found)
    others = context.finder.nearest(question, 3) if question else ()
    ways = tuple(button(Suggest(one.id), one.question) for one in others if one.id != name)[:2]
    context.tell("question.noted_wrong", ways)
    come_back(context)


def suggestion(context: TurnContext, entry: str) -> None:
    """Answer the suggested question that was tapped."""
    found = context.finder.entry(entry, today=context.moment.today)
    if found is None:
        context.tell("question.gone")
    else:
        context.remember(found)
        choices = rating(context, found) if isinstance(found, Answer) else ()
        context.say(with_grounds(context.messages, found.text, found.citations), choices, found.citations)
    come_back(context)


def on_unclear(context: TurnContext, text: str, reading: Either) -> None:
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
