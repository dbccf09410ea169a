"""What a message is read against: the form, the field asked for, what the draft holds, what is being continued."""

from dataclasses import dataclass, field
from datetime import date

from dialogs.fields.outcome import Outcome, Rejected
from dialogs.fields.validate import validate
from dialogs.session import Draft, Pending
from knowledge.form import Field
from knowledge.pack import NoticePack
from knowledge.search.answer import Abstention, Answer
from knowledge.search.finder import Finder
from knowledge.text.tokens import speakable


@dataclass
class Situation:
    """Lives for one reading; judgements and searches are made once each."""

    pack: NoticePack
    finder: Finder
    today: date
    asked: Field | None = None
    draft: Draft = field(default_factory=lambda: Draft(id=0))
    pending: Pending | None = None
    review: bool = False  # the whole application is being reviewed
    _judged: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    _found: dict[tuple[str, str | None], Answer | Abstention] = field(default_factory=dict)

    def judge(self, one: Field, text: str) -> Outcome:
        """Judge a text as the value of a field."""
        key = one.key, text
        if key not in self._judged:
            self._judged[key] = validate(one, text, self.pack, self.today)
        return self._judged[key]

    def fits(self, one: Field, text: str) -> bool:
        """Tell whether a field takes a text, perhaps with a doubt."""
        return bool(text.strip()) and not isinstance(self.judge(one, text), Rejected)

    def find(self, question: str, during: str | None = None) -> Answer | Abstention:
        """Search the notice for a question."""
        key = question, during
        if key not in self._found:
            self._found[key] = self.finder.find(speakable(question), today=self.today, during=during)
        return self._found[key]

    def holds(self, key: str) -> bool:
        """Tell whether the draft has a value for a field."""
        return key in self.draft.values
