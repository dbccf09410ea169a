"""Pictures, screenshots and addresses sent along: kept for the envelope, each screenshot with its report."""

from hashlib import sha256
from typing import Literal

from dialogs.buttons import NeverMind, PlaceAddress, button
from dialogs.context import TurnContext
from dialogs.document.picture import Picture, look_at
from dialogs.document.upload_safety import UploadError
from dialogs.evidence import LARGEST, LARGEST_ALL, MOST, bare_links, changed, links_of, match_up, undecided
from dialogs.fields.registry import kind_of
from dialogs.flow import come_back, ensure_draft
from dialogs.handlers.answers import take
from dialogs.protocol import Upload
from dialogs.session import EvidenceFile, Pending
from dialogs.understanding.evidence_words import ADDRESS, addresses, named_report
from dialogs.views.evidence_view import ask_which_report, show_evidence
from knowledge.form import Demand, Field

_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 20  # characters


def keep_picture(context: TurnContext, upload: Upload) -> tuple[str, list[Demand]]:
    """Take a picture in; gives what is said of it, and what the notice wants better (messages filled in).

    Raises:
        UploadError: it cannot be opened, or there is no room for it.
    """
    picture = look_at(upload.content)
    digest = sha256(upload.content).hexdigest()
    links = links_of(context.draft, context.pack)
    link, place = named_report(upload.caption, links), _place(context)
    if before := next((kept for kept in context.draft.evidence if kept.digest == digest), None):
        meant = {"link": link, "place": "plain"} if link else {} if before.link else {"place": place}
        context.change_draft(evidence=changed(context.draft, digest, **meant))
        return context.words("evidence.taken_before"), []
    _refuse_excess(context, len(upload.content))
    ensure_draft(context)
    kept = EvidenceFile(
        digest=digest,
        name=f"{_named(upload)}.{picture.ending}",
        size=len(upload.content),
        message=upload.message,
        link=link,
        place="plain" if link else place,
    )
    context.change_draft(evidence=(*context.draft.evidence, kept))
    context.change_draft(evidence=match_up(context.draft, context.pack))
    if link:
        return context.words("evidence.paired", link=link), _doubts(context, picture)
    return context.words("evidence.waits" if place == "waits" else "evidence.taken"), _doubts(context, picture)


def names_report(context: TurnContext, caption: str) -> bool:
    """Tell whether a caption says no more than which report a picture shows."""
    return named_report(caption, links_of(context.draft, context.pack)) is not None


def ask_report(context: TurnContext) -> bool:
    """Ask which report a picture shows, if that is open; False when there is nothing to ask."""
    open_one = undecided(context.draft, context.pack)
    if open_one is None or context.session.pending is not None or _links_are_asked(context):
        return False
    if open_one.place == "open":  # asked once
        context.change_draft(evidence=changed(context.draft, open_one.digest, place="plain"))
    pending = context.await_decision("shot", text=open_one.digest, message=open_one.message)
    ask_which_report(context, pending.serial, open_one)
    context.change(pending=pending.model_copy(update={"choices": shown_last(context)}))
    return True


def on_report(context: TurnContext, pending: Pending, number: int | None) -> None:
    """The applicant says which report a picture shows, by its number among the links (from 0); None: it shows none."""
    context.change(pending=None)
    links = links_of(context.draft, context.pack)
    link = links[number] if number is not None and number < len(links) else None
    context.change_draft(evidence=changed(context.draft, pending.text, link=link, place="plain"))
    context.change_draft(evidence=match_up(context.draft, context.pack))
    if link:
        context.tell("evidence.matched", link=link)
    else:
        context.tell("evidence.no_report")
    if not ask_report(context):
        come_back(context)


def on_evidence(context: TurnContext) -> None:
    """Show what has been collected; ask what is open."""
    context.change_draft(evidence=match_up(context.draft, context.pack))
    show_evidence(context)
    if not ask_report(context):
        come_back(context)


