"""The shipped FAQ: complete, and honest about what the notice leaves open."""

from collections import Counter

CLAUSES_OF_FOUR_TWO = (
    "materials", "which_form", "word_limit", "writing_style", "truthful", "extra_page", "supporting",
    "picture_quality", "media_report", "email", "naming", "paper", "seal", "desensitise",
)  # fmt: skip


def test_every_clause_is_cited(pack):
    """Whatever the notice says, some answer stands on it."""
    cited = {cite.clause for entry in pack.faq.entries for cite in entry.cites}
    assert {anchor for anchor, clause in pack.notice.clauses.items() if clause.text} <= cited


def test_every_field_of_the_form_has_an_answer(pack):
    """An applicant stuck in a field can ask about it."""
    helped = {key for entry in pack.faq.entries if entry.covered for key in entry.fields}
    assert helped == set(pack.fields)


def test_four_two_is_split_into_its_facts(pack):
    """The long clause has an entry for each thing it says, each citing it or the form."""
    by_id = {entry.id: entry for entry in pack.faq.entries}
    for name in CLAUSES_OF_FOUR_TWO:
        assert {cite.clause for cite in by_id[name].cites} & {"四.2", "附件", "附件名称"}


def test_open_topics_name_whom_to_ask(pack):
    """Every 通知未说明 about the call gives name and phone, by fact."""
    about_the_call = [entry for entry in pack.faq.entries if not entry.covered and entry.cites]
    assert len(about_the_call) >= 120
    for entry in about_the_call:
        assert "{contact_name}" in entry.answer, entry.id
        assert "{contact_phone}" in entry.answer, entry.id


def test_every_entry_has_enough_wordings(pack):
    """Ten and more ways to ask each question, keywords included."""
    few = [entry.id for entry in pack.faq.entries if len(entry.variants) + len(entry.keywords) < 10]
    assert few == []


def test_no_wording_twice(pack):
    """No entry repeats itself."""
    for entry in pack.faq.entries:
        counts = Counter((*entry.variants, *entry.keywords))
        assert [wording for wording, times in counts.items() if times > 1] == [], entry.id
