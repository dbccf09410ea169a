"""A contact cut into words, each with the label that stood before it (联系人：, 电话：)."""

import re
from dataclasses import dataclass

from dialogs.values.clean import narrow
from dialogs.values.phone import Phone

_GONE = "\ue000"  # stands where a phone or an address was
_NAME_APART = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) +([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_SCRIPTS = re.compile(r"(?<=[^A-Za-z]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[^A-Za-z])")
_SEAL = re.compile(r"\((?:公章|盖章)\)")
_INNER = re.compile(
    r"(?<=[\u4e00-\u9fff])\(([\u4e00-\u9fff]{1,12})\)(?=[\u4e00-\u9fff]{0,12}(?:公司|集团|中心|协会|基金会|学校|大学|委员会|分院|研究院))"
)
_UNIT_LABEL = r"(?:推荐|申报)?单位(?:名称|全称)?|工作单位|所在单位"
_NAME_LABEL = r"(?:申报|推荐|项目)?(?:单位)?联\s*系\s*人(?:姓名)?|姓\s*名|负责人|名字"
_PHONE_LABEL = (
    r"(?:联系|办公|移动|座机|手机|固定|固话|单位)?\s*(?:电\s*话|手机)(?:号码?)?"
    r"|联系方式|联系号码|手机号码?|座机|固话|号码|tel|phone|mobile|mob"
)
_OTHER_LABEL = r"(?:电子)?邮箱|e-?mail|微信号?(?:同号)?|qq|传真|fax|同微信|微信同步?号?"
_LABEL = re.compile(
    rf"(?P<unit>{_UNIT_LABEL})\s*[:：是为]|(?P<name>{_NAME_LABEL})\s*[:：是为]?"
    rf"|(?P<phone>{_PHONE_LABEL})\s*[:：.是为]*|(?P<other>{_OTHER_LABEL})\s*[:：]?",
    re.IGNORECASE,
)
_BOTH = re.compile(r"联系人[及和与]?(?:联系方式|联系电话|电话)|姓名[及和与、]?(?:电话|联系方式)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPLIT = re.compile(r"[^\w·.•'’“”《》（）\u4e00-\u9fff]+|(?<![A-Za-z])\.|\.(?![A-Za-z ])|_")
_TITLES = (
    "办公室主任|副主任|主任|副局长|局长|副处长|处长|副科长|科长|部长|副部长|书记|副书记|秘书长|副秘书长|会长|副会长|理事长|主席|经理|总经理|总监|董事长|总编|主编|编辑|记者|站长|台长|馆长|院长|校长"
    "|老师|同志|先生|女士|小姐|干事|科员|专员|主管|负责人|工作人员|联络员|同事|男|女|收"
)
_TITLE = re.compile(rf"(?:{_TITLES})")
TITLED = re.compile(rf"(?<=..)(?:{_TITLES})$")
_QUOTED = re.compile(r"^[“《（]([^“”《》（）]*)[”》）]$")
_LEAD = re.compile(r"^(?:我是|我叫|我们的?|本人|联系|找|请找|请联系|叫|是|由|就是|就写|写|填)(?=.{2,})")


@dataclass(slots=True)
class Word:
    """Words between marks; `tag` is unit, name, phone, other (an address, a fax) or nothing."""

    words: str
    tag: str


def cut(text: str, phones: list[Phone]) -> list[Word]:
    """Cut what is not a phone into words, each tagged with the label that stands before it."""
    for phone in reversed(phones):
        text = f"{text[: phone.start]}{_GONE}{text[phone.end :]}"
    text = _BOTH.sub("\n", _MAIL.sub(_GONE, _NAME_APART.sub(r"\1\2", narrow(text))))
    text = _INNER.sub("（\\1）", _SCRIPTS.sub("\n", _SEAL.sub("\n", text)))
    tokens: list[Word] = []
    tag, start = "", 0
    for label in [*_LABEL.finditer(text), None]:
        tokens += _pieces(text[start : label.start() if label else len(text)], tag)
        if label:
            tag, start = label.lastgroup or "", label.end()
    return tokens


def _pieces(text: str, tag: str) -> list[Word]:
    if re.match(rf"\W*{_GONE}", text):
        tag = ""
    latin_kept = re.sub(r"(?<=[A-Za-z]) (?=[A-Za-z])", "\u00b7", text)
    words = [_QUOTED.sub(r"\1", word.strip(".•'’ ")) for word in _SPLIT.split(latin_kept)]
    words = [re.sub(r"(?<=[A-Za-z.])·(?=[A-Za-z])", " ", word) for word in words if word]
    words = [
        _LEAD.sub("", word).removesuffix("的").removesuffix("推荐")
        for word in words
        if not _TITLE.fullmatch(word) and re.search(r"[^\W\d_]", word)
    ]
    return [Word(word, tag if index == 0 else "") for index, word in enumerate(words)]
