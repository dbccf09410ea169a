"""Small talk, answered in a few words; who wants a person is told whom to call."""

from dialogs.context import TurnContext


def small_talk(context: TurnContext, kind: str) -> None:
    """Answer; nothing is stored."""
    context.tell(f"social.{kind}")
