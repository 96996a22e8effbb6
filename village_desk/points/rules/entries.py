"""One entry of points: the same thing never twice, what the limits leave of it, and who may check it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, half_width, short_date, tidy
from village_desk.points.rules.numbers import share_of, shown
from village_desk.points.rules.sets import (
    APPLIES_WORDS,
    OFTEN_WORDS,
    PER_WORDS,
    Applies,
    Item,
    Often,
    Per,
    Period,
    RuleSet,
    period_of,
)

# The group that reviews: local schemes name three and more, an odd number.
LEAST_JUDGES = 3


class ApplicationState(StrEnum):
    """What the record of an application keeps; booked, refused and withdrawn are final."""

    APPLIED = "applied"
    BOOKED = "booked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """Where an application stands, read from its record, what others said of it, the wall and its entries."""

    APPLIED = "applied"
    REVIEW = "review"
    POSTING = "posting"
    POSTED = "posted"
    OBJECTED = "objected"
    TOWNSHIP = "township"
    CHECKED = "checked"
    BOOKED = "booked"
    REVERSED = "reversed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STAGE_WORDS: dict[Stage, str] = {
    Stage.APPLIED: "待审核",
    Stage.REVIEW: "待评议",
    Stage.POSTING: "待公示",
    Stage.POSTED: "公示中",
    Stage.OBJECTED: "有异议",
    Stage.TOWNSHIP: "待乡镇认定",
    Stage.CHECKED: "待入账",
    Stage.BOOKED: "已入账",
    Stage.REVERSED: "已冲正",
    Stage.REFUSED: "未通过",
    Stage.WITHDRAWN: "已撤回",
}
OPEN_STAGES = frozenset(
    {Stage.APPLIED, Stage.REVIEW, Stage.POSTING, Stage.POSTED, Stage.OBJECTED, Stage.TOWNSHIP, Stage.CHECKED}
)


@dataclass(frozen=True)
class Path:
    """What an open application needs by its set and item, and what it has so far."""

    checked: bool
    review_needed: str
    reviewed: bool
    publish_days: int
    posted_until: dt.date | None
    objections_open: int
    township_needed: bool
    confirmed: bool


def stage_on(path: Path, today: dt.date) -> Stage:
    """Where an open application stands on a day.

    A meeting that reviews is more than one second person, so it stands for the check as well. The sheet hangs until
    the last day is over; an open objection holds everything up.
    """
    if path.objections_open:
        return Stage.OBJECTED
    if not path.checked and not path.reviewed:
        return Stage.APPLIED
    if path.review_needed and not path.reviewed:
        return Stage.REVIEW
    if path.publish_days and path.posted_until is None:
        return Stage.POSTING
    if path.publish_days and path.posted_until is not None and today <= path.posted_until:
        return Stage.POSTED
    if path.township_needed and not path.confirmed:
        return Stage.TOWNSHIP
    return Stage.CHECKED


def check_bookable(stage: Stage, path: Path) -> None:
    """Refuse to book what has not come to the end of its path. Raises NotAllowed with the next act."""
    until = short_date(path.posted_until) if path.posted_until else ""
    told: dict[Stage, tuple[str, str]] = {
        Stage.APPLIED: ("这一笔还没有审核，不能入账。", "请另一位审核人审核签字，再点“入账”。"),
        Stage.REVIEW: ("这一笔还没有评议，不能入账。", "请开评议会（至少3人），点“登记评议”。"),
        Stage.POSTING: ("这一笔还没有公示，不能入账。", f"请打印公示榜张贴{path.publish_days}天，点“登记公示”。"),
        Stage.POSTED: (f"这一笔公示到{until}，还没有满期，不能入账。", f"请等{until}过后再入账。"),
        Stage.OBJECTED: ("这一笔有异议没有答复，先停在这里，不能入账。", "请另外的人复核，点“答复异议”。"),
        Stage.TOWNSHIP: ("这一笔待乡镇认定，不能入账。", "请上报乡镇；收到认定文件后点“登记乡镇认定”。"),
    }
    if stage in told:
        raise NotAllowed(*told[stage])


class Verdict(StrEnum):
    """What the second person says."""

    AGREED = "agreed"
    REFUSED = "refused"


class Way(StrEnum):
    """How a person acted: at the desk under an own login, or on paper that the clerk books."""

    LOGIN = "login"
    PAPER = "paper"


@dataclass(frozen=True)
class Actor:
    """A person in the path of an entry: who it is, whose login was used, which household it lives in.

    `kin` are further households that are related: pairs (household, why).
    """

    person_id: str
    name: str
    operator_id: str
    household_id: str
    kin: tuple[tuple[str, str], ...] = ()

    def related_to(self, household_id: str) -> str:
        """Why this person does not judge a household, "" when it may."""
        if not household_id:
            return ""
        return "一户" if household_id == self.household_id else dict(self.kin).get(household_id, "")


@dataclass(frozen=True)
class Sums:
    """What is booked so far in the period, before an entry: of the item, of its area, of the whole set.

    Area and whole include the opening points; the item has none.
    """

    item: int
    area: int
    whole: int


@dataclass(frozen=True)
class Fitted:
    """The points that an entry gets, and why they differ from those asked; empty when they do not."""

    points: int
    why: str = ""


def event_key(item: Item, event: str, happened_on: dt.date) -> str:
    """What makes two entries of one item and one subject the same: the event and its day, or the stretch of time."""
    if item.often is Often.ONCE:
        return "once"
    if item.often is Often.YEAR:
        return period_of(Period.YEAR, happened_on)
    if item.often is Often.QUARTER:
        return period_of(Period.QUARTER, happened_on)
    if item.often is Often.MONTH:
        return period_of(Period.MONTH, happened_on)
    if item.often is Often.DAY:
        return happened_on.isoformat()
    return f"{happened_on.isoformat()}:{_plain(event)}"


def check_application(
    rules: RuleSet, item: Item, points: int, event: str, happened_on: dt.date, today: dt.date
) -> None:
    """Refuse an application that its item does not carry. Raises NotAllowed."""
    if not tidy(event):
        raise NotAllowed("还没写是什么事。", "请写清楚做了什么、在哪里，例如“7月12日参加村道清扫”。")
    if happened_on > today:
        raise NotAllowed(
            f"事情的日期填的是{chinese_date(happened_on)}，今天才{chinese_date(today)}。", "请填事情实际发生的日期。"
        )
    if not item.in_force(happened_on):
        raise NotAllowed(f"“{item.text}”在{chinese_date(happened_on)}不适用。", "请换一条当天有效的项目，或核对日期。")
    if rules.valid_to and happened_on > rules.valid_to:
        raise NotAllowed(
            f"《{rules.name}》到{chinese_date(rules.valid_to)}为止，{short_date(happened_on)}的事不能按它记分。",
            "请核对日期，或按现在的办法记。",
        )
    if rules.valid_from and happened_on < rules.valid_from:
        raise NotAllowed(
            f"《{rules.name}》从{chinese_date(rules.valid_from)}起执行，{short_date(happened_on)}的事不能按它记分。",
            "请核对日期，或按当时的办法记。",
        )
    if not item.least <= points <= item.most:
        least, most = shown(item.least, rules.decimals), shown(item.most, rules.decimals)
        allowed = f"{least}分" if item.fixed else f"{least}到{most}分"
        asked = shown(points, rules.decimals)
        raise NotAllowed(f"“{item.text}”{OFTEN_WORDS[item.often]}记{allowed}，不能记{asked}分。", "请按办法填分数。")


def times(item: Item, points: int, quantity: int) -> int:
    """Points for hours or heads in tenths; a part of a point is dropped. Raises NotAllowed for no quantity."""
    if item.per is Per.TIME:
        return points
    if quantity <= 0 or quantity > 100_000:
        raise NotAllowed(f"“{item.text}”{PER_WORDS[item.per]}记分，还没填有多少。", "请填小时数或人数，例如 3 或 2.5。")
    if item.per is Per.HEAD and quantity % 10:
        raise NotAllowed(f"“{item.text}”按人数记分，人数要是整数。", "请核对人数。")
    return share_of(points, quantity, 10)


def campaign_bonus(rules: RuleSet, item: Item, name: str, happened_on: dt.date) -> int:
    """What a campaign adds to an entry that bears its name, 0 without one. Raises NotAllowed outside its days."""
    if not name:
        return 0
    found = rules.campaign(name)
    if found is None:
        raise NotAllowed(f"《{rules.name}》里没有专项行动“{name}”。", "请从列出的专项里选，或先在办法里添加。")
    if item.deducts:
        raise NotAllowed(f"“{item.text}”是扣分项，不能标专项行动“{name}”。", "专项只另加分；请不标专项再申报。")
    if not found.first <= happened_on <= found.last:
        raise NotAllowed(
            f"专项行动“{name}”从{chinese_date(found.first)}到{chinese_date(found.last)}，"
            f"{chinese_date(happened_on)}的事不能另加分。",
            "请核对日期，或不标专项再申报。",
        )
    return found.bonus


def check_applicant(item: Item, kind: str, subject: str) -> None:
    """Refuse an application by somebody who may not apply for the item. Raises NotAllowed."""
    if item.applies and kind not in item.applies:
        who = "、".join(APPLIES_WORDS[Applies(each)] for each in item.applies)
        by = APPLIES_WORDS[Applies(kind)] if kind else "没有写申报人"
        raise NotAllowed(
            f"“{item.text}”只能由{who}申报，{subject}这一笔的申报人是{by}。", "请换一位申报人，或核对办法里“谁申报”。"
        )


def lacks_evidence(item: Item, evidence: str, files: int = 0) -> bool:
    """Whether an entry has neither words nor a file where its item demands evidence."""
    return item.evidence_needed and not files and not tidy(evidence)


def check_evidence(text: str, lacking: bool) -> None:
    """Refuse to confirm an entry that lacks the evidence which its item (of this text) demands. Raises NotAllowed."""
    if lacking:
        raise NotAllowed(
            f"“{text}”要有依据才能审核，这一笔还没有。",
            "请写明依据，例如“7月12日活动签到表”或“网格员王强现场查看”；也可以附上照片、扫描件，不必等照片。",
        )


def check_classes(item: Item, subject: str, subject_class: str) -> None:
    """Refuse an item that does not apply to a subject's class (骨干, 普通, 流动, 特殊). Raises NotAllowed."""
    if item.classes and subject_class not in item.classes:
        raise NotAllowed(
            f"“{item.text}”只适用于{'、'.join(item.classes)}，{subject}登记的是“{subject_class or '未分类'}”。",
            "请换一条项目，或先核对分类。",
        )


