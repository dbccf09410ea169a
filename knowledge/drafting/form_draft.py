"""`form.yaml` drafted: all fields with keys, the file's name, what tells applications apart, what is left to do."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.drafting.attachment_draft import attachments_of
from knowledge.drafting.demands import FieldDemand, demands_on
from knowledge.drafting.draft_texts import fill, shortened_quote, texts, todo_text
from knowledge.drafting.field_draft import FieldDraft, Surroundings, drafted, served_by
from knowledge.drafting.field_key import key_of
from knowledge.drafting.field_kind import kind_of_field, lexicon
from knowledge.drafting.form_reading import ReadForm
from knowledge.drafting.found_field import FoundField
from knowledge.drafting.notice_text import DraftClause, notice_words
from knowledge.drafting.paper_words import paper_words
from knowledge.drafting.printed_room import Room
from knowledge.drafting.relations import DEADLINE, Relation, relations_of
from knowledge.drafting.table_relations import table_relations
from knowledge.drafting.word_lists import word_lists
from knowledge.notice import squeeze

_FEWEST = 6  # fields from which a form is recognised, where it has so many
_MOST_STEPS, _LONGEST_STEP = 12, 120
_BLANK = Room("blank")


@dataclass(slots=True)
class FormDraft:
    """The form drafted: its fields, and the rest of `form.yaml`; what a person must look at beside the fields."""

    title: str
    fields: list[FieldDraft]
    rest: dict[str, Any] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    todo: list[tuple[tuple[int | str, ...], str]] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """Give `form.yaml`; file name and identity name only fields that are there."""
        keys = {each.key for each in self.fields}
        head: dict[str, Any] = {"title": self.title}
        if len(self.fields) < _FEWEST:
            head["recognised_by"] = max(1, len(self.fields) // 2)
        identity = {name: key for name, key in self.rest.get("identity", {}).items() if key in keys}
        head["filename"] = self._filename(keys)
        head |= {"identity": identity} if identity else {}
        head["fields"] = [each.entry for each in self.fields]
        rules = [
            each.entry()
            for each in self.relations
            if set(re.findall(r"\{([a-z0-9_]+)", each.check + each.when)) <= {*keys, DEADLINE}
        ]
        head |= {"form_rules": rules} if rules else {}
        return {
            **head,
            **{name: part for name, part in self.rest.items() if name not in ("identity", "filename") and part},
        }

    def _filename(self, keys: Container[str]) -> str:
        pattern = str(self.rest.get("filename", ""))
        parts = [part for part in re.findall(r"\{([a-z0-9_]+)\}", pattern) if part in keys]
        whole = len(parts) == pattern.count("{") and parts
        return pattern if whole else "+".join(f"{{{part}}}" for part in parts) or f"{{{self.fields[0].key}}}"


def form_draft(
    read: ReadForm, clauses: Sequence[DraftClause], facts: Mapping[str, Any], kinds: Container[str]
) -> FormDraft:
    """Draft the form; `kinds` are those that exist."""
    numbered = [
        clause for clause in clauses if clause.anchor not in {*notice_words().heads.values(), *notice_words().tail}
    ]
    wanted, demanded = dict[int, list[FieldDemand]](), demands_on(read.fields, numbered)
    for found, demand in demanded:
        wanted.setdefault(id(found), []).append(demand)
    around = Surroundings(kinds, numbered, facts, ())
    form = FormDraft(read.title, [])
    taken = set[str]()
    for found in _ordered(read.fields):
        kind = kind_of_field(found)
        if _is_skipped(found, kind, form, kinds):
            continue
        key = key_of("声明" if kind == "consent" else found.name, taken)
        taken.add(key)
        form.fields.append(drafted(found, key, wanted.get(id(found), []), around, form.fields))
    drafts = {id(each.found): each for each in form.fields}
    pairs = [(drafts[id(found)], demand) for found, demand in demanded if id(found) in drafts]
    form.relations = relations_of(form.fields, pairs, numbered, facts) + table_relations(form.fields, pairs, numbered)
    _rule_filling_date(form, facts, clauses)
    subject = "".join(clause.text for clause in clauses if clause.anchor == notice_words().heads["subject"])
    _name_file(form, facts, taken, kinds, subject + read.title)
    _tell_apart(form)
    _write_steps(form, read, numbered)
    return form


def _ordered(fields: Sequence[FoundField]) -> list[FoundField]:
    """Put agreements last, where they are asked."""
    return sorted(fields, key=lambda each: bool(each.left_blank and each.statement))


def _is_skipped(found: FoundField, kind: str, form: FormDraft, kinds: Container[str]) -> bool:
    """Tell whether a field is left out: the office's, a second agreement, a kind nobody serves."""
    said = ""
    if found.sums is not None and found.sum_of:
        tables = [each for each in form.fields if each.found is found.sums]
        summed = [each["kind"] for table in tables for each in table.entry["columns"] if each["label"] == found.sum_of]
        return not any(each in ("money", "count", "decimal") for each in summed)
    if (kind == "office" and kind not in kinds) or (
        kind == "consent" and any(each.entry["kind"] == "consent" for each in form.fields)
    ):
        said = todo_text("office", label=found.name)
    elif not served_by(kind, kinds):
        said = todo_text("kind_skipped", label=found.name, wanted=kind)
    if said:
        form.todo.append((("fields",), said))
    return bool(said)


