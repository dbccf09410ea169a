"""Answers to questions: with the clauses they stand on, and the near questions as buttons."""

from dialogs.buttons import NeverMind, Suggest, TakeAsAnswer, TakeAsQuestion, WrongAnswer, button
from dialogs.context import TurnContext
from dialogs.message_texts import Messages
from dialogs.protocol import Button
from dialogs.session import Pending
from knowledge.form import Field
from knowledge.notice import Citation
from knowledge.search.answer import Abstention, Answer

_SHOWN = 80  # characters of words whose meaning is open


def with_grounds(messages: Messages, answer: str, citations: tuple[Citation, ...]) -> str:
    """Put the clauses an answer stands on behind it."""
    if not citations:
        return answer
    quotes = [messages.say("question.quote", clause=each.clause, quote=each.quote) for each in citations]
    return messages.say("question.grounds", answer=answer, quotes="\n".join(quotes))


def nearest_buttons(found: Abstention) -> tuple[Button, ...]:
    """Offer the near questions, one tap away."""
    return tuple(button(Suggest(near.entry), near.question) for near in found.nearest)


def rating(context: TurnContext, found: Answer) -> tuple[Button, ...]:
    """Offer to say that an answer is not what was asked."""
    return (button(WrongAnswer(found.entries[0]), context.words("button.wrong_answer")),) if found.entries else ()


def ask_which(context: TurnContext, field: Field, pending: Pending) -> None:
    """Ask whether words are meant for the field or as a question."""
    ways = (
        button(TakeAsAnswer(pending.serial), context.words("button.fill_in", label=field.label)),
        button(TakeAsQuestion(pending.serial), context.words("button.a_question")),
    )
    context.tell("question.unclear", ways, text=pending.text[:_SHOWN], label=field.label)


def ask_about_forwarded(context: TurnContext, field: Field, pending: Pending) -> None:
    """Ask whether words passed on shall stand in the form, are a question, or neither."""
    ways = (
        button(TakeAsAnswer(pending.serial), context.words("button.fill_in", label=field.label)),
        button(TakeAsQuestion(pending.serial), context.words("button.a_question")),
        button(NeverMind(pending.serial), context.words("button.do_not_fill")),
    )
    context.tell("question.forwarded", ways, text=pending.text[:_SHOWN], label=field.label)


def ask_whether(context: TurnContext, field: Field, pending: Pending) -> None:
    """Ask whether words that sound said to somebody shall stand in the form."""
    ways = (
        button(TakeAsAnswer(pending.serial), context.words("button.fill_in", label=field.label)),
        button(NeverMind(pending.serial), context.words("button.do_not_fill")),
    )
    context.tell("question.spoken", ways, text=pending.text[:_SHOWN], label=field.label)