def fit(rules: RuleSet, item: Item, asked: int, sums: Sums) -> Fitted:
    """What the caps and floors of item, area and set leave of the points asked for.

    A part that no longer fits is cut and said; raises NotAllowed when nothing fits.
    """

    def said(points: int) -> str:
        return f"{shown(points, rules.decimals)}分"

    area = rules.area(item.area)
    least = rules.floor or 0
    if item.to_zero:
        if sums.whole <= least:
            raise NotAllowed(f"现有{said(sums.whole)}，没有可以清零的分数。", "这件事可以留在申报记录里。")
        return Fitted(least - sums.whole, f"按“{item.text}”清零，扣{said(sums.whole - least)}。")
    limits: tuple[tuple[str, int, int | None, int | None], ...] = (
        (f"“{item.text}”", sums.item, item.cap, item.floor),
        (f"类别“{item.area}”", sums.area, area.cap, area.floor),
        (f"《{rules.name}》", sums.whole, rules.cap, rules.floor),
    )
    points, why = asked, ""
    for what, so_far, cap, floor in limits:
        if asked > 0 and cap is not None and points > max(cap - so_far, 0):
            points = max(cap - so_far, 0)
            why = f"{what}本期上限{said(cap)}，已记{said(so_far)}，这次只记{said(points)}。"
        if asked < 0 and floor is not None and points < min(floor - so_far, 0):
            points = min(floor - so_far, 0)
            why = f"{what}最低到{said(floor)}，现有{said(so_far)}，这次只扣{said(-points)}。"
        if points == 0:
            raise NotAllowed(
                f"{what}本期上限{said(cap or 0)}，已经记满，不能再加。"
                if asked > 0
                else f"{what}最低到{said(floor or 0)}，已经到底，不能再扣。",
                "这件事可以留在申报记录里；确实记错过的，请先更正原来那一笔。",
            )
    return Fitted(points, why)


