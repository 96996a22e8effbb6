"""The way to party membership: its steps, the least time between them, and what is lacking, told and not refused."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.text import chinese_date
from village_desk.people.rules.dates import birthday_18
from village_desk.people.rules.party import BranchRule, months_later
from village_desk.rulebook.rules import PartyCheck, PartyRow, party_row


class Stage(StrEnum):
    """Steps on the way, as stored; admission and full membership stand in the membership itself."""

    APPLICANT = "applicant"
    ACTIVIST = "activist"
    CANDIDATE = "candidate"
    PROBATIONARY = "probationary"
    FULL = "full"
    ENDED = "ended"


STAGE_WORDS: dict[Stage, str] = {
    Stage.APPLICANT: "入党申请人",
    Stage.ACTIVIST: "入党积极分子",
    Stage.CANDIDATE: "发展对象",
    Stage.PROBATIONARY: "预备党员",
    Stage.FULL: "正式党员",
    Stage.ENDED: "不再培养",
}
STAGE_DAY_WORDS: dict[Stage, str] = {
    Stage.APPLICANT: "递交入党申请书的日期",
    Stage.ACTIVIST: "确定为入党积极分子的日期",
    Stage.CANDIDATE: "列为发展对象的日期",
    Stage.PROBATIONARY: "支部大会通过为预备党员的日期",
    Stage.FULL: "转为正式党员的日期",
    Stage.ENDED: "停止培养的日期",
}
_YEARS = {1: "一", 2: "两", 3: "三"}
ORDER = (Stage.APPLICANT, Stage.ACTIVIST, Stage.CANDIDATE, Stage.PROBATIONARY, Stage.FULL)


@dataclass(frozen=True)
class Step:
    """One step with its day."""

    stage: Stage
    on: dt.date | None
    despite: str = ""


@dataclass(frozen=True)
class Record:
    """What else counts before a step: birth, whether a post was ever held, minutes of voluntary work."""

    birth: str = ""
    had_post: bool = False
    minutes: int = 0


def next_stage(steps: tuple[Step, ...]) -> Stage | None:
    """The step that comes next; None when the way is at its end or was given up."""
    done = [step.stage for step in steps]
    if Stage.ENDED in done or Stage.FULL in done:
        return None
    furthest = max((ORDER.index(stage) for stage in done), default=-1)
    return ORDER[furthest + 1]


def step_lacks(
    stage: Stage,
    on: dt.date,
    steps: tuple[Step, ...],
    record: Record,
    rule: BranchRule,
    extended_to: dt.date | None,
    rows: tuple[PartyRow, ...],
) -> tuple[str, ...]:
    """Sentences that tell why a step on that day is not in order; the fact is kept, the clerk writes a reason.

    `rows` are those of the day of the step.
    """
    found: list[str] = []
    known = {step.stage: step.on for step in steps}
    words = STAGE_WORDS[stage]
    if stage is Stage.ENDED:
        return ()
    place = ORDER.index(stage)
    if place and known.get(ORDER[place - 1]) is None:
        found.append(f"没有登记为{STAGE_WORDS[ORDER[place - 1]]}的日期，时间够不够算不出来。")
    age = party_row(rows, PartyCheck.AGE)
    if age is not None and record.birth and birthday_18(record.birth, age.least) > on:
        day = chinese_date(birthday_18(record.birth, age.least))
        found.append(f"到{day}才满{age.least}周岁（{age.legal_ref}）。")
    began = known.get(Stage.ACTIVIST)
    cultivation = party_row(rows, PartyCheck.CULTIVATION)
    if stage is Stage.CANDIDATE and began is not None and cultivation is not None:
        span, source = span_words(cultivation.least), cultivation.legal_ref
        found += _too_early(began, cultivation.least, on, f"培养教育满{span}才能列为{words}（{source}）")
    admitted = known.get(Stage.PROBATIONARY)
    if stage is Stage.FULL and admitted is not None:
        probation = party_row(rows, PartyCheck.PROBATION)
        if probation is not None:
            words = f"预备期{span_words(probation.least)}（{probation.legal_ref}）"
            found += _too_early(admitted, probation.least, on, words)
        if extended_to is not None and on < extended_to:
            found.append(f"预备期已延长到{chinese_date(extended_to)}，还差{(extended_to - on).days}天。")
    if stage in (Stage.CANDIDATE, Stage.PROBATIONARY):
        if rule.post and not record.had_post:
            found.append("没有上岗记录；本村要求先上岗再入党。")
        short = rule.hours * 60 - record.minutes
        if rule.hours and short > 0:
            found.append(f"志愿服务要{rule.hours}小时，已登记{hours_words(record.minutes)}，还差{hours_words(short)}。")
    return tuple(found)


def order_fault(stage: Stage, on: dt.date, steps: tuple[Step, ...]) -> str:
    """Why the day cannot be right: it lies before an earlier step; empty when it can."""
    if stage is Stage.ENDED:
        return ""
    for step in steps:
        if step.stage is Stage.ENDED or step.on is None:
            continue
        if ORDER.index(step.stage) < ORDER.index(stage) and step.on > on:
            return f"{chinese_date(step.on)}才成为{STAGE_WORDS[step.stage]}，{STAGE_WORDS[stage]}的日期不能更早。"
    return ""


def earliest(stage: Stage | None, steps: tuple[Step, ...], rows: tuple[PartyRow, ...]) -> dt.date | None:
    """The first day on which a step is in order by its least time; None where no row speaks of it."""
    days = {step.stage: step.on for step in steps}
    for wanted, before, check in (
        (Stage.CANDIDATE, Stage.ACTIVIST, PartyCheck.CULTIVATION),
        (Stage.FULL, Stage.PROBATIONARY, PartyCheck.PROBATION),
    ):
        row, began = party_row(rows, check), days.get(before)
        if stage is wanted and row is not None and began is not None:
            return months_later(began, row.least)
    return None


def extension_lacks(admitted: dt.date, extended_to: dt.date, rows: tuple[PartyRow, ...]) -> tuple[str, ...]:
    """Sentences about an extension of the probation: half a year at least, a year at most (党章第七条)."""
    probation, span = party_row(rows, PartyCheck.PROBATION), party_row(rows, PartyCheck.EXTENSION)
    if probation is None or span is None:
        return ()
    ends = months_later(admitted, probation.least)
    least = months_later(ends, span.least)
    if extended_to < least:
        words = f"延长不能少于{span_words(span.least)}，最早到{chinese_date(least)}"
        return (f"预备期到{chinese_date(ends)}，{words}（{span.legal_ref}）。",)
    longest = months_later(ends, span.most)
    if span.most and extended_to > longest:
        words = f"延长不能超过{span_words(span.most)}，最晚到{chinese_date(longest)}"
        return (f"预备期到{chinese_date(ends)}，{words}（{span.legal_ref}）。",)
    return ()


def span_words(months: int) -> str:
    """半年, 一年, 两年 or 九个月."""
    if months == 6:
        return "半年"
    if months % 12 == 0 and months // 12 in _YEARS:
        return f"{_YEARS[months // 12]}年"
    return f"{months}个月"


def hours_words(minutes: int) -> str:
    """12小时 or 12小时30分."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}小时" + (f"{rest}分" if rest else "")


def _too_early(began: dt.date, months: int, on: dt.date, rule: str) -> list[str]:
    due = months_later(began, months)
    if on >= due:
        return []
    return [f"{chinese_date(began)}起到{chinese_date(on)}不满{months}个月，还差{(due - on).days}天；{rule}。"]
