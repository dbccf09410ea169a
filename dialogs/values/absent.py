"""Answers that say there is nothing, or not yet: 无, 暂无, 待补充, 还没想好, 不清楚, /."""

import re

from dialogs.values.clean import fold

_THING = r"(?:什么|任何|相关|有关|其他|媒体|报道|荣誉|奖项|获奖|链接|网址|奖|内容|情况|资料|材料|信息)*"
_LEAD = r"(?:暂时|暂|目前|现在|至今|到现在|都|还|确实|真的?|我们|本?单位|本?项目|团队|这个|该项目|这项|这里|此项|嗯|呃|啊|哦|[,，、])*"
_TAIL = r"(?:过|到|了|呢|的|哦|呀|啊|吧|哈|填写|可填|可写|需要填)*"
_NONE = re.compile(
    rf"{_LEAD}(?:没有|没得?|无|尚无|并无|均无|未|尚未|从未|none|null|nil|nan|n/?a|no)(?:获得?|得|拿|被|参加|收到|做|上|有)?过?{_THING}{_TAIL}",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"{_LEAD}(?:"
    r"待(?:补充?|定|填写?|确认|确定|统计|核实|核定|完善|议|查|明确|提供|汇总|审核|后续)"
    r"|暂(?:缺|空|定|略|不填)|(?:没|未|尚未|没有)(?:想好|想|定|确定|统计|算|弄|写|准备|起名?|取名?|收到|出来|核实|填|汇总|拿到|下来|批|完成|有?数|整理|办)"
    r"|不(?:太)?(?:清楚|知道|详|确定|晓得|了解|记得|好说|好统计|便透露|便|想填|填|告诉你|明|会|懂)|记不[清得]|说不[清准好]|忘了?|忘记"
    r"|未知|保密|略|同上|跳过|下一[个项题]|随便|随意|都行|都可以|看着办|你看着|测试|看情况|再看"
    r"|(?:先|就)?(?:空着?|留空|不填|放着|这样)|回头|稍[后等]|以后|后面|后续|晚点|过后|改天|明天再|等[一]?[下会等]|再说|再议|让?我?(?:再|先)?(?:想想|问|查|考虑|看看|核实|确认)"
    r"|xx+|某+|[xX*＊]{2,}|tbd|todo|test|asdf\w*|unknown"
    r")(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BLANK = re.compile(r"[\W_]*")
_SLASH = re.compile(r"[/／\\\-—_－无]+")
_MOST = 14  # 待定… may be explained in a few words; a longer text is an answer


def is_none(text: str) -> bool:
    """Tell whether the answer says that there is nothing (无, 没有获奖, /)."""
    words = _bare(text)
    return bool(_NONE.fullmatch(words) or (text.strip() and _SLASH.fullmatch(text.strip())))


def is_later(text: str) -> bool:
    """Tell whether the answer puts the matter off or professes ignorance (待补充, 还没想好, 不清楚)."""
    words = _bare(text)
    return len(words) <= _MOST and bool(_LATER.fullmatch(words))


def is_blank(text: str) -> bool:
    """Tell whether there is not one letter, digit or hanzi: only white space, punctuation or emoji."""
    return bool(_BLANK.fullmatch(text))


def _bare(text: str) -> str:
    return fold(text).strip(" \n。.,，!！?？~…()（）【】[]“”\"'、;；:：")
