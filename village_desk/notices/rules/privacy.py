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
    r"|精神分裂|艾滋病|尿毒症|癌症|肝炎|肺结核|抑郁症"
)


class FindingKind(StrEnum):
    """What kind of private thing was found."""

    IDENTITY = "identity"
    PHONE = "phone"
    CARD = "card"
    HEALTH = "health"


KIND_NAMES: dict[FindingKind, str] = {
    FindingKind.IDENTITY: "身份证号",
    FindingKind.PHONE: "手机号",
    FindingKind.CARD: "银行卡号",
    FindingKind.HEALTH: "疾病或残疾类别",
}
# A phone may be meant (a duty phone); the others have no business on a board.
_MAY_STAY = frozenset({FindingKind.PHONE})


@dataclass(frozen=True)
class Finding:
    """A private thing in a text: where it stands, as typed, and what is printed in its place."""

    kind: FindingKind
    start: int
    end: int
    found: str
    masked: str


def scan(text: str, *, duty_phones: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Every identity number, phone, card number, illness or kind of disability in a text, in its order.

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
    return tuple(sorted(findings, key=lambda finding: finding.start))


def masked(text: str, findings: tuple[Finding, ...]) -> str:
    """The text with each finding covered."""
    for finding in sorted(findings, key=lambda finding: finding.start, reverse=True):
        text = text[: finding.start] + finding.masked + text[finding.end :]
    return text


def check_wall_text(text: str, *, reason: str = "", duty_phones: frozenset[str] = frozenset()) -> None:
    """Refuse a text that would put a person's numbers or illness on the wall (个人信息保护法 25, 28).

    A phone may stay when the clerk gives a reason; an identity or card number never. Raises NotAllowed.
    """
    findings = scan(text, duty_phones=duty_phones)
    barred = [finding for finding in findings if finding.kind not in _MAY_STAY or not reason.strip()]
    if not barred:
        return
    first = barred[0]
    name = KIND_NAMES[first.kind]
    more = f"，全文共{len(barred)}处" if len(barred) > 1 else ""
    advice = (
        "请点“遮盖”，张贴的内容会改成遮盖后的样子；值班电话要完整公开的，请写明理由。"
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
