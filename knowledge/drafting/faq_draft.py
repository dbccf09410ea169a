"""Questions and answers drafted from the shared topics: each topic a clause evidently answers, in the clause's words.

`lexicon/topic_evidence.yaml` says by which words a sentence answers a topic. A clause no topic is answered from gets an
entry of its own, so that everything the notice says can be asked for.
"""

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from knowledge.drafting.draft_texts import fill, texts
from knowledge.drafting.notice_facts import FoundFact
from knowledge.drafting.notice_text import DraftClause, notice_words
from knowledge.drafting.statements import Statement, statements_of
from knowledge.drafting.word_lists import load
from knowledge.model import Model
from knowledge.notice import squeeze
from knowledge.search.index import key_of
from knowledge.topics.library import Library, Topic

_LONGEST_ANSWER = 400
_SHORTEST_TITLE = 3


class Evidence(Model):
    """By which words a sentence answers a topic: one of `any` and one of `also` (where given), none of `but`.

    `part`: only under this kind of heading or in this part of the notice. `several`: how many sentences may be quoted.
    """

    any: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    several: int = 1

    def holds(self, sentence: str) -> bool:
        """Tell whether a squeezed sentence answers the topic."""
        if self.any and not any(re.search(word, sentence) for word in self.any):
            return False
        if self.also and not any(re.search(word, sentence) for word in self.also):
            return False
        return not any(re.search(word, sentence) for word in self.but)


class EvidenceByTopic(Model):
    """All of `topic_evidence.yaml`."""

    topics: dict[str, Evidence]


@cache
def evidence() -> dict[str, Evidence]:
    """Give the evidence by topic."""
    return load(EvidenceByTopic, "topic_evidence.yaml").topics


@dataclass(slots=True)
class DraftEntry:
    """An entry of `faq/answers.yaml`: its topics, its question, and the sentences it quotes (clause, sentence)."""

    id: str
    question: str
    quotes: list[tuple[str, str]]
    topics: list[str] = field(default_factory=list)
    note: str = ""
    variants: tuple[str, ...] = ()

    def entry(self) -> dict[str, Any]:
        """Give it as `answers.yaml` holds it."""
        answer = "".join(
            fill(texts().faq["answer"], quote=quote.rstrip("：:"), clause=clause) for clause, quote in self.quotes
        )
        return {
            "id": self.id,
            "question": self.question,
            **({"topic": self.topics} if self.topics else {}),
            **({"variants": list(self.variants)} if self.variants else {}),
            "answer": _safe(answer) + self.note,
            "cites": [{"clause": clause, "quote": quote} for clause, quote in self.quotes],
        }


def entries_of(clauses: Sequence[DraftClause], library: Library, facts: Mapping[str, FoundFact]) -> list[DraftEntry]:
    """Draft all entries: topics, then every statement no topic quotes, then the clauses that are left."""
    said = statements_of(clauses)
    found = _of_topics(clauses, said, library, facts)
    for entry in found:
        if "deadline" in entry.topics and "deadline" in facts:
            entry.note = fill(texts().faq["deadline_note"])
    quoted = {quote for entry in found for quote in entry.quotes}
    around = {*notice_words().heads.values(), *notice_words().tail}
    rest = [each for each in said if each.quotes[0][0] not in around and not quoted.issuperset(each.quotes)]
    found += [_of_statement(each, number) for number, each in enumerate(rest, 1)]
    cited = {clause for entry in found for clause, _ in entry.quotes}
    left = [each for each in enumerate(clauses, 1) if each[1].text and each[1].anchor not in cited]
    return _told_apart([*found, *(entry_of_clause(clause, number) for number, clause in left)])


def _of_statement(statement: Statement, number: int) -> DraftEntry:
    question, *others = map(_safe, [statement.questions[0], *statement.wordings])
    return DraftEntry(f"said_{number}", question, list(statement.quotes), variants=tuple(others))


def _told_apart(entries: list[DraftEntry]) -> list[DraftEntry]:
    """Let no two entries be asked for by the same words: the first keeps them, a question is asked by its clause."""
    taken = set[str]()
    for entry in entries:
        if key_of(entry.question) in taken:
            entry.question = _safe(fill(texts().faq["clause"], clause=entry.quotes[0][0]))
        if key_of(entry.question) in taken:
            entry.question = _safe(fill(texts().faq["titled"], title=entry.quotes[0][1][:30]))
        taken.add(key_of(entry.question))
    for entry in entries:
        entry.variants = tuple(text for text in entry.variants if key_of(text) not in taken)
        taken |= set(map(key_of, entry.variants))
    return entries


