"""What goes into the envelope beside the form (四.2): pictures, screenshots of reports, addresses of videos.

Theory of operation. The draft lists what was sent; the bytes stay with the shell. A screenshot belongs to one of the
media links. A picture sent while the links are being asked for waits for its link; a caption may name it; in all
other cases the applicant is asked, one picture after the other.
"""

import re
from collections.abc import Mapping, Sequence

from dialogs.document.file_name import safe_file_name
from dialogs.document.package import PackagedFile
from dialogs.fields.registry import kind_of
from dialogs.pack_cache import messages_of
from dialogs.protocol import File
from dialogs.session import Draft, EvidenceFile
from knowledge.pack import NoticePack

LARGEST = 20 * 1024 * 1024  # bytes of one file: what Telegram's getFile gives
LARGEST_ALL = 45 * 1024 * 1024  # of an application: a messenger takes 50 MB
MOST = 40  # files of an application

_SPOKEN_NAME = re.compile(r"[\u4e00-\u9fff]{2}")


def links_of(draft: Draft, pack: NoticePack) -> tuple[str, ...]:
    """Give the media links the draft holds, in order."""
    held = (draft.values.get(field.key) for field in pack.form.fields if kind_of(field).links and draft.applies(field))
    values = [value.value for value in held if value is not None]
    return tuple(str(link) for value in values if isinstance(value, list) for link in value)


def bare_links(draft: Draft, pack: NoticePack) -> tuple[str, ...]:
    """Give the media links without a screenshot."""
    shown = {kept.link for kept in draft.evidence}
    return tuple(link for link in links_of(draft, pack) if link not in shown)


def match_up(draft: Draft, pack: NoticePack) -> tuple[EvidenceFile, ...]:
    """Give waiting screenshots the links that lack one, when there are as many of these as of those."""
    waiting = [kept for kept in draft.evidence if kept.place == "waits"]
    bare = bare_links(draft, pack)
    if not waiting or len(waiting) != len(bare):
        return draft.evidence
    links = dict(zip((kept.digest for kept in waiting), bare, strict=True))
    return tuple(
        kept.model_copy(update={"link": links[kept.digest], "place": "plain"}) if kept.digest in links else kept
        for kept in draft.evidence
    )


def changed(draft: Draft, digest: str, **changes: object) -> tuple[EvidenceFile, ...]:
    """Give the evidence with one file changed."""
    return tuple(kept.model_copy(update=changes) if kept.digest == digest else kept for kept in draft.evidence)


def undecided(draft: Draft, pack: NoticePack) -> EvidenceFile | None:
    """Give the first picture that is, or may be, a screenshot of a report that has none."""
    if not bare_links(draft, pack):
        return None
    return next((kept for kept in draft.evidence if kept.link is None and kept.place != "plain"), None)


def named(draft: Draft, pack: NoticePack) -> list[tuple[EvidenceFile, str]]:
    """Give each file with the name it has in the envelope: screenshots are numbered like their links."""
    links, words, plain, names = links_of(draft, pack), messages_of(pack).say, 0, []
    for kept in draft.evidence:
        ending = kept.name.rpartition(".")[2]
        if kept.link in links:
            name = f"{words('evidence.screenshot_name', number=links.index(kept.link) + 1)}.{ending}"
        elif has_spoken_name(kept):
            name = safe_file_name(kept.name)
        else:
            plain += 1
            name = f"{words('evidence.picture_name', number=plain)}.{ending}"
        names.append((kept, name))
    return names


def has_spoken_name(kept: EvidenceFile) -> bool:
    """Tell whether a file was named in words, not by a camera."""
    return _SPOKEN_NAME.search(kept.name) is not None


def gathered(draft: Draft, pack: NoticePack, files: Mapping[str, bytes]) -> list[PackagedFile]:
    """Give the evidence with its bytes, screenshots first; what the shell no longer has is left out."""
    links = links_of(draft, pack)
    return [
        PackagedFile(file=File(name=name, content=files[kept.digest]), link=kept.link if kept.link in links else None)
        for kept, name in sorted(named(draft, pack), key=lambda each: _place(each[0].link, links))
        if kept.digest in files
    ]


def _place(link: str | None, links: Sequence[str]) -> int:
    return links.index(link) if link in links else len(links)
