"""Web addresses, out of sentences, Markdown and quotes; each with the title that stands by it."""

import re
from datetime import date

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.lead_in import without_title_lead
from dialogs.fields.no_answer import is_none
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
from knowledge.text.normalise import narrow

_CHAR = r"[^\s<>\"'`{}|\\^\[\]“”‘’《》「」【】（），。；、！？\u2010-\u2bff\u2e80-\uffef\U0001f000-\U0001faff]"
_REST = rf"(?:{_CHAR}|(?<=[/=])[\u4e00-\u9fff]+)*"
_HOST = (
    r"(?:[A-Za-z0-9\u4e00-\u9fff](?:[A-Za-z0-9\u4e00-\u9fff_-]*)\.)+(?:[A-Za-z]{2,18}|中国|公司|网络|政务|公益|xn--[a-z0-9]+)"
    r"|\d{1,3}(?:\.\d{1,3}){3}"
)
# no IGNORECASE here: the Kelvin sign, one of the symbols no address holds, would take every k with it
_URL = re.compile(rf"(?P<scheme>(?i:https?))://(?:{_HOST})(?::\d{{2,5}})?(?:[/?#]{_REST})?")
_BARE = re.compile(
    rf"(?<![@\w./:-])(?:(?i:www)\.(?:[\w-]+\.)+[A-Za-z]{{2,18}}|(?:[A-Za-z0-9-]+\.)+(?i:com|cn|net|org|gov|edu|info|tv|cc)(?![A-Za-z]))(?::\d{{2,5}})?(?:[/?#]{_REST})?"
)
_SCHEME = re.compile(
    r"(?<![A-Za-z])(?:(?P<odd>[A-Za-z][A-Za-z0-9+-]{0,12})\s*(?::\s*/+|:/|//)|(?P<bad>javascript|data|vbscript|file|ftp|mailto|about|blob)\s*:)",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,200}?href\s*=\s*[\"']?([^\"'\s<>]{1,1000})[\"']?[^<>]{0,200}>([^<>\n]{0,200})</a>", re.IGNORECASE
)
_WIDE = re.compile(
    r"[ｈＨhH][ｔＴtT]{2}[ｐＰpP][ｓＳsS]?\s*[:：]\s*[/／\\]{2}\s*[^\s，。；、！？《》（）【】「」\u2010-\u2bff\u4e00-\u9fff]*"
)
_RUN_ON = re.compile(r"(?<=[\w.,;|])(?<![=/?&(])(?=https?://)", re.IGNORECASE)
_MARKDOWN = re.compile(r"!?\[(?P<title>[^\[\]\n]{0,200})\]\(\s*<?(?P<url>[^()\s<>]{1,1000})>?(?:\s[^()\n]{0,200})?\)")
_FILLER = re.compile(
    r"^\W*(?:有关|相关)?(?:媒体)?(?:报道)?(?:链接|网址|地址)?(?:如下|见|详见|请见|请看|可见|为|是|在)*[:：]?\W*$|欢迎(?:查看|点击|关注|阅读)|^(?:另外?|还有|以及|和|及|与)$|点击查看|谢谢"
)
_ORDINAL = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[-*•·])\s*")
_EDGE = " \t,，、。;；:：.|｜“”\"'‘’<>[]【】→-—"


class Links(Kind):
    """Web addresses; `value` is the list of them, `[]` for 无."""

    name = "links"
    telling = True
    roomy = True
    itemised = True
    flowing = True
    takes_files = True
    links = True
    nothing = []

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read links; see `read_links`."""
        del field, today
        return read_links(text)


def read_links(text: str) -> ReadValue:
    """Read links; `value` is the list of addresses as typed, `[]` for 无.

    Raises:
        Misread: no address, one without a host, or of another kind than http(s).
    """
    if is_none(text):
        return ReadValue([], "")
    plain, completed = _complete(_plain(text))
    _refuse_others(plain)
    lines = [_line(line) for line in plain.split("\n")]
    pairs = [pair for line in lines for pair in line]
    if not pairs:
        raise Misread("host" if re.search(r"https?:", plain, re.IGNORECASE) else "invalid")
    urls = list(dict.fromkeys(url for _, url in pairs))
    display = "\n".join(dict.fromkeys(f"{title} {url}" if title else url for title, url in pairs))
    hints = (say("link_completed", found="、".join(completed)),) if completed else ()
    return ReadValue(list(urls), display, hints=hints)


def _plain(text: str) -> str:
    """Undo what editors do to addresses: full-width characters, back slashes, HTML, Markdown, no blank between two."""
    text = _ANCHOR.sub(r"\2 \1 ", text)
    text = _WIDE.sub(
        lambda m: re.sub(
            r"^(https?)\s*:\s*[/\\]{2}\s*", r"\1://", narrow(m[0]).replace("\\", "/"), flags=re.IGNORECASE
        ),
        text,
    )
    text = _MARKDOWN.sub(lambda m: f"{m['title']} {m['url']} ", text)
    return _RUN_ON.sub(" ", text)


def _complete(text: str) -> tuple[str, list[str]]:
    taken = [match.span() for match in _URL.finditer(text)]
    completed: list[str] = []

    def complete(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in taken):
            return match[0]
        completed.append(f"https://{_trim(match[0])}")
        return f"https://{match[0]}"

    return _BARE.sub(complete, text), completed


def _refuse_others(text: str) -> None:
    for match in _SCHEME.finditer(_URL.sub(" ", text)):
        scheme = (match["bad"] or match["odd"]).lower()
        if scheme in ("http", "https"):
            raise Misread("host")
        raise Misread("scheme", found=scheme)


def _line(line: str) -> list[tuple[str, str]]:
    """Pair the addresses of one line with their titles; a single address takes all the words of its line."""
    matches = list(_URL.finditer(line))
    if len(matches) == 1:
        url = _trim(matches[0][0])
        end = matches[0].start() + len(url)
        parts = (_title(line[: matches[0].start()]), _title(line[end:]))
        return [(" ".join(part for part in parts if part), url)]
    pairs, start = [], 0
    for match in matches:
        url = _trim(match[0])
        pairs.append((_title(line[start : match.start()]), url))
        start = match.start() + len(url)
    return pairs


def _title(words: str) -> str:
    words = without_title_lead(_ORDINAL.sub("", words).strip(_EDGE)).strip(_EDGE)
    for pair in ("《》", "（）", "()"):
        if words.count(pair[0]) != words.count(pair[1]):
            words = words.strip(pair + _EDGE)
    return "" if _FILLER.search(words) or not re.search(r"\w", words) else words


def _trim(url: str) -> str:
    url = url.rstrip(".,;:!?'*~")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?'")
    return url
