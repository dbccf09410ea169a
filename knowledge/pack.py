"""A notice pack: the folder of files an office owns, loaded and checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from knowledge.eligibility import Eligibility
from knowledge.facts import Facts
from knowledge.faq import Faq
from knowledge.form import Field, Form
from knowledge.notice import Notice


@dataclass(frozen=True, eq=False)
class NoticePack:
    """Everything one call needs: id, version, facts, clauses, form, FAQ, template, eligibility check.

    `version` is a digest of the files: any edit makes a new version (sessions are pinned to it). Packs are
    compared by identity, so that what is computed from one can be cached. `messages` are the pack's own sentences, by
    key, in the place of those in `dialogs/messages.yaml`.
    """

    id: str
    version: str
    title: str
    call: str
    facts: Facts
    notice: Notice
    form: Form
    faq: Faq
    template: bytes
    eligibility: Eligibility | None = None
    messages: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fill the facts in that the form's expressions name."""
        object.__setattr__(self, "form", self.form.with_facts(self.facts.plain()))

    @cached_property
    def sample_day(self) -> date:
        """A day that nothing but the pack decides, to try things on: its last day; without one, a day long ago."""
        return self.facts.day("deadline") or date(2000, 1, 1)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The form's fields by key, in the official order."""
        return {field.key: field for field in self.form.fields}
