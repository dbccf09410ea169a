"""Agreement to a statement: only a clear yes counts."""

import re
from datetime import date

from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.expressions.value_types import FLAG
from knowledge.form import Field
from knowledge.text.normalise import fold

_FINE = re.compile(r"没(?:有)?(?:问题|意见|异议)|无(?:异议|意见|误|任何意见)|不反对|没错|没毛病|毫无保留|义不容辞")
_HOLD = re.compile(
    r"不|没|未|无|否|拒|再|但|先|如果|要是|假如|除|只要|除非|前提|条件|基本|大概|应该|可能|部分|考虑|等|暂|跳过|以后|回头|稍|怎么|为什么|什么|啥|个头"
    r"|难道|谁|哪|[?？]|[吗么呢]\W*$|\bno\b|\bnot\b|don'?t|disagree|修改|一下|返回|取消",
    re.IGNORECASE,
)
_AGREE = re.compile(
    r"同意|确认|认可|愿意|自愿|接受|承诺|赞成|知情|属实|没(?:有)?(?:问题|意见|异议)|无(?:异议|意见)|不反对"
    r"|\bagreed?\b|\bconfirm|\baccept|\bi do\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:是|是的|是啊|对|对的|好|好的|好啊|可以|可以的|行|行的|ok|okay|yes|y|true|没错|[√✓✔☑✅👌👍])(?:[,，\s]*(?:是的|好的|可以|没错|对|行|ok))*",
    re.IGNORECASE,
)
_DECLINE = re.compile(r"(?:我们?|本单位)?(?:(?:先|暂时?|还|都)*不(?!反对)|拒绝|反对)[^?？]{0,20}")
_EDGE = " \n。.,，、;；!！~…()[]【】“”\"'‘’「」"
_LONGEST = 60  # agreement is short; a long text is about something else


class Consent(Kind):
    """Agreement to the field's statement; `value` is true."""

    name = "consent"
    value_type = FLAG
    assents = True
    declared = True
    label_style = "strict"
    speech = False

    def typed(self, *, answer: bool) -> str:
        """Give 同意 or 不同意."""
        return "同意" if answer else "不同意"

    def declines(self, text: str) -> bool:
        """Tell whether the words say no, as against saying something else."""
        return bool(_DECLINE.fullmatch(fold(text).strip(_EDGE)))

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read agreement; `value` is true, `display` the statement agreed to.

        Raises:
            Misread: anything but a clear yes.
        """
        del today
        words = fold(text).strip(_EDGE)
        statement = fold(field.statement)
        said = re.sub(r"\s", "", words)
        agreed = bool(statement) and said.startswith(statement) and len(said) <= len(statement) + 6
        if not agreed and not _agrees(words):
            raise Misread(found=text[:20])
        return ReadValue(value=True, display=field.statement)


def _agrees(words: str) -> bool:
    if len(words) > _LONGEST or _HOLD.search(_FINE.sub("", words)):
        return False
    return bool(_BARE.fullmatch(words) or _AGREE.search(words))
