"""How these tests ask: `answer(field, text)` is one answer judged on 2024-02-19 by the shipped form."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import settings

from dialogs.fields.outcome import Outcome
from dialogs.fields.validate import validate
from knowledge.pack import NoticePack

settings.register_profile("untimed", deadline=None)  # machines differ; speed has its own benchmarks
settings.load_profile("untimed")
TODAY = date(2024, 2, 19)
Answer = Callable[[str, str], Outcome]


@pytest.fixture(scope="session")
def answer(pack: NoticePack) -> Answer:
    return lambda field, text: validate(pack.form.field(field), text, pack, TODAY)
