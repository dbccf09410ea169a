"""A bank account: its number, and the bank where the field has that part.

The check of bank cards (Luhn) is for cards only: accounts of units follow each bank's own rules, so a failing card
number is asked about, not refused.
"""

import re
from datetime import date
from functools import cache
from typing import ClassVar

from pydantic import JsonValue
from stdnum import luhn

from dialogs.fields.chatter import without_chatter
from dialogs.fields.dictated_digits import figure_runs, in_figures
from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.lexicon_file import load_lexicon
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.unit_names import any_of
from knowledge.expressions.value_types import TEXT
from knowledge.form import Field
from knowledge.model import Model

_SHORTEST, _LONGEST = 8, 30  # digits of an account
_ATTEMPT = 5  # digits from which a row of them is meant as the account
_CARD = re.compile(r"62\d{14,17}|[45]\d{15}")
_MASKED = re.compile(r"\d{2,}[ -]?[*＊●]{2,}|[*＊●]{3,}[ -]?\d{2,}")
_MARKS = re.compile(r"[,，。;；\n、/|]+|\s{2,}|(?<=[\u4e00-\u9fff])\s")
_BANK_LENGTH = 60


class BankWords(Model):
    """All of `lexicon/banks.yaml`."""

    bank_ends: tuple[str, ...]
    bank_labels: tuple[str, ...]
    number_labels: tuple[str, ...]
    holder_labels: tuple[str, ...]


class BankAccount(Kind):
    """A bank account; `value` is its digits, or `{"bank", "number"}` where the field has the part `bank`."""

    name = "bank_account"
    coded = True
    part_types: ClassVar = {"bank": TEXT, "number": TEXT}
    figured = True
    telling = True
    unread = "unread_bank_account"
    sample = "1302010119200012345"
    personal_from = 8

    def sample_of(self, field: Field) -> str:
        """Give an account, with its bank where that is asked for."""
        return self.sample if "bank" not in field.parts else say("sample_bank_account", number=self.sample)

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read an account out of what is said around it.

        Raises:
            Misread: no number, several, a masked one or one too short or too long; the bank is missing.
        """
        del today
        plain = in_figures(text)
        if _MASKED.search(plain):
            raise Misread("account_masked")
        number = _number(plain)
        doubts = (say("card_check", found=number),) if _CARD.fullmatch(number) and not luhn.is_valid(number) else ()
        if "bank" not in field.parts:
            return ReadValue(number, number, doubts=doubts)
        bank = _bank(without_chatter(text))
        if not bank:
            raise Misread("missing_part", missing=say("part_bank"))
        value: dict[str, JsonValue] = {"bank": bank, "number": number}
        return ReadValue(value, f"{bank} {number}", doubts=doubts)


def _number(plain: str) -> str:
    rows = [row for row in figure_runs(plain) if len(row) >= _ATTEMPT]
    fitting = [row for row in rows if _SHORTEST <= len(row) <= _LONGEST]
    if len(fitting) > 1:
        raise Misread("several_numbers_like_it", count=len(fitting))
    if not rows:
        raise Misread
    if not fitting:
        raise Misread("account_length", count=len(rows[0]))
    return fitting[0]


def _bank(text: str) -> str:
    """Give the words that end as banks' names do, without the label before them; nothing where there are none."""
    words, (bank_label, number_label, holder_label) = _words(), _labels()
    for piece in _MARKS.split(re.sub(r"[\d*]{5,}(?:[ -]\d+)*", "\n", text)):
        if holder_label.match(piece.strip()):
            continue
        named = bank_label.sub("", number_label.sub("", piece.strip())).strip(" :：")
        if named.endswith(words.bank_ends) and 1 < len(named) <= _BANK_LENGTH:
            return named
    return ""


@cache
def _words() -> BankWords:
    return load_lexicon("banks", BankWords)


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _words()
    return (
        re.compile(rf"^(?:我们?的?)?(?:{any_of(words.bank_labels)})\s*(?:[:：是为在]\s*|(?=[^行]{{2}}))"),
        re.compile(rf"[的,]?(?:{any_of(words.number_labels)})\s*[:：是为]?$"),
        re.compile(rf"(?:{any_of(words.holder_labels)})"),
    )
