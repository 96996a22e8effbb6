"""Publication steps: how a sheet hung, and whether the supervision committee spoke."""

import datetime as dt

from village_desk.decisions.rules.cases import CaseFacts, StageFacts
from village_desk.kit.text import short_date
from village_desk.meetings.rules import Check, CheckState
from village_desk.notices.rules.days import UNIT_WORDS, Hanging
from village_desk.rulebook.rules import StageTemplate

# What the sheet of a result says besides what was done.
MONEY, ACCEPTANCE = "资金使用", "验收情况"


def publication(case: CaseFacts, template: StageTemplate, facts: StageFacts) -> list[Check]:
    publication = facts.publication
    if publication is None or not publication.boards:
        words = publication.words if publication is not None else ""
        act = "前面各步成立后，请打印公开表，审核后张贴。"
        return [Check("posting", CheckState.OPEN, words or "还没有张贴。", template.legal_ref, act)]
    ranked = sorted((_hung(board, case.today) for board in publication.boards), key=lambda found: _BEST[found.state])
    checks = ranked[:1]
    if not publication.supervised:
        act = "请监督委员会成员在审核表上签意见，再登记签字。"
        checks.append(Check("supervised", CheckState.TASK, "还没有登记村务监督委员会的监督意见。", next_act=act))
    return checks


# A sheet that hung long enough on one board has hung; the others are the notice's own business.
_BEST = {CheckState.HOLDS: 0, CheckState.MUST_JUDGE: 1, CheckState.OPEN: 2, CheckState.FAILS: 3}


def _hung(board: Hanging, today: dt.date) -> Check:
    """How one board stands under the rows of the day of posting."""
    terms = board.terms
    posted = short_date(board.posted_on) if board.posted_on is not None else ""
    if terms is None or not terms.row:
        sentence = f"{posted}贴出，当时适用的张贴天数没有装进规则包。"
        return Check("posting", CheckState.MUST_JUDGE, sentence, next_act="请装入包含当时规则的规则包，或由人认定。")
    unit = UNIT_WORDS[terms.unit]
    ref, row = terms.legal_ref, terms.row
    if board.done(today):
        period = f"规定的{terms.days}{unit}已经贴满" if terms.days else "当时没有规定最少天数"
        return Check("posting", CheckState.HOLDS, f"{posted}贴出，{period}。", ref, rule_id=row)
    if board.hangs and board.last_day is not None:
        last = short_date(board.last_day)
        sentence = f"{posted}贴出，规定{terms.days}{unit}，要贴到{last}，还有{board.days_left(today)}天。"
        act = f"请保持张贴到{last}；破损了请登记并补贴。"
        return Check("posting", CheckState.OPEN, sentence, ref, act, row)
    hung, owed = f"{board.hung_days}{unit}", f"{board.owed_days}{unit}"
    sentence = f"{posted}贴出，贴了{hung}就不在栏上了，规定{terms.days}{unit}，还差{owed}。"
    act = "破损或取下的日期照实保留；请补贴，贴够天数。"
    return Check("posting", CheckState.FAILS, sentence, ref, act, row)
