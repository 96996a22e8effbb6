"""Steps that are no meeting, numbers copied from paper, and what offices and the file still owe a case."""

from dataclasses import replace

from village_desk.decisions.rules.cases import CaseFacts, FilingKind, StageFacts
from village_desk.kit.money import yuan
from village_desk.kit.text import short_date
from village_desk.meetings.rules import Check, CheckState
from village_desk.rulebook.rules import MatterType, ProcedureSort, Rulebook, StageTemplate


def task(template: StageTemplate, facts: StageFacts) -> list[Check]:
    """How a step without a meeting stands: done, left out with a reason, or still to do."""
    done = facts.task
    if done is not None and done.skipped:
        sentence = f"这一步没有办，登记的理由是：{done.skipped.rstrip('。')}。"
        if template.may_skip:
            return [Check("skipped", CheckState.HOLDS, sentence, template.legal_ref)]
        act = "请乡镇或者村务监督委员会看这个理由够不够；不够的请补办这一步。"
        return [Check("skipped", CheckState.MUST_JUDGE, sentence, template.legal_ref, act)]
    if done is None or done.done_on is None:
        who = f"由{template.done_by}来办" if template.done_by else "还没有登记谁来办"
        return [Check("task", CheckState.OPEN, f"还没有办，{who}。", template.legal_ref, "办了以后请登记这一步。")]
    checks = [Check("task", CheckState.HOLDS, f"{short_date(done.done_on)}已办。", template.legal_ref)]
    written = {name for name, words in done.fields if words}
    for name in template.required:
        if name not in written:
            checks.append(Check("field", CheckState.TASK, f"还没有写“{name}”。", next_act="请补进这一步的登记。"))
    for name in template.evidence:
        if name not in done.evidence:
            checks.append(
                Check("evidence", CheckState.TASK, f"还没有“{name}”。", next_act="有了以后请在这一步里勾上。")
            )
    if template.checked_by and not done.checked_by:
        sentence = f"还没有登记{template.checked_by}的监督。"
        checks.append(Check("checked", CheckState.TASK, sentence, next_act="请补登监督的人。"))
    return checks


def from_paper(checks: list[Check], facts: StageFacts) -> list[Check]:
    """Numbers from an old sheet: what plainly fails fails, the rest is for a person; nothing passes by itself."""
    kept = [replace(check, state=CheckState.TASK) if check.state is CheckState.OPEN else check for check in checks]
    sentence = "这一步是照纸上的材料补录的，没有按名册核对，电脑不认定它成立。"
    act = "请对照原件由人认定，写明理由和姓名。"
    kept.append(Check("paper", CheckState.MUST_JUDGE, sentence, next_act=act))
    for name in facts.missing:
        kept.append(
            Check("missing", CheckState.TASK, f"纸上的材料缺“{name}”。", next_act="找得到的请补进来；找不到的请写明。")
        )
    return kept


def before_the_vote(case: CaseFacts, matter: MatterType, facts: StageFacts) -> list[Check]:
    """Opinions on the plan that must be asked for in public before the vote."""
    days = matter.comment_days
    if not days or facts.meeting is None:
        return []
    asked = [one.on for one in case.filings if one.kind is FilingKind.COMMENT]
    held = facts.meeting.held_on
    if not asked:
        sentence = f"“{matter.name}”表决以前要公开征求意见{days}天，还没有登记从哪天开始。"
        return [Check("comment", CheckState.TASK, sentence, matter.legal_ref, "请登记方案贴出征求意见的日期。")]
    ahead = (held - min(asked)).days
    sentence = f"方案{short_date(min(asked))}贴出征求意见，{short_date(held)}表决，中间{ahead}天，规定是{days}天"
    if ahead >= days:
        return [Check("comment", CheckState.HOLDS, f"{sentence}。", matter.legal_ref)]
    act = "日期照实保留；请征求意见满天数以后再表决一次。"
    return [Check("comment", CheckState.FAILS, f"{sentence}，还差{days - ahead}天。", matter.legal_ref, act)]


def after_the_vote(case: CaseFacts, matter: MatterType) -> list[Check]:
    """The office that a resolution is filed with; late filing is a task and undoes nothing."""
    checks = []
    if matter.filing:
        missing = f"通过以后还要报{matter.filing}备案，还没有登记。"
        checks.append(filed_with(case, matter.filing, missing, matter.legal_ref))
    if matter.approval and not any(one.kind is FilingKind.APPROVAL for one in case.filings):
        words = f"通过以后还要报批：{matter.approval}，批下来才能办。"
        act = "批了以后请登记日期、文号和意见，U盘、纸质、电话都可以。"
        checks.append(Check("approval", CheckState.TASK, words, matter.legal_ref, act))
    return checks


def filed_with(case: CaseFacts, office: str, missing: str, ref: str, rule_id: str = "") -> Check:
    """Whether a resolution was filed with an office; `missing` is the sentence while it was not."""
    filed = next((one for one in case.filings if one.kind is FilingKind.FILING), None)
    if filed is None:
        act = "报了以后请登记日期和文号，U盘、纸质、电话都可以。"
        return Check("filing", CheckState.TASK, missing, ref, act, rule_id)
    number = f"，{filed.number}" if filed.number else ""
    return Check("filing", CheckState.HOLDS, f"{short_date(filed.on)}已报{office}备案{number}。", ref, rule_id=rule_id)


def before_the_result(case: CaseFacts, matter: MatterType) -> list[Check]:
    """What must be at hand before the result is published: the approval, and the papers of the matter."""
    checks = []
    if matter.approval:
        answers = [one for one in case.filings if one.kind is FilingKind.APPROVAL]
        if not answers:
            words = f"还没有登记批准：{matter.approval}。"
            checks.append(
                Check("approval", CheckState.OPEN, words, matter.legal_ref, "批了以后请登记日期、文号和意见。")
            )
        elif not answers[-1].agreed:
            last = answers[-1]
            words = f"{short_date(last.on)}{last.office}没有批准，不能照决议去办。"
            checks.append(
                Check("approval", CheckState.FAILS, words, matter.legal_ref, "请按批复的意见修改方案，重新表决。")
            )
        else:
            last = answers[-1]
            words = f"{short_date(last.on)}{last.office}已批准{f'，{last.number}' if last.number else ''}。"
            checks.append(Check("approval", CheckState.HOLDS, words, matter.legal_ref))
    at_hand = {*case.papers, *(name for stage in case.stages if stage.task for name in stage.task.evidence)}
    for name in matter.papers:
        if name not in at_hand:
            checks.append(
                Check("papers", CheckState.TASK, f"还没有“{name}”。", next_act="有了以后请登记，和这件事放在一起。")
            )
    return checks


def spending(book: Rulebook, case: CaseFacts) -> list[Check]:
    """Whether the procedure is enough for the sum; tiers are custom, so a person may answer for another way."""
    if not case.amount_fen:
        return []
    tier = book.tier_of(case.amount_fen, case.opened_on)
    if tier is None:
        return []
    words = f"涉及资金{yuan(case.amount_fen)}元，属于{tier.name}：{tier.words}"
    light = case.template.sort is ProcedureSort.POWER and case.template.key != tier.procedure
    if not light:
        return [Check("spending", CheckState.HOLDS, words, tier.legal_ref, rule_id=tier.tier_id)]
    act = "请按规定的程序另立一件；有别的依据的，由人认定并写明理由。"
    sentence = f"{words}现在走的是“{case.template.name}”，不够。"
    return [Check("spending", CheckState.FAILS, sentence, tier.legal_ref, act, tier.tier_id, floor=False)]
