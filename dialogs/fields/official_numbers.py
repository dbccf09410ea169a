"""Numbers as official forms write them: 约5200人, 70万次, 300至400人, 3.5万元, 2万至3万元.

What is official already stays as written; of a spoken clause (我们也就两三万块钱吧) only its numbers remain.
The word lists are `lexicon/quantities.yaml`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from dialogs.fields.lexicon_file import load_lexicon
from dialogs.fields.quantities import Quantity
from knowledge.form import Print
from knowledge.model import Model
from knowledge.text.normalise import fold
from knowledge.text.numerals import number

_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_FINE, _COARSE = 4, 2  # decimals of 万: as typed in figures (1.2345万), as made of numerals in words (一万二)
_WINDOW = 16  # characters before a number that can hold its 大概有
_ABOUT, _MORE = "约", "余"
_SCALES = tuple("十百千万亿")
_CLAUSE = re.compile(r"[,;。:、\n()（），；：]|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_MARKS = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", " ": "，"})
_EMPTY = re.compile(r"（[，；。：、\n]*）")
_BLANKS = re.compile(r"\s+")
_EDGES = "，；：。、. \n"
_INNER_BLANK = re.compile(r"(?<=[\u4e00-\u9fff\d.]) +(?=[\u4e00-\u9fff\d])")
_BETWEEN = re.compile(r"[\s;:。、]|(?<!\d)[,.]|[,.](?!\d)")  # marks that may differ
_HAN = re.compile(r"[\u4e00-\u9fff]")

ReadUnit = Callable[[str, int], tuple[str | None, int]]  # words, position → the unit said there, and where it ends


class QuantityWords(Model):
    """All of `lexicon/quantities.yaml`."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    measures: tuple[str, ...]
    people: tuple[str, ...]
    loose: tuple[str, ...]
    counted_people: tuple[str, ...]
    spoken: tuple[str, ...]
    currency: tuple[str, ...]
    round_before: tuple[str, ...]
    particles: tuple[str, ...]


class _Patterns:
    """The word list, compiled."""

    def __init__(self, words: QuantityWords) -> None:
        tables = (words.before, words.after)
        self.official = {said: official for table in tables for official in table for said in table[official]}
        self.bounds = tuple(official for official in words.after if official not in (_ABOUT, _MORE))
        before = [said for table in words.before.values() for said in table]
        self.lead = re.compile(
            rf"(?:(?P<said>{_any(before)})[了为有是达到]{{0,2}}|[~约有是为]|{_any(words.currency)})\s*$", re.IGNORECASE
        )
        self.tail = re.compile(rf"\s*(?P<said>{_any(said for table in words.after.values() for said in table)})")
        self.measure = re.compile(rf"\s*(?:(?P<people>{_any(words.people)})|(?P<measure>{_any(words.measures)}))")
        self.round_lead = re.compile(rf"(?:{_any(words.round_before)})\s*$")
        self.particle = re.compile(rf"(?:{_any(words.particles)}|[~!?])+$")
        self.spoken = re.compile("|".join(words.spoken))
        self.loose = words.loose
        self.counted_people = words.counted_people


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _patterns() -> _Patterns:
    return _Patterns(load_lexicon("quantities", QuantityWords))


@dataclass(frozen=True)
class Said:
    """A quantity in its sentence: `low` to `high`, what was said with it, and the characters it takes there.

    `about` stands before the number (约, 近, 超过), `rest` behind it (余), `bound` behind the unit (以上).
    `unit` is None where none was said. `fine` is how many decimals of 万 the number may be written with, None for
    figures that were typed in full.
    """

    low: Decimal
    high: Decimal | None
    start: int
    end: int
    about: str = ""
    rest: str = ""
    bound: str = ""
    unit: str | None = None
    fine: int | None = None

    @property
    def approximate(self) -> bool:
        """Whether the words say that the number is not exact."""
        return bool(self.about or self.rest or self.bound)

    def shown(self, default_unit: str = "") -> str:
        """Write it in official wording, in `default_unit` where no unit was said."""
        unit = default_unit if self.unit is None else self.unit
        ends = [figure(end, self.fine) for end in (self.low, self.high) if end is not None]
        return f"{self.about}{_with_rest('至'.join(ends), self.rest)}{unit}{self.bound}"

    def printed(self, style: Print, unit: str) -> str:
        """Write it as a cell wants it: in its unit, with its decimals, the bare figures where the unit is printed.

        `unit` is the value's own (元, 人), written where the style names none.
        """
        scale = (number("一" + style.unit[0]) if style.unit[:1] in _SCALES else None) or Decimal(1)
        ends = [_rounded(end / scale, style.decimals) for end in (self.low, self.high) if end is not None]
        if style.bare:
            return "至".join(ends)
        return f"{self.about}{'至'.join(ends)}{self.rest}{style.unit or unit}{self.bound}"


def figure(value: Decimal, fine: int | None) -> str:
    """Write a number in figures: 12600, 70万, 1.2亿; `fine` is how many decimals 万 may have, None: none of them."""
    if fine is not None and value >= _YI and value % _WAN == 0:
        return f"{(value / _YI).normalize():f}亿"
    if fine is not None and value >= _WAN and value % _WAN.scaleb(-fine) == 0:
        return f"{(value / _WAN).normalize():f}万"
    return f"{value.normalize():f}"


