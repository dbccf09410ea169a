"""The topics people ask about under any call, read from the `*.yaml` files beside this module.

A file holds one group:

    title: 时间                                 # what the group is called
    slots: {form_name: 申报表, n: "3"}          # words a wording may leave open, each with a stand-in
    topics:
    - id: deadline
      question: 申报截止到什么时候？             # the topic in general words, as shown to an applicant
      about: the last day …; not … (extension)  # what it covers, and the neighbours it is not; for writers
      kind: call                                # call: about the call; off_topic; bot: about this assistant
      near: [extension, late]                   # topics easily taken for it
      answer: …                                 # what is said unless the pack says otherwise: bot and off_topic
      wordings:                                 # by style, a wording a line
        plain: |
          …

A file may hold one `answer` for all its topics. A slot is written in braces in a wording; `Topic.phrases` puts the
stand-in, or a pack's own word, in its place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from knowledge.faq import Lines
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose, load_yaml
from knowledge.model import Model
from knowledge.problems import PackError, Problem, told

FOLDER = Path(__file__).parent

Style = Literal["plain", "colloquial", "terse", "typo", "ramble", "presupposed", "case", "polite", "dialect"]
"""How a wording is put.

`plain` written and neutral; `colloquial` spoken; `terse` a few characters; `typo` with slips of an input method;
`ramble` dictated, the background first; `presupposed` takes something for granted, rightly or not; `case` yes or no
about a concrete case; `polite` framed in courtesies; `dialect` with a touch of a region.
"""
STYLES: tuple[Style, ...] = get_args(Style)

_SLOT = re.compile(r"\{([a-z_]+)\}")


class Topic(Model):
    """One thing people ask about any call.

    `answer` is what is said when the pack says nothing of its own: to questions about this assistant, to those that are
    off topic, and where whom to ask would be no help (the phone, when nobody answers it). What a call says about itself
    only its pack knows.
    """

    id: str
    question: str
    about: str
    kind: Literal["call", "off_topic", "bot"]
    near: tuple[str, ...] = ()
    answer: str = ""
    wordings: dict[Style, Lines]

    def phrases(self, words: Mapping[str, str]) -> tuple[str, ...]:
        """Give all wordings, every slot filled from `words`."""
        return tuple(
            _SLOT.sub(lambda slot: words[slot[1]], wording) for group in self.wordings.values() for wording in group
        )


class TopicGroup(Model):
    """One file of topics; `slots` gives each slot its stand-in, `answer` is that of topics without their own."""

    title: str
    slots: dict[str, str]
    answer: str = ""
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All topics by id, the groups they stand in (title → ids), and the stand-ins of their slots."""

    topics: Mapping[str, Topic]
    groups: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, str]

    def phrases(self, topic: str, words: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Give the wordings of a topic; `words` replaces stand-ins by the words of one call.

        Raises:
            KeyError: there is no such topic.
        """
        return self.topics[topic].phrases({**self.slots, **(words or {})})


@cache
def library() -> Library:
    """Load the shipped library, once.

    Raises:
        PackError: a file is faulty; every fault with file and line.
    """
    return load_library(sorted(FOLDER.glob("*.yaml")))


def load_library(files: Sequence[Path]) -> Library:
    """Load and check groups of topics.

    Raises:
        PackError: bad YAML, an unknown or missing part, an id used twice, a near topic that does not exist,
            a slot that is not declared or is declared in two ways; every fault with file and line.
    """
    groups = {path: load_yaml(path, TopicGroup) for path in files}
    faults = [*_doubled(groups), *_unknown_near(groups), *_slot_faults(groups)]
    if faults:
        trees = {path: compose(path) for path in {path for path, *_ in faults}}
        raise PackError(
            [Problem(path.name, line_of(trees[path], place), reason, mend) for path, place, reason, mend in faults]
        )
    topics = {topic.id: _answered(topic, group) for group in groups.values() for topic in group.topics}
    return Library(
        topics,
        groups={group.title: tuple(topic.id for topic in group.topics) for group in groups.values()},
        slots={slot: word for group in groups.values() for slot, word in group.slots.items()},
    )


def _answered(topic: Topic, group: TopicGroup) -> Topic:
    return topic.model_copy(update={"answer": topic.answer or group.answer})


_Place = tuple[int | str, ...]
_Fault = tuple[Path, _Place, str, str]
_Groups = Mapping[Path, TopicGroup]


def _placed(groups: _Groups) -> Iterator[tuple[Path, int, Topic]]:
    for path, group in groups.items():
        for number, topic in enumerate(group.topics):
            yield path, number, topic


def _doubled(groups: _Groups) -> Iterator[_Fault]:
    seen: set[str] = set()
    for path, number, topic in _placed(groups):
        if topic.id in seen:
            yield path, ("topics", number, "id"), *told("topic.id_twice", id=topic.id)
        seen.add(topic.id)


def _unknown_near(groups: _Groups) -> Iterator[_Fault]:
    known = {topic.id for _, _, topic in _placed(groups)}
    for path, number, topic in _placed(groups):
        for place, near in enumerate(topic.near):
            if near not in known or near == topic.id:
                yield path, ("topics", number, "near", place), *told("topic.no_near", id=near)


def _slot_faults(groups: _Groups) -> Iterator[_Fault]:
    words: dict[str, str] = {}
    for path, group in groups.items():
        for slot, word in group.slots.items():
            if words.setdefault(slot, word) != word:
                yield path, ("slots", slot), *told("topic.slot_differs", slot=slot, word=words[slot])
    for path, number, topic in _placed(groups):
        for style, wordings in topic.wordings.items():
            for slot in dict.fromkeys(slot for wording in wordings for slot in _SLOT.findall(wording)):
                if slot not in groups[path].slots:
                    place: _Place = ("topics", number, "wordings", style)
                    yield path, place, *told("topic.slot_unknown", slot=slot)