def check_checker(applied: Actor, checker: Actor, way: Way, subject_household: str, subject: str) -> None:
    """The second person is another person, and relatives do not judge relatives. Raises NotAllowed.

    At the desk the checker needs an own login; on paper the clerk books the signature of somebody else.
    """
    if checker.person_id and checker.person_id == applied.person_id:
        raise NotAllowed(f"这一笔是{applied.name}申报的，不能由本人审核。", "请另一位审核人审核。")
    if way is Way.LOGIN and checker.operator_id == applied.operator_id:
        raise NotAllowed(
            "这一笔是用同一个操作人登记的，申报和审核要分开。",
            "请审核人用自己的口令登录；审核人在纸上签字的，请选“纸质签字”并填审核人。",
        )
    if way is Way.PAPER and not checker.person_id:
        raise NotAllowed("还没填是谁在纸上签的字。", "请从名册里选审核人。")
    why = checker.related_to(subject_household)
    if why:
        raise NotAllowed(kin_words(checker.name, subject, why, "审核"), "请没有亲属关系的审核人审核。")


def kin_words(name: str, subject: str, why: str, act: str) -> str:
    """The sentence for somebody who is to step aside; `act` is 审核 or 复核."""
    if why == "一户":
        return f"{name}和{subject}是一户，不能{act}自家的积分。"
    return f"{name}和{subject}是亲属（{why}），不能{act}这一户的积分。"


