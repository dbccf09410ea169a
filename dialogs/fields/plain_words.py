"""Words that say something: tests shared by the kinds whose values are words."""

import re

from dialogs.fields.read_value import Misread

HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_MARKUP = re.compile(
    r"<\s*/?\s*[A-Za-z!][^>]*>?|\bjavascript:|\$\{|;\s*drop\s+table|\bselect\s.+\sfrom\b|\{\{.*\}\}|\{%", re.IGNORECASE
)
_CHAT = re.compile(
    r"(?:你好|您好|好的?|嗯+|哦+|谢谢您?|知道了?|收到|明白了?|了解|可以|行|是的?|对的?|ok|hi|hello|在|开始|下一步|继续|没问题|不行|算了|辛苦了?|em+|呃+|额+|哈+|呵+|嘿+)[呀啊哈吧!！。~～\s]*",
    re.IGNORECASE,
)
_ABOUT_FILLING = re.compile(
    r"(?:怎么|如何|怎样)(?:填|写|选|算|办|弄|理解|区分)|(?:填|写|选|要求)(?:什么|啥|哪|多少|几|谁)|什么意思|是啥|指(?:的是)?(?:什么|啥|哪)"
    r"|(?:要|必须|需要|可以|能|能不能|可不可以|用不用|是不是|是否)(?:不)?(?:填|写|用|加|盖|选|改|空着|跳过)[^。]*(?:吗|么|呢|\?|？)|(?:吗|行不行|算不算|合不合适|合适|可以不|能否|可否)[?？]*$|^(?:要|该|应该?|需要)?[填写报选用].{1,12}还是.{1,12}$"
)
_WHETHER = re.compile(
    r"(?:[吗么]|行不行|可不可以|能不能|对不对|是不是|怎么办|怎么[填写算]|可以不|能行|咋[填写办])\s*[?？。!！]*$"
    r"|还是.{1,12}[?？]$|^(?:为什么|怎么|如何|请问|是不是|能不能|可不可以)"
)


def has_words(text: str) -> bool:
    """Tell whether there are two hanzi, or a Latin word of substance; small talk (好的, 你好) has none."""
    if _CHAT.fullmatch(text.strip()):
        return False
    hanzi = len(HANZI.findall(text))
    letters = sum(map(len, _LATIN.findall(text)))
    return hanzi > 1 or letters > 3 or (hanzi == 1 and letters > 0)  # noqa: PLR2004 - abc is no answer


def refuse_markup(text: str) -> None:
    """Raise `Misread` when the text is program text, not words."""
    if _MARKUP.search(text):
        raise Misread("markup")


def asks(text: str) -> bool:
    """Tell whether the text asks how to fill in this field."""
    return bool(_ABOUT_FILLING.search(text.strip()))


def asks_whether(text: str) -> bool:
    """Tell whether a text with figures in it is a question about them: 2月20日可以吗."""
    return bool(_WHETHER.search(text.strip()))