def _rule_filling_date(form: FormDraft, facts: Mapping[str, Any], clauses: Sequence[DraftClause]) -> None:
    """Warn of a filling date after the deadline or before the notice was issued."""
    closing = next(
        (
            clause
            for clause in clauses
            if "deadline" in facts and any(facts["deadline"].quote == each for each in clause.sentences)
        ),
        None,
    )
    for each in form.fields:
        if each.entry["kind"] != "date" or not each.found.label.startswith(paper_words().filled_on):
            continue
        rules = each.entry.setdefault("rules", [])
        if closing is not None:
            message = fill(texts().filled_late, label=each.found.name)
            quote = facts["deadline"].quote
            rules.append(
                {
                    "rule": "not_after",
                    "strength": "warn",
                    "limit": "deadline",
                    "clause": closing.anchor,
                    "quote": quote,
                    "message": message,
                }
            )
        if "issued_on" in facts:
            message = fill(texts().filled_early, label=each.found.name)
            rules.append({"rule": "not_before", "strength": "warn", "limit": "issued_on", "message": message})
        if "deadline" in facts or "issued_on" in facts:
            day = facts["deadline" if "deadline" in facts else "issued_on"].value
            year, month, number = map(int, str(day)[:10].split("-"))
            each.entry["example"] = f"{year}年{month}月{number}日"


def _name_file(form: FormDraft, facts: Mapping[str, Any], taken: set[str], kinds: Container[str], subject: str) -> None:
    """Make a file's name of fields: those the notice names, asked for off the form where no cell has them.

    A word of the notice's own subject stands as it is.
    """
    named = facts.get("material_name")
    parts = re.split(r"([+＋—_-]+)", named.value) if named else []
    pattern = ""
    for number, part in enumerate(parts):
        if number % 2:
            pattern += part.replace("＋", "+")
            continue
        found = _named(form, part.strip("“”（）() "))
        if found is None and part.strip("“”（）() ") in subject:
            pattern += part.strip("“”（）() ")
            continue
        if found is None:
            found = _asked_beside(form, part.strip("“”（）() "), taken, kinds)
        pattern += f"{{{found.key}}}"
    if named is None:
        first = _first_of(form, paper_words().projects) or _first_of(form, paper_words().applicants) or form.fields[0]
        pattern = f"{{{first.key}}}"
        form.todo.append((("filename",), todo_text("filename_guessed", filename=pattern)))
    else:
        form.todo.append((("filename",), todo_text("filename", pattern=named.value, filename=pattern)))
    form.rest["filename"] = pattern


