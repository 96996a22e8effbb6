"""The catalogue and the year's plan: what is due, by when, who, how a county's own list takes its place."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.notices import actions, lookups
from village_desk.notices.lookups import DutyState, Plan, PlanRow
from village_desk.notices.rules.reading import Limit, read_limit, ticked_only
from village_desk.rulebook.rules import Cycle
from village_desk.store.file import VillageFile


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def plan(village: VillageFile, year: int = 2026, on: dt.date | None = None) -> Plan:
    with village.reading() as session:
        return lookups.year_plan(session, year=year, on=on or village.today)


def begin(village: VillageFile, on: dt.date) -> None:
    with village.writing("notices.begin_reminders") as session:
        actions.begin_reminders(session, on=on)


def row_of(found: Plan, code: str, period: str) -> PlanRow:
    return next(row for row in found.rows if (row.code, row.period) == (code, period))


def hang(village: VillageFile, code: str, period: str, on: dt.date, year: int = 2026) -> str:
    with village.writing("tests.hang") as session:
        duty = actions.take_up_turn(session, code=code, period=period, year=year)
        notice = actions.draft_notice(
            session, item="affairs", title=f"{code}{period}", body="内容", duty_id=duty, review_first=False
        )
        actions.publish(session, notice_id=notice, posting_from=on)
        actions.post(session, notice_id=notice, posted_on=on)
    return notice


@pytest.mark.covers("1-21")
def test_on_new_years_day_the_plan_shows_every_item_with_its_day_and_who(village: VillageFile) -> None:
    begin(village, day(1, 1))
    found = plan(village, on=day(1, 1))
    finance = row_of(found, "F01", "2025-Q4")
    assert (finance.due_on, finance.who, finance.state) == (day(1, 15), "村民委员会", DutyState.TO_DO)
    assert row_of(found, "F01", "2026-Q1").state is DutyState.COMING
    assert row_of(found, "F01", "2026-Q1").opens_on == day(4, 1)
    assert row_of(found, "D03", "2026-Q3").who == "村党组织"
    assert found.summary.startswith("2026年公开计划：没有逾期的")
    assert {row.code for row in found.rows} | {row.code for row in found.events} >= {
        *(f"D{number:02d}" for number in range(1, 10)),
        *(f"C{number:02d}" for number in range(1, 18)),
        *(f"F{number:02d}" for number in range(1, 15)),
        *("W01", "W02", "W03"),
    }


def test_the_day_of_a_quarter_is_a_setting_and_moves_off_a_holiday(village: VillageFile) -> None:
    begin(village, day(1, 1))
    with village.writing("notices.set_due_day") as session:
        actions.set_due_day(session, setting="quarter_day", day=20)
    assert row_of(plan(village), "F01", "2025-Q4").due_on == day(1, 20)
    with village.writing("notices.set_due_day") as session:
        actions.set_due_day(session, setting="quarter_day", day=3)
    moved = row_of(plan(village), "F01", "2026-Q3")
    assert moved.due_on == day(10, 8)
    assert moved.arithmetic == (
        "2026年第三季度的内容，按本村设定应在2026年10月3日前贴出。",
        "2026年10月3日是国庆节，顺延到2026年10月8日（民法典第二百零三条）。",
    )
    with pytest.raises(NotAllowed, match="不是一个月里的一天"), village.writing("t.t") as session:
        actions.set_due_day(session, setting="quarter_day", day=32)


def test_what_is_late_stands_out_and_the_rate_counts_what_hung_in_time(village: VillageFile) -> None:
    begin(village, day(7, 1))
    in_time = hang(village, "C03", "2026-Q2", day(7, 14))
    hang(village, "C15", "2026-Q2", day(7, 20))
    with village.writing("notices.waive_turn") as session:
        actions.waive_turn(session, code="C17", period="2026-Q2", year=2026, reason="本村没有集体供水")
    found = plan(village)
    assert row_of(found, "C03", "2026-Q2").state is DutyState.POSTED
    assert row_of(found, "C03", "2026-Q2").notice_id == in_time
    assert row_of(found, "C15", "2026-Q2").late
    assert row_of(found, "C17", "2026-Q2").state is DutyState.NOT_APPLICABLE
    assert row_of(found, "F01", "2026-Q2").state is DutyState.OVERDUE
    assert "按时公开1项，晚贴1项" in found.rate_words
    assert all(row.due_on >= day(7, 1) for row in found.rows)


def test_a_village_that_starts_in_mid_year_is_reminded_from_its_first_day(village: VillageFile) -> None:
    assert all(row.due_on >= day(9, 10) for row in plan(village).rows)
    assert plan(village).begins == day(9, 10)


def test_an_event_makes_the_items_due_that_wait_for_it(village: VillageFile) -> None:
    for _ in range(2):
        with village.writing("notices.add_event_duties") as session:
            made = actions.add_event_duties(
                session,
                trigger="finance_close",
                about="2026年第二季度财务",
                happened_on=day(9, 1),
                source_room="accounts",
                source_id="5f" * 16,
            )
    with village.reading() as session:
        rows = lookups.duties_about(session, source_room="accounts", source_id="5f" * 16, on=day(9, 10))
    assert len(rows) == len(made) == 2
    with village.writing("notices.open_item_duty") as session:
        actions.open_item_duty(session, code="C12", about="2026年耕地地力保护补贴", happened_on=day(9, 9))
    with village.reading() as session:
        words = [row.words for row in lookups.open_duties(session, on=day(9, 10))]
    assert "2026年耕地地力保护补贴要在9月16日前张贴公示，还有6天。" in words
    with pytest.raises(NotFound, match="没有Z99"), village.writing("t.t") as session:
        actions.open_item_duty(session, code="Z99", about="事", happened_on=day(9, 9))


def test_a_mandatory_item_stays_and_an_item_of_the_village_comes_and_goes(village: VillageFile) -> None:
    begin(village, day(1, 1))
    with pytest.raises(NotAllowed, match="必须公开的"), village.writing("t.t") as session:
        actions.leave_out(session, code="F01", reason="嫌麻烦")
    with village.writing("notices.leave_out") as session:
        actions.leave_out(session, code="C17", reason="没有集体供水")
        code = actions.add_local_item(session, name="自来水水质检测结果", cycle="month", due_day=20)
    found = plan(village)
    assert "C17" not in {row.code for row in found.rows}
    assert (code, row_of(found, code, "2026-08").due_on) == ("L01", day(9, 20)), "a Sunday that is worked"
    with village.writing("notices.drop_local_item") as session:
        actions.drop_local_item(session, code=code)
        actions.take_back_in(session, code="C17")
    assert {row.code for row in plan(village).rows} >= {"C17"}
    with village.writing("notices.add_local_item") as session:
        assert actions.add_local_item(session, name="垃圾清运费") == "L02"


def test_finance_may_be_published_more_often_and_not_less(village: VillageFile) -> None:
    begin(village, day(1, 1))
    with village.writing("notices.choose_for_item") as session:
        actions.choose_for_item(session, code="F01", cycle="month")
    assert sum(row.code == "F01" for row in plan(village).rows) == 12
    with pytest.raises(NotAllowed, match="不能改成每年"), village.writing("t.t") as session:
        actions.choose_for_item(session, code="F02", cycle="year")


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("每季度的首个月20日", Limit(Cycle.QUARTER, due_day=20)),
        ("每季度首月15日前", Limit(Cycle.QUARTER, due_day=15)),
        ("每季度至少公开一次", Limit(Cycle.QUARTER)),
        ("每月10日前", Limit(Cycle.MONTH, due_day=10)),
        ("20个工作日内", Limit(Cycle.ON_EVENT, within_days=20, working_days=True)),
        ("自信息形成之日起２０个工作日内", Limit(Cycle.ON_EVENT, within_days=20, working_days=True)),
        ("十日内", Limit(Cycle.ON_EVENT, within_days=10)),
        ("每年3月31日前", Limit(Cycle.YEAR, due_day=31, due_month=3)),
        ("年度公开", Limit(Cycle.YEAR)),
        ("每半年一次", Limit(Cycle.HALF_YEAR)),
        ("变更后及时更新", Limit(Cycle.ON_CHANGE)),
        ("及时公开", Limit(Cycle.ON_EVENT)),
        ("按卫健委要求", None),
        ("", None),
    ],
)
def test_limits_of_real_catalogues_are_read_or_asked_about(text: str, limit: Limit | None) -> None:
    assert read_limit(text) == limit


def test_of_ticked_boxes_only_the_ticked_ones_count() -> None:
    assert ticked_only("■村务公开栏 □微信群 ■广播") == "村务公开栏、广播"
    assert ticked_only("村务公开栏") == "村务公开栏"


def workbook(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["某县村务公开目录"])
    page.append(["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道"])
    for row in rows:
        page.append(row)
    book.save(path)
    return path


ROWS = [
    [
        "1",
        "财务公开",
        "财务收支",
        "财务收支情况",
        "《村民委员会组织法》",
        "每季度的首个月20日",
        "村委会",
        "■公开栏 □网站",
    ],
    ["2", "", "", "村干部报酬", "", "每半年", "村委会", "■公开栏"],
    ["3", "服务公开", "计生服务", "奖扶对象名单", "", "按卫健委要求", "村党支部", "■公开栏"],
    ["4", "村务公开", "低保", "低保对象", "", "20个工作日内", "村委会", "■公开栏"],
]


@pytest.mark.covers("1-20")
def test_a_countys_workbook_becomes_the_catalogue_and_its_next_version_drops_items(
    village: VillageFile, tmp_path: Path
) -> None:
    begin(village, day(1, 1))
    path = workbook(tmp_path / "目录.xlsx", ROWS)
    reading = actions.look_at_catalogue(path)
    assert [item.name for item in reading.items] == ["财务收支情况", "村干部报酬", "奖扶对象名单", "低保对象"]
    assert reading.items[1].heading == "财务公开　财务收支"
    assert reading.questions == ((5, "按卫健委要求"),)
    before = village.digest()
    with pytest.raises(NotAllowed, match="第5行的公开时限“按卫健委要求”看不懂"), village.writing("t.t") as session:
        actions.import_catalogue(session, path=str(path), title="某县目录")
    assert village.digest() == before
    with village.writing("notices.import_catalogue") as session:
        done = actions.import_catalogue(
            session, path=str(path), title="某县目录", version="1", answers=((5, "每季度"),)
        )
    assert done.items == 4
    # 财务收支情况 is the shipped F02, which keeps its code; what only the shipped list has stays beside.
    assert done.shared == 1
    found = plan(village)
    assert row_of(found, "F02", "2026-Q2").name == "财务收支情况"
    assert row_of(found, "F02", "2026-Q2").due_on == day(7, 20)
    assert {"F01", "C03", "C17", "X2"} <= {row.code for row in found.rows}
    hung = hang(village, "X3", "2026-Q2", day(7, 10))
    with pytest.raises(NotAllowed, match="必须公开的"), village.writing("t.t") as session:
        actions.leave_out(session, code="X2", reason="不想公开")

    path = workbook(tmp_path / "目录二.xlsx", [ROWS[0], ROWS[1], ROWS[3]])
    with village.writing("notices.import_catalogue") as session:
        actions.import_catalogue(session, path=str(path), title="某县目录", version="2")
        actions.add_local_item(session, name="水质检测", cycle="month")
    codes = {row.code for row in plan(village).rows}
    assert "X3" not in codes
    assert {"F02", "X2", "L01"} <= codes
    with village.reading() as session:
        assert lookups.one_notice(session, hung, on=day(9, 10)).row.posted_on == day(7, 10)


def test_the_stricter_limit_holds_and_a_county_list_taken_back_leaves_nothing_lost(
    village: VillageFile, tmp_path: Path
) -> None:
    begin(village, day(1, 1))
    before = {(row.code, row.period, row.due_on) for row in plan(village).rows}
    lax = ["1", "财务公开", "收支", "财务收支情况", "《某县办法》", "每年", "村委会", "■公开栏"]
    tight = ["2", "", "债务", "债权债务情况", "《某县办法》", "每月10日", "村委会", "■公开栏"]
    path = workbook(tmp_path / "目录.xlsx", [lax, tight])
    with village.writing("notices.import_catalogue") as session:
        done = actions.import_catalogue(session, path=str(path), title="某县目录")
    assert done.stricter == ("财务收支情况：县目录写的是每年，农村集体经济组织财务公开规定要求每季度，按每季度提醒。",)
    found = plan(village)
    assert sum(row.code == "F02" for row in found.rows) == 4
    assert sum(row.code == "F05" for row in found.rows) == 12
    with village.reading() as session:
        item = lookups.item_of(session, "F02", on=day(9, 10))
        assert lookups.has_county_catalogue(session)
    assert item is not None
    assert "按每季度提醒" in item.note
    with village.writing("notices.choose_for_item") as session:
        actions.choose_for_item(session, code="C15", cycle="month")
    with village.writing("notices.drop_catalogue") as session:
        assert actions.drop_catalogue(session) == 1
    after = {(row.code, row.period, row.due_on) for row in plan(village).rows if row.code != "C15"}
    assert after == {row for row in before if row[0] != "C15"}
    assert sum(row.code == "C15" for row in plan(village).rows) == 12, "the village's own choice stays"
    with pytest.raises(NotFound, match="没有装过"), village.writing("t.t") as session:
        actions.drop_catalogue(session)
    with village.writing("notices.import_catalogue") as session:
        actions.import_catalogue(session, path=str(path), title="某县目录")
    assert sum(row.code == "F05" for row in plan(village).rows) == 12, "and it comes back"
    assert village.verify() == []


def test_a_catalogue_with_doubled_numbers_or_without_a_head_is_refused_with_its_cells(
    village: VillageFile, tmp_path: Path
) -> None:
    doubled = workbook(tmp_path / "重号.xlsx", [ROWS[0], ["1", *ROWS[1][1:]]])
    before = village.digest()
    with pytest.raises(NotAllowed, match="A3和A4的序号都是“1”"), village.writing("t.t") as session:
        actions.import_catalogue(session, path=str(doubled), title="某县目录")
    book = Workbook()
    assert book.active is not None
    book.active.append(["随便", "写的"])
    book.save(tmp_path / "空.xlsx")
    with pytest.raises(NotAllowed, match="找不到表头"), village.writing("t.t") as session:
        actions.import_catalogue(session, path=str(tmp_path / "空.xlsx"), title="某县目录")
    assert village.digest() == before
