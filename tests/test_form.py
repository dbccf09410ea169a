"""The shipped form: official fields in the official order, each ready to be asked and judged."""

import re

import pytest
from pydantic import ValidationError

from knowledge.form import Form
from knowledge.pack import NoticePack

OFFICIAL = (
    "unit_name fill_date project_name period category participants beneficiaries reach funds funds_source manpower "
    "registered registration_no contact_applicant contact_recommender description honors media_links declaration"
)
PHONE_SCREEN = 40


def test_the_fields_stand_in_the_official_order(pack: NoticePack) -> None:
    """As printed, from top to bottom."""
    assert " ".join(pack.fields) == OFFICIAL


def test_every_field_can_be_asked_on_a_phone(pack: NoticePack) -> None:
    """A short question, an example, a word for what cannot be understood."""
    for field in pack.form.fields:
        assert len(field.prompt) <= PHONE_SCREEN, field.key
        assert field.example, field.key
        assert field.invalid, field.key


def test_required_fields_answer_those_who_have_nothing_to_say(pack: NoticePack) -> None:
    """Who says 无 or 待定 learns what to do instead."""
    silent = [field.key for field in pack.form.fields if not field.optional and not field.absent]
    assert silent == ["declaration"]


def test_no_two_fields_share_a_name(pack: NoticePack) -> None:
    """A pasted label must lead to one field."""
    names = [re.sub(r"[\s（）()]", "", name) for field in pack.form.fields for name in field.names]
    assert len(names) == len(set(names))


def test_every_rule_quotes_its_clause_word_for_word(pack: NoticePack) -> None:
    """A rule without a place in the notice may only be good sense, and then names no clause."""
    for field in pack.form.fields:
        for rule in field.rules:
            assert (rule.clause is None) == (rule.quote is None)
            if rule.clause and rule.quote:
                pack.notice.cite(rule.clause, rule.quote)


def test_every_clause_a_field_names_exists(pack: NoticePack) -> None:
    """Fields and choices point into the notice."""
    named = {field.clause for field in pack.form.fields}
    named |= {choice.clause for field in pack.form.fields for choice in field.choices}
    assert named - {None} <= set(pack.notice.clauses)


def test_only_registered_projects_are_asked_for_their_number(pack: NoticePack) -> None:
    """The one condition of the form."""
    conditions = {field.key: field.when.text for field in pack.form.fields if field.when}
    assert conditions == {"registration_no": "{registered} = 是"}


def test_a_form_with_one_key_twice_is_refused(pack: NoticePack) -> None:
    """Two fields cannot hold one value."""
    with pytest.raises(ValidationError, match="重复"):
        Form.model_validate(pack.form.model_dump() | {"fields": [*pack.form.fields, pack.form.fields[0]]})


def test_a_condition_on_a_later_field_is_refused(pack: NoticePack) -> None:
    """It could never be known in time."""
    with pytest.raises(ValidationError, match="when"):
        Form.model_validate(pack.form.model_dump() | {"fields": pack.form.fields[::-1]})
