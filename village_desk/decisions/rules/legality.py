"""The legality checker: each step against the template of the opening day and the rule rows of its own day."""

from dataclasses import replace

from village_desk.decisions.rules.beyond import filing, proposers, stays
from village_desk.decisions.rules.bodies import body_checks
from village_desk.decisions.rules.cases import CaseFacts, CaseVerdict, Judged, StageFacts, StageVerdict
from village_desk.decisions.rules.order import limit, order, total
from village_desk.decisions.rules.publications import publication
from village_desk.decisions.rules.tasks import (
    after_the_vote,
    before_the_result,
    before_the_vote,
    from_paper,
    spending,
    task,
)
from village_desk.kit.errors import NotFound
from village_desk.meetings.rules import Check, CheckState, Verdict, VerdictState, decided, judge
from village_desk.rulebook.rules import (
    Body,
    EffectiveRule,
    MatterType,
    Rulebook,
    StageKind,
    StageTemplate,
    chinese_number,
)


def judge_case(book: Rulebook, case: CaseFacts) -> CaseVerdict:
    """The verdict on every step and on the case; nothing here depends on the order in which facts were entered."""
    done: list[StageVerdict] = []
    deciding: EffectiveRule | None = None
    for template in case.template.stages:
        facts = case.stage(template.no)
        checks = _at_the_outset(book, case) if template.no == 1 else []
        checks += order(case, template, facts, done)
        if template.kind is StageKind.PUBLICATION:
            checks += publication(case, template, facts)
            checks += stays(case, facts, deciding)
            standing = f"{template.name}已经贴够天数。"
            if _is_last_publication(case, template):
                matter = _matter(book, case, facts)
                checks += before_the_result(case, matter) if matter is not None else []
        elif template.kind is StageKind.MEETING:
            found, standing, rule = _meeting(book, case, template, facts)
            checks += found
            deciding = rule if template.by_matter else deciding
        else:
            checks += task(template, facts)
            standing = f"{template.name}已登记。"
        checks += limit(case, template, facts.day, done) + total(case, template, facts.day)
        checks = [_as_judged(check, facts.judged) for check in checks]
        verdict = decided(tuple(checks), standing)
        done.append(StageVerdict(template.no, template.key, template.name, facts.day, verdict, template.kind))
    return _whole(case, tuple(done))


def _at_the_outset(book: Rulebook, case: CaseFacts) -> list[Check]:
    """What is asked before the first step: a way that is enough for the sum, and one who may bring the matter up."""
    # Where a place says who may propose, it says so of what the representatives decide.
    rule = book.meeting_rule_if_any(Body.REPRESENTATIVES.value, case.opened_on) if case.matter_code else None
    return [*spending(book, case), *proposers(case, rule)]


def _is_last_publication(case: CaseFacts, template: StageTemplate) -> bool:
    sheets = [stage.no for stage in case.template.stages if stage.kind is StageKind.PUBLICATION]
    return len(sheets) > 1 and template.no == sheets[-1]


def _matter(book: Rulebook, case: CaseFacts, facts: StageFacts) -> MatterType | None:
    if not case.matter_code:
        return None
    try:
        return book.matter(case.matter_code, facts.day or case.opened_on)
    except NotFound:
        return None


def _as_judged(check: Check, judged: tuple[Judged, ...]) -> Check:
    """A finding that is left to a person holds once a person has decided so; nothing else can be judged away."""
    if not check.left_to_a_person:
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
    sentence = f"{chinese_number(len(stages))}步都已办完，符合规定。"
    return CaseVerdict(VerdictState.STANDS, stages, sentence, "请整理归档。", 0)


def _meeting(
    book: Rulebook, case: CaseFacts, template: StageTemplate, facts: StageFacts
) -> tuple[list[Check], str, EffectiveRule | None]:
    if facts.meeting is None:
        return [Check("meeting", CheckState.OPEN, "还没有开会。", template.legal_ref, "请登记开会的情况。")], "", None
    checks, rule_kind = body_checks(book, case, template, facts)
    verdict: Verdict | None = None
    rule: EffectiveRule | None = None
    if rule_kind:
        try:
            rule = book.meeting_rule(rule_kind, facts.meeting.held_on)
            verdict = judge(rule, facts.meeting)
        except NotFound as missing:
            checks.append(Check("rule", CheckState.MUST_JUDGE, missing.message, next_act=missing.advice))
    if verdict is not None:
        checks += from_paper(list(verdict.checks), facts) if facts.from_paper else list(verdict.checks)
    elif facts.from_paper:
        checks = from_paper(checks, facts)
    if facts.current_version > facts.text_version:
        checks.append(
            Check(
                "text",
                CheckState.FAILS,
                f"表决的是第{facts.text_version}稿，现在的方案是第{facts.current_version}稿，原来的表决不算数。",
                next_act="请按现在的方案重新表决，或者改回表决时的那一稿。",
            )
        )
    checks += _in_the_room(template, facts, rule)
    matter = _matter(book, case, facts) if template.by_matter else None
    if matter is not None and not matter.refusal:
        checks += before_the_vote(case, matter, facts)
        if verdict is not None and verdict.state in {VerdictState.STANDS, VerdictState.PERSON_MUST_JUDGE}:
            checks += after_the_vote(case, matter)
            checks += filing(case, rule) if not matter.filing else []
    standing = verdict.sentence if verdict is not None else f"{template.name}已登记。"
    return checks, standing, rule


def _in_the_room(template: StageTemplate, facts: StageFacts, rule: EffectiveRule | None) -> list[Check]:
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
    advised = next((row for row in rule.rows if row.adviser), None) if rule is not None else None
    if advised is not None and not facts.adviser_heard:
        sentence = f"重要事项要征询{advised.adviser}的意见，还没有登记。"
        act = "到会的请登记列席；书面意见请附在记录后面，再登记列席。"
        checks.append(Check("adviser", CheckState.TASK, sentence, advised.notice_ref or advised.legal_ref, act))
    return checks
