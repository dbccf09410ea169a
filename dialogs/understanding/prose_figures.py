"""Figures in free prose, each given to the field its clause speaks of: 260名志愿者服务7300名儿童, 参与95人受益1900人.

Theory of operation. A clause holds figures and words that speak of a field of figures: its name or a piece of it, a
verb people say for it (惠及 for 受益), a thing it counts (播放). A word belongs to one figure, before or behind it,
and a figure to one field: of all ways to pair them the one counts that explains most. What no word speaks of is left
alone: a wrong value is worse than a missing one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dialogs.fields.registry import kind_of
from dialogs.understanding.mentions import names_of
from dialogs.understanding.no_value import kind_cue
from dialogs.understanding.prose_words import prose_words
from dialogs.understanding.situation import Situation
from knowledge.form import Field, Form, once_a_form

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
_ABOUT = r"(?:约|近|将近|接近|超过?|逾|突破|大概|大约|差不多|不少于|不下于?|至少)?\s?"
_NUMBER = (
    r"(?:\d[\d,，]{0,15}(?:\.\d{1,6})?(?:\s?[余多来几]?(?:[百千万亿]{1,2}\d{1,4}){0,2}[百千万亿]{0,2}|[wWkK]\+?(?![A-Za-z]))?"
    rf"|[{_NUMERAL}]{{1,14}})[余多来几]?"
)
_MONEY = r"万元|亿元|元|块钱|块|圆"
_DATE = re.compile(
    r"(?:\d{2,4}|[零〇一二三四五六七八九]{2,4})\s?年\s?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?月份?(?:\d{1,2}[日号]|[一二三四五六七八九十]{1,3}[日号])?)?"
    r"|(?<!\d)(?:19|20)\d{2}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{1,2})?(?!\d)"
    r"|(?<!\d)\d{1,2}\s?月(?:\d{1,2}[日号])?"
)
_QUOTED = re.compile(r"[“《「『\"][^”》」』\"]{1,40}[”》」』\"]")
_GOES_ON = re.compile(r"[^\W的了都来自靠]")  # behind a bare figure: what would be its unit
_BETWEEN = re.compile(
    r"(?:[\s:：,，]|人数|人次|次数|总|数量?|量|了|的|有|是|为|达到?|共|一共|总共|共计|累计|合计|大概|大约|约|近|超过?|突破|就|都|也|差不多|已|群众|人群|老人|儿童|学生|居民|家庭|群体|对象|掉|出|去|写|填|到)*"
)
_BEHIND = re.compile(r"[\s的了人次户家名]*?(?:左右|以上|上下)?[\s的]*?")
_NAMED, _TOLD, _CUED, _COUNTED = 4.0, 3.0, 2.5, 2.0  # what words say: full name, piece or verb, verb of its kind, thing
_UNIT, _OWN_UNIT, _ADJOINING = 0.5, 0.4, 0.3
_TOPIC = re.compile(r"[一-鿿]{2,4}(?:方面|这块|这边)(?:有|是|为)?")
_EARLY = 4  # characters before the name that begins a list
_UNSURE = 1.0  # of a thing several fields count, or a unit alone
_SMALLEST = 1000  # the form's order decides between equals only
_MOST = 6  # figures of one piece
_HEADS = ("个", "名", "位")  # people are counted in them
_GENERIC = 1  # characters of a unit anything is counted in: 人, 名, 次


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit at characters `start` to `end` of a piece."""

    start: int
    end: int
    unit: str
    bare: bool  # no unit follows, nor is it of money


@dataclass(frozen=True, slots=True)
class Word:
    """A word of fields of figures: whose, where, and how much it says."""

    keys: tuple[str, ...]
    start: int
    end: int
    weight: float
    counts: bool = False  # it is what is counted (播放量), and stays with the figure


@dataclass(frozen=True, slots=True)
class Paired:
    """A figure given to a field: characters `start` to `end` of the piece are its value; `sure` is what says so."""

    key: str
    start: int
    end: int
    sure: float


def paired(plain: str, at: Situation, taken: frozenset[str]) -> list[Paired]:
    """Give the figures of a folded piece to fields not `taken`; empty where nothing tells whose they are."""
    form = at.pack.form
    figures = figures_in(plain, form)[:_MOST]
    if not figures:
        return []
    fields = [one for one in amounts_of(form) if one.key not in taken]
    words = [word for word in _words(plain, at) if any(key not in taken for key in word.keys)]
    told = _Told(plain, figures, words, fields)
    return told.in_turn() or _best([list(told.ways(number)) for number in range(len(figures))])


