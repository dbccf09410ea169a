"""Keys of fields from their labels: English words for usual parts of labels, pinyin for the rest."""

import re
from collections.abc import Container
from functools import cache

from knowledge.drafting.word_lists import load
from knowledge.model import Model

_MOST_WORDS = 4
_LONGEST = 40  # characters of a key


class KeyWords(Model):
    """All of `keys.yaml`: parts of labels → English words."""

    words: dict[str, str]


@cache
def _words() -> dict[str, str]:
    return load(KeyWords, "keys.yaml").words


def key_of(label: str, taken: Container[str]) -> str:
    """Give a key that is not taken: 项目名称 → `project_name`, the second one `project_name_2`."""
    parts = list(dict.fromkeys(_parts(re.sub(r"[（()）]", "", label))))
    key = "_".join(parts[-_MOST_WORDS:] if len(parts) > _MOST_WORDS else parts)[:_LONGEST].strip("_")
    key = key if re.match(r"[a-z]", key) else f"field_{key}".rstrip("_")
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}_{number}"
    return free


def _parts(label: str) -> list[str]:
    """Cut a label into known words; runs of other characters become one word of pinyin, of at most four syllables."""
    longest, found, at, other = max(map(len, _words())), list[str](), 0, ""
    while at <= len(label):
        word = next((label[at : at + n] for n in range(longest, 0, -1) if label[at : at + n] in _words()), "")
        if (word or at == len(label)) and other:
            found += _spelled(other)
            other = ""
        if word:
            found.append(_words()[word])
        else:
            other += label[at : at + 1]
        at += len(word) or 1
    return found


def _spelled(characters: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - costs 0.1 s, needed by this command only

    latin = "".join(lazy_pinyin(re.sub(r"[的和及与、/\W]", "", characters))[:_MOST_WORDS]).lower()
    latin = re.sub(r"[^a-z0-9]", "", latin)
    return [latin] if latin else []
