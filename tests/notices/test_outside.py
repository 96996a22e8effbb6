"""Sheets made elsewhere, inquiries, the year's priorities, holidays that move deadlines, and the table of periods."""

import datetime as dt

import pytest

from village_desk.kit.errors import NotAllowed
from village_desk.notices import actions, lookups, printout
from village_desk.notices.lookups import DutyState, counting, terms_on
from village_desk.notices.rules.days import DayUnit
from village_desk.notices.rules.kinds import NoticeKind
from village_desk.notices.rules.life import Stage
from village_desk.notices.rules.privacy import FindingKind, masked, scan
from village_desk.notices.rules.wording import body_for
from village_desk.paper.text import plain_text
from village_desk.store.file import VillageFile

HOLIDAYS = (
    (
        "pack.toml",
        'issuer = "county"\npack = "days"\ntitle = "放假调整"\nversion = "1"\nlaw_version = "通知"\n'
        'region = "local"\nvalid_from = 2026-01-01\n',
    ),
    (
        "holidays.toml",
        "[[year]]\nyear = 2026\nsource = '调整通知'\nwork = [2026-10-11]\n"
        "off = [{ name = '中秋节', first = 2026-09-25, last = 2026-09-29 }, "
        "{ name = '国庆节', first = 2026-10-01, last = 2026-10-09 }]\n",
    ),
)


def day(number: int, month: int = 9) -> dt.date:
    return dt.date(2026, month, number)


def begin(village: VillageFile, on: dt.date) -> None:
    with village.writing("notices.begin_reminders") as session:
        actions.begin_reminders(session, on=on)


def outside(village: VillageFile, period: str, figures: tuple[int, ...], on: dt.date) -> str:
    with village.writing("notices.register_outside_sheet") as session:
        posted = actions.register_outside_sheet(
            session,
            title=f"{period}财务收支公开表",
            made_by="平安镇三资中心",
            posted_on=on,
            code="F01",
            period=period,
            own_number="平三资〔2026〕12号",
            scan="ab" * 32,
            figures=figures,
        )
    return posted.posting_id


def test_a_sheet_from_the_agency_gets_its_days_and_answers_its_duty(village: VillageFile) -> None:
    begin(village, day(1, 7))
    outside(village, "2026-Q2", (1_234_050, 500_000, 391_050, 1_343_000), day(14, 7))
    with village.reading() as session:
        plan = lookups.year_plan(session, year=2026, on=day(10))
        row = next(row for row in plan.rows if (row.code, row.period) == ("F01", "2026-Q2"))
        detail = lookups.one_notice(session, row.notice_id, on=day(20, 7))
    assert (row.state, row.posted_on) == (DutyState.POSTED, day(14, 7))
    assert (detail.row.stage, detail.row.last_day) == (Stage.POSTED, day(29, 7))
    assert (detail.row.number, detail.made_by, detail.outside) == ("平三资〔2026〕12号", "平安镇三资中心", True)
    assert [file.kind_words for file in detail.files] == ["签字盖章件"]


def test_four_sums_add_up_and_go_on_from_the_last_sheet_or_nothing_is_taken(village: VillageFile) -> None:
    begin(village, day(1, 1))
    outside(village, "2026-Q1", (1_000_000, 500_000, 256_950, 1_243_050), day(14, 4))
    before = village.digest()
    with pytest.raises(NotAllowed, match="差430"):
        outside(village, "2026-Q2", (1_243_050, 100_000, 0, 1_300_000), day(14, 7))
    with pytest.raises(NotAllowed, match=r"期初12,340.50元，比《2026-Q1财务收支公开表》公布的期末12,430.50元少90.00元"):
        outside(village, "2026-Q2", (1_234_050, 100_000, 0, 1_334_050), day(14, 7))
    with pytest.raises(NotAllowed, match="要填四个数"):
        outside(village, "2026-Q2", (1, 2), day(14, 7))
    assert village.digest() == before


