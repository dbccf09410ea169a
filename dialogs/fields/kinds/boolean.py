"""Yes or no, in every phrasing; a no anywhere wins, doubt is no answer."""

import re
from datetime import date

from pydantic import JsonValue

from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.expressions.value_types import FLAG
from knowledge.form import Field
from knowledge.text.checkboxes import BOX, TICKS, boxes_as_signs
from knowledge.text.normalise import fold

_FINE = re.compile(r"没(?:有)?问题|没错|不错|无误|无疑|不假|没毛病")
_DOUBT = re.compile(
    r"应该|可能|大概|好像|也许|或许|貌似|似乎|估计|(?:不|没)(?:太|大|很|怎么)?(?:清楚|知道|确定|晓得|记得|了解|详|好说|好讲|明[确白了]?$|懂|印象|把握)|不太|[说记拿吃搞弄分]不|想不起|差不多|忘了?"
    r"|在办|正在|办理中|申请中|审核中|审批中|走流程|准备|打算|计划|拟|即将|马上|快[要了]|将要|等[一]?[下着]|待|问一?[下问]|再说|再看|回头|稍后"
    r"|[吧吗么?？]\W*$|行不行|可不可以|能不能|要不要|怎么办|怎么|什么|如何|是不是|有没有|部分|还是|不是没|并非没|有的.{0,6}有的没|看情况|跳过|没[定想]|未定|未知|没有?(?:想好|确定|问(?!题))|(?:没|不)(?:注意|关注)|算不算|既.*又"
)
_NO = re.compile(r"没|未|无|否|尚|不|非|木有|\bno?\b|\bnot\b|\bfalse\b|[×✗✘❌]", re.IGNORECASE)
_YES = re.compile(
    r"(?:是|是的|有|有的|有啊|有呢|对|对的|嗯+|已|已经|当然|确实|的确|肯定|必须的|y|yes|yep|yeah|ok|true|t|[√✓✔☑✅👍]|没错|没问题|不错|无误)"
    r"(?:是|有|的|了|啊|呀|哦|呢|哈|滴|哒|嘞|已经|[,，、\s])*(?:已|已经)?(?:备案|登记|备|办)?(?:过|了|好|完|的|啊|呀|哦)*",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:已|已经|早就?|都|全|就|做|有|完成|办理?|通过|取得|进行|经过|依法|登记)(?:了|过|好|完)?(?:在.{0,10})?(?:备案|登记|备|办)|(?:备案|登记|备|办|注册)(?:手续)?(?:都|也)?(?:已经?)?(?:过|了|好|完|齐|成功|在册|在案|的)"
    r"|(?:已经?|早就?).{1,6}(?:备案|登记)|(?:备案|登记)(?:已经?)?通过|^有(?:证|登记证|备案证)|^(?:是|有|对|嗯|已)[的了啊]?[,，。:：(\s]|(?:备案|登记)(?:无误|没问题|属实)"
)
_CHOOSING = re.compile(r"^(?:我们?)?(?:就)?(?:选择?|填写?|回答|答案?|勾选?)\s*[:：是为]?\s*(?=[是否有没12AB第])")
_BOTH = re.compile(r"是\W*(?:或者?|还是)?\W*否")
_TELLING = 4
_EDGE = " \n。.,，、;；!！~…()[]【】“”\"'‘’「」"


class Boolean(Kind):
    """Yes or no; `value` is a boolean."""

    name = "boolean"
    value_type = FLAG
    numbered = True
    assents = True
    boxed = True
    label_style = "strict"
    speech = False

    def specimen(self, field: Field) -> JsonValue:
        """Tick yes."""
        del field
        return True

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a yes or no; `display` is the label of the choice (是/否).

        Raises:
            Misread: neither, or doubtful.
        """
        del today
        words = _CHOOSING.sub("", _unlabelled(field, fold(text).strip(_EDGE)))
        answer = _ticked(text, field)
        if answer is None:
            answer = _numbered(words)
        if answer is None:
            answer = _said(words)
        yes, no = (choice.label for choice in field.choices[:2])
        return ReadValue(answer, yes if answer else no)


def _unlabelled(field: Field, words: str) -> str:
    """Drop a label that runs into its answer: 是否备案是."""
    for name in field.names:
        if len(name) >= _TELLING and words.startswith(name) and words != name:
            return words.removeprefix(name).strip(_EDGE)
    return words


def _ticked(text: str, field: Field) -> bool | None:
    """Read the form's own boxes, `是 ☑ 否 □` or `☑是 □否`."""
    text = boxes_as_signs(text)
    if not re.search(BOX, text) or len(field.choices) < 2:  # noqa: PLR2004 - yes and no
        return None
    yes, no = (re.escape(choice.label) for choice in field.choices[:2])
    after = re.search(rf"{yes}\s*({BOX})\s*{no}\s*({BOX})", text)
    before = re.search(rf"({BOX})\s*{yes}\s*({BOX})\s*{no}", text)
    if match := after or before:
        ticks = [box in TICKS for box in match.groups()]
        if ticks[0] == ticks[1]:
            raise Misread
        return ticks[0]
    if match := re.fullmatch(rf"\W*?({yes}|{no})\s*[{TICKS}]\W*", text.strip()):
        return match[1] == field.choices[0].label
    return None


def _numbered(words: str) -> bool | None:
    answers = dict.fromkeys(("1", "A", "a", "第一个", "第1个"), True)
    answers |= dict.fromkeys(("2", "B", "b", "第二个", "第2个"), False)
    return answers.get(words)


def _said(words: str) -> bool:
    plain = re.sub(r"是否|有无", "", words)
    if _BOTH.fullmatch(words):
        raise Misread
    if _DOUBT.search(words):
        raise Misread("undecided")
    if _NO.search(_FINE.sub("", plain)):
        return False
    if _YES.fullmatch(plain) or _DONE.search(plain):
        return True
    raise Misread
