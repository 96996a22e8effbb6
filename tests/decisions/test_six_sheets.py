"""A real six-sheet form, field by field: where each field comes from, and that none is left over."""

import datetime as dt

import pytest

from tests.decisions.desk import day, do, held, opened, posted, read
from village_desk.archive import actions as archive
from village_desk.decisions import actions
from village_desk.decisions.lookups import DecisionDetail
from village_desk.decisions.printout.sheets import sheet_of, step_sheet
from village_desk.meetings import actions as meetings
from village_desk.meetings.rules import VerdictState
from village_desk.paper import Form
from village_desk.paper.text import pages_text
from village_desk.store.file import VillageFile

# What only a hand can give: signatures and seals.
BY_HAND = {"参会人员签字"}

# One line a field: the sheets it stands on, its name, where the record holds it, what it must say.
# 中和村的决策实施登记表 and the town rule on minutes (domain/rules.md 1.1, 1.4) name the same fields.
FIELDS = (
    ("123456", "动议事由", "decision.motion_source", "☑党员群众建议"),
    ("1", "提出人", "decision.proposer", "三组村民代表王伟"),
    ("1", "提议事项", "decision.title", "村东排水渠修缮"),
    ("2", "商议事项", "decision.title", "村东排水渠修缮"),
    ("3", "审议事项", "decision.title", "村东排水渠修缮"),
    ("456", "决议事项", "decision.title", "村东排水渠修缮"),
    ("3", "会议形式", "the name of the rule row of meeting.rule_kind", "党员大会"),
    ("4", "会议形式", "the name of the rule row of meeting.rule_kind", "村民代表会议"),
    ("1234", "时间", "meeting.held_on", "2026年3月"),
    ("1234", "通知", "meeting.called_on", "2026年"),
    ("1234", "地点", "meeting.place", "村委会二楼会议室"),
    ("1234", "召集、主持人", "the convener of the step, meeting.chair", "杨丽"),
    ("1234", "记录人", "meeting.recorder", "李会计"),
    ("1234", "应到", "meeting_roll, counted for the day", "人"),
    ("1234", "实到", "the count's own room", "人"),
    ("1234", "比例", "worked out of both", "%"),
    ("1234", "缺席人员及原因", "meeting_attendance.absences", "外出务工"),
    ("1", "提议内容", "decision_stage.content, motion.text, decision.amount_fen", "46,000.00元"),
    ("2", "商议内容", "decision_stage.content, motion.text", "修缮村东排水渠600米"),
    ("3", "审议内容", "decision_stage.content, motion.text", "修缮村东排水渠600米"),
    ("4", "决议内容", "motion.text as it was passed", "修缮村东排水渠600米"),
    ("1234", "发言要点", "meeting.remarks", "杨丽：渠道年年淤"),
    ("1234", "表决情况", "vote_count: way, yes, no, abstain, away, result", "未到"),
    ("123456", "适用规定", "legal_ref of the rows of the day", "条"),
    ("234", "村务监督委员会列席签字", "meeting.observers", "李建国（主任）"),
    ("34", "乡镇参会人员签字（含职务）", "meeting.observers", "赵敏（包村干部）"),
    ("234", "其他列席人员", "meeting.observers", "周律师（村法律顾问）"),
    ("4", "报批、备案", "decision_filing", "河口镇人民政府"),
    ("1234", "附件", "what the record makes of the meeting, attachments", "签到表、会议记录、方案"),
    ("4", "附件", "attachments of the meeting", "照片、扫描件1份"),
    ("5", "公开情况", "notice, notice_posting, notice_takedown", "2026年3月16日贴在村务公开栏（张贴人李会计）"),
    ("56", "附件", "notice", "公开表"),
    ("5", "监督意见", "decision_stage.opinion, opinion_by, opinion_on", "程序合规，同意公开。"),
    ("6", "实施结果", "decision_stage.content", "5月15日完工"),
    ("6", "资金使用", "decision_stage.fields, else contracts and payments", "已付45,800.00元"),
    ("6", "验收情况", "decision_stage.fields, decision.papers", "☑验收单"),
    ("6", "实施结果公开情况", "notice, notice_posting", "2026年5月20日贴在"),
    ("6", "监督意见", "decision_stage.opinion", "结果属实。"),
)


