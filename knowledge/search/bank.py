"""What is searched: the pack's entries with the wordings of their topics, and every other topic of the shared library.

A topic the pack neither answers nor leaves open is searched as well: were it absent, its questions would be taken for
the nearest topic that is there. It is answered honestly: nobody has decided yet what to say.
"""

from collections.abc import Mapping

from knowledge.faq import Faq, FaqEntry
from knowledge.search.index import key_of, wordings
from knowledge.topics.library import Library, Topic

LIBRARY_ID = "topic.{id}"  # of an entry made of a topic; staff's own ids have no dot


class SharedEntry(FaqEntry):
    """A topic of the library without an entry in the pack; it is known when asked, and never offered."""


class UndecidedEntry(SharedEntry):
    """A topic about the call that the pack neither answers nor leaves open: whoever owns the pack has yet to decide."""


def bank(faq: Faq, library: Library, words: Mapping[str, str]) -> tuple[FaqEntry, ...]:
    """Give all entries to search: the pack's own first, in its order, then the topics it has no entry for.

    A wording that the pack has written down itself is not taken from the library as well: staff know their call, and
    may give it to another entry.

    Args:
        faq: the pack's FAQ. A topic it names that does not exist is passed over (`shenbao check` reports it).
        library: the shared topics.
        words: the pack's words for the library's slots, e.g. `form_name`.
    """
    written = {key_of(wording) for entry in faq.entries for wording in wordings(entry)}
    shared = {
        name: tuple(text for text in _phrases(topic, library, words) if key_of(text) not in written)
        for name, topic in library.topics.items()
    }
    owners = topic_owners(faq, library)
    added: dict[str, tuple[str, ...]] = {}
    for name, owner in owners.items():
        added[owner] = (*added.get(owner, ()), *shared[name])
    own = (
        entry.model_copy(update={"variants": (*entry.variants, *added[entry.id])}) if entry.id in added else entry
        for entry in faq.entries
    )
    rest = (topic for name, topic in library.topics.items() if name not in owners)
    return (*own, *(_entry(topic, faq).model_copy(update={"variants": shared[topic.id]}) for topic in rest))


def topic_owners(faq: Faq, library: Library) -> dict[str, str]:
    """Give the entry that speaks to each topic: topic → entry id; topics without one are left out.

    That is the entry that names the topic. An entry that names none speaks to the topic whose question it has written
    down, or one of whose wordings is its question: staff need not know the library to be served by it.
    """
    owners = {name: entry.id for entry in reversed(faq.entries) for name in entry.topic if name in library.topics}
    free = {name: topic for name, topic in library.topics.items() if name not in owners and name not in faq.open_topics}
    by_question = {key_of(topic.question): name for name, topic in free.items()}
    by_wording = {key_of(text): name for name, topic in free.items() for text in _phrases(topic, library, {})}
    for entry in faq.entries:
        if not entry.topic:
            meant = [by_question.get(key_of(wording)) for wording in wordings(entry)]
            for name in (by_wording.get(key_of(entry.question)), *meant):
                if name is not None:
                    owners.setdefault(name, entry.id)
    return owners


def _phrases(topic: Topic, library: Library, words: Mapping[str, str]) -> tuple[str, ...]:
    return (topic.question, *library.phrases(topic.id, words))


def _entry(topic: Topic, faq: Faq) -> SharedEntry:
    """Make the entry of a topic without one in the pack."""
    name, asked = LIBRARY_ID.format(id=topic.id), topic.question.rstrip("？")
    if topic.answer:
        return SharedEntry(id=name, question=topic.question, answer=topic.answer, covered=False)
    if topic.id in faq.open_topics:
        about = faq.open_answer.replace("{about}", f"“{asked}”")
        return SharedEntry(id=name, question=topic.question, answer=about, covered=False)
    said = (faq.wording.undecided or faq.wording.unknown).replace("{question}", asked)
    return UndecidedEntry(id=name, question=topic.question, answer=said, covered=False)
