"""The transition table: what comes next is decided there and nowhere else."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.session import Draft, FieldValue
from dialogs.state_machine import DONE, MENU, REVIEW, FormMachine, local_name, state_name
from knowledge.loading.pack_folder import PACKS, load_pack

PACK = load_pack(PACKS / "anhui-2024")
MACHINE = FormMachine(PACK.form)
KEYS = list(PACK.fields)


def draft_with(keys: set[str], *, registered: bool = True, reviewed: bool = False) -> Draft:
    values = {key: FieldValue(text="x", value=registered if key == "registered" else "x", display="x") for key in keys}
    return Draft(id=1, values=values, reviewed=reviewed)


def test_an_empty_draft_starts_at_the_first_field() -> None:
    """From the menu, the way forward is the first field of the form."""
    assert MACHINE.move("proceed", state_name(MENU), Draft(id=1)) == state_name(KEYS[0])


@given(st.sets(st.sampled_from(KEYS)), st.booleans(), st.sampled_from([MENU, REVIEW, DONE, *KEYS]))
def test_the_way_forward_is_the_first_gap_from_wherever_one_is(keys: set[str], registered: bool, here: str) -> None:
    """What comes next depends on the draft alone, not on how one got there."""
    draft = draft_with(keys, registered=registered)
    gaps = [f.key for f in PACK.form.fields if f.kind != "consent" and not draft.settled(f)]
    expected = gaps[0] if gaps else REVIEW
    assert MACHINE.move("proceed", state_name(here), draft) == state_name(expected)


def test_the_declaration_comes_only_after_the_review_and_the_document_only_after_it() -> None:
    """Review, then declaration, then done."""
    full = set(KEYS) - {"declaration"}
    assert MACHINE.move("proceed", state_name(REVIEW), draft_with(full)) == state_name(REVIEW)
    reviewed = draft_with(full, reviewed=True)
    assert MACHINE.move("proceed", state_name(REVIEW), reviewed) == state_name("declaration")
    agreed = draft_with(set(KEYS), reviewed=True)
    assert MACHINE.move("proceed", state_name("declaration"), agreed) == state_name(DONE)


def test_a_field_that_does_not_apply_is_neither_asked_nor_reached_by_going_back_or_editing() -> None:
    """备案号 exists only for a registered project."""
    draft = draft_with({"registered"}, registered=False)
    assert MACHINE.move("back", state_name("contact_applicant"), draft) == state_name("registered")
    assert MACHINE.move("edit", state_name("contact_applicant"), draft, "registration_no") is None


@given(st.sampled_from(KEYS))
def test_going_back_leads_to_an_earlier_field_or_nowhere(here: str) -> None:
    """Back never leads forward; from the first field it leads nowhere; from the declaration to the review."""
    there = MACHINE.move("back", state_name(here), draft_with(set(KEYS)))
    if here == KEYS[0]:
        assert there is None
    elif here == "declaration":
        assert there == state_name(REVIEW)
    else:
        assert there is not None
        assert KEYS.index(local_name(there)) < KEYS.index(here)


def test_nothing_jumps_without_a_row_in_the_table() -> None:
    """`transitions` may not add its automatic `to_*` triggers."""
    assert set(MACHINE._machine.events) == {"proceed", "back", "edit", "pause", "check", "compare"}


def test_a_machine_keeps_nothing_about_those_it_moves() -> None:
    """No model is registered, whoever is moved."""
    MACHINE.move("proceed", state_name(MENU), Draft(id=1))
    assert MACHINE._machine.models == []
