"""The legality checker: each step against the template of the opening day and the rule rows of its own day."""

import datetime as dt
from dataclasses import replace

from village_desk.decisions.rules.cases import CaseFacts, CaseVerdict, Judged, StageFacts, StageVerdict
from village_desk.kit.errors import NotFound
from village_desk.kit.text import chinese_date, short_date
from village_desk.meetings.rules import Check, CheckState, Verdict, VerdictState, decided, judge
from village_desk.notices.rules.days import UNIT_WORDS, Hanging
from village_desk.rulebook.rules import Body, Decider, MatterType, Rulebook, StageKind, StageTemplate


def judge_case(book: Rulebook, case: CaseFacts) -> CaseVerdict:
    """The verdict on every step and on the case; nothing here depends on the order in which facts were entered."""
    done: list[StageVerdict] = []
    for template in case.template.stages:
        facts = case.stage(template.no)
        checks = _order(case, template, facts, done)
        if template.kind is StageKind.PUBLICATION:
            checks += _publication(case, template, facts)
            standing = f"{template.name}已经贴够天数。"
        elif template.kind is StageKind.MEETING:
            found, standing = _meeting(book, case, template, facts)
            checks += found
        else:
            standing = f"{template.name}已登记。"
        checks = [_as_judged(check, facts.judged) for check in checks]
        done.append(StageVerdict(template.no, template.key, template.name, facts.day, decided(tuple(checks), standing)))
    return _whole(case, tuple(done))


def _as_judged(check: Check, judged: tuple[Judged, ...]) -> Check:
    """A finding that was left to a person holds once a person has decided so; nothing else can be judged away."""
    if check.state is not CheckState.MUST_JUDGE:
        return check
    found = next((one for one in judged if one.code == check.code and one.finding == check.sentence), None)
    if found is None:
        return check
    sentence = f"{check.sentence}{found.by}认定可以：{found.reason.rstrip('。')}。"
    return replace(check, state=CheckState.HOLDS, sentence=sentence, next_act="", judged=True)


def _whole(case: CaseFacts, stages: tuple[StageVerdict, ...]) -> CaseVerdict:
    for state in (VerdictState.CANNOT_STAND, VerdictState.REJECTED):
        for stage in stages:
            if stage.verdict.state is state and stage.day is not None:
                sentence = f"第{stage.no}步“{stage.name}”：{stage.verdict.sentence}"
                return CaseVerdict(state, stages, sentence, stage.verdict.next_act, stage.no)
    for stage in stages:
        verdict = stage.verdict
        if verdict.state is not VerdictState.STANDS:
            state = VerdictState.OPEN if verdict.state is VerdictState.CANNOT_STAND else verdict.state
            return CaseVerdict(
                state, stages, f"第{stage.no}步“{stage.name}”：{verdict.sentence}", verdict.next_act, stage.no
            )
    if case.from_paper:
        sentence = "这件事是从纸质材料补录的，各步没有发现不合规定，但电脑不代替当时的认定。"
        return CaseVerdict(VerdictState.PERSON_MUST_JUDGE, stages, sentence, "请对照原始材料由人认定。", 0)
    return CaseVerdict(VerdictState.STANDS, stages, "六步都已办完，符合规定。", "请整理归档。", 0)


def _order(case: CaseFacts, template: StageTemplate, facts: StageFacts, done: list[StageVerdict]) -> list[Check]:
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
    if stage.day is None:
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


def _meeting(book: Rulebook, case: CaseFacts, template: StageTemplate, facts: StageFacts) -> tuple[list[Check], str]:
    if facts.meeting is None:
        return [Check("meeting", CheckState.OPEN, "还没有开会。", template.legal_ref, "请登记开会的情况。")], ""
    checks, rule_kind = _body(book, case, template, facts)
    verdict: Verdict | None = None
    if rule_kind:
        try:
            verdict = judge(book.meeting_rule(rule_kind, facts.meeting.held_on), facts.meeting)
        except NotFound as missing:
            checks.append(Check("rule", CheckState.MUST_JUDGE, missing.message, next_act=missing.advice))
    if verdict is not None:
        checks += verdict.checks
    if facts.current_version > facts.text_version:
        checks.append(
            Check(
                "text",
                CheckState.FAILS,
                f"表决的是第{facts.text_version}稿，现在的方案是第{facts.current_version}稿，原来的表决不算数。",
                next_act="请按现在的方案重新表决，或者改回表决时的那一稿。",
            )
        )
    checks += _in_the_room(template, facts)
    standing = verdict.sentence if verdict is not None else f"{template.name}已登记。"
    return checks, standing


def _in_the_room(template: StageTemplate, facts: StageFacts) -> list[Check]:
    checks = []
    if "村务监督委员会" in template.attend and not facts.supervision_attended:
        sentence = "还没有登记村务监督委员会成员列席。"
        act = "到了的请补登列席；没到的请监督委员会补看记录。"
        checks.append(Check("attend", CheckState.TASK, sentence, "村民委员会组织法", act))
    if "乡镇参会人员" in template.attend and not facts.township_signed:
        sentence = "还没有登记乡镇参会人员签字和职务。"
        checks.append(
            Check("attend", CheckState.TASK, sentence, next_act="到会的请补登姓名、职务；没有到会的可以不填。")
        )
    return checks