def _of_topics(
    clauses: Sequence[DraftClause], said: Sequence[Statement], library: Library, facts: Mapping[str, FoundFact]
) -> list[DraftEntry]:
    """Answer topics, each by the statements likest to its wordings; those with the same sentences share an entry."""
    whole = {quote: each for each in reversed(said) for quote in each.quotes}
    found: dict[tuple[tuple[str, str], ...], DraftEntry] = {}
    for name, wanted in evidence().items():
        if name not in library.topics:
            continue
        hits = _of_fact(facts.get(_FACTS.get(name, "")), whole) or _sentences(clauses, wanted)
        statements = list(dict.fromkeys(whole[hit] for hit in hits if hit in whole))
        statements = _likest(library.topics[name], library.slots, statements, wanted.several)
        quotes = tuple(dict.fromkeys(quote for statement in statements for quote in statement.quotes))
        if not quotes:
            continue
        entry = found.setdefault(quotes, DraftEntry(name, library.topics[name].question, list(quotes)))
        entry.topics.append(name)
    return list(found.values())


_FACTS = {"deadline": "deadline", "still_open": "deadline"}
"""The topics a fact answers, whatever words stand around it."""


def _of_fact(fact: FoundFact | None, whole: Container[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the place a fact was read from; nothing when there is no such fact."""
    place = (fact.clause, fact.quote) if fact else ("", "")
    return [place] if place in whole else []


_LENGTH = 30  # characters added to a statement's length, so that a short one does not win by being short


def _likest(topic: Topic, slots: Mapping[str, str], statements: list[Statement], most: int) -> list[Statement]:
    """Give the statements that share most with the topic's wordings, in the order of the notice."""
    if len(statements) <= most:
        return statements
    shares = Counter(pair for text in (topic.question, *topic.phrases(slots)) for pair in set(pairwise(text)))

    def likeness(statement: Statement) -> float:
        pairs = set(pairwise(statement.text))
        return sum(shares[pair] for pair in pairs) / (_LENGTH + len(pairs))

    best = sorted(statements, key=likeness, reverse=True)[:most]
    return [statement for statement in statements if statement in best]


def _sentences(clauses: Sequence[DraftClause], wanted: Evidence) -> list[tuple[str, str]]:
    heading, found = "", []
    parts = {*notice_words().heads.values(), *notice_words().tail}
    enclosure = notice_words().heads["enclosure"]
    for clause in clauses:
        if not clause.deep:
            heading = clause.title or next(iter(clause.sentences), "")[:12]
        here = clause.anchor if clause.anchor in parts else heading
        if clause.anchor == enclosure or (wanted.part and not any(word in here for word in wanted.part)):
            continue
        if clause.anchor in parts and not wanted.part:
            continue
        found += [(clause.anchor, sentence) for sentence in clause.sentences if wanted.holds(squeeze(sentence))]
    return found


def entry_of_clause(clause: DraftClause, number: int) -> DraftEntry:
    """Draft an entry that quotes a clause; `number` makes its id."""
    first = next(iter(clause.sentences), clause.text)
    title = clause.title or re.split(r"[，。：；]", first)[0]
    title = re.sub(r"^[\W\d一二三四五六七八九十]+[、.．）)]\s*", "", title).strip('“”"：: ')
    named = _SHORTEST_TITLE <= len(title) <= 20  # noqa: PLR2004 - a title, not a sentence
    text = texts().faq["titled" if named else "clause"]
    quotes, length = list[tuple[str, str]](), 0
    for sentence in clause.sentences:
        if length + len(sentence) > _LONGEST_ANSWER and quotes:
            break
        quotes.append((clause.anchor, sentence))
        length += len(sentence)
    return DraftEntry(f"clause_{number}", _safe(fill(text, title=title, clause=clause.anchor)), quotes)


def _safe(text: str) -> str:
    return text.replace("{", "｛").replace("}", "｝") if re.search(r"[{}]", text) else text


def contact_words(facts: Mapping[str, Any]) -> str:
    """Say whom to ask, by the names of the facts there are."""
    if "contact_phone" not in facts:
        return texts().faq["nobody"]
    parts = {
        name: f"{{contact_{name}}}" if f"contact_{name}" in facts else "" for name in ("department", "name", "phone")
    }
    return fill(texts().faq["contact"], **parts)


def answers_file(entries: Sequence[DraftEntry], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give `answers.yaml`."""
    said, contact = texts().faq, contact_words(facts)
    closed = "closed" if "deadline" in facts else "closed_without"
    names = {
        "days_left": "days_left",
        "last_day": "last_day",
        "closed": closed,
        "unsure": "unsure",
        "unknown": "unknown",
        "undecided": "undecided",
    }
    wording = {name: said[key].replace("{contact}", contact) for name, key in names.items()}
    return {"wording": wording, "entries": [entry.entry() for entry in entries]}


def open_file(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give `open.yaml`, without topics: what the notice leaves open is for a person to say."""
    return {"answer": texts().faq["open"].replace("{contact}", contact_words(facts)), "topics": []}