def test_an_inquiry_has_its_day_and_a_joint_demand_is_counted(village: VillageFile) -> None:
    with village.writing("tests.ask") as session:
        first = actions.note_inquiry(
            session, kind="inquiry", raised_on=day(1), raised_by="张三", words="看去年的电费", answer_days=5
        )
        actions.note_inquiry(
            session,
            kind="joint_representatives",
            raised_on=day(9),
            raised_by="李四等8人",
            words="公开广场扩建合同",
            people=8,
            base=37,
        )
    with village.reading() as session:
        rows = {row.raised_by: row for row in lookups.inquiries(session, on=day(10))}
    assert (rows["张三"].due_on, rows["张三"].state_words) == (day(7), "逾期未答复")
    assert rows["张三"].arithmetic[-1].startswith("9月6日是周日，顺延到2026年9月7日")
    assert rows["李四等8人"].joint == "8人联名，达到37人的五分之一（8人），应当公开。"
    with village.writing("notices.answer_inquiry") as session:
        actions.answer_inquiry(session, inquiry_id=first, answered_on=day(10), answered_by="王强", words="已复印给他")
    with village.reading() as session:
        answered = next(row for row in lookups.inquiries(session, on=day(10)) if row.id == first)
    assert answered.state_words == "逾期答复"
    with pytest.raises(NotAllowed, match="5人里有9人联名"), village.writing("t.t") as session:
        actions.note_inquiry(
            session, kind="joint_villagers", raised_on=day(9), raised_by="甲", words="看账", people=9, base=5
        )


@pytest.mark.covers("1-04")
def test_five_priorities_print_as_a_notice_and_two_done_show_their_state_and_date(village: VillageFile) -> None:
    with village.writing("tests.priorities") as session:
        ids = [
            actions.add_priority(session, year=2026, what=what, who="王强", due_on=day(30, 11), amount_fen=4_600_000)
            for what in ("修渠", "路灯", "广场", "水塔", "厕所")
        ]
        first = actions.draft_priorities(session, year=2026)
    with village.writing("tests.progress") as session:
        actions.note_progress(session, priority_id=ids[0], state="done", done_on=day(1), progress="验收合格")
        actions.note_progress(session, priority_id=ids[1], state="done", done_on=day(3))
        second = actions.draft_priorities(session, year=2026)
    with village.reading() as session:
        before, after = (lookups.one_notice(session, one, on=day(10)) for one in (first, second))
    assert before.row.title == "东河村2026年度重点工作和为民办实事清单"
    assert before.body.count("未开始") == 5
    assert after.row.title == "东河村2026年度重点工作和为民办实事进展情况"
    lines = after.body.splitlines()[1:]
    assert len(lines) == 5
    assert lines[0].endswith("进展：2026年9月1日已完成，验收合格。")
    assert lines[1].endswith("进展：2026年9月3日已完成。")
    assert "资金46,000.00元" in lines[2]
    assert sum("未开始" in line for line in lines) == 3


def test_a_list_of_holidays_moves_open_deadlines_and_lists_them(village: VillageFile) -> None:
    with village.writing("tests.hang") as session:
        notice = actions.draft_notice(session, item="affairs", title="修路", body="修路。", review_first=False)
        actions.publish(session, notice_id=notice, posting_from=day(10))
        actions.post(session, notice_id=notice, posted_on=day(10))
        answered = actions.note_inquiry(
            session, kind="inquiry", raised_on=day(10), raised_by="张三", words="看账", answer_days=15
        )
    with village.reading() as session:
        assert lookups.one_notice(session, notice, on=day(10)).row.last_day == day(28)
    with village.writing("notices.install_and_list_moves") as session:
        done = actions.install_and_list_moves(session, files=HOLIDAYS)
    moved = {move.what: (move.was_on, move.now_on) for move in done.moves}
    assert moved["《修路》在村务公开栏的张贴期满"] == (day(28), day(30))
    assert moved["答复张三的村民查询"] == (day(28), day(30))
    assert answered in {move.record_id for move in done.moves}
    with village.reading() as session:
        assert lookups.one_notice(session, notice, on=day(10)).row.last_day == day(30)
        ((on, rows),) = lookups.deadline_moves(session)
    assert on == day(10)
    assert len(rows) == len(done.moves)
    with village.writing("notices.install_and_list_moves") as session:
        assert actions.install_and_list_moves(session, files=HOLIDAYS).moves == ()


# domain table of posting periods: kind, days, unit, what the last day is for a sheet hung on 2026-09-01 (a Tuesday).
PERIODS = [
    ("affairs", 15, DayUnit.CALENDAR, day(16)),
    ("finance", 15, DayUnit.CALENDAR, day(16)),
    ("resolution", 15, DayUnit.CALENDAR, day(16)),
    ("result", 15, DayUnit.CALENDAR, day(16)),
    ("deliberation", 15, DayUnit.CALENDAR, day(16)),
    ("party_development", 5, DayUnit.WORKING, day(8)),
    ("voter_list", 20, DayUnit.CALENDAR, day(21)),
    ("relief_review", 7, DayUnit.WORKING, day(10)),
    ("relief_decision", 0, DayUnit.CALENDAR, day(1)),
    ("asset_plan", 15, DayUnit.CALENDAR, day(16)),
    ("asset_valuation", 15, DayUnit.CALENDAR, day(16)),
    ("collective_report", 10, DayUnit.CALENDAR, day(11)),
    ("subsidy", 7, DayUnit.CALENDAR, day(8)),
    ("honours", 5, DayUnit.WORKING, day(8)),
    ("points", 5, DayUnit.CALENDAR, day(7)),
    ("homestead", 7, DayUnit.CALENDAR, day(8)),
]


