"""How wordings and questions are spelled for the search: fillers gone, synonyms joined, dates and counts masked."""

import re

_FILLERS = """
请问一下 请问下 请问 麻烦问一下 麻烦问下 麻烦您 麻烦告知一下 麻烦告知 麻烦 想问一下 想问下 想咨询一下
想咨询下 咨询一下 咨询下 我想知道 想知道 想了解一下 想了解下 我想问 想问问 想问 问一下 问下 您好 你好 老师好
领导让我 领导问 打扰了 打扰一下 不好意思 谢谢 多谢 感谢 告诉我一下 告诉我 跟我说下 帮我看看 帮忙看下 帮忙看看
求助 急急急 在线等 那个 就是说 话说 一下 到底 究竟 这个 这次 本次 此次 我们单位 我单位 咱们单位 我们 咱们 咱
俺们 俺 您 的话 啊 呀 呢 哦 噢 嘛 哈 啦 哎 诶 欸 嗯 额 呗 哟 滴
"""

_SYNONYMS = """
邮箱： 电子邮箱地址 电子邮箱 电子邮件地址 邮箱地址 邮件地址 emailaddress email e-mail mailbox mail
电话： 电话号码 电话号 联系电话 咨询电话 telephone phonenumber phone tel 座机号码 座机号 座机 号码
截止时间： deadline deadlines ddl 时间节点 时间结点 截至时间 截止日期 截止期限 截至日期 最后期限 最后时限 duedate
申报： apply 报名参加 报名 申请 申報
名额： quota 指标
样例： sample example 范本 范例 样本 样板 样表 模版 demo
微信： wechat vx 威信
链接： link links url 网址链接 超链接
网址： website 网站地址
社会组织： ngo npo 社会团体 社团组织 社团
地址： address
联系人： contactperson contact
表格： form 表单
类别： category categories 类型 种类
项目： project 项木
材料： material materials 资料
主办单位： organizer host
视频： video
图片： photo photos picture pictures image 照片 相片
截图： screenshot 截屏
公章： seal stamp 大印 红章 单位章
什么： 啥子 啥 what
什么时候： 何时 啥时候 啥时间 啥时 什么时间 几时 when
怎么办： 咋整 咋办 怎么弄 怎么搞 怎么整 咋弄 咋搞 如何处理 怎么处理
行吗： 成吗 成么 成不成 成不 行么 行不 中不中 中不 中吗 可行 行不行 好使不 可以吗 可以不 可以么 能行吗 行吧
盖章： 盖戳 打章 盖印
知道： 晓得
没有： 木有 没得
要求： 限定 讲究 规矩
有没有： 可有 有无 有木有
怎么： 咋样 咋个 咋 怎样 如何 怎么样 how
哪里： 哪儿 哪块 where 什么地方 啥地方
吗： 么 嘛 不咯 伐 咩
可以： 能不能 可不可以 能否 可否 是否可以 能够
要不要： 可要 用不用得着 需不需要 用不用 是否需要 需要不需要 必须要
谁： who 哪个人 哪位 何人
多少： howmany 几多
"""


def fillers() -> list[str]:
    """Words that may be dropped without loss."""
    return _FILLERS.split()


def synonyms() -> dict[str, str]:
    """Words, and the word each is joined into."""
    joined: dict[str, str] = {}
    for line in _SYNONYMS.split("\n"):
        head, _, words = line.partition("：")
        joined |= dict.fromkeys(words.split(), head)
    return joined


_SAME = synonyms() | dict.fromkeys(fillers(), "")


def _by_first() -> dict[str, tuple[str, ...]]:
    """Give the known words by their first character, longest first."""
    groups: dict[str, list[str]] = {}
    for word in sorted(_SAME, key=len, reverse=True):
        groups.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in groups.items()}


_BY_FIRST = _by_first()


_NUM = "[0-9零〇一二两三四五六七八九十廿百千]+"


_MASKS = (
    (re.compile(rf"{_NUM}年{_NUM}月(?:{_NUM}[日号])?"), " ymd "),
    (re.compile(rf"(?:{_NUM}月(?:份)?)?{_NUM}[日号](?!楼|线|文)"), " md "),
    (re.compile(rf"{_NUM}月份?"), " mo "),
    (re.compile(r"(?:20)?[0-9零〇一二三]{2}年"), " yr "),
    (re.compile(rf"{_NUM}多?(?=个?字)"), " chars "),
    (re.compile(rf"{_NUM}多?(?=[个项](?!月))"), " n "),
)


_COUNTS = re.compile("[0-9零〇一二两三四五六七八九十廿百千]多?个?[年月日号字个项]")  # each mask needs this


_KEEP = re.compile(r"[㐀-鿿\U00020000-\U000323af]|[a-z0-9]+")


def joined(text: str) -> str:
    """Drop fillers and join synonyms in simplified text; a text made only of fillers stays as it is.

    Read left to right, the longest known word first. (One pattern of all the words takes four times as long, and a bank
    has thousands of wordings.)
    """
    kept: list[str] = []
    place = 0
    while place < len(text):
        word = _known_at(text, place)
        kept.append(_SAME[word] if word else text[place])
        place += len(word) or 1
    return "".join(kept) or text


def _known_at(text: str, place: int) -> str:
    """Give the longest known word that begins at a place.

    A Latin word counts only where it stands alone (`form`, not `platform`).
    """
    for word in _BY_FIRST.get(text[place], ()):
        if text.startswith(word, place) and not (word.isascii() and _in_latin(text, place, len(word))):
            return word
    return ""


def _in_latin(text: str, place: int, length: int) -> bool:
    around = text[max(place - 1, 0) : place] + text[place + length : place + length + 1]
    return any("a" <= letter <= "z" for letter in around)


def masked(text: str) -> str:
    """Replace dates and counts in simplified text by what they are: any day asks what every day asks."""
    if _COUNTS.search(text):  # few texts hold one
        for pattern, mask in _MASKS:
            text = pattern.sub(mask, text)
    return text


def tokens(text: str) -> list[str]:
    """Cut into single Chinese characters and whole Latin words or numbers; everything else is dropped."""
    return _KEEP.findall(text)
