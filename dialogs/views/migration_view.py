"""What an applicant is told when the form has changed since the last message."""

from dataclasses import dataclass, field

from dialogs.context import TurnContext


@dataclass
class News:
    """What an applicant must know of a change: labels with reasons, and words that are no longer in the form."""

    lost: dict[str, str] = field(default_factory=dict)
    doubted: dict[str, str] = field(default_factory=dict)
    retired: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def tell_news(context: TurnContext, news: News) -> None:
    """Say it; nothing is said when nothing concerns the applicant."""
    parts = []
    if news.lost:
        parts.append(context.words("migration.lost", lines=_listed(context, news.lost)))
    if news.doubted:
        parts.append(context.words("migration.doubted", lines=_listed(context, news.doubted)))
    if news.added:
        parts.append(context.words("migration.added", labels="、".join(news.added)))
    if news.retired:
        texts = "；".join(context.words("migration.retired_text", text=text) for text in news.retired)
        parts.append(context.words("migration.retired", texts=texts))
    if parts:
        context.say("\n".join([context.words("migration.head"), *parts]))


def _listed(context: TurnContext, reasons: dict[str, str]) -> str:
    lines = [context.words("migration.line", label=label, reason=reason) for label, reason in reasons.items()]
    return "\n".join(lines)