@pytest.mark.parametrize(("item", "days", "unit", "last"), PERIODS)
def test_each_kind_of_sheet_hangs_as_long_as_its_row_says(
    village: VillageFile, item: str, days: int, unit: DayUnit, last: dt.date
) -> None:
    with village.reading() as session:
        (terms,) = terms_on(session, item, day(1))
        assert (terms.days, terms.unit) == (days, unit)
        assert counting(session).last_day(day(1), terms.days, terms) == last


# domain table of clocks: what each place sets for answers, counted from 2026-09-10.
CLOCKS = [(5, day(15)), (3, day(14)), (10, day(20)), (15, day(28)), (20, day(30)), (7, day(17))]


@pytest.mark.parametrize(("days", "due"), CLOCKS)
def test_the_clock_of_each_place_runs_from_the_day_after_and_moves_off_days_off(
    village: VillageFile, days: int, due: dt.date
) -> None:
    with village.writing("notices.note_inquiry") as session:
        actions.note_inquiry(
            session, kind="formal", raised_on=day(10), raised_by="代表", words="质询账目", answer_days=days
        )
    with village.reading() as session:
        (row,) = lookups.inquiries(session, on=day(10))
    assert row.due_on == due
    assert row.arithmetic[0] == "2026年9月10日（周四）是起始日，当天不计（民法典第二百零一条）。"


def test_illness_poverty_and_children_are_found_shown_and_covered_and_a_reason_is_logged(village: VillageFile) -> None:
    text = "三组李小明，男，9岁，孤儿：王小红，其父因病致贫，患糖尿病；致贫原因：缺劳力。"
    found = scan(text)
    assert [one.kind for one in found] == [
        FindingKind.MINOR,
        FindingKind.MINOR,
        FindingKind.POVERTY,
        FindingKind.HEALTH,
        FindingKind.POVERTY,
    ]
    assert masked(text, found) == "三组李*，男，9岁，孤儿：王*，其父（不公开），患（不公开）；（不公开）。"
    assert scan("王强，男，45岁，儿童节活动，留守儿童关爱服务") == ()
    with village.writing("notices.draft_notice") as session:
        notice = actions.draft_notice(
            session, item="affairs", title="讲座", body="糖尿病防治讲座。", review_first=False
        )
    with pytest.raises(NotAllowed, match="完整的疾病或残疾类别"), village.writing("t.t") as session:
        actions.publish(session, notice_id=notice, posting_from=day(10))
    with village.writing("notices.publish") as session:
        actions.publish(session, notice_id=notice, posting_from=day(10), unmasked_reason="讲座通知，不涉及个人")
    with village.reading() as session:
        (row,) = lookups.unmasked_uses(session)
    assert (row.title, row.kinds, row.many, row.reason) == ("讲座", "疾病或残疾类别", 1, "讲座通知，不涉及个人")


@pytest.mark.parametrize(
    ("kind", "word"), [("publication", "公开"), ("objection_notice", "公示"), ("announcement", "公告")]
)
def test_each_kind_has_its_own_finished_words(village: VillageFile, kind: str, word: str) -> None:
    body = body_for(NoticeKind(kind), "honours", "2026年度星级文明户名单")
    assert f"2026年度星级文明户名单{word}如下：" in body
    assert "二、拟表彰（评定）对象：" in body
    with village.writing("tests.draft") as session:
        notice = actions.draft_notice(session, item="honours", title="名单", body=body, kind=kind, review_first=False)
        actions.publish(session, notice_id=notice, posting_from=day(1))
    with village.reading() as session:
        text = plain_text(printout.notice(lookups.one_notice(session, notice, on=day(10)).paper)).replace("\n", "")
    assert ("实名向东河村村民委员会或者村务监督委员会反映" in text) is (kind == "objection_notice")
    assert {"publication": "请村民监督", "objection_notice": "特此公示", "announcement": "特此公告"}[kind] in text
