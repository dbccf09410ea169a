"""The office's people wanted (转人工): words passed on to them as typed, and what they answer.

How they can be reached from here the shell says (`Moment.office`). Words passed on leave the turn as `Turn.to_office`;
the answer comes back as an event of its own, to the one who asked and to nobody else.
"""

from dialogs.buttons import WriteNothing, WriteToOffice, button
from dialogs.context import TurnContext
from dialogs.flow import come_back
from dialogs.protocol import OfficeAnswered, OfficeMessage

SHOWN = 60  # characters of the applicant's words said back


def want_person(context: TurnContext, told: str = "") -> None:
    """Do what is possible for who wants a person: `told` is passed on at once, else the words for it are asked for."""
    if context.moment.office == "messages":
        if told:
            pass_on(context, told)
        else:
            invite(context)
        return
    ways = (button(WriteToOffice(), context.words("button.write_to_office")),) if context.moment.office else ()
    context.tell("office.human", ways)
    context.hand_over()
    come_back(context)


def invite(context: TurnContext) -> None:
    """Ask for the words to be passed on: the next message is."""
    if not context.moment.office:
        context.tell("office.human")
        come_back(context)
        return
    context.change(to_office=True)
    context.tell("office.invite", (button(WriteNothing(), context.words("button.write_nothing")),))


def write_nothing(context: TurnContext) -> None:
    """Go on without writing."""
    context.tell("office.nothing")
    come_back(context)


def ask_office(context: TurnContext) -> None:
    """Pass the question asked last on."""
    last = context.session.answered[-1].question if context.session.answered else ""
    if last and context.moment.office:
        pass_on(context, last)
    else:
        invite(context)


def pass_on(context: TurnContext, text: str) -> None:
    """Pass words on as they were typed, with what is asked and what was asked before; then go on."""
    before = context.session.answered[-1].question if context.session.answered else ""
    field = context.field.key if context.field else None
    context.to_office = OfficeMessage(text=text, field=field, asked="" if before == text else before)
    context.change(to_office=False)
    context.tell("office.passed_on", text=_short(text))
    come_back(context)


def on_office_answered(context: TurnContext, event: OfficeAnswered) -> None:
    """Say what the office answered, beside whatever the applicant is doing by now."""
    name = context.words("office.by", name=event.by, month=event.on.month, day=event.on.day).strip()
    again = (button(WriteToOffice(), context.words("button.write_again")),)
    context.tell("office.answered", again, name=name, question=_short(event.question), answer=event.text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
