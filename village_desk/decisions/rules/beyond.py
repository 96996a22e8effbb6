"""What the row of a meeting asks of the rest of the case: who may propose, how long it hangs, where it is filed."""

import re

from village_desk.decisions.rules.cases import CaseFacts, StageFacts
from village_desk.decisions.rules.tasks import filed_with
from village_desk.kit.text import half_width, short_date
from village_desk.meetings.rules import Check, CheckState
from village_desk.rulebook.rules import Base, Body, EffectiveRule, MeetingRule, Share

_JOINTLY = {Base.REPRESENTATIVES: "村民代表", Base.ALL_MEMBERS: "十八周岁以上村民"}


def proposers(case: CaseFacts, rule: EffectiveRule | None) -> list[Check]:
    """Whether the one who brought the matter up may do so, where the place names who may."""
    row = next((row for row in rule.rows if row.proposed_by), None) if rule is not None else None
    if row is None:
        return []
    ref, code = row.proposed_ref or row.legal_ref, "proposer"
    who = case.proposer.strip()
    if "联名" in who:
        return [_jointly(case, row, who, ref)]
    named = next((name for name in row.proposed_by if name in who), "")
    if named:
        return [Check(code, CheckState.HOLDS, f"由{who}提出，可以提出。", ref, rule_id=row.rule_id)]
    first = case.stages[0] if case.stages else None
    if first is not None and first.body is Body.PARTY_COMMITTEE and first.meeting is not None:
        words = f"{who or '群众'}提出的，已由村党组织提议，可以提出。"
        return [Check(code, CheckState.HOLDS, words, ref, rule_id=row.rule_id)]
    shares = "，或者".join(f"{_words(share)}联名" for share in row.proposed_jointly)
    words = f"重大事项由{'、'.join(row.proposed_by)}提出{f'，或者{shares}提出' if shares else ''}；"
    words += f"登记的提出人是{who}。" if who else "还没有登记提出人。"
    act = "请改填提出人；村民个人提的，由村党组织在第1步提议就可以。"
    return [Check(code, CheckState.TASK, words, ref, act, row.rule_id)]


def _jointly(case: CaseFacts, row: MeetingRule, who: str, ref: str) -> Check:
    """So many people together: how many the row asks for, and how many it says there were."""
    base = Base.REPRESENTATIVES if "代表" in who else Base.ALL_MEMBERS
    share = next((share for share in row.proposed_jointly if share.base is base), None)
    whole = case.representatives if base is Base.REPRESENTATIVES else case.villagers
    signed = [int(part) for part in re.findall(r"\d+", half_width(who))]
    if share is None or not whole or not signed:
        act = "请照联名书写成“62名村民联名”这样的人数；名册没有登记全的，请先登记。"
        return Check("proposer", CheckState.TASK, f"{who}：还看不出联名的人数够不够。", ref, act, row.rule_id)
    need = share.needed(whole)
    words = f"{_JOINTLY[base]}共{whole}人，联名提出要{share.words}，就是{need}人，登记的是{signed[0]}人"
    if signed[0] >= need:
        return Check("proposer", CheckState.HOLDS, f"{words}，已够。", ref, rule_id=row.rule_id)
    act = "请补足联名，或者由村党组织、村民委员会提出。"
    return Check("proposer", CheckState.TASK, f"{words}，还差{need - signed[0]}人。", ref, act, row.rule_id)


def _words(share: Share) -> str:
    return f"{share.words}的{_JOINTLY[share.base]}"


def filing(case: CaseFacts, rule: EffectiveRule | None) -> list[Check]:
    """The office with which the rows want what the meeting passed to be filed; late filing undoes nothing."""
    rows = {row.filing_with: row for row in rule.rows if row.filing_with} if rule is not None else {}
    return [
        filed_with(case, office, f"{row.name}通过的，还要报{office}备案，还没有登记。", row.legal_ref, row.rule_id)
        for office, row in rows.items()
    ]


def stays(case: CaseFacts, facts: StageFacts, rule: EffectiveRule | None) -> list[Check]:
    """Whether the sheet hung as long as the row of the meeting asks, beside what its kind of sheet must hang."""
    posted = facts.publication.posted_on if facts.publication is not None else None
    if rule is None or posted is None or facts.publication is None:
        return []
    found = []
    for code, what in (("publish_days", "公开"), ("objection", "留给村民提意见")):
        days = {row: row.publish_min_days if code == "publish_days" else row.objection_days for row in rule.rows}
        row = max(days, key=days.__getitem__)
        if not days[row]:
            continue
        hung = max(
            (case.today - board.posted_on).days if board.hangs and board.posted_on is not None else board.hung_days
            for board in facts.publication.boards
        )
        words = f"{row.name}的决议要{what}{days[row]}天，{short_date(posted)}贴出"
        if hung >= days[row]:
            found.append(Check(code, CheckState.HOLDS, f"{words}，已满。", row.legal_ref, rule_id=row.rule_id))
        elif any(board.hangs for board in facts.publication.boards):
            left = days[row] - hung
            act = f"请再保持张贴{left}天，到期以前不要撤下。"
            words = f"{words}，到今天{hung}天，还有{left}天。"
            found.append(Check(code, CheckState.OPEN, words, row.legal_ref, act, row.rule_id))
        else:
            words = f"{words}，贴了{hung}天就不在栏上了，还差{days[row] - hung}天。"
            act = "日期照实保留；请补贴，贴够天数。"
            found.append(Check(code, CheckState.FAILS, words, row.legal_ref, act, row.rule_id, floor=row.is_floor))
    return found
