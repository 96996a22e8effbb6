"""Who may decide a matter: the body of a step, the villagers' mandate, and the earlier decision that is changed."""

import datetime as dt

from village_desk.decisions.rules.cases import CaseFacts, ChangeKind, Mandate, StageFacts
from village_desk.kit.errors import NotFound
from village_desk.kit.text import chinese_date
from village_desk.meetings.rules import Check, CheckState
from village_desk.rulebook.rules import Body, Decider, EffectiveRule, MandateNeed, MatterType, Rulebook, StageTemplate


def body_checks(book: Rulebook, case: CaseFacts, template: StageTemplate, facts: StageFacts) -> tuple[list[Check], str]:
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
    return _decider(book, case, matter, body, facts)


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


def _decider(
    book: Rulebook, case: CaseFacts, matter: MatterType, body: Body, facts: StageFacts
) -> tuple[list[Check], str]:
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
        checks += _mandate(
            case, matter, facts.meeting.held_on, book.meeting_rule_if_any(row.rule_kind, facts.meeting.held_on)
        )
    if case.change is not None:
        checks += _change(case, body)
    return checks, row.rule_kind


def _right_bodies(matter: MatterType, *, stands_in: bool) -> str:
    rows = matter.stand_in_deciders if stands_in and matter.stand_in_deciders else matter.deciders
    return "或".join(dict.fromkeys(row.body.words for row in rows if not row.refusal))


_MANDATE_LAW = "村民委员会组织法（村民会议授权村民代表会议）"


def _mandate(case: CaseFacts, matter: MatterType, on: dt.date, rule: EffectiveRule | None) -> list[Check]:
    """A mandate that is not registered yet is a task; one that plainly does not reach this far is a question."""
    void = next((row.legal_ref for row in rule.rows if row.void_without_mandate), "") if rule is not None else ""
    held = [mandate for mandate in case.mandates if mandate.covers(matter.code, on)]
    if held:
        name = f"“{held[0].title}”" if held[0].title else f"{chinese_date(held[0].granted_on)}的授权"
        words = f"村民会议已授权代表会议决定这类事项，见{name}。"
        return [Check("mandate", CheckState.HOLDS, words, _MANDATE_LAW), *_mandate_form(held[0], name, rule)]
    if not case.mandates:
        act = "章程或决议里有授权的，请登记授权；没有的，这件事要由村民会议决定。材料可以接着准备。"
        words = f"还没有登记村民会议对“{matter.name}”的授权。"
        if void:
            words += "没有授权的，代表会议的决定无效。"
        return [Check("mandate", CheckState.TASK, words, void or _MANDATE_LAW, act)]
    return [
        Check(
            "mandate",
            CheckState.MUST_JUDGE,
            f"已登记的授权里没有{chinese_date(on)}可用于“{matter.name}”的一项。",
            void or _MANDATE_LAW,
            "请核对授权的事项和期限；确实没有授权的，请召开村民会议决定。",
        )
    ]


def _mandate_form(mandate: Mandate, name: str, rule: EffectiveRule | None) -> list[Check]:
    """What the province asks of a mandate besides its matters."""
    lacking = {
        MandateNeed.TERM: (mandate.valid_to is None, "要写明授权期限，登记里没有", "请对照授权决定补上截止日期。"),
        MandateNeed.POSTED: (mandate.posted_on is None, "要张榜公布，还没有登记公布日期", "请补登张榜公布的日期。"),
        MandateNeed.FILED: (mandate.filed_on is None, "要报乡镇人民政府备案，还没有登记", "请补登备案的日期。"),
        MandateNeed.CHARTER: (not mandate.in_charter, "要写进村民自治章程，登记里没有写明", "请补登章程的条款。"),
    }
    found = []
    for row in rule.rows if rule is not None else ():
        for need in row.mandate_needs:
            lacks, words, act = lacking[need]
            if lacks:
                found.append(
                    Check("mandate_form", CheckState.TASK, f"{name}{words}。", row.legal_ref, act, row.rule_id)
                )
    return found


# The villagers may put right what their representatives decided (村民委员会组织法 27).
_MAY_CHANGE = {Body.REPRESENTATIVES: {Body.VILLAGERS}, Body.COLLECTIVE_REPRESENTATIVES: {Body.COLLECTIVE_MEMBERS}}


def _change(case: CaseFacts, body: Body) -> list[Check]:
    """A passed decision is changed or voided by the body that made it, or by the one above."""
    change = case.change
    assert change is not None
    if change.kind not in {ChangeKind.AMENDS, ChangeKind.VOIDS} or change.body is None:
        return []
    ref = "村民委员会组织法第二十七条"
    if body is change.body or body in _MAY_CHANGE.get(change.body, set()):
        words = f"{change.number}“{change.title}”由{change.body.words}决定，这次由{body.words}{change.kind.words}。"
        return [Check("change", CheckState.HOLDS, words, ref)]
    words = f"{change.number}“{change.title}”是{change.body.words}决定的，{body.words}不能变更、撤销它。"
    return [Check("change", CheckState.FAILS, words, ref, f"请另开{change.body.words}表决。")]