@pytest.fixture
def form(village: VillageFile) -> DecisionDetail:
    """A case that was registered with everything that a form asks for."""
    case = opened(village, proposer="三组村民代表王伟")
    steps = ((1, day(3, 3), "1-3", 3, ""), (2, day(3, 5), "1-7", 7, ""), (3, day(3, 9), "1-50", 45, ""))
    for no, on, present, yes, body in (*steps, (4, day(3, 14), "1-29", 26, "representatives")):
        assert held(village, case, no, on, present, yes, body=body, content="请写进方案。") is VerdictState.STANDS
        meeting = read(village, case).stage(no).meeting
        assert meeting is not None
        do(village, meetings.note_absence, meeting_id=meeting.row.id, person_id=meeting.away[0].id, reason="外出务工")
        do(village, meetings.note_remarks, meeting_id=meeting.row.id, remarks=(("杨丽", "渠道年年淤"),))
        if no > 1:
            observers = (("supervision", "李建国", "主任"), ("township", "赵敏", "包村干部"))
            adviser = ("adviser", "周律师", "村法律顾问")
            do(village, meetings.note_observers, meeting_id=meeting.row.id, observers=(*observers, adviser))
    do(
        village, actions.record_filing, decision_id=case, kind="filing", on=day(3, 18), office="河口镇人民政府",
        number="河政备〔2026〕2号",
    )  # fmt: skip
    assert meeting is not None
    with village.writing("archive.attach") as session:
        archive.attach(session, of_table="meeting", of_id=meeting.row.id, blob="0" * 64, title="会场照片")
    posted(village, case, 5, day(3, 16))
    do(
        village,
        actions.note_opinion,
        decision_id=case,
        no=5,
        opinion="程序合规，同意公开。",
        by="李建国",
        on=day(3, 15),
    )
    do(village, actions.note_papers, decision_id=case, papers=("招标或者询价材料", "验收单"))
    posted(
        village, case, 6, day(5, 20), result="已于5月15日完工。", money="合同价45,800.00元，已付45,800.00元。",
        acceptance="村干部、党员代表、村民代表5人5月16日验收，合格。",
    )  # fmt: skip
    do(
        village,
        actions.note_opinion,
        decision_id=case,
        no=6,
        opinion="结果属实。",
        by="李建国",
        on=dt.date(2026, 5, 19),
    )
    return read(village, case)


def fields_of(detail: DecisionDetail, no: int) -> dict[str, str]:
    """The fields of a sheet by their names, as they are printed: a name, then what it says."""
    (form,) = sheet_of(detail, detail.stage(no)).blocks
    assert isinstance(form, Form)
    found: dict[str, str] = {}
    for row in form.rows:
        cells = [cell if isinstance(cell, str) else str(cell.text) for cell in row]
        found |= dict(zip(cells[::2], cells[1::2], strict=True))
    return found


def test_every_field_of_the_six_sheets_is_filled_from_the_record(form: DecisionDetail) -> None:
    sheets = {no: fields_of(form, no) for no in range(1, 7)}
    told = {(no, name) for sheet, name, _, _ in FIELDS for no in map(int, sheet)}
    printed = {(no, name) for no, fields in sheets.items() for name in fields if name not in BY_HAND}
    assert printed == told
    left_over = [(no, name) for no, fields in sheets.items() for name, words in fields.items() if not words.strip()]
    assert [name for _, name in left_over if name not in BY_HAND] == []
    for sheet, name, source, expected in FIELDS:
        for no in map(int, sheet):
            assert expected in sheets[no][name], (no, name, source)


def test_a_field_that_nobody_registered_waits_for_the_pen_and_is_never_invented(village: VillageFile) -> None:
    detail = read(village, opened(village, proposer="", motion_source=""))
    for no in range(1, 7):
        fields = fields_of(detail, no)
        for name in ("提出人", "缺席人员及原因", "发言要点", "表决情况", "公开情况", "实施结果", "监督意见"):
            assert not fields.get(name, "").strip()


def test_four_occasions_stand_on_two_lines_and_none_breaks_in_its_middle(village: VillageFile) -> None:
    case = opened(village, procedure="people_day", matter_code="", motion_source="其他重大事项")
    page = pages_text(step_sheet(read(village, case), 1))[0]
    assert "□矛盾反映的事　☑其他重大事项" in page
