"""The life of a sheet: the stages it goes through, who may review it, and when it may get its number."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.notices.rules.kinds import Issuer


class NoticeState(StrEnum):
    """What the record itself keeps; a published sheet never changes again."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Stage(StrEnum):
    """Where a sheet stands, read from its record and from all that happened to it."""

    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    SENT_BACK = "sent_back"
    REVIEWED = "reviewed"
    AWAITS_APPROVAL = "awaits_approval"
    NUMBERED = "numbered"
    PRINTED = "printed"
    POSTED = "posted"
    OFF_EARLY = "off_early"
    RUN_OUT = "run_out"
    TAKEN_DOWN = "taken_down"
    ARCHIVED = "archived"


STAGE_WORDS: dict[Stage, str] = {
    Stage.DRAFT: "草稿",
    Stage.UNDER_REVIEW: "待监委会审核",
    Stage.SENT_BACK: "监委会有意见",
    Stage.REVIEWED: "待编号定稿",
    Stage.AWAITS_APPROVAL: "待会议确定",
    Stage.NUMBERED: "待打印",
    Stage.PRINTED: "待张贴",
    Stage.POSTED: "张贴中",
    Stage.OFF_EARLY: "待补贴",
    Stage.RUN_OUT: "可以撤下",
    Stage.TAKEN_DOWN: "已撤下",
    Stage.ARCHIVED: "已归档",
}


class Opinion(StrEnum):
    """What the supervision committee says of a sheet before it is posted."""

    AGREED = "agreed"
    AFTER_CHANGES = "after_changes"
    OBJECTED = "objected"


OPINION_WORDS: dict[Opinion, str] = {
    Opinion.AGREED: "同意公开",
    Opinion.AFTER_CHANGES: "修改后公开",
    Opinion.OBJECTED: "不同意公开",
}


class DamageKind(StrEnum):
    """How a sheet left the wall before its day."""

    TORN = "torn"
    FADED = "faded"
    COVERED = "covered"
    REMOVED = "removed"


DAMAGE_WORDS: dict[DamageKind, str] = {
    DamageKind.TORN: "被撕或脱落",
    DamageKind.FADED: "淋湿或褪色，看不清",
    DamageKind.COVERED: "被别的纸盖住",
    DamageKind.REMOVED: "被提前取下",
}


@dataclass(frozen=True)
class Reviewer:
    """What is known of a person who would review a sheet, on the day of the review."""

    name: str
    on_supervision: bool
    on_committee: bool
    clerk: bool
    relative_of: str = ""


@dataclass(frozen=True)
class ReviewFact:
    """A review that has been given: of which wording, with what opinion."""

    opinion: Opinion
    wording: str
    reviewed_on: dt.date
    reviewer: str


def review_expected(issuer: Issuer) -> bool:
    """Whether the supervision committee reads a body's sheets first unless the place says otherwise.

    It watches over the affairs of the village and its finance (村民委员会组织法 37), not over the party branch.
    """
    return issuer in {Issuer.COMMITTEE, Issuer.COLLECTIVE}


def check_reviewer(reviewer: Reviewer) -> None:
    """Refuse a review by anybody who is not on the supervision committee or may not be.

    Members of the villagers' committee and their near relatives are barred (村民委员会组织法 37); the clerk is barred
    by provincial rules (山东, 浙江) and by the desk everywhere. Raises NotAllowed.
    """
    if reviewer.clerk:
        raise NotAllowed(
            f"{reviewer.name}是村文书（报账员），不能审核自己经手的公开内容。", "请村务监督委员会的成员审核签字。"
        )
    if reviewer.on_committee:
        raise NotAllowed(
            f"{reviewer.name}是村民委员会成员，不得担任村务监督工作（《村民委员会组织法》第三十七条）。",
            "请村务监督委员会的其他成员审核签字。",
        )
    if not reviewer.on_supervision:
        raise NotAllowed(
            f"{reviewer.name}在审核当天不是村务监督委员会成员。", "请核对审核日期，或请村务监督委员会的成员审核签字。"
        )
    if reviewer.relative_of:
        raise NotAllowed(
            f"{reviewer.name}是村民委员会成员{reviewer.relative_of}的近亲属，不得担任村务监督工作"
            "（《村民委员会组织法》第三十七条）。",
            "请村务监督委员会的其他成员审核签字。",
        )


