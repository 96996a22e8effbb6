"""What points may never touch: the words that give it away, the law behind each, and the sentence for the clerk.

These lines are hard (rules of the village cannot lift them), so they stand here and in no pack.
"""

import re
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width


@dataclass(frozen=True)
class RedLine:
    """One thing that points may not touch.

    `words` finds it in a text without blanks and marks. `kindness` says that an item which adds points for a good
    turn to such people (看望, 帮扶, 宣传) is no tie and may stay; `only_deducting` that only taking points is barred.
    """

    name: str
    words: re.Pattern[str]
    law: str
    kindness: bool = False
    only_deducting: bool = False


_OTHER_LINES = "请改成对具体行为的记分，或写“评先评优参考”。"
RED_LINES: tuple[RedLine, ...] = (
    RedLine(
        "低保和社会救助",
        re.compile(r"低保|五保|特困|救助金|社会救助|临时救助|医疗救助|困难补助|残疾人?补贴|两项补贴"),
        "《社会救助法》第四十五条、第四十六条：给不给救助由县、乡按规定的条件核查决定",
        kindness=True,
    ),
    RedLine(
        "医保和养老待遇",
        re.compile(r"医保|医疗保险|合作医疗|新农合|养老金|养老保险|社保|高龄津贴|老年补贴"),
        "《农村集体经济组织法》第八条和社会保险的有关规定：待遇由法律确定",
        kindness=True,
    ),
    RedLine(
        "入学",
        re.compile(r"入学|升学|上学资格|学籍|助学金"),
        "《农村集体经济组织法》第八条和义务教育的有关规定：受教育的权利由法律确定",
        kindness=True,
    ),
    RedLine(
        "惠农补贴",
        re.compile(
            r"(?:惠农|粮食|地力|种粮|退耕|农机)\w{0,4}(?:补贴|补助)|发放补贴|补贴(?:发放|资格|款)|扣(?:发|除|减)?\w{0,4}补贴"
        ),
        "《村民委员会组织法》第三十五条：补贴补助要如数公开，条件由政府确定",
        kindness=True,
    ),
    RedLine(
        "承包地和宅基地",
        re.compile(r"承包地|承包权|土地承包|责任田|宅基地|征地|征收补偿|土地补偿|青苗补偿|流转资格"),
        "《农村土地承包法》第五条、《农村集体经济组织法》第十三条：任何组织和个人不得剥夺和非法限制",
        kindness=True,
    ),
    RedLine(
        "集体分红和成员权益",
        re.compile(r"分红|集体收益|收益分配|股权|股金|成员资格|成员身份|集体福利"),
        "《农村集体经济组织法》第十三条：参与分配集体收益是成员的权利",
    ),
    RedLine(
        "出嫁、离婚、丧偶妇女的权益",
        re.compile(r"(?:外嫁|出嫁|离婚|丧偶|未婚|户无男)\w{0,4}"),
        "《农村集体经济组织法》第八条：不得以妇女未婚、结婚、离婚、丧偶、户无男性等为由侵害其权益",
        kindness=True,
    ),
    RedLine(
        "信访和上访",
        re.compile(r"信访|上访|访民|缠访|闹访|越级"),
        "《村民委员会组织法》第三十六条：村民有权向政府反映",
    ),
    RedLine(
        "投诉、举报和反映问题",
        re.compile(r"举报|投诉|12345|找媒体|媒体|记者|发帖|反映问题|告状|维权|提意见"),
        "《村民委员会组织法》第三十六条：村民有权向政府反映",
        only_deducting=True,
    ),
    RedLine(
        "疾病、残疾和健康",
        re.compile(r"残疾|精神病|精神障碍|患病|生病|疾病|病人|病史|传染病|体检结果|健康状况"),
        "《个人信息保护法》第二十八条：医疗健康是敏感个人信息",
        kindness=True,
    ),
    RedLine(
        "宗教信仰",
        re.compile(r"宗教|信教|教徒|信徒|教堂|做礼拜|清真寺|入教|基督|天主|伊斯兰|佛教|道教|信佛"),
        "《个人信息保护法》第二十八条：宗教信仰是敏感个人信息",
    ),
    RedLine(
        "生育",
        re.compile(r"生育|生二孩|生三孩|二孩|三孩|二胎|三胎|超生|计划生育|未婚先孕|怀孕|节育|结扎|上环|不育"),
        "《个人信息保护法》第二十八条：生育情况属于敏感个人信息",
        kindness=True,
    ),
    RedLine(
        "未成年人",
        re.compile(r"未成年|儿童|小孩|孩子|子女成绩|学生成绩|考试成绩|中小学生|少年"),
        "《个人信息保护法》第二十八条、第三十一条：不满十四周岁未成年人的个人信息是敏感个人信息",
        kindness=True,
    ),
    RedLine(
        "罚款和扣押财物",
        re.compile(r"罚款|罚金|罚没|违约金|没收|扣押|扣留|交押金|停水|停电|断水|断电"),
        "《村民委员会组织法》第三十一条：村规民约不得侵犯村民的人身权利和财产权利",
    ),
    RedLine(
        "点名曝光",
        re.compile(r"黑榜|红黑榜|曝光台|曝光栏|黑名单|失信名单|丑行|反面典型|游街|示众"),
        "《个人信息保护法》第二十五条：不得公开处理的个人信息，取得本人单独同意的除外",
    ),
    RedLine(
        "手机程序的登录、点击和在线时长",
        re.compile(
            r"(?:app|小程序|公众号|平台|软件|学习强国|微信|朋友圈|抖音)\w{0,6}(?:登录|打卡|签到|点击|点赞|转发|在线|排名|积分|关注|浏览)"
            r"|(?:登录|点击|点赞|转发|浏览|打卡)\w{0,6}(?:次数|时长|排名|天数|率|公众号|小程序|软件|平台)"
            r"|在线时长|(?:下载|安装|关注)\w{0,6}(?:app|公众号|小程序|软件|平台)",
            re.IGNORECASE,
        ),
        "整治“指尖上的形式主义”的有关规定：不得用打卡、积分排名、在线时长考核",
    ),
)
_KIND = re.compile(
    r"帮助|帮扶|帮忙|帮办|代办|关爱|关心|看望|探望|照料|照顾|照看|护理|陪护|陪同|慰问|服务|志愿|捐|资助|义务|义诊|"
    r"宣传|讲解|接送|辅导|救人|救起|结对|走访|爱护|领养|送医|献血|孝敬|赡养|组织|开展"
)
_TIE = re.compile(
    r"取消|停发|停止|暂停|扣发|扣减|扣除|缓发|挂钩|优先|资格|不得|不予|不能|不给|限制|减免|抵扣|享受|发放|换取|兑换"
)
_MARKS = re.compile(r"[\W_]+")
_FORBIDDING = re.compile(
    r"也?(?:积分|积分结果|结果|分数|本办法积分)?(?:一律|均|都)?(?:不得|不能|不准|不|严禁|禁止)(?:以任何形式)?"
    r"(?:(?:与|和|跟|同)\w*(?:挂钩|关联)|作为\w*(?:依据|条件))"
)
_CULT = re.compile(r"邪教\w{0,2}|非法宗教\w{0,2}|封建迷信")


