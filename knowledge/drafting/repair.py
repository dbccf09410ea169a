"""A draft made to pass `shenbao check`: what a check complains of is made plainer or left out, and told in TODO.md.

A rule that does not hold goes; an example its field refuses is exchanged, then the field becomes plain text, then it
goes; an answer, a fact, a condition or a test question at fault goes.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from knowledge.drafting.draft_texts import todo_text
from knowledge.drafting.faq_draft import entry_of_clause
from knowledge.drafting.field_draft import FieldDraft, rows_example
from knowledge.drafting.field_kind import lexicon
from knowledge.drafting.pack_draft import ANSWERS, ELIGIBILITY, FORM, NOTICE, TESTS, PackDraft
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose_text
from knowledge.problems import Problem

_PLAIN = "text"


def repaired(draft: PackDraft, problems: Sequence[Problem]) -> bool:
    """Change a draft so that these problems are gone, as far as that can be; tell whether anything was changed."""
    files, changed = draft.files(), False
    for file, mend in _MENDS.items():
        lines = sorted({problem.line: problem for problem in problems if problem.file == file}.items(), reverse=True)
        if lines:
            text = files[file].partition("---\n")[2].partition("\n---")[0] if file == NOTICE else files[file]
            root = compose_text(text)
            for line, problem in lines:
                changed = mend(draft, root, line - (file == NOTICE), problem) or changed
    return changed


def index_at(root: Any, name: str, line: int, number: int) -> int | None:
    """Give which of `number` items of a list a line belongs to."""
    starts = [line_of(root, (name, index)) for index in range(number)]
    return max((index for index, start in enumerate(starts) if start <= line), default=None)


def _mend_form(draft: PackDraft, root: Any, line: int, problem: Problem) -> bool:
    fields = draft.form.fields
    if line_of(root, ("fields",)) > line:
        return False
    for name in ("attachments", "afterwards"):
        items = draft.form.rest.get(name) or []
        if items and line >= line_of(root, (name,)):
            at = index_at(root, name, line, len(items))
            return at is not None and bool(items.pop(at))
    rules = draft.form.data().get("form_rules", [])
    if rules and line >= line_of(root, ("form_rules",)):
        at = index_at(root, "form_rules", line, len(rules))
        gone = rules[at]["check"] if at is not None else ""
        draft.form.relations = [each for each in draft.form.relations if each.check != gone]
        return bool(gone)
    number = index_at(root, "fields", line, len(fields))
    if number is None:
        return False
    field, rules = fields[number], fields[number].entry.get("rules", [])
    starts = [line_of(root, ("fields", number, "rules", index)) for index in range(len(rules))]
    if line in starts:
        rules.pop(starts.index(line))
        field.todo.append(("label", todo_text("rule_dropped", label=field.found.name, why=problem.reason)))
        if not rules:
            del field.entry["rules"]
        return True
    return plainer(draft, field, problem.reason)


def plainer(draft: PackDraft, field: FieldDraft, why: str) -> bool:
    """Make a field plainer: another example, then plain text, then not at all."""
    entry, bare = field.entry, re.sub(r"[^\d.]+$", "", str(field.entry["example"]))
    if bare and bare != entry["example"] and re.fullmatch(r"[\d.]+", bare):
        entry["example"] = bare
    elif entry.get("columns") and entry["example"] != rows_example(entry, named=True):
        entry["example"] = rows_example(entry, named=True)
    elif entry["kind"] != _PLAIN and not entry.get("choices") and not entry.get("columns"):
        for part in ("rules", "print", "units", "least", "most"):
            entry.pop(part, None)
        entry |= {"kind": _PLAIN, "example": lexicon().kinds[_PLAIN].example}
        field.todo.append(("kind", todo_text("kind_missing", label=field.found.name, wanted=field.wanted, kind=_PLAIN)))
    else:
        gone = [each for each in draft.form.fields if each is field or each.found.sums is field.found]
        draft.form.fields[:] = [each for each in draft.form.fields if each not in gone]
        for each in draft.form.fields:
            for part in ("when", "derive"):
                if re.search(rf"\{{{field.key}[.}}]", str(each.entry.get(part, ""))):
                    del each.entry[part]
        draft.form.todo.append((("fields",), todo_text("field_dropped", label=field.found.name, why=why)))
    return True


def _mend_answers(draft: PackDraft, root: Any, line: int, _problem: Problem) -> bool:
    number = index_at(root, "entries", line, len(draft.entries))
    if number is None:
        return False
    gone = draft.entries.pop(number)
    draft.questions = [(question, entry) for question, entry in draft.questions if entry != gone.id]
    cited = {clause for entry in draft.entries for clause, _ in entry.quotes}
    for place, clause in enumerate(draft.clauses, 1):
        if gone.topics and clause.text and clause.anchor not in cited and clause.anchor in {c for c, _ in gone.quotes}:
            draft.entries.append(entry_of_clause(clause, place))
    return True


def _mend_notice(draft: PackDraft, root: Any, line: int, _problem: Problem) -> bool:
    names = [fact.name for fact in draft.facts]
    gone = next((name for name in names if line_of(root, ("facts", name)) == line), None)
    draft.facts = [fact for fact in draft.facts if fact.name != gone]
    return gone is not None


def _mend_conditions(draft: PackDraft, root: Any, line: int, _problem: Problem) -> bool:
    number = index_at(root, "checks", line, len(draft.conditions))
    return number is not None and bool(draft.conditions.pop(number))


def _mend_tests(draft: PackDraft, root: Any, line: int, _problem: Problem) -> bool:
    number = index_at(root, "questions", line, len(draft.questions))
    return number is not None and bool(draft.questions.pop(number))


_MENDS: dict[str, Callable[[PackDraft, Any, int, Problem], bool]] = {
    FORM: _mend_form,
    ANSWERS: _mend_answers,
    NOTICE: _mend_notice,
    ELIGIBILITY: _mend_conditions,
    TESTS: _mend_tests,
}