def is_amount(one: Field) -> bool:
    """Tell whether a field holds an amount: a number with a unit, or money."""
    kind = kind_of(one)
    other = kind.dated or kind.assents or kind.optioned or kind.people or kind.coded or kind.tabled
    return kind.numbered and not (other or kind.several_messages or one.derive)


def amounts_of(form: Form) -> tuple[Field, ...]:
    """Give the fields of a form that hold amounts."""
    return _amounts_of(form)


@once_a_form
def _amounts_of(form: Form) -> tuple[Field, ...]:
    return tuple(one for one in form.fields if is_amount(one))


def figures_in(plain: str, form: Form) -> list[Figure]:
    """Find the figures with a unit of the form's, of money, or bare ones; dates, quotes and codes are none."""
    apart = [match.span() for pattern in (_DATE, _QUOTED) for match in pattern.finditer(plain)]
    found = []
    for match in _figure_of(_units_of(form)).finditer(plain):
        if any(start < match.end() and match.start() < end for start, end in apart):
            continue
        number, unit, tail = match["number"], match["unit"] or "", plain[match.end() : match.end() + 1]
        numeral = not any(map(str.isdigit, number))
        if not unit and ((numeral and len(number) < len("八万")) or (_GOES_ON.match(tail) and "万" not in number)):
            continue  # 一碗, 千里, 88号: no amount
        if match.start() and plain[match.start() - 1].isalnum() and plain[match.start() - 1].isascii():
            continue
        found.append(Figure(match.start(), match.end(), unit, not unit))
    return found


@cache
def _figure_of(units: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    counted = rf"(?:{words})" if words else "(?!)"
    return re.compile(
        rf"{_ABOUT}(?P<number>{_NUMBER})\s?(?P<unit>{_MONEY}|(?:[个名位]的?)?{counted}|[个名位人次户](?![月小])|)(?:左右|以上|上下)?"
    )


@once_a_form
def _units_of(form: Form) -> tuple[str, ...]:
    return tuple(sorted({unit.lower() for one in form.fields if is_amount(one) for unit in one.units}))


@once_a_form
def _said_for(form: Form) -> dict[str, tuple[str, ...]]:
    """Give verbs and things said for fields of figures: which fields each may mean."""
    said: dict[str, tuple[str, ...]] = {}
    for one in form.fields if form else ():
        for official, spoken in prose_words().relations.items():
            if is_amount(one) and any(official in name for name in names_of(one)):
                for word in spoken:
                    said[word] = (*said.get(word, ()), one.key)
    return said


@once_a_form
def _counted_of(form: Form) -> dict[str, tuple[str, ...]]:
    """Give the things counted, by the fields that count them: 播放 from the units, 专职人员 from the example."""
    counted: dict[str, tuple[str, ...]] = {}
    for one in form.fields:
        if is_amount(one):
            own = {unit.lower() for unit in one.units if len(unit) > _GENERIC}
            named = re.findall(r"[一-鿿]{2,6}", re.sub(rf"[\d{_NUMERAL}多余约]+[名个位人次]?", " ", one.example))
            for word in own | {*named, *(noun[:2] for noun in named if noun.endswith("人员"))}:
                counted[word] = (*counted.get(word, ()), one.key)
    return counted


@once_a_form
def _known_words(form: Form) -> re.Pattern[str]:
    known = sorted({*_said_for(form), *_counted_of(form)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)) or "(?!)")


def _words(plain: str, at: Situation) -> list[Word]:
    """Find the words of a piece that speak of fields of figures; of words on the same characters the longest counts."""
    form = at.pack.form
    amounts = {one.key for one in amounts_of(form)}
    found = []
    for each in at.mentions(plain):
        keys = tuple(key for key in each.keys if key in amounts)
        if each.part is None and not each.by_person:  # a name of another field is nobody's: 受益地区
            if not keys and not each.whole and (own := _name_at(plain, each.start, form)) is not None:
                found.append(own)
                continue
            found.append(Word(keys, each.start, each.end, _NAMED if each.whole else _TOLD))
    for match in _known_words(form).finditer(plain):
        said, counted = _said_for(form).get(match[0], ()), _counted_of(form).get(match[0], ())
        keys = tuple(dict.fromkeys((*counted, *said)))
        found.append(Word(keys, *match.span(), _CUED if said else _COUNTED, counts=bool(counted)))
    for one in amounts_of(form):
        cue = kind_cue(one)
        found += [Word((one.key,), *match.span(), _CUED) for match in cue.finditer(plain)] if cue else []
    return _longest(found)