def crossed_by_item(text: str, *, deducts: bool) -> RedLine | None:
    """The red line that an item's wording crosses, None when it crosses none.

    A good turn to poor, ill, old or young people may add points; a deduction, a condition or a benefit never may.
    """
    plain = _bare(text)
    for line in RED_LINES:
        if not line.words.search(plain) or (line.only_deducting and not deducts):
            continue
        if line.kindness and not deducts and _KIND.search(plain) and not _TIE.search(plain):
            continue
        return line
    return None


def crossed_by_use(text: str) -> RedLine | None:
    """The red line that the use of points crosses; a sentence that forbids the tie crosses none."""
    for clause in (_bare(part) for part in re.split(r"[，,。；;！!\n]", text)):
        if _FORBIDDING.fullmatch(clause):
            continue
        for line in RED_LINES:
            if line.words.search(clause):
                return line
    return None


def check_item_words(text: str, *, deducts: bool) -> None:
    """Refuse an item whose words tie points to a right or to a private matter. Raises NotAllowed with the article."""
    line = crossed_by_item(text, deducts=deducts)
    if line is not None:
        raise NotAllowed(f"积分不能涉及{line.name}，“{text.strip()}”这条规则不能保存（{line.law}）。", _OTHER_LINES)


def check_use_words(text: str) -> None:
    """Refuse a use of points that touches what the law grants. Raises NotAllowed with the article."""
    line = crossed_by_use(text)
    if line is not None:
        raise NotAllowed(
            f"积分结果不能和{line.name}挂钩，“{text.strip()}”不能保存（{line.law}）。", "可以改成“评先评优参考”。"
        )


def _bare(text: str) -> str:
    # Blanks and marks between the characters would hide a word; a cult is a breach of law, not a religion.
    return _CULT.sub("", _MARKS.sub("", half_width(text)))
