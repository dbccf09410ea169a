"""What addresses and names of places look like; the words are `lexicon/addresses.yaml`."""

from functools import cache

from dialogs.fields.lexicon_file import load_lexicon
from knowledge.model import Model


class AddressWords(Model):
    """All of `lexicon/addresses.yaml`."""

    regions: tuple[str, ...]
    provinces: tuple[str, ...]
    places: tuple[str, ...]
    leads: str


@cache
def address_words() -> AddressWords:
    """Give the word list."""
    return load_lexicon("addresses", AddressWords)
