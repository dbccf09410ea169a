"""Boxes with their options: `□是 □否`, `优秀□ 合格□`, `□已列入（□国家级 □省级） □未列入`, `□其他（请注明：____）`."""

import re
from dataclasses import dataclass

from knowledge.drafting.printed_room import BOXES
from knowledge.text.checkboxes import boxes_as_signs

_LONGEST = 30  # characters of an option's name
_EDGE = " \u3000\n\t、，,；;。：:/"
_TAIL = re.compile(r"(?:\s{2,}|\u3000).*$", re.DOTALL)
_OPEN, _CLOSE = "（([", "）)]"
_BLANK = re.compile(r"[\s_＿]{2,}|[_＿]+")
_NOTED = re.compile(r"\s*(?P<name>[^（(：:]{1,8})[（(][^（）()：:]{2,8}[)）](?=[：:])")
_MONTH = r"(?:[\s_＿]*年)?[\s_＿]*月(?:[\s_＿]*日)?[\s_＿]*"
_DATES = re.compile(rf"(?:{_MONTH}[至到—–~～-]{{1,2}})?{_MONTH}$")


@dataclass(frozen=True, slots=True)
class PrintedOption:
    """One option: its name, the options in its brackets, the blanks of its own (words around each, as printed)."""

    name: str
    inner: tuple["PrintedOption", ...] = ()
    blanks: tuple[tuple[str, str], ...] = ()


def options_in(text: str) -> tuple[PrintedOption, ...]:
    """Read the options of a cell; each has a box before its name or, where the text ends with one, behind it."""
    text = text if re.search(BOXES, text) else boxes_as_signs(text)  # with boxes, （  ） is a blank
    boxes = [at for at, depth in _depths(text) if depth == 0 and re.match(BOXES, text[at])]
    if not boxes:
        return ()
    before = not text[: boxes[0]].strip(_EDGE)
    if before:
        pieces = [text[at + 1 : end] for at, end in zip(boxes, [*boxes[1:], len(text)], strict=True)]
    else:
        pieces = [text[end:at] for end, at in zip([0, *(at + 1 for at in boxes[:-1])], boxes, strict=True)]
    found = [option for piece in pieces if (option := _option(piece)) is not None]
    return tuple({option.name: option for option in found}.values())


def words_beside(text: str) -> str:
    """Give the words behind the last option that are about all of them: 限选1类."""
    boxes = [at for at, _ in _depths(text) if re.match(BOXES, text[at])]
    found = _TAIL.search(text[boxes[-1] :].rstrip()) if boxes else None
    return found[0].strip(_EDGE + "（）()_＿") if found else ""


def _depths(text: str) -> list[tuple[int, int]]:
    depth, found = 0, []
    for index, each in enumerate(text):
        depth -= each in _CLOSE and depth > 0
        found.append((index, depth))
        depth += each in _OPEN
    return found


def _option(piece: str) -> PrintedOption | None:
    """Read one option: a name, perhaps with brackets that hold options or a blank, or with a blank behind a colon."""
    piece = piece.strip("\n")
    opening = next((at for at, each in enumerate(piece) if each in _OPEN), None)
    inside = ""
    if opening is not None:
        end = next((at for at, depth in _depths(piece) if at > opening and depth == 0), len(piece))
        inside = piece[opening + 1 : end]
    if re.search(BOXES, inside):
        return _named(piece[: opening or 0], options_in(inside), _blanks(_without_options(inside)))
    if opening is not None and _BLANK.search(inside):
        return _named(piece[:opening], (), _blanks(inside))
    return _with_blank(piece) or _named(_TAIL.sub("", piece.strip(_EDGE)), (), ())


def _with_blank(piece: str) -> PrintedOption | None:
    """Read an option with a blank behind its name: 其他：____, 其他（请说明）：____, 是，名称____, 租用：__月起."""
    colon = re.search(r"[：:]", piece)
    if colon:
        rest = piece[colon.end() :]
        open_end = not rest.strip(" _＿\u3000\n")
        noted = _NOTED.match(piece) if open_end else None
        words = f"{_name(piece[: colon.start()])}{colon[0]}__"
        blanks = ((words, ""),) if open_end else _blanks(rest.strip("\n")) if _BLANK.search(rest.strip()) else ()
        return _named(noted["name"] if noted else piece[: colon.start()], (), blanks)
    parted = re.match(r"\s*(?P<name>[^，,；;_＿]{1,12})[，,；;](?P<rest>.*)", piece, re.DOTALL)
    if parted and _BLANK.search(parted["rest"].rstrip()):
        return _named(parted["name"], (), _blanks(parted["rest"].rstrip()))
    line = re.search(r"[_＿]{2,}", piece)
    return _named(piece[: line.start()], (), ((f"{_name(piece[: line.start()])}__", ""),)) if line else None


def _without_options(inside: str) -> str:
    return "，".join(part for part in re.split(r"[，,；;]", inside) if not re.search(BOXES, part))


def _blanks(inside: str) -> tuple[tuple[str, str], ...]:
    """Give each blank of a bracket by the words around it, and as it is printed: `租至    年  月` → `租至__`."""
    found = []
    for part in re.split(r"[，,；;。]", inside):
        if _BLANK.search(part):
            words = _DATES.sub("__", part) if "月" in part else part
            words = _BLANK.sub("__", words).strip(" \u3000")
            found.append((words if "__" in words else f"{words}__", part[len(words.partition("__")[0]) :]))
    return tuple(found)


def _named(name: str, inner: tuple[PrintedOption, ...], blanks: tuple[tuple[str, str], ...]) -> PrintedOption | None:
    name = _name(name)
    return PrintedOption(name, inner, blanks) if name and len(name) <= _LONGEST else None


def _name(text: str) -> str:
    return re.sub(r"\s+", "", text).strip(_EDGE + "_＿")
