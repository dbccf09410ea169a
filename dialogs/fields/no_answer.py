"""Answers that say there is nothing, or not yet: 无, 暂无, 待补充, 还没想好, 不清楚, /."""

import re
from collections.abc import Iterable

from knowledge.text.normalise import fold

_THING = (
    r"(?:什么|任何|相关|有关|其他|媒体|报道|荣誉|奖项|获奖|链接|网址|奖|内容|情况|资料|材料|信息"
    r"|名字|名称|编号|证书|数据|数字|统计|来源)*"
)
_LEAD = (
    r"(?:暂时|暂|目前|现在|至今|到现在|都|还|确实|真的?|我们|本?单位|本?项目|团队|这个|该项目"
    r"|这项|这里|此项|嗯|呃|啊|哦|[,，、])*"
)
_TAIL = r"(?:过|到|了|呢|的|哦|呀|啊|吧|哈|填写|可填|可写|需要填)*"
_NONE = re.compile(
    rf"{_LEAD}(?:没有|没得?|无|尚无|并无|均无|未|尚未|从未|none|null|nil|nan|n/?a|no)(?:获得?|得|拿|被|参加|收到|做|上|有)?过?"
    rf"{_THING}{_TAIL}",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(
    r"(?:一(?:个|项|次|样|种|条|份|回)|啥|什么|任何)(?:奖励?|荣誉|经历|报道|东西)?(?:都|也)(?:没有?|未)(?:获得?|得|拿|被|参加|收到|做|上|有)?"
    r"过?(?:了|呢|的|啊|呀|吧)*"
)
_PUT_OFF = (
    r"待(?:补充?|定|填写?|确认|确定|统计|核实|核定|完善|议|查|明确|提供|汇总|审核|后续|批)|暂(?:缺|空|定|略|不填|时空着)"
    r"|(?:还|尚|暂|仍|都)?(?:没有?|未)(?:想好|想|定下来|定|确定|统计|计算|算|弄好|弄|写好?|准备好?|起好?|取好?|收到|出来|核实|填|汇总|拿到"
    r"|下来|批下来|批|完成|数|整理|办下来|办好?|落实|到|给|找到|查到|问到?|商量|决定|定好|选好)"
    r"|不(?:太|是很|大|怎么|是太)?(?:清楚|知道|详|确定|晓得|了解|记得|好说|好统计|便透露|便说|便|想填|想说|填|告诉|明|会填|懂)|记不[清得太]+|说不[清准好]+"
    r"|忘记?|未知|保密|略|同上|跳过|下一[个项题步]|随便|随意|都行|都可以|看着办|你看着|测试|看情况|空着|留空|放着|不填"
    r"|想不(?:出|好|起)来?|问(?:一下|下|过)|到时候?|下[次回]|回头|稍[后等]|以后|后面|后续|晚点|过后|改天|明天|过几天|等|再说|再议|想想|问问|查查|考虑|看看|核实|确认|正在|统计中|核算中|申请中|办理中|审批中"
    r"|(?:请|详|参|另)?见(?:附[件页后表]|后附|另附页?|文档|邮件)|另附页?"
    r"|xx+|某+|[*＊]{2,}|tbd|todo|test|asdf\w*|unknown|null|待"
)
_FILLER = (
    r"还|尚|过|先|就|再|也|都|才|好|一?个|找|会|要|让|给|跟|和|在|着|去|来|我们?|你们?|您|他们|咱们?|大家|领导|单位|同事|财务|会计|办公室|部门|主任|[\u4e00-\u9fff]{2}局|那边|这边|名字|名称|名|数字|数据|数|人数|金额|编号"
    r"|证书?|结果|号码?|这个|那个|这些|具体|到底|准确|精确|确切|现在|目前|暂时|一下|一?会儿?|几天|时候|多少|怎么|什么|哪里|是|有|能|吧|了|呢|的|啊|哦|呀|哈|嘛|下|补上?|补充|填上?|填写|写|发|报|说|告诉|通知|统计|计算|算|定|批|查|问|办理?|申请|起|取|叫|登记|资金|经费"
)
_LATER = re.compile(rf"(?:(?:{_FILLER})*(?:{_PUT_OFF}))+(?:{_FILLER}|{_PUT_OFF})*", re.IGNORECASE)
_BLANK = re.compile(r"[\W_]*")
_SLASH = re.compile(r"[/／\\\-—_－无]+")
_SUFFIX = re.compile(r"(?:编号|号码?|名称|名字|情况|时间|日期)$")
_MOST = 20  # a longer text is an answer


def without_names(text: str, names: Iterable[str]) -> str:
    """Give an answer without the names of its own field: 没有许可证号 is 没有 to 许可证号, as is 许可证还没下来."""
    words = fold(text)[: 2 * _MOST]
    for name in sorted(names, key=len, reverse=True):
        for stem in (name, _SUFFIX.sub("", name)):
            words = words.replace(stem, "") if len(stem) > 1 else words
    return words if words.strip() else text


def is_none(text: str) -> bool:
    """Tell whether the answer says that there is nothing (无, 没有获奖, /)."""
    words = _bare(text)
    return bool(
        _NONE.fullmatch(words) or _NOT_ONE.fullmatch(words) or (text.strip() and _SLASH.fullmatch(text.strip()))
    )


def is_later(text: str) -> bool:
    """Tell whether the answer puts the matter off or professes ignorance (待补充, 还没想好, 不清楚)."""
    words = re.sub(r"[\s,，、。.…]+", "", _bare(text))
    return len(words) <= _MOST and bool(_LATER.fullmatch(words))


def is_blank(text: str) -> bool:
    """Tell whether there is not one letter, digit or hanzi: only white space, punctuation or emoji."""
    return bool(_BLANK.fullmatch(text))


def _bare(text: str) -> str:
    return fold(text).strip(" \n。.,，!！?？~…()（）【】[]“”\"'、;；:：")
