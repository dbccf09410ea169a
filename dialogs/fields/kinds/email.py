"""An e-mail address; what it may look like is the library email-validator's matter, no name server is asked."""

import re
from datetime import date
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.lexicon_file import load_lexicon
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
from knowledge.model import Model
from knowledge.text.normalise import fold

_AT = re.compile(r"\s*(?:@|\(at\)|\[at\]|艾特|圈a(?=\s*[a-z0-9]))\s*", re.IGNORECASE)
_DOT = re.compile(
    r"(?<=[A-Za-z0-9])\s*(?:[。．]|点(?=\s*(?:com|cn|net|org|edu|gov))|\s\.|\.\s)\s*(?=[A-Za-z0-9])", re.IGNORECASE
)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9._-]{1,190}")
_TRIED = re.compile(r"[\w.+-]{0,64}@[\w.-]{0,64}|[A-Za-z0-9._-]{1,64}\.(?:com|cn|net|org)\b", re.ASCII)


class MailWords(Model):
    """All of `lexicon/mail.yaml`."""

    domains: tuple[str, ...]


class Email(Kind):
    """An e-mail address; `value` is the address, its domain in small letters."""

    name = "email"
    coded = True
    telling = True
    unread = "unread_email"
    sample = "lihua@example.com"
    personal_from = 5

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read an address out of what is said around it; a slip such as qq.con is asked about.

        Raises:
            Misread: no address, a faulty one, or several.
        """
        del field, today
        words = _DOT.sub(".", _AT.sub("@", fold(text)))
        found = list(dict.fromkeys(match[0].strip(".") for match in _ADDRESS.finditer(words)))
        if len(found) > 1:
            raise Misread("several_emails", count=len(found), found="、".join(found))
        tried = _TRIED.search(words)
        if not found:
            raise Misread("email_faulty", found=tried[0]) if tried else Misread
        address = _valid(found[0])
        return ReadValue(address, address, doubts=_doubts(address))


def _valid(given: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - at the first address only

    try:
        return str(validate_email(given, check_deliverability=False, test_environment=True).normalized)
    except EmailNotValidError:
        raise Misread("email_faulty", found=given) from None


def _doubts(address: str) -> tuple[str, ...]:
    """Doubt a domain one slip away from a common one: qq.con, 136.com."""
    domain = address.rpartition("@")[2]
    common = _common_domains()
    near = process.extractOne(domain, common, scorer=OSA.distance, score_cutoff=1)
    if domain in common or near is None:
        return ()
    return (say("email_domain", found=address, domain=domain, meant=near[0]),)


@cache
def _common_domains() -> tuple[str, ...]:
    return load_lexicon("mail", MailWords).domains
