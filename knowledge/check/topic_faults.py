"""Does the pack speak to what people ask about any call? Topics misnamed or claimed twice, and the coverage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.faq import Faq, FaqEntry
from knowledge.loading.faq_files import read_faq
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.pack import NoticePack
from knowledge.problems import Problem
from knowledge.search.bank import topic_owners
from knowledge.search.index import WordingIndex
from knowledge.topics.library import Topic, library

_ALIKE = 0.5  # cosine with a wording of a topic from which an entry may be meant for it; only told, never taken

_Place = tuple[int | str, ...]
_Fault = tuple[_Place, "FaultText", dict[str, str]]


class FaultText(Model):
    """What is said of a fault: what is wrong, and how to mend it."""

    reason: str
    mend: str


class CoverageText(Model):
    """What is said of the coverage.

    `summary` gives the counts; `undecided`, a line `group` for each group with its topics as `topic`, and `how` what is
    undecided and what to do about it; `alike` that an entry may speak to an undecided topic.
    """

    summary: str
    undecided: str
    group: str
    topic: str
    how: str
    alike: str


class TopicTexts(Model):
    """All of `messages.yaml`."""

    topic_unknown: FaultText
    topic_twice: FaultText
    topic_both: FaultText
    coverage: CoverageText


@cache
def _texts() -> TopicTexts:
    return load_yaml(Path(__file__).parent / "messages.yaml", TopicTexts)


def topic_problems(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List topics that do not exist and topics two entries claim."""
    faults = list(_faults(pack.faq))
    sources = read_faq(folder)[1] if faults else None
    for place, text, names in faults:
        if sources is not None:
            yield Problem(*sources.where(place), text.reason.format(**names), text.mend)


def _faults(faq: Faq) -> Iterator[_Fault]:
    texts, known, owners = _texts(), library().topics, dict[str, str]()
    for number, entry in enumerate(faq.entries):
        for topic in entry.topic:
            place: _Place = ("entries", number, "topic")
            names = {"topic": topic, "owner": owners.setdefault(topic, entry.id)}
            if topic not in known:
                yield place, texts.topic_unknown, names
            elif names["owner"] != entry.id:
                yield place, texts.topic_twice, names
    for number, topic in enumerate(faq.open_topics):
        if topic not in known:
            yield ("open_topics", number), texts.topic_unknown, {"topic": topic}
        elif topic in owners:
            yield ("open_topics", number), texts.topic_both, {"topic": topic, "owner": owners[topic]}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The shared topics about a call: those the pack answers, those it says are open, those nobody has decided."""

    answered: tuple[Topic, ...]
    open: tuple[Topic, ...]
    undecided: tuple[Topic, ...]


def coverage(faq: Faq) -> Coverage:
    """Sort the topics about a call by what the pack does with them."""
    topics = [topic for topic in library().topics.values() if topic.kind == "call"]
    owners, covered = topic_owners(faq, library()), {entry.id for entry in faq.entries if entry.covered}
    answered = {name for name, owner in owners.items() if owner in covered}
    left = {*owners, *faq.open_topics} - answered
    return Coverage(
        answered=tuple(topic for topic in topics if topic.id in answered),
        open=tuple(topic for topic in topics if topic.id in left),
        undecided=tuple(topic for topic in topics if topic.id not in left | answered),
    )


def alike(faq: Faq) -> dict[str, Topic]:
    """Give the undecided topic that each entry without one is most like: entry id → topic; few entries have one."""
    undecided = coverage(faq).undecided
    if not undecided:
        return {}
    entries = [FaqEntry(id=t.id, question=t.question, variants=library().phrases(t.id), answer="") for t in undecided]
    index, found = WordingIndex(entries), dict[str, Topic]()
    for entry in faq.entries:
        nearest = index.compare(entry.question).nearest
        if not entry.topic and nearest.max() >= _ALIKE:
            found[entry.id] = undecided[int(nearest.argmax())]
    return found


def coverage_lines(faq: Faq) -> list[str]:
    """Tell the coverage in Chinese; what is undecided by name, for somebody to decide."""
    found, texts = coverage(faq), _texts().coverage
    counts = {"answered": len(found.answered), "open": len(found.open), "undecided": len(found.undecided)}
    lines = [texts.summary.format(**counts)]
    if found.undecided:
        lines += [texts.undecided, *_by_group(found.undecided), texts.how]
    lines += [
        texts.alike.format(entry=entry, id=topic.id, question=topic.question) for entry, topic in alike(faq).items()
    ]
    return lines


def _by_group(topics: Sequence[Topic]) -> Iterator[str]:
    """Name the topics, a line a group of the library."""
    texts, wanted = _texts().coverage, {topic.id: topic for topic in topics}
    for title, ids in library().groups.items():
        here = [texts.topic.format(id=name, question=wanted[name].question) for name in ids if name in wanted]
        if here:
            yield texts.group.format(title=title, topics="、".join(here))