def standing_review(reviews: tuple[ReviewFact, ...], wording: str) -> Stage:
    """REVIEWED, SENT_BACK or UNDER_REVIEW for the wording that would be printed now; the last review decides.

    同意 holds for the very wording that was read; 修改后公开 holds once the wording has been changed.
    """
    if not reviews:
        return Stage.UNDER_REVIEW
    last = reviews[-1]
    if last.opinion is Opinion.OBJECTED:
        return Stage.SENT_BACK if last.wording == wording else Stage.UNDER_REVIEW
    if last.opinion is Opinion.AFTER_CHANGES:
        return Stage.SENT_BACK if last.wording == wording else Stage.REVIEWED
    return Stage.REVIEWED if last.wording == wording else Stage.UNDER_REVIEW


def check_publish(title: str, reviews: tuple[ReviewFact, ...], wording: str, *, review_first: bool) -> None:
    """Refuse a number to a sheet that the place wants reviewed first and that has not been, or not with this wording.

    Raises NotAllowed.
    """
    if not review_first:
        return
    standing = standing_review(reviews, wording)
    if standing is Stage.REVIEWED:
        return
    if not reviews:
        raise NotAllowed(
            f"《{title}》还没有村务监督委员会的审核意见。",
            "请打印审核单，请村务监督委员会成员签字，回来点“登记审核”。",
        )
    last = reviews[-1]
    if standing is Stage.SENT_BACK and last.opinion is Opinion.OBJECTED:
        raise NotAllowed(
            f"{last.reviewer}{chinese_date(last.reviewed_on)}不同意公开《{title}》。",
            "请答复意见或修改内容，再请村务监督委员会审核。",
        )
    if standing is Stage.SENT_BACK:
        raise NotAllowed(
            f"{last.reviewer}{chinese_date(last.reviewed_on)}要求《{title}》修改后公开，内容还没有改。",
            "请照审核意见修改后再公开。",
        )
    raise NotAllowed(
        f"《{title}》在{chinese_date(last.reviewed_on)}审核以后又改过，原来的审核意见不再适用。",
        "请打印新的审核单，请村务监督委员会再看一遍。",
    )


def check_approval(title: str, approvals: tuple[str, ...], wording: str, demanded: str) -> None:
    """Refuse a number to a sheet that the place wants settled first; `approvals` are the wordings that were settled.

    `demanded` names the body in words, empty where nobody has to. Raises NotAllowed.
    """
    if not demanded or wording in approvals:
        return
    if approvals:
        raise NotAllowed(
            f"《{title}》在{demanded}确定以后又改过。", f"请把改后的内容再提交{demanded}，回来点“登记会议意见”。"
        )
    raise NotAllowed(
        f"《{title}》还没有经{demanded}确定，本地规定要先确定再公开。", f"请提交{demanded}，回来点“登记会议意见”。"
    )


def check_not_future(day: dt.date, today: dt.date, what: str) -> None:
    """Refuse a fact that has not happened yet. Raises NotAllowed."""
    if day > today:
        raise NotAllowed(
            f"{what}填的是{chinese_date(day)}，今天才{chinese_date(today)}。",
            "请填实际发生的日期；还没办的事，办完再登记。",
        )


def check_slip(old: dt.date, new: dt.date, reason: str, what: str) -> None:
    """A typing slip in a date of the desk's own is put right with a reason; the sheet on the wall needs no correction.

    Raises NotAllowed when nothing would change or no reason is given.
    """
    if old == new:
        raise NotAllowed(f"{what}原来就是{chinese_date(old)}，没有要改的。", "请填正确的日期。")
    if not reason.strip():
        raise NotAllowed(f"改{what}要写明原因。", "例如：登记时把14日输成了4日。")