def on_drop(context: TurnContext, which: str) -> None:
    """Take a file, or an address, out of the envelope; `which` is its mark."""
    draft = context.draft
    files = tuple(kept for kept in draft.evidence if not kept.digest.startswith(which))
    other = tuple(address for address in draft.addresses if _mark(address) != which)
    gone = not which or (len(files), len(other)) == (len(draft.evidence), len(draft.addresses))
    if not gone:
        context.change_draft(evidence=files, addresses=other)
        context.change(pending=None)
    show_evidence(context, context.words("evidence.gone" if gone else "evidence.dropped"))
    come_back(context)


def on_address(context: TurnContext, text: str) -> None:
    """Offer to keep the address of a video."""
    pending = context.await_decision("address", text=text, message=context.message)
    media = _links_field(context)
    ways = [button(PlaceAddress(pending.serial, "keep"), context.words("button.keep_address"))]
    if media is not None:
        words = context.words("button.add_address", label=media.label)
        ways.append(button(PlaceAddress(pending.serial, "media"), words))
    ways.append(button(NeverMind(pending.serial), context.words("button.no_address")))
    context.tell("evidence.address_where", tuple(ways))


def on_address_kept(context: TurnContext, pending: Pending, place: Literal["keep", "media"]) -> None:
    """Keep the address where the applicant wants it."""
    context.change(pending=None)
    media = _links_field(context)
    if place == "media" and media is not None:
        held = context.draft.values.get(media.key)
        context.go("edit", media.key)
        take(context, media, f"{held.text}\n{pending.text}" if held and held.value else pending.text)
        return
    known = context.draft.addresses
    context.change_draft(addresses=tuple(dict.fromkeys((*known, *addresses(pending.text))))[:MOST])
    context.tell("evidence.address_kept")
    come_back(context)


def _named(upload: Upload) -> str:
    """Name a picture by the few words under it, else as its file is called."""
    words = " ".join(upload.caption.split())
    short = words and len(words) <= _LONGEST_NAME and not ADDRESS.search(words)
    return words if short else upload.name.rpartition(".")[0] or upload.name


def _mark(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:12]


def _links_field(context: TurnContext) -> Field | None:
    return next((each for each in context.pack.form.fields if kind_of(each).links), None)


def _place(context: TurnContext) -> Literal["plain", "open", "waits"]:
    """Say what a picture without a caption is, at this moment."""
    if _links_are_asked(context):
        return "waits"
    return "open" if bare_links(context.draft, context.pack) else "plain"


def shown_last(context: TurnContext) -> tuple[tuple[str, str], ...]:
    """Give the buttons of the last reply, as a pending decision keeps them."""
    return tuple((button.id, button.label) for button in context.replies[-1].choices)


def _links_are_asked(context: TurnContext) -> bool:
    """While the links themselves are asked for, more of them may come."""
    return context.field is not None and kind_of(context.field).links


def _refuse_excess(context: TurnContext, size: int) -> None:
    if size > LARGEST:
        raise UploadError("evidence.too_large", size=round(size / _MEGABYTE), limit=LARGEST // _MEGABYTE)
    held = context.draft.evidence
    total = sum(kept.size for kept in held)
    if len(held) >= MOST or total + size > LARGEST_ALL:
        figures = {"count": len(held), "size": round(total / _MEGABYTE), "most": MOST}
        raise UploadError("evidence.too_many", limit=LARGEST_ALL // _MEGABYTE, **figures)


def _doubts(context: TurnContext, picture: Picture) -> list[Demand]:
    wanted = context.pack.form.evidence
    if wanted is None or not picture.width:
        return []
    longer = max(picture.width, picture.height)
    doubts = [wanted.small] if longer < wanted.least_pixels else [wanted.blurred] if picture.blurred else []
    size = {"width": picture.width, "height": picture.height}
    fill = context.pack.facts.fill
    return [each.model_copy(update={"message": fill(each.message, **size)}) for each in doubts]