def _with_rest(figures: str, rest: str) -> str:
    """Put 余 where it belongs: 1.8万余, but 10余万."""
    parted = re.fullmatch(r"(\d+0)([万亿])", figures) if rest else None
    return f"{parted[1]}{rest}{parted[2]}" if parted else figures + rest


def _rounded(value: Decimal, decimals: int | None) -> str:
    if decimals is None:
        return f"{value.normalize():f}"
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def said_quantity(words: str, one: Quantity, read_unit: ReadUnit) -> Said:
    """Read what is said with a quantity of a folded sentence.

    Args:
        words: the sentence.
        one: the quantity found in it.
        read_unit: reads a unit that stands at a position.
    """
    inside = words[one.start : one.end]
    told, start = _lead(words, one.start, round_number=inside[0] in _SCALES)
    if one.high is None:
        told += [_patterns().official[char] for char in inside if char in "多来把余几"]
    more, after = _tail(words, one.end)
    unit, end = read_unit(words, after)
    behind, end = _tail(words, end)
    told += more + behind
    bounds = _patterns().bounds
    exact = [word for word in told if word not in (_ABOUT, _MORE, *bounds)]
    vague = _ABOUT in told or (one.high is not None and one.approx)
    about = exact[0] if exact else _ABOUT if vague else ""
    bound = next((word for word in told if word in bounds and not about), "")
    rest = _MORE if _MORE in told and not (about or bound or one.high) else ""
    in_figures = bool(re.match(r"[\d.]", inside))
    fine = None if in_figures and not one.scaled else _FINE if in_figures else _COARSE
    return Said(one.low, one.high, start, end, about, rest, bound, unit, fine)


def _lead(words: str, start: int, *, round_number: bool) -> tuple[list[str], int]:
    told: list[str] = []
    floor = max(0, start - _WINDOW)
    if round_number and (match := _patterns().round_lead.search(words[floor:start])):
        told, start = [_ABOUT], floor + match.start()
    while match := _patterns().lead.search(words[floor:start]):
        said = match["said"]
        told += [_patterns().official[said]] if said else [_ABOUT] if match[0].strip() in "~约" else []
        start = floor + match.start()
    return told, start


def _tail(words: str, end: int) -> tuple[list[str], int]:
    match = _patterns().tail.match(words, end)
    return ([_patterns().official[match["said"]]], match.end()) if match else ([], end)


def count_unit(units: tuple[str, ...]) -> ReadUnit:
    """Give the reader of a count's unit; before a noun (300学生) the unit that is missing is put."""
    nouns = re.compile(rf"\s*(?:{_any(units)})") if units else re.compile("(?!)")
    first = re.compile(rf"\s*{re.escape(units[0])}" if units else "(?!)")
    counter = "名" if units and units[0] in _patterns().counted_people else units[0] if units else ""

    def read(words: str, at: int) -> tuple[str | None, int]:
        match = _patterns().measure.match(words, at)
        if not match and (own := first.match(words, at)):
            return units[0], own.end()
        if match and match["people"]:
            return "人", match.end()
        if match and (match["measure"] not in _patterns().loose or not units or match["measure"] in units):
            return match["measure"], match.end()
        if match:
            noun = _HAN.match(words, match.end())
            return (counter if noun else None), match.end()
        return (counter, at) if nouns.match(words, at) else (None, at)

    return read


def in_official_wording(text: str, words: str, quantities: Sequence[tuple[Said, str]]) -> str:
    """Write a sentence with its quantities in official wording.

    A clause in spoken words keeps nothing but its quantities. A text that is official already is given back as it is.

    Args:
        text: the sentence as typed.
        words: the same, folded.
        quantities: those of `words` in order, each with the unit it is in where none was said.
    """
    written, position = "", 0
    clauses = [(match.start(), match.end()) for match in _CLAUSE.finditer(words)]
    for start, end in [*clauses, (len(words), len(words))]:
        if any(said.start < end and start < said.end for said, _ in quantities):
            continue  # the mark belongs to a number
        clause = _clause(words, position, start, quantities)
        written = _joined(written, clause, words[start:end].translate(_MARKS))
        position = end
    written = _EMPTY.sub("", written).strip(_EDGES)
    return text.rstrip("。.;； \n") if _squeezed(written) == _squeezed(fold(text)) else written


def _clause(words: str, start: int, end: int, quantities: Sequence[tuple[Said, str]]) -> str:
    inside = [(said, unit) for said, unit in quantities if start <= said.start < end]
    kept, position = [], start
    for said, unit in inside:
        goes_on = _HAN.match(_patterns().particle.sub("", words[said.end : end].rstrip()))
        between = words[position : said.start]
        between = _BLANKS.sub("、", between) if position > start else between  # 志愿者126 专职2个: two parts
        kept += [between, said.shown("" if goes_on else unit)]
        position = said.end
    kept.append(words[position:end])
    kept[-1] = _patterns().particle.sub("", kept[-1].rstrip())
    if any(_patterns().spoken.search(piece.strip()) for piece in kept[::2]):
        return "、".join(said.shown(unit) for said, unit in inside)
    return _INNER_BLANK.sub("", "".join(kept)).strip()


def _joined(written: str, clause: str, mark: str) -> str:
    if not clause and written[-1:] != "）" and mark not in ("（", "）"):
        return written
    return written + clause + mark


def _squeezed(words: str) -> str:
    return _BETWEEN.sub("", fold(words))
