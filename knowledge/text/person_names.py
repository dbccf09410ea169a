"""Chinese surnames, the common ones: they tell a person's name from a unit's."""

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
    "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔文施洪季樊安殷颜柳章牛鲁庞邢岳齐葛伍申倪伊左柯关涂尚聂焦"
    "阎米兰纪梅霍包祝耿童詹裴路凌艾甘盛费鲍欧屈柏阮项谷蓝符房俞辛管梅宗喻解瞿简卫苗冉蒲应边温庄晏柴闵欧祁房车卞景闻穆鞠卓屠明成戚褚时"
    "骆佟宫牟惠甄娄晋华上官古桂全初游占麦强曲农廉缪楼臧匡冷荣淳隋丛应敖岑池封巩国海鄢敬靳璩计蔺栾宁亓仇阙茹桑沙商单佘束司滕佴仝危邬郗"
    "冼奚习线相胥宣荀燕阳仰银印雍尤郁元原苑展湛查翟郑智仲诸竺祖言黑展练佴晁谌迟储苟凤郜缑花怀桓皇霍姬家蹇荆阚寇况赖来劳乐冒闽牧那能钮"
    "漆贡暴扈揭潮朴濮蒯裘权容阿沃席咸郇鄂幸续杭由虞禹岩羊衣翁邝巫巴傅蔚韶井富楚"
)
_DOUBLE = (
    "欧阳上官司马诸葛东方皇甫尉迟公孙慕容令狐司徒司空夏侯长孙宇文端木轩辕南宫"
    "西门独孤百里东郭呼延闻人濮阳淳于单于太叔申屠公羊公冶宗政钟离鲜于闾丘仲孙"
    "澹台赫连万俟拓跋纳兰完颜爱新叶赫第五梁丘左丘谷梁段干微生羊舌巫马南门"
)
SINGLE = frozenset(_SINGLE)
DOUBLE = frozenset(_DOUBLE[index : index + 2] for index in range(0, len(_DOUBLE), 2))
_LENGTHS = (2, 3)
_DOUBLE_LENGTHS = (3, 4)


def is_person(words: str) -> bool:
    """Tell whether `words` look like a Chinese person's name: a known surname and one or two characters."""
    if words[:2] in DOUBLE and len(words) in _DOUBLE_LENGTHS:
        return True
    return words[:1] in SINGLE and len(words) in _LENGTHS