def unrelated(judges: Sequence[Actor], household_id: str) -> tuple[Actor, ...]:
    """The judges who may judge a household: those who neither live in it nor are related to it."""
    return tuple(each for each in judges if not each.related_to(household_id))


def check_judges(judges: Sequence[Actor], body: str) -> None:
    """A meeting that reviews has at least three different people. Raises NotAllowed."""
    names = [each.name for each in judges]
    doubled = next(
        (
            name
            for place, name in enumerate(names)
            if judges[place].person_id in {other.person_id for other in judges[:place]}
        ),
        "",
    )
    if doubled:
        raise NotAllowed(f"评议人里{doubled}写了两次。", "请删去一个，补上另一位评议人。")
    if len(names) < LEAST_JUDGES:
        what = "党支部评议" if body == "branch" else "评议小组"
        raise NotAllowed(
            f"{what}至少要{LEAST_JUDGES}人，现在只有{len(names)}人，还差{LEAST_JUDGES - len(names)}人。",
            "请把参加评议的人都选上；有亲属关系的由别人评。",
        )


def why_not_judged(judges: Sequence[Actor], household_id: str, applicant_id: str, subject: str) -> str:
    """Why a meeting cannot judge this subject, "" when it can: relatives and the applicant stand aside."""
    left = [each for each in unrelated(judges, household_id) if each.person_id != applicant_id]
    if len(left) >= LEAST_JUDGES:
        return ""
    aside = "、".join(each.name for each in judges if each not in left)
    return f"{subject}：{aside}要回避，只剩{len(left)}人评议，还差{LEAST_JUDGES - len(left)}人，请补人再评。"


def check_answer(applicant_id: str, checker_ids: Sequence[str], answering: Sequence[Actor], words: str) -> None:
    """Who answers an objection is not who awarded. Raises NotAllowed."""
    if not answering:
        raise NotAllowed("还没填由谁复核。", "请选复核的人，要和申报人、审核人不同。")
    for each in answering:
        if each.person_id == applicant_id:
            raise NotAllowed(f"{each.name}是这一笔的申报人，不能复核异议。", "请另外的人复核。")
        if each.person_id in checker_ids:
            raise NotAllowed(f"{each.name}审核过这一笔，不能复核异议。", "请另外的人复核，例如监委会委员。")
    if not tidy(words):
        raise NotAllowed("还没写怎样答复。", "请写明查到什么、怎样处理，例如“查看签到表，当天确实参加”。")


def check_reversal(state: ApplicationState, already_reversed: bool, number: str, reason: str) -> None:
    """A reversal needs a booked entry, happens once, and gives its reason. Raises NotAllowed."""
    if state is not ApplicationState.BOOKED:
        raise NotAllowed("这一笔还没有入账，不用更正。", "没入账的申报可以直接撤回。")
    if already_reversed:
        raise NotAllowed(f"{number}已经更正（冲正）过一次，不能再冲。", "要重新记分，请重新申报。")
    if not tidy(reason):
        raise NotAllowed("更正这一笔要写明原因。", "例如：分数多记了2分；人记错了。")


def check_excellent_share(excellent: int, members: int) -> None:
    """优秀 is a grade that people give, in general to at most a third of the members. Raises NotAllowed beyond it."""
    if excellent * 3 > members:
        raise NotAllowed(
            f"共{members}名党员，评为优秀的一般不超过三分之一（{members // 3}名），现在是{excellent}名。",
            "积分只作参考，等次由民主评议确定，请核对名单。",
        )


def _plain(text: str) -> str:
    return "".join(ch for ch in half_width(tidy(text)).casefold() if ch.isalnum())