def _body(book: Rulebook, case: CaseFacts, template: StageTemplate, facts: StageFacts) -> tuple[list[Check], str]:
    """Whether this body may take this step, and the kind of rule row that holds for it."""
    assert facts.meeting is not None
    body = facts.body
    if body is None:
        return [Check("body", CheckState.OPEN, "还没有写明是哪个会议。", next_act="请选会议。")], ""
    if facts.merged and template.merges_with_next:
        return [_merged(case)], _merged_rule_kind(case, template)
    if not template.by_matter:
        rule_kind = template.rule_kind(body)
        if rule_kind:
            return [], rule_kind
        right = "或".join(allowed.words for allowed in template.bodies)
        sentence = f"这一步由{right}来办，登记的是{body.words}。"
        act = f"请另开{right}，这次会议照实保留。"
        return [Check("body", CheckState.FAILS, sentence, template.legal_ref, act)], ""
    try:
        matter = book.matter(case.matter_code, facts.meeting.held_on)
    except NotFound as missing:
        return [Check("matter", CheckState.MUST_JUDGE, missing.message, next_act=missing.advice)], ""
    return _decider(case, matter, body, facts)


def _merged(case: CaseFacts) -> Check:
    if case.one_shoulder:
        return Check("merged", CheckState.HOLDS, "书记、主任一人担任，提议和商议合在一次会上办。")
    return Check(
        "merged",
        CheckState.MUST_JUDGE,
        "提议和商议合在一次会上办，但没有登记书记、主任一人担任。",
        next_act="是一肩挑的，请在“组织”里登记任职；不是的，请按两步分别开会。",
    )


def _merged_rule_kind(case: CaseFacts, template: StageTemplate) -> str:
    following = case.template.stages[template.no]
    return following.rule_kinds[0] if following.rule_kinds else ""


def decider_for(matter: MatterType, body: Body, rule_kind: str, *, stands_in: bool) -> Decider | None:
    """The row that lets a body decide a matter; of several (by person, by household) the one of this rule kind."""
    rows = matter.stand_in_deciders if stands_in and matter.stand_in_deciders else matter.deciders
    found = [row for row in rows if row.body is body]
    return next((row for row in found if row.rule_kind == rule_kind), found[0] if found else None)


def _decider(case: CaseFacts, matter: MatterType, body: Body, facts: StageFacts) -> tuple[list[Check], str]:
    assert facts.meeting is not None
    if matter.refusal:
        return [Check("matter", CheckState.FAILS, matter.refusal, matter.legal_ref, matter.refusal_advice)], ""
    row = decider_for(matter, body, facts.rule_kind, stands_in=case.stands_in)
    right = _right_bodies(matter, stands_in=case.stands_in)
    if row is None:
        sentence = f"“{matter.name}”要由{right}决定，{body.words}不能决定。"
        return [Check("body", CheckState.FAILS, sentence, matter.legal_ref, f"请另开{right}。")], ""
    if row.refusal:
        ref = row.legal_ref or matter.legal_ref
        return [Check("body", CheckState.FAILS, row.refusal, ref, f"请另开{right}。")], row.rule_kind
    checks = [Check("body", CheckState.HOLDS, f"“{matter.name}”可以由{body.words}决定。", matter.legal_ref)]
    if row.question:
        checks = [Check("body", CheckState.MUST_JUDGE, row.question, row.legal_ref, "请乡镇给出意见后登记。")]
    if row.needs_mandate:
        checks.append(_mandate(case, matter, facts.meeting.held_on))
    return checks, row.rule_kind


def _right_bodies(matter: MatterType, *, stands_in: bool) -> str:
    rows = matter.stand_in_deciders if stands_in and matter.stand_in_deciders else matter.deciders
    return "或".join(dict.fromkeys(row.body.words for row in rows if not row.refusal))


def _mandate(case: CaseFacts, matter: MatterType, on: dt.date) -> Check:
    """A mandate that is not registered yet is a task; one that plainly does not reach this far is a question."""
    ref = "村民委员会组织法（村民会议授权村民代表会议）"
    held = [mandate for mandate in case.mandates if mandate.covers(matter.code, on)]
    if held:
        name = f"“{held[0].title}”" if held[0].title else f"{chinese_date(held[0].granted_on)}的授权"
        return Check("mandate", CheckState.HOLDS, f"村民会议已授权代表会议决定这类事项，见{name}。", ref)
    if not case.mandates:
        return Check(
            "mandate",
            CheckState.TASK,
            f"还没有登记村民会议对“{matter.name}”的授权。",
            ref,
            "章程或决议里有授权的，请登记授权；没有的，这件事要由村民会议决定。材料可以接着准备。",
        )
    return Check(
        "mandate",
        CheckState.MUST_JUDGE,
        f"已登记的授权里没有{chinese_date(on)}可用于“{matter.name}”的一项。",
        ref,
        "请核对授权的事项和期限；确实没有授权的，请召开村民会议决定。",
    )


def _publication(case: CaseFacts, template: StageTemplate, facts: StageFacts) -> list[Check]:
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
