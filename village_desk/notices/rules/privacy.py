"""What may not hang on the wall: numbers of persons found in free text, and the masked text that may."""

import re
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# One blank or dash may stand between any two figures: 3209 2419 6803 0512 34 is a number all the same.
_RUN = re.compile(r"(?<![0-9])[0-9](?:[ \-‐–—]?[0-9]){9,18}(?:[ \-‐–—]?[Xx])?(?![0-9])")
# Cards are written in fours; two dates in a row also have sixteen figures.
_CARD = re.compile(r"\d{4}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?")
_BIRTH = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_SHORT_BIRTH = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
# An illness or a disability beside a name is more than the wall may know (个人信息保护法 28).
_HEALTH = re.compile(
    r"(?:视力|听力|言语|肢体|智力|精神|多重)残疾(?:[一二三四1-4]级)?|残疾[一二三四1-4]级"
    r"|精神分裂症?|精神病|艾滋病|尿毒症|白血病|癫痫|尘肺病?|脑瘫|脑梗死?|肝炎|肺结核|抑郁症|糖尿病|高血压|(?:[一-龥]{1,2})?癌症?"
)
# Why somebody is poor is told to nobody (社会救助法 11).
_POVERTY = re.compile(
    r"因(?:病|残|学|灾|丧)(?:致贫|返贫|致困)|(?:致贫|返贫|致困|困难)原因[：:为是]?[^，。；、\s]{0,12}"
    r"|建档立卡贫困户|边缘易致贫户|脱贫不稳定户|突发严重困难户"
)
_NAME = r"[一-龥][一-龥·]{1,3}"
_CHILD_AGE = re.compile(rf"({_NAME})[，,、（(\s]*(?:[男女][，,、\s]*)?(\d{{1,2}})周?岁")
_CHILD_LABEL = re.compile(rf"(?:孤儿|留守儿童|困境儿童|无人抚养儿童|未成年人)(?:姓名)?[：:]\s*({_NAME})")
_GROWN_UP = 18
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦"
)


class FindingKind(StrEnum):
    """What kind of private thing was found."""

    IDENTITY = "identity"
    PHONE = "phone"
    CARD = "card"
    HEALTH = "health"
    POVERTY = "poverty"
    MINOR = "minor"


KIND_NAMES: dict[FindingKind, str] = {
    FindingKind.IDENTITY: "身份证号",
    FindingKind.PHONE: "手机号",
    FindingKind.CARD: "银行卡号",
    FindingKind.HEALTH: "疾病或残疾类别",
    FindingKind.POVERTY: "困难原因",
    FindingKind.MINOR: "未成年人姓名",
}
# A duty phone, a talk about an illness, a child that won a prize may be meant; a number has no business on a board.
_MAY_STAY = frozenset({FindingKind.PHONE, FindingKind.HEALTH, FindingKind.POVERTY, FindingKind.MINOR})


@dataclass(frozen=True)
class Finding:
    """A private thing in a text: where it stands, as typed, and what is printed in its place."""

    kind: FindingKind
    start: int
    end: int
    found: str
    masked: str


def scan(text: str, *, duty_phones: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Every identity number, phone, card number, illness, cause of poverty or child's name in a text, in its order.

    Phones in `duty_phones` (printed on purpose: village, township) are left alone.
    """
    plain = half_width(text)
    findings = [
        finding
        for match in _RUN.finditer(plain)
        for finding in _classified(match.start(), match.end(), text[match.start() : match.end()], duty_phones)
    ]
    findings += [
        Finding(FindingKind.HEALTH, match.start(), match.end(), match.group(), "（不公开）")
        for match in _HEALTH.finditer(plain)
    ]
    findings += [
        Finding(FindingKind.POVERTY, match.start(), match.end(), match.group(), "（不公开）")
        for match in _POVERTY.finditer(plain)
    ]
    findings += _children(plain)
    ordered = sorted(findings, key=lambda finding: (finding.start, -finding.end))
    return tuple(
        finding
        for number, finding in enumerate(ordered)
        if not any(finding.start < other.end for other in ordered[:number])
    )


def _children(plain: str) -> list[Finding]:
    """Names beside an age below eighteen, or behind a word that says that somebody is a child."""
    found = [(match.start(1), match.group(1)) for match in _CHILD_LABEL.finditer(plain)]
    found += [
        (match.start(1), match.group(1)) for match in _CHILD_AGE.finditer(plain) if int(match.group(2)) < _GROWN_UP
    ]
    children = []
    for start, name in found:
        # What stands before the name (三组李小明) is cut off at the first surname.
        skip = next((at for at, sign in enumerate(name[:-1]) if sign in _SURNAMES), 0)
        own = name[skip:]
        children.append(Finding(FindingKind.MINOR, start + skip, start + len(name), own, f"{own[0]}*"))
    return children


def masked(text: str, findings: tuple[Finding, ...]) -> str:
    """The text with each finding covered."""
    for finding in sorted(findings, key=lambda finding: finding.start, reverse=True):
        text = text[: finding.start] + finding.masked + text[finding.end :]
    return text


def covered(text: str) -> str:
    """Free text as a sheet of the desk prints it: nobody's numbers, illness, child or need in it."""
    return masked(text, scan(text)) if text else ""


def check_wall_text(text: str, *, reason: str = "", duty_phones: frozenset[str] = frozenset()) -> None:
    """Refuse a text that would put a person's numbers or illness on the wall (个人信息保护法 25, 28).

    A phone, an illness or a child's name may stay when the clerk gives a reason, which is logged; an identity or card
    number never. Raises NotAllowed.
    """
    findings = scan(text, duty_phones=duty_phones)
    barred = [finding for finding in findings if finding.kind not in _MAY_STAY or not reason.strip()]
    if not barred:
        return
    first = barred[0]
    name = KIND_NAMES[first.kind]
    more = f"，全文共{len(barred)}处" if len(barred) > 1 else ""
    advice = (
        "请点“遮盖”，张贴的内容会改成遮盖后的样子；确实要公开的（如值班电话），请写明理由。"
        if first.kind in _MAY_STAY
        else "请点“遮盖”，或把这一处删掉再张贴。"
    )
    raise NotAllowed(f"张贴内容里有完整的{name}“{first.masked}”{more}，上墙会泄露个人信息。", advice)


def _classified(start: int, end: int, found: str, duty_phones: frozenset[str]) -> list[Finding]:
    digits = re.sub(r"[^0-9X]", "", half_width(found).upper())
    if digits in duty_phones:
        return []
    if _is_identity(digits):
        return [Finding(FindingKind.IDENTITY, start, end, found, f"{digits[:4]}{'*' * 10}{digits[-4:]}")]
    if len(digits) == 11 and re.fullmatch(r"1[3-9]\d{9}", digits):
        return [Finding(FindingKind.PHONE, start, end, found, f"{digits[:3]}****{digits[-4:]}")]
    if _CARD.fullmatch(half_width(found)):
        return [Finding(FindingKind.CARD, start, end, found, f"尾号{digits[-4:]}")]
    return []


def _is_identity(digits: str) -> bool:
    if len(digits) == 15 and digits.isdigit():
        return _SHORT_BIRTH.fullmatch(digits[6:12]) is not None
    if len(digits) != 18 or not digits[:17].isdigit():
        return False
    # A wrong check figure is a slip of typing, not an unknown person: the birth date in the middle is enough.
    return _BIRTH.fullmatch(digits[6:14]) is not None or digits[-1] == _check_figure(digits)


def _check_figure(digits: str) -> str:
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11]