def _named(form: FormDraft, words: str) -> FieldDraft | None:
    """Find the field that words of a file's name mean: its name, a synonym, or its end."""
    plain = squeeze(words)
    fields = [
        each for each in form.fields if each.entry["kind"] not in ("rows", "long_text", "consent", "photo", "office")
    ]
    ranked = [(_likeness(each.found.name, plain), -number, each) for number, each in enumerate(fields)]
    best = max(ranked, key=lambda rank: rank[:2], default=None)
    return best[2] if best is not None and best[0] else None


def _likeness(name: str, words: str) -> int:
    """Say how surely a field's name is what words mean: the same, a synonym, a usual end, its end, its beginning."""
    usual = paper_words().names.values()
    signs = (
        name == words,
        any(words in group and name in group for group in word_lists().synonyms),
        any(words in group and name.endswith(group) for group in usual),
        len(words) > 1 and (name.endswith(words) or (words.endswith(name) and len(name) > 1)),
        len(words) > 1 and name.startswith(words),
    )
    return next((len(signs) - number for number, sign in enumerate(signs) if sign), 0)


def _asked_beside(form: FormDraft, label: str, taken: set[str], kinds: Container[str]) -> FieldDraft:
    """Ask for what a file's name needs and the form has no cell for."""
    key = key_of(label, taken)
    taken.add(key)
    found = FoundField(label, room=form.fields[0].found.room)
    kind = served_by(kind_of_field(FoundField(label, room=_BLANK)), kinds)
    kind = kind if kind in ("name", "person", "text", "phone", "mobile", "registration_no") else "name"
    entry = {
        "key": key,
        "label": label,
        "kind": kind,
        "off_form": True,
        "prompt": fill(texts().off_form_prompt, label=label),
        "example": lexicon().kinds[kind].example,
    }
    draft = FieldDraft(found, entry, kind, [("off_form", todo_text("off_form", label=label))])
    place = next((n for n, each in enumerate(form.fields) if each.entry["kind"] == "consent"), len(form.fields))
    form.fields.insert(place, draft)
    return draft


def _first_of(form: FormDraft, words: tuple[str, ...]) -> FieldDraft | None:
    """Give the field called by one of these words, else one whose name ends in the first that any does."""
    plain = [
        each
        for each in form.fields
        if each.entry["kind"] in ("name", "person", "text") and "off_form" not in each.entry
    ]
    exact = (each for word in words for each in plain if each.found.name == word)
    ending = (each for word in words for each in plain if each.found.name.endswith(word))
    return next(exact, None) or next(ending, None)


def _tell_apart(form: FormDraft) -> None:
    """Say what tells one application from another: the project (or person), and who applies."""
    project, applicant = _first_of(form, paper_words().projects), _first_of(form, paper_words().applicants)
    identity = {name: each.key for name, each in (("project", project), ("applicant", applicant)) if each is not None}
    if len(set(identity.values())) < len(identity):
        identity.pop("project")
    if identity:
        form.rest["identity"] = identity
        form.todo.append((("identity",), todo_text("identity", keys="、".join(identity.values()))))


def _write_steps(form: FormDraft, read: ReadForm, clauses: Sequence[DraftClause]) -> None:
    """List what is left to do on paper, in the notice's own words."""
    attached, said = attachments_of(read, clauses, form.fields)
    quoted = {each.get("quote") for each in attached}
    steps = [
        {"text": shortened_quote(sentence, _LONGEST_STEP), "clause": clause.anchor, "quote": sentence}
        for clause in clauses
        for sentence in clause.sentences
        if any(word in squeeze(sentence) for word in paper_words().steps)
        and "{" not in sentence
        and sentence not in quoted
    ]
    if steps:
        form.rest["afterwards"] = steps[:_MOST_STEPS]
        form.todo.append((("afterwards",), todo_text("step")))
    form.rest["attachments"] = attached
    form.todo += [(("attachments", number), text) for number, text in enumerate(said)]
