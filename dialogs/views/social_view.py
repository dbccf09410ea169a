"""Small talk, answered in a few words; who wants a person is told whom to call."""

from dialogs.context import TurnContext

_WORDS = {
    "bye": "好的，已填的内容都保存着，随时回来接着填。",
    "wait": "好的，您慢慢来。",
    "ack": "好的。",
    "promise": "好的，请直接发给我。",
}


def small_talk(context: TurnContext, kind: str) -> None:
    """Answer; nothing is stored."""
    if kind != "human":
        context.say(_WORDS[kind])
        return
    facts = context.pack.facts
    names = (name for name in ("contact_department", "contact_name", "contact_phone") if name in facts)
    reach = " ".join(facts.shown(name) for name in names)
    context.say(
        f"我是自动应答的助手。要找工作人员，请联系：{reach}。"
        if reach
        else "我是自动应答的助手，请联系发通知的办公室。"
    )
