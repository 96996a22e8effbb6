"""The checker over whole cases: order, bodies, mandates, texts, postings, and the law of the right day."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.decisions.rules import (
    CaseFacts,
    CaseVerdict,
    Filing,
    FilingKind,
    Mandate,
    PublicationFacts,
    StageFacts,
    case_number,
    judge_case,
    law_gaps,
    refuse_unvoteable,
)
from village_desk.kit.errors import NotAllowed
from village_desk.kit.resources import path
from village_desk.meetings.rules import Check, CheckState, Count, Headcount, MeetingFacts, VerdictState
from village_desk.notices.lookups import CalendarDays
from village_desk.notices.rules.days import DayUnit, Stretch, Terms, hanging
from village_desk.notices.rules.kinds import NoticeKind
from village_desk.rulebook.rules import Body, Rulebook, read_pack, shipped_packs
from village_desk.schedule.rules import HolidayCalendar

BOOK = Rulebook(shipped_packs(), "320924103205")
CALENDAR = HolidayCalendar(BOOK.holidays)
OPENED = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 6, 30)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def met(no: int, body: Body, held_on: dt.date, roll: int, present: int, yes: int, **more: object) -> StageFacts:
    facts = MeetingFacts(
        held_on,
        Headcount(roll, roll, households=0, representatives=0),
        Headcount(present, present),
        Count(yes, present - yes, 0),
        held_on - dt.timedelta(days=12),
    )
    stage = StageFacts(no, body, meeting=facts, supervision_attended=True, township_signed=True)
    return replace(stage, **more)  # type: ignore[arg-type]  # tests name single fields


def terms_of(posted: dt.date, kind: str = "resolution") -> tuple[Terms, ...]:
    rows = BOOK.posting_rule(kind, posted).rows
    return tuple(
        Terms(row.rule_id, row.days, DayUnit.CALENDAR, row.rolls_over, legal_ref=row.legal_ref) for row in rows
    )


def hung(no: int, posted: dt.date, off: dt.date | None = None, *more: Stretch, supervised: bool = True) -> StageFacts:
    stretches = (Stretch(posted, off), *more)
    board = hanging(stretches, terms_of(stretches[-1].posted_on), NoticeKind.PUBLICATION, CalendarDays(CALENDAR))
    return StageFacts(no, publication=PublicationFacts(posted, (board,), supervised))


def whole_case(matter: str = "M04", **more: object) -> CaseFacts:
    case = CaseFacts(
        matter,
        OPENED,
        BOOK.template("four_two", OPENED),
        (
            met(1, Body.PARTY_COMMITTEE, day(3, 3), 5, 5, 5),
            met(2, Body.TWO_COMMITTEES, day(3, 5), 9, 8, 8),
            met(3, Body.PARTY_MEMBERS, day(3, 9), 60, 45, 40),
            met(4, Body.REPRESENTATIVES, day(3, 14), 37, 29, 26),
            hung(5, day(3, 16), day(4, 2)),
            hung(6, day(5, 20), day(6, 8)),
        ),
        TODAY,
        mandates=(Mandate(("M01", "M03", "M04"), day(1, 20), title="2026年授权决定"),),
        papers=("招标或者询价材料", "验收单"),
    )
    return replace(case, **more)  # type: ignore[arg-type]  # tests name single fields


def with_stage(case: CaseFacts, stage: StageFacts) -> CaseFacts:
    return replace(case, stages=tuple(stage if old.no == stage.no else old for old in case.stages))


def without_stages(case: CaseFacts, *gone: int) -> CaseFacts:
    return replace(case, stages=tuple(stage for stage in case.stages if stage.no not in gone))


def judged(case: CaseFacts) -> CaseVerdict:
    return judge_case(BOOK, case)


def check(case: CaseFacts, no: int, code: str) -> Check:
    return next(found for found in judged(case).stage(no).verdict.checks if found.code == code)


def test_a_case_with_all_six_steps_stands() -> None:
    found = judged(whole_case())
    assert found.state is VerdictState.STANDS
    assert found.current_no == 0
    assert [stage.verdict.state for stage in found.stages] == [VerdictState.STANDS] * 6
    assert all(not stage.verdict.tasks for stage in found.stages)


def test_a_fresh_case_waits_for_its_first_step() -> None:
    found = judged(replace(whole_case(), stages=()))
    assert (found.state, found.current_no) == (VerdictState.OPEN, 1)
    assert found.sentence == "第1步“村党组织提议”：还没有开会。"
    assert not found.may_publish


def test_trap_12_dates_never_run_backwards_and_equal_days_are_fine() -> None:
    same_day = with_stage(whole_case(), met(2, Body.TWO_COMMITTEES, day(3, 3), 9, 8, 8))
    assert judged(same_day).state is VerdictState.STANDS
    backwards = with_stage(whole_case(), met(3, Body.PARTY_MEMBERS, day(3, 4), 60, 45, 40))
    found = judged(backwards)
    assert found.state is VerdictState.CANNOT_STAND
    assert found.sentence == "第3步“党员大会审议”：第3步3月4日，第2步3月5日，先后倒了。"


def test_trap_12_steps_1_and_2_in_one_meeting_when_one_person_holds_both_posts() -> None:
    one = met(2, Body.TWO_COMMITTEES, day(3, 5), 9, 8, 8)
    merged = with_stage(with_stage(whole_case(), one), replace(one, no=1, merged=True))
    assert judged(replace(merged, one_shoulder=True)).state is VerdictState.STANDS
    asked = judged(merged)
    assert asked.stage(1).verdict.state is VerdictState.PERSON_MUST_JUDGE
    assert "一肩挑" in asked.stage(1).verdict.next_act


def test_a_left_out_step_is_named_and_the_later_one_kept_as_a_fact() -> None:
    found = judged(without_stages(whole_case(), 3))
    assert found.state is VerdictState.CANNOT_STAND
    assert found.current_no == 4
    assert found.sentence == "第4步“村民会议或村民代表会议决议”：第3步“党员大会审议”还没有办。"
    assert "照实保留" in found.next_act


def test_a_step_after_a_rejected_one_cannot_stand() -> None:
    found = judged(with_stage(whole_case(), met(3, Body.PARTY_MEMBERS, day(3, 9), 60, 40, 21)))
    assert found.state is VerdictState.CANNOT_STAND
    assert found.stage(3).verdict.state is VerdictState.REJECTED
    assert check(with_stage(whole_case(), met(3, Body.PARTY_MEMBERS, day(3, 9), 60, 40, 21)), 4, "order").sentence == (
        "第3步“党员大会审议”没有通过。"
    )


def test_a_rejected_motion_is_a_result_of_the_case() -> None:
    case = without_stages(with_stage(whole_case(), met(4, Body.REPRESENTATIVES, day(3, 14), 37, 30, 10)), 5, 6)
    found = judged(case)
    assert found.state is VerdictState.REJECTED
    assert not found.may_publish
    assert "差6票" in found.sentence


def test_trap_11_a_missing_mandate_is_a_task_and_no_wall() -> None:
    case = whole_case(mandates=())
    assert judged(case).state is VerdictState.STANDS
    task = check(case, 4, "mandate")
    assert task.state is CheckState.TASK
    assert "登记授权" in task.next_act


def test_trap_11_a_mandate_that_does_not_reach_is_a_question() -> None:
    other = whole_case(mandates=(Mandate(("M03",), day(1, 20)),))
    run_out = whole_case(mandates=(Mandate(("M04",), dt.date(2023, 1, 5), dt.date(2025, 12, 31)),))
    for case in (other, run_out):
        assert check(case, 4, "mandate").state is CheckState.MUST_JUDGE
        assert judged(case).state is VerdictState.PERSON_MUST_JUDGE


def test_trap_2_representatives_cannot_divide_land_compensation() -> None:
    found = judged(whole_case("M10"))
    assert found.state is VerdictState.CANNOT_STAND
    assert found.stages[3].verdict.sentence == (
        "“征地补偿费分配使用”要由集体经济组织成员大会决定，村民代表会议不能决定。"
    )
    assert found.next_act == "请另开集体经济组织成员大会。"
    stands_in = judged(whole_case("M10", stands_in=True))
    assert stands_in.stages[3].verdict.legal_ref == "农村集体经济组织法第二十八条、第六十四条"


def test_trap_3_the_village_standing_in_for_the_collective_needs_two_thirds_of_all() -> None:
    def income(yes: int) -> CaseFacts:
        meeting = met(4, Body.VILLAGERS, day(3, 20), 300, 210, yes)
        return with_stage(whole_case("M07", stands_in=True), meeting)

    less = without_stages(income(199), 5, 6)
    assert judged(less).state is VerdictState.REJECTED
    assert "农村集体经济组织法第六十四条和第二十七条" in judged(less).stages[3].verdict.legal_ref
    later = replace(income(200), stages=(*income(200).stages[:4], hung(5, day(3, 23)), hung(6, day(5, 20))))
    assert judged(later).stages[3].verdict.state is VerdictState.STANDS


def test_village_rules_are_for_the_villagers_meeting_alone() -> None:
    found = judged(without_stages(whole_case("M02"), 5, 6))
    assert found.state is VerdictState.CANNOT_STAND
    assert found.stages[3].verdict.legal_ref == "村民委员会组织法第三十一条"


def test_a_villagers_meeting_may_count_by_household() -> None:
    meeting = MeetingFacts(
        day(3, 14), Headcount(400, 400, households=400), Headcount(270, 270, households=270), Count(200, 70, 0)
    )
    stage = StageFacts(4, Body.VILLAGERS, "villagers_by_household", meeting)
    checks = judged(without_stages(with_stage(whole_case("M02"), stage), 5, 6)).stages[3].verdict.checks
    assert "R-CM-H" in [found.rule_id for found in checks]


def test_trap_16_relief_is_never_put_to_a_village_vote() -> None:
    matter = BOOK.matter("M13", day(8, 1))
    with pytest.raises(NotAllowed) as caught:
        refuse_unvoteable(matter)
    assert "不由村里投票决定" in caught.value.message
    assert "救助公示" in caught.value.advice
    assert matter.legal_ref == "社会救助法第四十四条、第四十五条"
    assert BOOK.matter("M13", day(6, 30)).legal_ref == "社会救助暂行办法第十一条"
    assert judged(whole_case("M13")).stages[3].verdict.state is VerdictState.CANNOT_STAND
    refuse_unvoteable(BOOK.matter("M04", day(8, 1)))


def test_the_wrong_body_is_told_the_right_one() -> None:
    found = judged(with_stage(whole_case(), met(2, Body.VILLAGE_COMMITTEE, day(3, 5), 5, 5, 5)))
    assert found.state is VerdictState.CANNOT_STAND
    assert found.stages[1].verdict.sentence == "这一步由村“两委”会议来办，登记的是村民委员会会议。"


def test_a_changed_text_voids_its_votes() -> None:
    case = with_stage(
        whole_case(), met(4, Body.REPRESENTATIVES, day(3, 14), 37, 29, 26, text_version=1, current_version=2)
    )
    found = judged(case)
    assert found.state is VerdictState.CANNOT_STAND
    assert "表决的是第1稿，现在的方案是第2稿" in found.stages[3].verdict.sentence


def test_trap_1_a_sheet_down_on_the_fourth_day_is_a_fact_that_does_not_count() -> None:
    found = judged(with_stage(whole_case(), hung(5, day(3, 16), day(3, 20))))
    assert found.state is VerdictState.CANNOT_STAND
    assert found.stages[4].verdict.sentence == "3月16日贴出，贴了4天就不在栏上了，规定15天，还差11天。"
    assert "请补贴" in found.next_act
    again = hung(5, day(3, 16), day(3, 20), Stretch(day(3, 21), day(4, 8)))
    assert judged(with_stage(whole_case(), again)).state is VerdictState.STANDS


def test_a_hanging_sheet_tells_its_days() -> None:
    case = without_stages(with_stage(whole_case(today=day(3, 22)), hung(5, day(3, 16))), 6)
    found = judged(case)
    assert (found.state, found.current_no) == (VerdictState.OPEN, 5)
    assert found.stages[4].verdict.sentence == "3月16日贴出，规定15天，要贴到3月31日，还有9天。"


def test_trap_1_the_law_of_the_day_of_posting_holds_also_for_an_older_case() -> None:
    opened = dt.date(2025, 12, 1)
    old = whole_case(opened_on=opened, template=BOOK.template("four_two", opened))
    before = with_stage(old, hung(5, dt.date(2025, 12, 30), dt.date(2026, 1, 4)))
    after = with_stage(old, hung(5, dt.date(2026, 1, 4), dt.date(2026, 1, 9)))
    assert check(before, 5, "posting").state is CheckState.HOLDS
    assert check(before, 5, "posting").legal_ref == "村民委员会组织法第三十条"
    assert check(after, 5, "posting").state is CheckState.FAILS
    assert check(after, 5, "posting").legal_ref == "村民委员会组织法第三十五条"
    assert old.template.law_version == "2018修正"


def test_what_is_missing_on_paper_is_a_task_and_stops_nothing() -> None:
    case = with_stage(
        whole_case(),
        met(4, Body.REPRESENTATIVES, day(3, 14), 37, 29, 26, supervision_attended=False, township_signed=False),
    )
    case = with_stage(case, hung(5, day(3, 16), day(4, 2), supervised=False))
    found = judged(case)
    assert found.state is VerdictState.STANDS
    assert len(found.stages[3].verdict.tasks) == 2
    assert [task.code for task in found.stages[4].verdict.tasks] == ["supervised"]


def test_a_case_entered_from_paper_is_never_judged_as_passed() -> None:
    found = judged(whole_case(from_paper=True))
    assert found.state is VerdictState.PERSON_MUST_JUDGE
    assert "补录" in found.sentence


def test_a_day_without_rules_is_for_a_person() -> None:
    stage = met(1, Body.PARTY_COMMITTEE, dt.date(2010, 3, 3), 5, 5, 5)
    found = judged(replace(whole_case(), opened_on=dt.date(2010, 3, 1), stages=(stage,)))
    assert found.stages[0].verdict.state is VerdictState.PERSON_MUST_JUDGE


def test_a_motion_day_after_the_first_step_is_a_task() -> None:
    found = judged(whole_case(opened_on=day(3, 4)))
    assert found.state is VerdictState.STANDS
    assert "立项日期" in found.stages[0].verdict.tasks[0].sentence


def test_trap_25_official_numbers_have_hexagonal_brackets_and_no_zero() -> None:
    assert case_number(2026, 3) == "〔2026〕3号"


@given(st.permutations(range(6)))
def test_the_verdict_does_not_depend_on_the_order_of_entry(order: list[int]) -> None:
    case = whole_case()
    assert judged(replace(case, stages=tuple(case.stages[number] for number in order))) == judged(case)


@given(st.integers(0, 37), st.integers(0, 37))
def test_a_resolution_that_may_be_published_has_its_majority(present: int, yes: int) -> None:
    if yes > present:
        return
    found = judged(with_stage(whole_case(), met(4, Body.REPRESENTATIVES, day(3, 14), 37, present, yes)))
    assert found.may_publish == (present >= 25 and yes * 2 > present)


def test_no_shipped_procedure_misses_what_the_law_asks_of_a_decision() -> None:
    for template in BOOK.templates(TODAY):
        assert [gap.code for gap in law_gaps(template) if gap.state is CheckState.FAILS] == []
    four = BOOK.template("four_two", TODAY)
    without_vote = replace(four, stages=tuple(stage for stage in four.stages if not stage.by_matter))
    assert [gap.code for gap in law_gaps(without_vote)] == ["gap_vote"]
    without_party = replace(four, stages=four.stages[1:2] + four.stages[3:])
    assert [gap.code for gap in law_gaps(without_party)] == ["gap_party", "gap_members"]


def henan() -> Rulebook:
    return Rulebook((*shipped_packs(), read_pack(path("packs", "henan", "village-meetings"))), "410102001201")


@pytest.mark.parametrize(
    ("proposer", "state", "part"),
    [
        ("村务监督委员会", CheckState.HOLDS, "由村务监督委员会提出，可以提出"),
        ("62名村民联名", CheckState.HOLDS, "共620人，联名提出要十分之一以上，就是62人，登记的是62人，已够"),
        ("61名村民联名", CheckState.TASK, "还差1人"),
        ("6名村民代表联名", CheckState.TASK, "共32人，联名提出要五分之一以上，就是7人，登记的是6人，还差1人"),
        ("村民联名", CheckState.TASK, "还看不出联名的人数够不够"),
        ("王伟", CheckState.TASK, "登记的提出人是王伟"),
        ("", CheckState.TASK, "还没有登记提出人"),
    ],
)
def test_henan_names_who_may_bring_a_matter_up(proposer: str, state: CheckState, part: str) -> None:
    template = BOOK.template("four_two", OPENED)
    case = CaseFacts(
        "M04", OPENED, template, (StageFacts(1),), TODAY, proposer=proposer, villagers=620, representatives=32
    )
    (check,) = [one for one in judge_case(henan(), case).stage(1).verdict.checks if one.code == "proposer"]
    assert (check.state, check.legal_ref) == (state, "河南省实施村民委员会组织法办法第五十四条")
    assert part in check.sentence
    # Elsewhere nobody asks; and what the party organisation has taken up is its own proposal.
    assert not [one for one in judge_case(BOOK, case).stage(1).verdict.checks if one.code == "proposer"]
    taken_up = replace(case, stages=(met(1, Body.PARTY_COMMITTEE, day(3, 3), 4, 4, 4),))
    checks = judge_case(henan(), taken_up).stage(1).verdict.checks
    if "联名" not in proposer:
        assert next(one for one in checks if one.code == "proposer").state is CheckState.HOLDS


def strict(**columns: object) -> Rulebook:
    """The national rows, and a county whose representatives' meeting asks for more."""
    pack = read_pack(path("packs", "sample-county", "decision-rules"))
    rows = tuple(
        replace(row, **columns) if row.kind == "representatives" else row  # type: ignore[arg-type]  # single columns
        for row in pack.meeting_rules
    )
    return Rulebook((*shipped_packs(), replace(pack, meeting_rules=rows)), "320924103205")