def _name_at(plain: str, start: int, form: Form) -> Word | None:
    """Give the name of a field of figures that begins where a longer piece of another's name does: 经费 of 经费来."""
    names = ((name, one.key) for one in amounts_of(form) for name in names_of(one))
    fitting = [(name, key) for name, key in names if plain.startswith(name, start)]
    name, key = max(fitting, key=lambda each: len(each[0]), default=("", ""))
    return Word((key,), start, start + len(name), _NAMED) if name else None


def _longest(found: list[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in sorted(found, key=lambda each: (-each.weight, each.start - each.end)):
        over = [other for other in kept if other.start < word.end and word.start < other.end]
        if not over:
            kept.append(word)
    return sorted(kept, key=lambda each: each.start)


def listed(plains: list[str], one: Field, at: Situation) -> tuple[int, int]:
    """Tell how many pieces, from the first on, list parts of one field: 投入人力专职3人 · 志愿者60人; 0 where none do.

    The field is named at the beginning, or one of the parts is its alone; every part says what it counts. Given with it
    is where in the first piece the list begins, behind the name.
    """
    words = [word for word in _words(plains[0], at) if word.start <= _EARLY and not word.counts]
    named = next((word for word in words if one.key in word.keys), None)
    if words and named is None:
        return 0, 0
    begin = named.end if named is not None else _first_part(plains[0], at)
    parts, alone, count = 0, named is not None, 0
    for plain in (plains[0][begin:], *plains[1:]):
        told, own = _parts_of(plain, one, at, named=named is not None)
        if not told:
            break
        parts, alone, count = parts + told, alone or own, count + 1
    return (count, begin) if alone and parts > 1 else (0, 0)


def _first_part(plain: str, at: Situation) -> int:
    """Give where the first figure, or the thing it counts, begins: 人员方面|专职3人."""
    if topic := _TOPIC.match(plain):
        return topic.end()
    counted = [word.start for word in _words(plain, at) if word.counts]
    return min([*counted, *(figure.start for figure in figures_in(plain, at.pack.form))], default=0)


def _parts_of(plain: str, one: Field, at: Situation, *, named: bool) -> tuple[int, bool]:
    """Count the parts a piece tells of a field, each with what it counts; tell whether only this field counts that."""
    figures, words = figures_in(plain, at.pack.form), _words(plain, at)
    counted = [word for word in words if word.counts and one.key in word.keys]
    foreign = any(not word.counts or one.key not in word.keys for word in words)
    units = all(figure.bare or _has_unit(one, figure.unit) for figure in figures)
    rest = plain
    for figure in reversed(figures):
        rest = f"{rest[: figure.start]}\0{rest[figure.end :]}"
    things = [figure for figure in figures if figure.unit and figure.unit[-1:] not in "个名位人次"]
    nouns = len(re.findall(r"[一-鿿]{2,}", rest)) + len(things)
    says = len(counted) >= len(figures) or (named and nouns >= len(figures))
    if not figures or foreign or not units or not says:
        return 0, False
    return len(figures), any(word.keys == (one.key,) for word in counted)


@dataclass(frozen=True, slots=True)
class _Way:
    """One field a figure may be given to, by which word."""

    paired: Paired
    word: int
    score: float


@dataclass(frozen=True, slots=True)
class _Told:
    """What one piece tells: its figures and the words of fields still open."""

    plain: str
    figures: list[Figure]
    words: list[Word]
    fields: list[Field]

    def in_turn(self) -> list[Paired]:
        """Read 参与人数和受益人数分别为260人和7300人: as many names, then as many figures."""
        several = (
            len(self.figures) > 1 and len(self.words) == len(self.figures) and all(word.keys for word in self.words)
        )
        if not several or self.words[-1].end > self.figures[0].start:
            return []
        open_ = {one.key for one in self.fields}
        keys = [next((key for key in word.keys if key in open_), "") for word in self.words]
        if not all(keys) or len(set(keys)) < len(keys):
            return []
        return [Paired(key, one.start, one.end, _NAMED) for key, one in zip(keys, self.figures, strict=True)]

    def ways(self, number: int) -> Iterator[_Way]:
        """Give the fields a figure may be given to: by each word near it, and by a unit only one field has."""
        figure = self.figures[number]
        for index, word in enumerate(self.words):
            near = self._is_near(number, word)
            for order, one in enumerate(self.fields) if near is not None else ():
                fit = _unit_fit(one, figure, self.fields)
                if one.key in word.keys and fit is not None and (near or word.weight >= _TOLD):
                    score = word.weight + fit + (_ADJOINING if near else -1) - order / _SMALLEST
                    several = word.weight == _COUNTED and sum(other.key in word.keys for other in self.fields) > 1
                    sure = _UNSURE if several else word.weight
                    yield _Way(Paired(one.key, *self._extent(number, word), sure), index, score)
        own = [one for one in self.fields if figure.unit and _has_unit(one, figure.unit)]
        if len(own) == 1 and len(figure.unit) > _GENERIC:  # 4280小时
            yield _Way(Paired(own[0].key, figure.start, figure.end, _COUNTED), -1, _UNSURE)

    def _is_near(self, number: int, word: Word) -> bool | None:
        """Tell whether nothing of weight stands between figure and word; None where the word is another figure's."""
        figure, plain = self.figures[number], self.plain
        before = self.figures[number - 1].end if number else 0
        behind = self.figures[number + 1].start if number + 1 < len(self.figures) else len(plain)
        if before <= word.start and word.end <= figure.start:
            inner = (each for each in self.words if word.end <= each.start and each.end <= figure.start)
            apart = any(each.weight > _COUNTED for each in inner) and word.weight < _NAMED
            return None if apart else _BETWEEN.fullmatch(plain[word.end : figure.start]) is not None
        if figure.start < word.start and word.end <= behind:
            return _BEHIND.fullmatch(self._without_thing(plain[figure.end : word.start], figure.end)) is not None
        return True if figure.start <= word.start and word.end <= figure.end else None  # the unit itself: 8名志愿者

    def _without_thing(self, between: str, start: int) -> str:
        """Leave off the thing counted right behind a figure: 12000户家庭受益."""
        size = next((word.end - word.start for word in self.words if word.start == start and word.counts), 0)
        return between[size:]

    def _extent(self, number: int, word: Word) -> tuple[int, int]:
        """Keep with the figure what it counts and where (抖音播放量310万次), not what only says whose it is."""
        figure = self.figures[number]
        if not word.counts:
            return figure.start, figure.end
        if word.end > figure.start:
            return figure.start, max(word.end, figure.end)
        before = self.figures[number - 1].end if number else 0
        return max([before, *(other.end for other in self.words if other.end <= word.start)]), figure.end


def _unit_fit(one: Field, figure: Figure, fields: list[Field]) -> float | None:
    """Tell how well a figure's unit suits a field; None where it does not."""
    money = kind_of(one).shaped
    if figure.bare:
        return 0.0
    if re.fullmatch(_MONEY, figure.unit):
        return _UNIT if money else None
    if not money and figure.unit.startswith(_HEADS) and "人" in one.units and not _has_unit(one, figure.unit):
        return 0.0  # 320名群众参与: people of any kind take part
    if money or not (_has_unit(one, figure.unit) or not one.units):
        return None
    alone = sum(_has_unit(other, figure.unit) for other in fields) == 1
    return _OWN_UNIT if alone else _UNIT / 2


def _has_unit(one: Field, unit: str) -> bool:
    said = unit.lstrip("个名位").lstrip("的") or unit
    heads = unit in _HEADS and "人" in one.units
    return heads or any(said == each.lower() or unit == each.lower() for each in one.units)


def _best(ways: list[list[_Way]]) -> list[Paired]:
    """Give the pairing with the highest score in which each figure, word and field is used once."""
    best: tuple[float, tuple[Paired, ...]] = (0.0, ())

    def go(number: int, score: float, made: tuple[Paired, ...], words: frozenset[int], keys: frozenset[str]) -> None:
        nonlocal best
        if number == len(ways):
            best = max(best, (score, made), key=lambda each: each[0])
            return
        go(number + 1, score, made, words, keys)
        for way in ways[number]:
            if (way.word < 0 or way.word not in words) and way.paired.key not in keys:
                go(number + 1, score + way.score, (*made, way.paired), words | {way.word}, keys | {way.paired.key})

    go(0, 0.0, (), frozenset(), frozenset())
    sure = any(one.sure > _COUNTED for one in best[1])
    return [one for one in best[1] if sure or one.sure >= _COUNTED]
