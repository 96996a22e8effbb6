"""The three kinds of sheets, the bodies that issue them, and the official number of a sheet."""

import re
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed

NUMBER_PENDING = "待编号"
_LAW = re.compile(r"(.*?(?:法|条例|细则|办法|规定|意见)(?:（试行）)?)(第[一二三四五六七八九十百零〇]+条.*)")
# A row's version is that of the law that its pack is about.
_VERSIONED = frozenset({"村民委员会组织法"})


class NoticeKind(StrEnum):
    """公开 tells afterwards, 公示 asks for objections before, 公告 announces; clocks, words and seals differ."""

    PUBLICATION = "publication"
    OBJECTION = "objection_notice"
    ANNOUNCEMENT = "announcement"


class Issuer(StrEnum):
    """The bodies with a seal and a number series of their own."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    COLLECTIVE = "collective"
    SUPERVISION = "supervision"


class NoticeClass(StrEnum):
    """The column of the board that a sheet belongs to."""

    PARTY = "party"
    VILLAGE = "village"
    FINANCE = "finance"
    SERVICE = "service"


@dataclass(frozen=True)
class KindWords:
    """What a kind is called, what its period is called, and the sentence that closes its text."""

    name: str
    period: str
    closing: str
    takes_objections: bool


KIND_WORDS: dict[NoticeKind, KindWords] = {
    NoticeKind.PUBLICATION: KindWords("公开", "公开期限", "现予公开，请村民监督。", False),
    NoticeKind.OBJECTION: KindWords("公示", "公示期", "特此公示。", True),
    NoticeKind.ANNOUNCEMENT: KindWords("公告", "张贴期限", "特此公告。", False),
}


@dataclass(frozen=True)
class IssuerWords:
    """How a body signs, what its seal and signer are called, and the letters of its number series.

    `full_name` and `mark` hold {village}; a place puts its own names over them.
    """

    short: str
    full_name: str
    mark: str
    signer: str
    seal: str


ISSUER_WORDS: dict[Issuer, IssuerWords] = {
    Issuer.BRANCH: IssuerWords("村党组织", "中共{village}支部委员会", "{village}支", "党组织书记", "村党组织印章"),
    Issuer.COMMITTEE: IssuerWords(
        "村民委员会", "{village}村民委员会", "{village}委", "村民委员会主任", "村民委员会印章"
    ),
    Issuer.COLLECTIVE: IssuerWords(
        "农村集体经济组织", "{village}集体经济组织", "{village}集", "理事长", "农村集体经济组织印章"
    ),
    Issuer.SUPERVISION: IssuerWords(
        "村务监督委员会", "{village}村务监督委员会", "{village}监", "村务监督委员会主任", "村务监督委员会印章"
    ),
}

CLASS_WORDS: dict[NoticeClass, str] = {
    NoticeClass.PARTY: "党务",
    NoticeClass.VILLAGE: "村务",
    NoticeClass.FINANCE: "财务",
    NoticeClass.SERVICE: "服务",
}


def check_mark(mark: str, others: dict[str, str]) -> None:
    """Refuse letters that no number can bear, or that another body has; `others` are bodies by their letters.

    Raises NotAllowed.
    """
    if not mark or len(mark) > 12 or any(sign in mark for sign in "〔〕[]（）()第号 0123456789"):
        raise NotAllowed(f"文号的字头“{mark}”不能用。", "写村名简称加单位简称，例如“东河村委”，不写年份和号。")
    if mark in others:
        raise NotAllowed(f"文号的字头“{mark}”已经是{others[mark]}的。", "几个单位各编各的号，请换一个字头。")


def issuer_name(issuer: Issuer, village: str) -> str:
    """东河村村民委员会, for a village that is kept as 东河村 or as 东河."""
    return ISSUER_WORDS[issuer].full_name.format(village=_named(village))


def official_number(issuer: Issuer, village: str, year: int, number: int | None, mark: str = "") -> str:
    """东河村委〔2026〕3号: hexagonal brackets, no leading zero, no 第 (GB/T 9704-2012, 7.2.5); 待编号 without a number.

    `mark` are the letters that the village set for the issuer. Raises NotAllowed when the number is below one.
    """
    if number is None:
        return NUMBER_PENDING
    if number < 1:
        raise NotAllowed(f"文号从1号起编，不能是{number}号。", "请核对上一张的文号。")
    return f"{mark or usual_mark(issuer, village)}〔{year}〕{number}号"


def usual_mark(issuer: Issuer, village: str) -> str:
    """东河村委: the letters of an issuer's numbers where the village set none."""
    return ISSUER_WORDS[issuer].mark.format(village=_named(village))


def next_number(taken: tuple[int, ...], *, holds_series: bool) -> int | None:
    """The next number of an issuer's year; None on a laptop that does not hold the village's number series."""
    return max(taken, default=0) + 1 if holds_series else None


def cited(legal_ref: str, law_version: str = "") -> str:
    """《村民委员会组织法》（2025修订）第三十五条 from a row's words; what names no article stays as it is."""
    found = _LAW.fullmatch(legal_ref)
    if found is None:
        return legal_ref
    version = f"（{law_version}）" if law_version and found[1] in _VERSIONED else ""
    return f"《{found[1]}》{version}{found[2]}"


def _named(village: str) -> str:
    return village if village.endswith(("村", "社区")) else f"{village}村"
