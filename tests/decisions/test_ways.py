"""The ways of a matter beside the straight one: other procedures, old paper, going back, changing, carrying out."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.decisions.desk import day, do, four_meetings, held, opened, posted, read
from village_desk.accounts.actions import add_contract
from village_desk.accounts.rules.registers import ContractFacts
from village_desk.decisions import actions
from village_desk.decisions.lookups import decision_bases, decision_basis, decisions_by, inspection, procedures
from village_desk.decisions.page.facts import around
from village_desk.decisions.printout import all_sheets, inspection_sheet, procedure_chart, step_minutes, vanguard_wall
from village_desk.decisions.rules import law_gaps
from village_desk.desk.sources import day as today_of
from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.meetings.rules import CheckState, VerdictState
from village_desk.notices.lookups import duties_about
from village_desk.paper.text import plain_text
from village_desk.people import actions as people
from village_desk.people.lookups import all_posts
from village_desk.rulebook.actions import install_shipped_pack
from village_desk.rulebook.rules import Body, StageKind, StageTemplate
from village_desk.schedule.actions import switch_on_preset
from village_desk.schedule.lookups import agenda_of_day
from village_desk.store.file import VillageFile


def codes(file: VillageFile, decision_id: str, no: int, state: CheckState) -> set[str]:
    return {check.code for check in read(file, decision_id).stage(no).verdict.checks if check.state is state}


def refused(file: VillageFile, action: object, **arguments: object) -> DeskError:
    before = file.digest()
    with pytest.raises(DeskError) as caught:
        do(file, action, **arguments)  # type: ignore[arg-type]  # any action
    assert file.digest() == before
    return caught.value


def day_of_the_people(file: VillageFile) -> str:
    return opened(
        file,
        title="村口路灯不亮",
        matter_code="",
        procedure="people_day",
        motion_source="群众想办的事",
        amount_fen=None,
    )


@pytest.mark.covers("1-56")
def test_a_topic_of_the_peoples_day_passes_five_stages_and_can_become_a_decision(village: VillageFile) -> None:
    topic = day_of_the_people(village)
    detail = read(village, topic)
    assert [stage.template.name for stage in detail.stages] == [
        "征集确定议题", "前期研究讨论", "群众说事议事", "议定结果公示", "落实执行监督",
    ]  # fmt: skip
    fields = (("议题", "村口路灯"), ("从哪里来", "三组群众"), ("属于哪一类", "群众想办的事"))
    do(village, actions.do_step, decision_id=topic, no=1, done_on=day(3, 15), fields=fields, evidence=("议题征集表",))
    do(village, actions.do_step, decision_id=topic, no=2, done_on=day(3, 15), fields=(("研究意见", "可行"),))
    said = (("参加人员", "党员8人、代表6人、群众12人"), ("发言要点", "换太阳能灯"), ("议定结果", "换20盏灯"))
    do(village, actions.do_step, decision_id=topic, no=3, done_on=day(3, 15), fields=said)
    with village.reading() as session:
        duties = duties_about(session, source_room="decisions", source_id=topic, on=village.today)
    assert duties[0].about == "“村口路灯不亮”的议定结果公示"
    posted(village, topic, 4, day(3, 16))
    assert read(village, topic).verdict.current_no == 5
    village.confirm_today(dt.date(2026, 7, 15))
    with village.writing("schedule.switch_on_preset") as session:
        switch_on_preset(session, rule_id="K-MSMB")
    with village.reading() as session:
        due = [one.rule.name for one in agenda_of_day(session, on=village.today)]
        found = {item.id: item for item in today_of(session).items}
    assert "民事民办日" in due
    assert found[f"decision {topic}"].words == "村口路灯不亮：办到第5步，落实执行监督。"
    done = {"decision_id": topic, "no": 5, "done_on": day(6, 1), "checked_by": "李建国"}
    do(village, actions.do_step, **done, fields=(("落实情况", "已装好"), ("监督情况", "无意见")))
    assert read(village, topic).verdict.state is VerdictState.STANDS
    formal = opened(
        village, title="村口路灯改造", changes_id=topic, change_kind="promotes", change_reason="要花集体的钱"
    )
    change = read(village, formal).changes
    assert change is not None
    assert (change.id, change.kind.words) == (topic, "由议事转来")
    assert [later.id for later in read(village, topic).changed_by] == [formal]


@pytest.mark.covers("1-22", "2-29")
def test_an_item_of_small_powers_follows_its_own_steps_and_a_skipped_one_needs_a_reason(village: VillageFile) -> None:
    error = refused(village, actions.open_decision, title="盖章", procedure="small_power", opened_on=day(3, 2))
    assert "空架子" in error.message
    key = do(village, actions.copy_procedure, key="small_power", name="村印章使用")
    stages = tuple(
        StageTemplate(0, f"step{number}", name, StageKind.TASK, done_by=who, required=("事由",), limit_days=limit)
        for number, (name, who, limit) in enumerate(
            (("申请", "村民", 0), ("审批", "村主任", 2), ("盖章登记", "文书", 3))
        )
    )
    assert do(village, actions.change_procedure, key=key, name="村印章使用", stages=stages) == 2
    run = opened(village, title="张三开证明盖章", matter_code="", procedure=key, motion_source="", amount_fen=None)
    do(village, actions.do_step, decision_id=run, no=1, done_on=day(3, 2), fields=(("事由", "贷款证明"),))
    refused(village, actions.skip_step, decision_id=run, no=2, reason=" ")
    do(village, actions.skip_step, decision_id=run, no=2, reason="主任外出，电话同意")
    assert codes(village, run, 2, CheckState.MUST_JUDGE) == {"skipped"}
    do(village, actions.do_step, decision_id=run, no=3, done_on=day(3, 9), fields=(("事由", "贷款证明"),))
    assert codes(village, run, 3, CheckState.TASK) == {"limit"}
    assert read(village, run).stage(3).verdict.state is VerdictState.PERSON_MUST_JUDGE
    with village.reading() as session:
        report = inspection(session, year=2026)
        template = next(row.template for row in procedures(session) if row.template.key == key)
    assert "主任外出，电话同意" in str(report.lines)
    chart = plain_text(procedure_chart(template, "东河村"))
    assert "村印章使用流程图" in chart
    assert chart.index("申请") < chart.index("审批") < chart.index("盖章登记")


@pytest.mark.covers("0-31")
def test_three_and_three_is_a_skeleton_that_a_village_fills_while_old_cases_keep_theirs(village: VillageFile) -> None:
    old = opened(village)
    with village.reading() as session:
        skeleton = next(row for row in procedures(session) if row.template.key == "three_three")
    assert skeleton.template.locked
    assert all("按本县文件填写" in stage.name for stage in skeleton.template.stages)
    key = do(village, actions.copy_procedure, key="three_three", name="三议三公开")
    source = read(village, old).template
    assert source is not None
    names = ("支部提议", "两委商议", "代表会议决议", "事前公开", "过程公开", "结果公开")
    posts = ("affairs", "resolution", "result")
    stages = (
        replace(source.stages[0], name=names[0]),
        replace(source.stages[1], name=names[1]),
        replace(source.stages[3], name=names[2]),
        *(
            StageTemplate(0, f"open{number}", name, StageKind.PUBLICATION, posting_kind=kind)
            for number, (name, kind) in enumerate(zip(names[3:], posts, strict=True))
        ),
    )
    do(village, actions.change_procedure, key=key, name="三议三公开", stages=stages)
    new = opened(village, procedure=key, motion_source="")
    assert [stage.template.name for stage in read(village, new).stages] == list(names)
    assert read(village, old).template_name == "四议两公开"


def test_a_changed_procedure_says_what_the_law_then_misses_and_touches_no_case_under_way(village: VillageFile) -> None:
    key = do(village, actions.copy_procedure, key="four_two", name="本村办法")
    first = opened(village, procedure=key)
    template = read(village, first).template
    assert template is not None
    assert law_gaps(template) == ()
    shorter = tuple(stage for stage in template.stages if stage.key not in {"proposal", "publish_decision"})
    do(village, actions.change_procedure, key=key, name="本村办法", stages=shorter, max_total_days=20)
    with village.reading() as session:
        row = next(row for row in procedures(session) if row.template.key == key)
    assert [gap.code for gap in row.gaps] == ["gap_publish"]
    assert row.gaps[0].legal_ref == "村民委员会组织法第三十五条"
    assert len(read(village, first).stages) == 6
    assert len(read(village, opened(village, procedure=key)).stages) == 4
    refused(village, actions.change_procedure, key="four_two", name="四议两公开", stages=shorter)
    refused(village, actions.change_procedure, key=key, name="本村办法", stages=())
    nameless = (replace(shorter[0], name=" "),)
    assert "还没有名称" in refused(village, actions.change_procedure, key=key, name="甲", stages=nameless).message


def test_the_total_of_days_that_a_local_procedure_wants_is_checked(village: VillageFile) -> None:
    key = do(village, actions.copy_procedure, key="four_two", name="二十天办完")
    template = read(village, opened(village, procedure=key)).template
    assert template is not None
    do(
        village, actions.change_procedure, key=key, name="二十天办完", stages=template.stages, max_total_days=10,
        motion_sources=template.motion_sources,
    )  # fmt: skip
    case = opened(village, procedure=key)
    four = ((1, 3, 3, "1-4", 4), (2, 3, 5, "1-8", 8), (3, 3, 9, "1-40", 35))
    for no, month, number, present, yes in four:
        held(village, case, no, day(month, number), present, yes)
    assert held(village, case, 4, day(3, 14), "1-29", 26, body="representatives") is VerdictState.PERSON_MUST_JUDGE
    assert "用了12天，本地程序要求10天以内，超了2天" in read(village, case).stage(4).verdict.sentence


def test_a_case_half_done_on_paper_is_entered_without_rolls_and_never_passes_by_itself(village: VillageFile) -> None:
    case = opened(village, from_paper=True)
    paper = {"decision_id": case, "held_on": day(3, 3)}
    lacks = ("签到表", "照片")
    do(village, actions.record_paper_step, **paper, no=1, eligible=4, present=4, yes=4, missing=lacks)
    stage = read(village, case).stage(1)
    assert stage.verdict.state is VerdictState.PERSON_MUST_JUDGE
    assert [task.sentence for task in stage.verdict.tasks if task.code == "missing"] == [
        "纸上的材料缺“签到表”。", "纸上的材料缺“照片”。",
    ]  # fmt: skip
    do(village, actions.judge_step, decision_id=case, no=1, code="paper", reason="原件齐全，已核对", by="杨丽")
    assert read(village, case).stage(1).done
    later = {"decision_id": case, "held_on": day(3, 9), "no": 2}
    do(village, actions.record_paper_step, **later, eligible=8, present=4, yes=4)
    assert "还差1人" in read(village, case).stage(2).verdict.sentence
    assert read(village, case).stage(2).verdict.state is VerdictState.PERSON_MUST_JUDGE or (
        read(village, case).stage(2).verdict.state is VerdictState.CANNOT_STAND
    )
    for wrong in ({"present": 9, "eligible": 8}, {"yes": -1}, {"yes": 10**9}, {"present": 3, "yes": 5}):
        refused(village, actions.record_paper_step, **{**later, **wrong})
    refused(village, actions.record_paper_step, **{**later, "held_on": dt.date(2027, 1, 1)})
    refused(village, actions.record_paper_step, **{**later, "no": 9})
    text = plain_text(all_sheets(read(village, case)))
    assert "照纸质材料补录，没有按名册核对" in text
    assert "签到表、照片" in text


def test_a_rejected_matter_goes_back_to_step_two_or_up_to_the_villagers_and_keeps_its_reasons(
    village: VillageFile,
) -> None:
    case = opened(village)
    held(village, case, 1, day(3, 3), "1-4", 4)
    held(village, case, 2, day(3, 5), "1-8", 8)
    assert held(village, case, 3, day(3, 9), "1-40", 20) is VerdictState.REJECTED
    refused(village, actions.go_back, decision_id=case, from_no=3, to_no=2, reason="")
    refused(village, actions.go_back, decision_id=case, from_no=3, to_no=3, reason="再议")
    do(village, actions.go_back, decision_id=case, from_no=3, to_no=2, reason="党员要求降低造价")
    detail = read(village, case)
    assert detail.verdict.current_no == 2
    assert [(one.from_no, one.to_no, one.reason) for one in detail.returns] == [(3, 2, "党员要求降低造价")]
    assert held(village, case, 2, day(3, 12), "1-8", 8) is VerdictState.STANDS
    assert held(village, case, 3, day(3, 16), "1-40", 35) is VerdictState.STANDS
    assert held(village, case, 4, day(3, 20), "1-29", 10, body="representatives") is VerdictState.REJECTED
    do(village, actions.bring_to_villagers, decision_id=case, no=4, reason="代表会议分歧大")
    assert read(village, case).stage(4).meeting is None
    assert held(village, case, 4, day(4, 2), "1-70", 60, body="villagers") is VerdictState.STANDS


def test_a_passed_text_on_the_board_is_changed_only_by_the_same_body(village: VillageFile) -> None:
    case = opened(village)
    four_meetings(village, case)
    posted(village, case, 5, day(3, 16))
    detail = read(village, case)
    again = {
        "decision_id": case, "seen": detail.seen, "title": detail.row.title, "plan": "改成800米",
        "motion_source": detail.motion_source, "proposer": "", "amount_fen": None, "opened_on": detail.row.opened_on,
    }  # fmt: skip
    assert "文字不能再改" in refused(village, actions.change_plan, **again).message
    more = {"title": "排水渠加长到800米", "changes_id": case, "change_kind": "amends"}
    refused(village, actions.open_decision, **more, matter_code="M04", opened_on=day(4, 1))
    change = opened(village, **more, change_reason="汛情需要", opened_on=day(4, 1))
    held(village, change, 1, day(4, 2), "1-4", 4)
    held(village, change, 2, day(4, 3), "1-8", 8)
    held(village, change, 3, day(4, 6), "1-40", 35)
    assert held(village, change, 4, day(4, 9), "1-29", 26, body="representatives") is VerdictState.STANDS
    with village.reading() as session:
        basis = decision_basis(session, case)
    assert not basis.stands
    assert "已经变更原决议" in basis.words
    refused(
        village, actions.open_decision, title="重新提出", matter_code="M04", opened_on=day(4, 20), changes_id=case,
        change_kind="resubmits", change_reason="再来",
    )  # fmt: skip


def test_a_decision_that_stands_is_carried_out_and_its_sums_are_told(village: VillageFile) -> None:
    case = opened(village)
    plan = {"decision_id": case, "title": "采购管材", "owner": "王建国", "due_on": day(4, 30), "amount_fen": 2_000_000}
    assert "决议还不成立" in refused(village, actions.plan_work, **plan).message
    four_meetings(village, case)
    work = do(village, actions.plan_work, **plan)
    do(village, actions.note_progress, work_id=work, on=day(4, 10), words="管材到场", spent_fen=1_500_000)
    row = read(village, case).works[0]
    assert (row.spent_fen, row.late, row.over) == (1_500_000, True, False)
    do(village, actions.note_progress, work_id=work, on=day(5, 10), words="全部装好", spent_fen=600_000, done=True)
    row = read(village, case).works[0]
    assert (row.spent_fen, row.late, row.over, row.done_on) == (2_100_000, False, True, day(5, 10))
    for wrong in ({"words": " "}, {"spent_fen": -1}, {"on": dt.date(2027, 1, 1)}):
        refused(village, actions.note_progress, **{"work_id": work, "on": day(5, 11), "words": "完工", **wrong})
    with village.reading() as session:
        assert [basis.stands for basis in decision_bases(session)] == [True]
    with village.writing("accounts.add_contract") as session:
        facts = ContractFacts(
            number="2026-1", subject="排水渠施工", party="某建筑公司", decision_id=case, total_fen=100
        )
        add_contract(session, facts=facts)
    assert ("合同", "2026-1排水渠施工，某建筑公司，1.00元") in around(read(village, case))


@pytest.mark.covers("1-24")
def test_an_engineering_project_has_no_contract_without_its_decision_and_both_notices_from_one_record(
    village: VillageFile,
) -> None:
    case = opened(village, procedure="project", title="村东桥")
    fields = (("承建单位", "某建筑公司"), ("合同金额", "46000元"), ("工期", "60天"))
    contract = {"decision_id": case, "no": 7, "done_by": "王建国", "fields": fields, "evidence": ("合同",)}
    do(village, actions.do_step, **contract, done_on=day(3, 5))
    assert read(village, case).stage(7).verdict.state is VerdictState.CANNOT_STAND
    four_meetings(village, case)
    posted(village, case, 5, day(3, 16))
    tender = (("方式", "询价"), ("参加单位", "三家"), ("中选单位和价格", "某建筑公司46000元"))
    paper = ("报价或者投标材料", "评选记录")
    do(village, actions.do_step, decision_id=case, no=6, done_on=day(4, 3), fields=tender, evidence=paper)
    do(village, actions.do_step, **contract, done_on=day(4, 8))
    assert read(village, case).stage(7).verdict.state is VerdictState.STANDS
    rest = (
        (8, day(5, 20), ("开工日期", "完工日期")),
        (9, day(5, 25), ("验收人员", "验收意见")),
        (10, day(5, 28), ("结算金额", "审核意见")),
    )
    for no, on, named in rest:
        words = tuple((name, "已写") for name in named)
        do(village, actions.do_step, decision_id=case, no=no, done_on=on, fields=words, checked_by="李建国")
    posted(village, case, 11, day(6, 1), result="桥已完工，用款46000元，验收合格。")
    detail = read(village, case)
    titles = [stage.notice.title for stage in detail.stages if stage.notice is not None]
    assert titles == ["东河村关于村东桥的决议公开", "东河村关于村东桥的实施结果公开"]


def test_levies_are_checked_and_approved_by_the_offices_before_they_are_published(village: VillageFile) -> None:
    case = opened(village, matter_code="M05", title="修水渠筹资")
    detail = read(village, case)
    assert [stage.template.key for stage in detail.stages][4:6] == ["levy_township", "levy_county"]
    refused(village, actions.record_filing, decision_id=case, kind="approval", on=day(3, 3))
    refused(
        village, actions.record_filing, decision_id=case, kind="approval", on=day(3, 3), office="县里", agreed=False
    )
    refused(village, actions.record_filing, decision_id=case, kind="approval", on=day(1, 3), office="县里")
    answer = {"office": "县农业农村局", "number": "农减〔2026〕5号", "way": "纸质"}
    do(village, actions.record_filing, decision_id=case, kind="approval", on=day(3, 20), **answer)
    assert read(village, case).filings[0].words == "县农业农村局　批准同意　农减〔2026〕5号"


def test_a_charter_is_decided_by_the_villagers_alone_and_filed(village: VillageFile) -> None:
    case = opened(village, matter_code="M02", title="修订村规民约", plan="修订第五条。")
    held(village, case, 1, day(3, 3), "1-4", 4)
    held(village, case, 2, day(3, 5), "1-8", 8)
    held(village, case, 3, day(3, 9), "1-40", 35)
    assert held(village, case, 4, day(3, 14), "1-29", 26, body="representatives") is VerdictState.CANNOT_STAND
    assert held(village, case, 4, day(3, 28), "1-70", 60, body="villagers") is VerdictState.STANDS
    assert "filing" in codes(village, case, 4, CheckState.TASK)
    do(village, actions.record_filing, decision_id=case, kind="filing", on=day(4, 2), office="青河镇人民政府")
    assert "filing" in codes(village, case, 4, CheckState.HOLDS)
    with pytest.raises(NotAllowed, match="不能授权给村民代表会议"):
        do(village, actions.register_mandate, title="", matter_codes=("M02",), granted_on=day(1, 5))


def test_small_sums_take_the_small_way_and_large_ones_do_not(village: VillageFile) -> None:
    with village.writing("rulebook.install_shipped_pack") as session:
        install_shipped_pack(session, issuer="sample-county", pack="spending")
    small = opened(village, title="买灯泡", matter_code="", procedure="small_sum", amount_fen=500_000, motion_source="")
    assert codes(village, small, 1, CheckState.FAILS) == set()
    large = opened(village, title="修路", matter_code="", procedure="small_sum", amount_fen=2_000_001, motion_source="")
    assert codes(village, large, 1, CheckState.FAILS) == {"spending"}
    assert "属于重大支出" in read(village, large).stage(1).verdict.sentence
    do(
        village,
        actions.judge_step,
        decision_id=large,
        no=1,
        code="spending",
        reason="县里拨款专项",
        by="镇经管站王站长",
    )
    assert codes(village, large, 1, CheckState.FAILS) == set()
    assert "县里拨款专项" in plain_text(all_sheets(read(village, large)))


def test_an_emergency_is_acted_on_first_and_owes_its_duties_afterwards(village: VillageFile) -> None:
    case = opened(village, title="溃口抢险", matter_code="", procedure="emergency", motion_source="抢险救灾")
    assert held(village, case, 1, day(3, 3), "1-8", 8, body="two_committees") is VerdictState.STANDS
    assert codes(village, case, 2, CheckState.TASK) == {"limit"}
    fields = (("告知谁", "监委会、镇应急办"), ("怎样告知", "电话"), ("告知日期", "3月3日"))
    do(village, actions.do_step, decision_id=case, no=2, done_on=day(3, 3), fields=fields)
    assert codes(village, case, 2, CheckState.TASK) == set()
    with village.reading() as session:
        assert decision_basis(session, case).stands
    assert "report_to_representatives" in [stage.key for stage in read(village, case).verdict.stages]


@pytest.mark.covers("4B-06")
def test_a_village_council_can_be_a_stage_with_its_own_quorum(village: VillageFile) -> None:
    key = do(village, actions.copy_procedure, key="four_two", name="带议事会的办法")
    template = read(village, opened(village, procedure=key)).template
    assert template is not None
    council = StageTemplate(
        0, "council", "村民议事会协商", StageKind.MEETING, (Body.VILLAGE_COUNCIL,), ("village_council",)
    )
    stages = (*template.stages[:3], council, *template.stages[3:])
    do(village, actions.change_procedure, key=key, name="带议事会的办法", stages=stages)
    case = opened(village, procedure=key, motion_source="")
    do(village, actions.record_paper_step, decision_id=case, no=4, held_on=day(3, 9), eligible=21, present=13, yes=13)
    assert "村民议事会应到议事会成员21人，实到13人，三分之二以上是14人，还差1人" in (
        read(village, case).stage(4).verdict.checks[-4].sentence + read(village, case).stage(4).verdict.sentence
        + "".join(check.sentence for check in read(village, case).stage(4).verdict.checks)
    )  # fmt: skip


def test_the_rehearsal_lists_every_case_of_the_year_with_articles_and_next_acts(village: VillageFile) -> None:
    good, bad = opened(village), opened(village, title="分地款", matter_code="M10")
    four_meetings(village, good)
    held(village, bad, 4, day(3, 14), "1-29", 26, body="representatives", rule_kind="representatives")
    with village.reading() as session:
        report = inspection(session, year=2026)
        assert inspection(session, year=2025).lines == ()
    assert [line.id for line in report.lines] == [bad, good]
    assert report.lines[0].verdict is VerdictState.CANNOT_STAND
    refs = {one.legal_ref for one in report.lines[0].findings}
    assert "农村集体经济组织法第二十六条第一款第十项" in refs
    assert all(one.next_act for one in report.lines[0].findings if one.state is CheckState.FAILS)
    text = plain_text(inspection_sheet(report))
    assert "2026年民主决策自查表" in text
    assert "不能成立1件" in text


@pytest.mark.covers("0-08")
def test_a_member_passes_the_four_steps_of_the_vanguard_and_the_wall_shows_no_number(village: VillageFile) -> None:
    case = opened(village, title="王伟先锋行", matter_code="", procedure="vanguard", motion_source="", amount_fen=None)
    for no, fields in enumerate(
        ((("党员姓名", "王伟"),), (("岗位", "政策宣传岗"),), (("任务", "每月走访五户"),), (("承诺", "有事必到"),)), 1
    ):
        do(village, actions.do_step, decision_id=case, no=no, done_on=day(3, no), done_by="王伟", fields=fields)
    assert read(village, case).verdict.state is VerdictState.STANDS
    with village.reading() as session:
        text = plain_text(vanguard_wall(decisions_by(session, "vanguard"), "东河村"))
    assert all(words in text for words in ("王伟", "政策宣传岗", "每月走访五户", "有事必到"))
    assert not any(character.isdigit() and text.count(character) > 3 for character in "0123456789")


@pytest.mark.covers("3-15")
def test_a_remedy_for_one_village_has_tasks_with_owners_days_and_a_share_that_is_done(village: VillageFile) -> None:
    case = opened(village, title="整顿", matter_code="", procedure="mending_ledger", motion_source="", amount_fen=None)
    plan = {"decision_id": case, "due_on": day(5, 1)}
    first = do(village, actions.plan_work, **plan, title="补齐班子", owner="包村领导赵敏")
    do(village, actions.plan_work, **plan, title="清理账目", owner="李会计")
    do(village, actions.note_progress, work_id=first, on=day(4, 20), words="已补选", done=True)
    with village.reading() as session:
        items = [item.words for item in today_of(session).items]
    assert "整顿：清理账目还没有办完，由李会计来办。" in items
    lines = dict(around(read(village, case)))
    assert lines["实施"] == "共2项，办完1项，50%"
    assert "清理账目（李会计，5月1日前）已经超期" in lines["实施2"]


@pytest.mark.covers("2-31")
def test_one_who_holds_both_posts_is_marked_and_cannot_sign_the_supervision(village: VillageFile) -> None:
    with village.writing("people.appoint") as session:
        chair = next(row for row in all_posts(session) if row.role == "chair")
        secretary = next(row for row in all_posts(session) if row.role == "secretary")
        people.end_post(session, post_id=secretary.id, on=day(1, 31), why="调整")
        people.appoint(session, person_id=chair.person_id, role="secretary", from_on=day(2, 1), despite="不是近亲属")
        name = chair.name
    case = opened(village)
    assert read(village, case).one_shoulder
    assert "书记、主任一肩挑" in plain_text(all_sheets(read(village, case)))
    error = refused(village, actions.note_opinion, decision_id=case, no=5, opinion="同意", by=name)
    assert "一肩挑" in error.message
    do(village, actions.note_opinion, decision_id=case, no=5, opinion="同意", by="李建国")


def test_an_answered_finding_is_printed_on_sheet_and_minutes_and_the_floor_cannot_be_answered(
    village: VillageFile,
) -> None:
    case = opened(village)
    held(village, case, 1, day(3, 3), "1-4", 4)
    assert held(village, case, 2, day(3, 5), "1-4", 4) is VerdictState.CANNOT_STAND
    reason = "四人外出防汛，书记电话商定"
    answer = {"decision_id": case, "no": 2, "code": "quorum", "reason": reason, "by": "镇组织委员王敏"}
    do(village, actions.judge_step, **answer)
    assert read(village, case).stage(2).done
    assert "镇组织委员王敏认定可以：四人外出防汛，书记电话商定" in plain_text(step_minutes(read(village, case), 2))
    assert "镇组织委员王敏认定可以" in plain_text(all_sheets(read(village, case)))
    held(village, case, 3, day(3, 9), "1-20", 20)
    assert "不能靠认定通过" in refused(village, actions.judge_step, **{**answer, "no": 3}).advice
    refused(village, actions.judge_step, **{**answer, "by": " "})


def test_papers_of_a_matter_are_asked_for_and_noted(village: VillageFile) -> None:
    case = opened(village)
    assert codes(village, case, 6, CheckState.TASK) == {"papers"}
    do(village, actions.note_papers, decision_id=case, papers=("验收单", "招标或者询价材料"))
    assert codes(village, case, 6, CheckState.TASK) == set()


def test_wrong_words_for_kinds_are_refused_with_a_sentence(village: VillageFile) -> None:
    case = opened(village)
    refused(village, actions.hold_step, decision_id=case, no=1, held_on=day(3, 3), body="elders")
    refused(village, actions.record_filing, decision_id=case, kind="letter", on=day(3, 3), office="镇政府")
    refused(village, actions.record_paper_step, decision_id=case, no=1, held_on=day(3, 3), body="elders")
    refused(
        village, actions.open_decision, title="甲", matter_code="M04", opened_on=day(3, 2), changes_id=case,
        change_kind="", change_reason="改",
    )  # fmt: skip
    refused(village, actions.open_decision, title="甲", opened_on=day(3, 2))
    refused(village, actions.open_decision, title="甲", opened_on=day(3, 2), procedure="four_two")
    refused(village, actions.open_decision, title="甲", opened_on=day(3, 2), procedure="gone", matter_code="M04")
    refused(village, actions.open_decision, title="甲", opened_on=day(3, 2), matter_code="M04", amount_fen=10**15)
    refused(village, actions.do_step, decision_id=case, no=1, done_on=day(3, 3))
    refused(village, actions.do_step, decision_id=case, no=7, done_on=day(3, 3))
    refused(village, actions.copy_procedure, key="four_two", name=" ")
    refused(village, actions.drop_procedure, key="four_two")
