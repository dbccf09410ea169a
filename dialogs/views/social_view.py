"""Small talk, answered in a few words; who wants a person is told whom to call."""

from dialogs.context import TurnContext
from dialogs.views.act_messages import act_message

_REACH = ("contact_department", "contact_name", "contact_phone")


def small_talk(context: TurnContext, kind: str) -> None:
    """Answer; nothing is stored."""
    if kind != "human":
        context.say(act_message(kind))
        return
    facts = context.pack.facts
    reach = " ".join(facts.shown(name) for name in _REACH if name in facts)
    context.say(act_message("human", reach=reach) if reach else act_message("human_unknown"))
