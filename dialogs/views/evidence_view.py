"""The evidence as it is read: what has come, what belongs to which report, what is still missing."""

from hashlib import sha256

from dialogs.buttons import DropEvidence, MatchReport, ShowEvidence, button
from dialogs.context import TurnContext
from dialogs.evidence import bare_links, has_spoken_name, links_of, named
from dialogs.protocol import Button
from dialogs.session import EvidenceFile
from dialogs.views.field_view import shorten
from knowledge.notice import Citation

_MOST_SHOWN = 8  # links offered for one picture
_LABEL = 34  # columns of a link on a button


def evidence_button(context: TurnContext) -> tuple[Button, ...]:
    """Offer the list, once there is something on it."""
    count = len(context.draft.evidence) + len(context.draft.addresses)
    if not count:
        return ()
    return (button(ShowEvidence(context.draft.id), context.words("button.evidence", count=count)),)


def ask_which_report(context: TurnContext, serial: int, kept: EvidenceFile) -> None:
    """Ask which report a picture shows."""
    links, bare = links_of(context.draft, context.pack), bare_links(context.draft, context.pack)
    name = _called(context, kept)
    none = button(MatchReport(serial, "no"), context.words("button.shows_none"))
    if len(bare) == 1:
        yes = button(MatchReport(serial, links.index(bare[0])), context.words("button.shows_report"))
        context.tell("evidence.ask_one", (yes, none), name=name, link=bare[0])
        return
    buttons = tuple(
        button(MatchReport(serial, links.index(link)), shorten(link.partition("://")[2], _LABEL))
        for link in bare[:_MOST_SHOWN]
    )
    context.tell("evidence.ask_which", (*buttons, none), name=name)


def show_evidence(context: TurnContext, before: str = "") -> None:
    """List everything, each with a button to take it out again, then what is missing."""
    draft = context.draft
    files = named(draft, context.pack)
    lines = [_item(context, number, name, kept.link) for number, (kept, name) in enumerate(files, 1)]
    lines += [_item(context, number, address) for number, address in enumerate(draft.addresses, len(files) + 1)]
    missing, _ = missing_screenshots(context)
    marks = [kept.digest[:12] for kept, _ in files]
    marks += [sha256(address.encode()).hexdigest()[:12] for address in draft.addresses]
    buttons = tuple(
        button(DropEvidence(draft.id, mark), context.words("button.drop", number=number))
        for number, mark in enumerate(marks, 1)
    )
    heading = context.words("evidence.list" if lines else "evidence.none")
    parts = [before, heading, *lines, *(context.words("delivery.doubt", message=each) for each in missing)]
    context.say("\n".join(part for part in parts if part), buttons)


def missing_screenshots(context: TurnContext) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Say which reports lack their screenshot, as the pack words it."""
    wanted = context.pack.form.evidence
    bare = bare_links(context.draft, context.pack)
    if wanted is None or not bare:
        return (), ()
    demand = wanted.screenshot
    words = context.pack.facts.fill(demand.message, link="、".join(bare), count=len(bare))
    return (words,), (Citation(clause=demand.clause, quote=demand.quote),)


def summary(context: TurnContext) -> str:
    """Say in one line what has been collected; empty when nothing has."""
    draft = context.draft
    links = links_of(draft, context.pack)
    shots = sum(kept.link in links for kept in draft.evidence)
    counted = {"screenshots": shots, "pictures": len(draft.evidence) - shots, "addresses": len(draft.addresses)}
    parts = "、".join(context.words(f"evidence.{what}", count=count) for what, count in counted.items() if count)
    waiting = sum(kept.place == "waits" for kept in draft.evidence)
    if not parts:
        return ""
    if waiting:
        return context.words("evidence.summary_waiting", parts=parts, waiting=waiting)
    return context.words("evidence.summary", parts=parts)


def _called(context: TurnContext, kept: EvidenceFile) -> str:
    """Call a picture by its applicant's words, else by its number on the list, which no pairing changes."""
    if has_spoken_name(kept):
        return context.words("evidence.called", name=kept.name)
    number = [each.digest for each in context.draft.evidence].index(kept.digest) + 1
    return context.words("evidence.numbered", number=number)


def _item(context: TurnContext, number: int, name: str, link: str | None = None) -> str:
    if link:
        return context.words("evidence.item_report", number=number, name=name, link=link)
    return context.words("evidence.item", number=number, name=name)
