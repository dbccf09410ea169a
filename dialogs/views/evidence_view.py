"""The evidence as it is read: what has come, what belongs to which report, what is still missing."""

from hashlib import sha256

from dialogs.buttons import DropEvidence, MatchReport, ShowEvidence, button
from dialogs.context import TurnContext
from dialogs.evidence import bare_links, has_spoken_name, links_of, named
from dialogs.protocol import Button
from dialogs.session import Draft, EvidenceFile
from dialogs.views.field_view import shorten
from knowledge.notice import Citation

_MOST_SHOWN = 8  # links offered for one picture
_LABEL = 34  # columns of a link on a button


def evidence_button(context: TurnContext) -> tuple[Button, ...]:
    """Offer the list, once there is something on it."""
    count = len(context.draft.evidence) + len(context.draft.addresses)
    return (button(ShowEvidence(context.draft.id), f"辅证材料（{count}份）"),) if count else ()


def ask_which_report(context: TurnContext, serial: int, kept: EvidenceFile) -> None:
    """Ask which report a picture shows."""
    links, bare = links_of(context.draft, context.pack), bare_links(context.draft, context.pack)
    name = _called(context.draft, kept)
    none = button(MatchReport(serial, "no"), "不是报道截图")
    if len(bare) == 1:
        yes = button(MatchReport(serial, links.index(bare[0])), "是这篇报道的截图")
        context.say(f"{name}是这篇报道的截图吗？\n{bare[0]}", (yes, none))
        return
    buttons = tuple(
        button(MatchReport(serial, links.index(link)), shorten(link.partition("://")[2], _LABEL))
        for link in bare[:_MOST_SHOWN]
    )
    context.say(f"{name}是哪篇报道的截图？", (*buttons, none))


def show_evidence(context: TurnContext, before: str = "") -> None:
    """List everything, each with a button to take it out again, then what is missing."""
    draft = context.draft
    files = named(draft, context.pack)
    lines = [f"{number}. {name}{_report(kept)}" for number, (kept, name) in enumerate(files, 1)]
    lines += [f"{number}. {address}" for number, address in enumerate(draft.addresses, len(files) + 1)]
    missing, _ = missing_screenshots(context)
    marks = [kept.digest[:12] for kept, _ in files]
    marks += [sha256(address.encode()).hexdigest()[:12] for address in draft.addresses]
    buttons = (button(DropEvidence(draft.id, mark), f"删掉第{number}份") for number, mark in enumerate(marks, 1))
    heading = "这份申报的辅证材料：" if lines else "这份申报还没有辅证材料。图片、报道截图直接发给我就行。"
    parts = [before, heading, *lines, *(f"⚠ {words}" for words in missing)]
    context.say("\n".join(part for part in parts if part), tuple(buttons))


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
    counted = ((shots, "报道截图"), (len(draft.evidence) - shots, "图片"), (len(draft.addresses), "网址"))
    parts = [f"{words}{count}份" for count, words in counted if count]
    waiting = sum(kept.place == "waits" for kept in draft.evidence)
    note = f"（有{waiting}张截图还没和链接配对，请点“辅证材料”）" if waiting else ""
    return f"辅证材料：{'、'.join(parts)}{note}" if parts else ""


def _called(draft: Draft, kept: EvidenceFile) -> str:
    """Call a picture by its applicant's words, else by its number on the list, which no pairing changes."""
    if has_spoken_name(kept):
        return f"“{kept.name}”"
    return f"第{[each.digest for each in draft.evidence].index(kept.digest) + 1}张图片"


def _report(kept: EvidenceFile) -> str:
    return f"（{kept.link}）" if kept.link else ""
