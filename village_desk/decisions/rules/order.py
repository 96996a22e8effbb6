"""Order and time: dates never run backwards, a step needs the ones before it, and steps keep their time limits."""

import datetime as dt

from village_desk.decisions.rules.cases import CaseFacts, StageFacts, StageVerdict
from village_desk.kit.text import short_date
from village_desk.meetings.rules import Check, CheckState, VerdictState
from village_desk.rulebook.rules import StageKind, StageTemplate


def order(case: CaseFacts, template: StageTemplate, facts: StageFacts, done: list[StageVerdict]) -> list[Check]:
    """Dates never run backwards, no step is left out, and a step needs the ones before it."""
    if facts.day is None:
        return []
    checks = []
    if facts.day < case.opened_on:
        checks.append(
            Check(
                "order",
                CheckState.TASK,
                f"日期{short_date(facts.day)}早于立项日期{short_date(case.opened_on)}。",
                next_act="请核对两个日期，把立项日期改成实际提出的那一天。",
            )
        )
    later = [stage for stage in done if stage.day is not None and stage.day > facts.day]
    for stage in later[:1]:
        assert stage.day is not None
        checks.append(
            Check(
                "order",
                CheckState.FAILS,
                f"第{template.no}步{short_date(facts.day)}，第{stage.no}步{short_date(stage.day)}，先后倒了。",
                next_act=f"请核对日期；日期属实的，照实保留，从第{template.no}步起按次序重新办。",
            )
        )
    for stage in done:
        check = _needs(stage)
        if check is not None:
            checks.append(check)
            break
    checks += _gap(template, facts.day, done)
    if done and all(check.state is CheckState.TASK for check in checks):
        checks.append(Check("order", CheckState.HOLDS, "前面各步都已办妥，日期先后无误。"))
    return checks


def _needs(stage: StageVerdict) -> Check | None:
    state = stage.verdict.state
    if state is VerdictState.STANDS:
        return None
    if stage.day is None and state is not VerdictState.PERSON_MUST_JUDGE:
        act = f"这一步照实保留；请先补办第{stage.no}步，再按次序重新办后面的步骤。"
        return Check("order", CheckState.FAILS, f"第{stage.no}步“{stage.name}”还没有办。", next_act=act)
    if state is VerdictState.REJECTED:
        act = f"请把方案改好，从第{stage.no}步重新办。"
        return Check("order", CheckState.FAILS, f"第{stage.no}步“{stage.name}”没有通过。", next_act=act)
    if state is VerdictState.CANNOT_STAND:
        act = f"请先把第{stage.no}步重新办妥。"
        return Check("order", CheckState.FAILS, f"第{stage.no}步“{stage.name}”不能成立。", next_act=act)
    if state is VerdictState.PERSON_MUST_JUDGE:
        act = f"请先由人认定第{stage.no}步。"
        return Check("order", CheckState.MUST_JUDGE, f"第{stage.no}步“{stage.name}”还等人认定。", next_act=act)
    act = f"请先把第{stage.no}步登记完。"
    return Check("order", CheckState.OPEN, f"第{stage.no}步“{stage.name}”还没有登记完。", next_act=act)


def _gap(template: StageTemplate, day: dt.date, done: list[StageVerdict]) -> list[Check]:
    before = [stage.day for stage in done if stage.day is not None]
    if not template.min_gap_days or not before:
        return []
    days = (day - max(before)).days
    if days >= template.min_gap_days:
        return []
    sentence = f"离上一步只有{days}天，本地程序要求间隔{template.min_gap_days}天。"
    return [Check("gap", CheckState.MUST_JUDGE, sentence, next_act="请乡镇看这个间隔是否可以。")]


def limit(case: CaseFacts, template: StageTemplate, day: dt.date | None, done: list[StageVerdict]) -> list[Check]:
    """The time limit of one step; late is a fact to be explained, and stops nothing."""
    if not template.limit_days:
        return []
    begun = case.opened_on if not template.limit_after else done[template.limit_after - 1].day
    if begun is None:
        return []
    last = begun + dt.timedelta(days=template.limit_days)
    since = "立项" if not template.limit_after else f"第{template.limit_after}步"
    rule = f"这一步要在{since}（{short_date(begun)}）后{template.limit_days}天内办，就是{short_date(last)}以前"
    if day is not None and day > last:
        act = "日期照实保留，请把超期的原因写进这一步。"
        sentence = f"{rule}，{short_date(day)}才办，超了{(day - last).days}天。"
        return [Check("limit", CheckState.TASK, sentence, template.legal_ref, act)]
    if day is None and case.today > last:
        sentence = f"{rule}，已经超了{(case.today - last).days}天。"
        return [Check("limit", CheckState.TASK, sentence, template.legal_ref, "请马上办，并写明超期的原因。")]
    if day is None:
        return [Check("limit", CheckState.TASK, f"{rule}，还有{(last - case.today).days}天。", template.legal_ref)]
    return [Check("limit", CheckState.HOLDS, f"{rule}，没有超期。", template.legal_ref)]


def total(case: CaseFacts, template: StageTemplate, day: dt.date | None) -> list[Check]:
    """Where a local procedure wants everything done within so many days of the opening."""
    most = case.template.max_total_days
    meetings = [stage.no for stage in case.template.stages if stage.kind is StageKind.MEETING]
    if not most or day is None or not meetings or template.no != meetings[-1]:
        return []
    took = (day - case.opened_on).days
    if took <= most:
        return [Check("total", CheckState.HOLDS, f"从立项到这一步用了{took}天，本地程序要求{most}天以内。")]
    sentence = f"从立项到这一步用了{took}天，本地程序要求{most}天以内，超了{took - most}天。"
    return [Check("total", CheckState.MUST_JUDGE, sentence, next_act="请乡镇看这个时间是否可以，把答复写进来。")]