def test_what_a_row_asks_of_the_wall_and_of_the_township_is_judged() -> None:
    book = strict(publish_min_days=25, objection_days=10, filing_with="乡镇人民政府")
    case = whole_case()
    filed = next(check for check in judge_case(book, case).stage(4).verdict.checks if check.code == "filing")
    assert (filed.state, filed.legal_ref) == (CheckState.TASK, "示例县四议两公开办法第九条")
    assert filed.sentence == "村民代表会议（本县做法）通过的，还要报乡镇人民政府备案，还没有登记。"
    done = replace(case, filings=(Filing(FilingKind.FILING, day(3, 20), "河口镇", "河政备〔2026〕2号"),))
    filed = next(check for check in judge_case(book, done).stage(4).verdict.checks if check.code == "filing")
    assert (filed.state, filed.sentence) == (CheckState.HOLDS, "3月20日已报乡镇人民政府备案，河政备〔2026〕2号。")
    wall = judge_case(book, case).stage(5).verdict
    stay = {check.code: check for check in wall.checks}
    assert stay["objection"].state is CheckState.HOLDS
    assert stay["publish_days"].state is CheckState.FAILS
    assert "要公开25天" in stay["publish_days"].sentence
    assert stay["publish_days"].next_act == "日期照实保留；请补贴，贴够天数。"
    hangs = replace(case, stages=tuple(hung(5, day(6, 20)) if one.no == 5 else one for one in case.stages))
    found = {check.code: check for check in judge_case(book, hangs).stage(5).verdict.checks}
    assert found["publish_days"].sentence.endswith("6月20日贴出，到今天10天，还有15天。")
    assert found["publish_days"].state is CheckState.OPEN
    assert "publish_days" not in {check.code for check in judge_case(BOOK, case).stage(5).verdict.checks}
