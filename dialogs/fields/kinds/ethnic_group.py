"""The ethnic group somebody belongs to, by its name in GB/T 3304: 汉 and 汉族 are one."""

import re
from datetime import date
from functools import cache

from dialogs.fields.chatter import without_chatter
from dialogs.fields.kind import Kind
from dialogs.fields.lexicon_file import load_lexicon
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.unit_names import any_of
from knowledge.form import Field
from knowledge.model import Model
from knowledge.text.normalise import fold

_SAID = re.compile(r"^(?:我们?|本人|他|她)?(?:都|就)?(?:是|为|属于|填|写)?|(?:的|人)+$")


class EthnicGroups(Model):
    """All of `lexicon/ethnic_groups.yaml`."""

    names: tuple[str, ...]
    others: tuple[str, ...]
    written: dict[str, str]


class EthnicGroup(Kind):
    """An ethnic group; `value` is its official name."""

    name = "ethnic_group"
    telling = True
    unread = "unread_ethnic_group"
    sample = "汉族"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a group.

        Raises:
            Misread: none is named, or several are.
        """
        del field, today
        words = without_chatter(fold(text)).strip(" 。.,，")
        names, any_name = _groups()
        bare = _SAID.sub("", words)
        if bare in names:
            return ReadValue(names[bare], names[bare])
        found = list(dict.fromkeys(names[match[0]] for match in any_name.finditer(words)))
        if len(found) > 1:
            raise Misread("several_ethnic_groups", found="、".join(found))
        if not found:
            raise Misread
        return ReadValue(found[0], found[0])


@cache
def _groups() -> tuple[dict[str, str], re.Pattern[str]]:
    """Give every way to write a group with its official name, and what finds one written in full."""
    groups = load_lexicon("ethnic_groups", EthnicGroups)
    full = {name: name for name in (*groups.names, *groups.others)} | groups.written
    return full | {name.removesuffix("族"): name for name in groups.names}, re.compile(any_of(full))
