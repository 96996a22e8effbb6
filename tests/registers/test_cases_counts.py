"""Counts, lists and paper of service cases: years, agents, months, guide book, hotlines, progress, carry lists."""

import datetime as dt
from typing import Any

import pytest

from tests.registers.conftest import TODAY
from tests.registers.test_cases import do, refused, row, take
from village_desk.notices.actions import discard_draft
from village_desk.notices.lookups import one_notice
from village_desk.paper.text import plain_text
from village_desk.people.actions import adopt_link_kind, link, record_link_contact
from village_desk.people.lookups import contacts_of, person_rows
from village_desk.registers.actions import cases as taking
from village_desk.registers.actions import cases_carrying as carrying
from village_desk.registers.actions import cases_desk as desk
from village_desk.registers.actions import cases_stages as stages
from village_desk.registers.lookups import cases as lookups
from village_desk.registers.lookups import cases_counts as counts
from village_desk.registers.lookups.cases_home import home_items, visit_source
from village_desk.registers.lookups.cases_rows import Pile
from village_desk.registers.printout import cases as papers
from village_desk.registers.printout import cases_year as sheets
from village_desk.schedule.actions import add_date_rule
from village_desk.schedule.lookups import agenda
from village_desk.store.file import VillageFile

YEAR = TODAY.year


def answered(file: VillageFile, case_id: str, **facts: Any) -> None:
    """The result is told today."""
    do(file, stages.answer_case, **{"case_id": case_id, "on": file.today, "way": "电话", "reply": "办好了", **facts})


def of_year(file: VillageFile) -> counts.YearCount:
    with file.reading() as session:
        return counts.year_count(session, year=YEAR)


@pytest.mark.covers("4C-01", "3-21", "4D-05", "4E-04", "2-23")
def test_the_count_of_a_year_names_the_cases_behind_each_figure(village: VillageFile) -> None:
    plain = take(village, kind="request", matter="修路灯")
    rights = take(village, kind="rights", matter="工资纠纷")
    do(village, taking.count_trip, case_id=plain)
    solved = take(village, kind="dispute", matter="滴水檐")
    sent = take(village, kind="dispute", matter="界址")
    for one in (solved, sent):
        do(village, stages.record_work, case_id=one, on=TODAY, name="陈调解")
    answered(village, solved, reply="各让一尺")
    do(village, stages.follow_up, case_id=solved, on=TODAY, words="已照办")
    do(village, carrying.carry_up, case_ids=(sent,), on=TODAY, by="王建国", unit="镇司法所")
    do(village, carrying.bring_back, results=((sent, "镇里调解成功"),), on=TODAY)
    answered(village, sent, reply="按镇里的协议")
    with village.reading() as session:
        shown = lookups.one_case(session, plain)
    do(
        village,
        taking.edit_case,
        case_id=plain,
        seen=shown.seen,
        matter="修路灯",
        service_way="承诺服务",
        trips=shown.row.trips,
    )
    found = of_year(village)
    assert (found.line("办事").ids, set(found.line("维权").ids)) == ((plain,), {rights, solved, sent})
    ways = dict(found.parts)["服务方式"]
    assert [(one.words, one.many) for one in ways] == [
        ("主题服务", 0),
        ("定向服务", 0),
        ("菜单服务", 0),
        ("承诺服务", 1),
        ("志愿服务", 0),
        ("网络服务", 0),
    ]
    assert found.line("跑了不止一趟").ids == (plain,)
    assert (found.line("村里解决").many, found.line("上送镇里").many, found.line("镇里以上解决").many) == (1, 1, 1)
    text = plain_text(sheets.year_sheet(found))
    assert "村里解决" in text
    assert "滴水檐" not in text
    # Past its day without an answer it stands on the list; an answer takes it off.
    village.confirm_today(TODAY + dt.timedelta(days=10))
    assert of_year(village).line("超期没有答复").ids == (plain,)
    assert row(village, plain).lies_on(Pile.NO_REPLY, village.today)
    answered(village, plain, overdue_reason="等配件", overdue_by="无")
    assert of_year(village).line("超期没有答复").many == 0


@pytest.mark.covers("4A-04")
def test_a_rating_says_how_the_person_was_met_and_the_year_counts_it(village: VillageFile) -> None:
    made = [take(village, kind="request") for _ in range(3)]
    for one in made:
        answered(village, one)
    do(village, stages.rate_case, case_id=made[0], on=TODAY, rating="poor", conduct="脸难看")
    do(village, stages.rate_case, case_id=made[1], on=TODAY, rating="good")
    assert "没有“态度差”这一种" in refused(
        village, stages.rate_case, case_id=made[2], on=TODAY, rating="poor", conduct="态度差"
    )
    found = of_year(village)
    assert found.line("脸难看").ids == (made[0],)
    assert [found.line(words).many for words in ("门难进", "事难办", "不作为", "慢作为", "乱作为", "吃拿卡要")] == [
        0
    ] * 6
    assert "脸难看" in plain_text(sheets.year_sheet(found))


@pytest.mark.covers("3-18")
def test_an_agents_year_prints(village: VillageFile, people: dict[str, str]) -> None:
    made = [take(village, kind="request") for _ in range(4)]
    for one in made[:3]:
        do(village, stages.record_work, case_id=one, on=TODAY, person_id=people["王建国"])
    answered(village, made[0])
    village.confirm_today(TODAY + dt.timedelta(days=10))
    answered(village, made[1], overdue_reason="等配件")
    do(village, stages.rate_case, case_id=made[0], on=village.today, rating="good")
    do(village, stages.rate_case, case_id=made[1], on=village.today, rating="poor")
    with village.reading() as session:
        rows = counts.agents_of_year(session, year=YEAR)
    [agent] = rows
    assert (agent.name, agent.taken, agent.closed, agent.on_time_words, agent.satisfied_words) == (
        "王建国",
        3,
        2,
        "50%",
        "50%",
    )
    text = plain_text(sheets.agents_sheet(rows, village="东河村", year=YEAR))
    for words in ("王建国", "1/2", "50%"):
        assert words in text


@pytest.mark.covers("2-41")
def test_small_works_by_month_with_cost_and_rating(village: VillageFile) -> None:
    first = take(village, kind="small_works", matter="修桥栏", on=dt.date(2026, 2, 3))
    second = take(village, kind="small_works", matter="装路灯")
    for one, cost in ((first, 120_000), (second, 80_000)):
        with village.reading() as session:
            seen = lookups.one_case(session, one).seen
        do(village, taking.edit_case, case_id=one, seen=seen, matter="修", cost_fen=cost, paid_by="村集体")
    answered(village, second)
    do(village, stages.rate_case, case_id=second, on=TODAY, rating="good")
    with village.reading() as session:
        months = counts.works_by_month(session, year=YEAR)
    assert [(one.month, one.cost_fen, one.rating_words) for one in months] == [
        (2, 120_000, "未评价"),
        (3, 80_000, "满意1"),
    ]
    assert "2,000.00" in plain_text(sheets.works_sheet(months, village="东河村", year=YEAR))


@pytest.mark.covers("4C-08")
def test_the_guide_book_prints_four_elements_and_lists_what_is_missing(village: VillageFile) -> None:
    whole = {"conditions": "满60周岁", "steps": "村里受理，镇里办", "handled_by": "代办员", "contact": "0515-88001234"}
    do(village, desk.keep_guide, name="老年证", **whole)
    do(village, desk.keep_guide, name="宅基地", conditions="一户一宅", steps="受理、公示")
    do(village, desk.keep_guide, name="旧事项", active=False)
    with village.reading() as session:
        rows = counts.guides(session)
    text = plain_text(sheets.guide_book(rows, village="东河村", day="2026年3月12日"))
    for words in (*whole.values(), "宅基地：承办人员、联系方式。"):
        assert words in text.replace("\n", "")
    assert "旧事项" not in text


@pytest.mark.covers("4C-10")
def test_seasonal_help_and_named_errands_are_presets(village: VillageFile) -> None:
    with village.reading() as session:
        names = {one.name for one in lookups.kinds(session)}
    assert {"农忙帮扶", "代购种子农药", "代办宅基地证"} <= names
    assert {"证件审批代办", "生产生活物资代购代销", "缴费款项代收代缴", "中介服务"} <= names


@pytest.mark.covers("4B-15", "3-44")
def test_six_lines_are_sources_and_stand_on_a_plate(village: VillageFile) -> None:
    with village.reading() as session:
        lines = counts.lines(session)
    assert [one.name for one in lines] == ["党群服务", "计划生育", "劳动保障", "民政残联", "治安民调", "文明创建"]
    do(village, desk.keep_line, name="治安民调", answered_by="陈主任", number="0515-5812371")
    made = take(village, kind="request", source="电话", source_line="治安民调")
    assert (row(village, made).source, row(village, made).source_line) == ("电话", "治安民调")
    assert next(one for one in dict(of_year(village).parts)["来源"] if one.words == "治安民调").many == 1
    with village.reading() as session:
        text = plain_text(sheets.line_plate(counts.lines(session), village="东河村"))
    for words in ("治安民调", "陈主任", "0515-5812371"):
        assert words in text


@pytest.mark.covers("1-57")
def test_one_act_gathers_the_progress_since_the_last_notice(village: VillageFile) -> None:
    first, second = take(village, kind="request", matter="修路灯"), take(village, kind="request", matter="清垃圾")
    hidden = take(village, kind="rights", matter="工资纠纷")
    do(village, taking.note_progress, case_id=first, on=TODAY, words="灯泡已买")
    do(village, taking.note_progress, case_id=second, on=TODAY, words="内部商量", shown=False)
    do(village, taking.note_progress, case_id=hidden, on=TODAY, words="已联系工地")
    notice_id = do(village, carrying.draft_progress_notice)
    with village.reading() as session:
        body = one_notice(session, notice_id, on=TODAY).paper.body
    assert "修路灯（登记号2026-001，受理）：3月12日，灯泡已买。" in body
    for absent in ("清垃圾", "内部商量", "工地", "外村人"):
        assert absent not in body
    assert "没有新的进展" in refused(village, carrying.draft_progress_notice)
    do(village, taking.note_progress, case_id=second, on=TODAY, words="垃圾已清")
    with village.reading() as session:
        waiting = counts.progress_waiting(session)
        text = plain_text(sheets.progress_sheet(waiting, village="东河村", day="2026年3月12日"))
    assert [one.step.words for one in waiting] == ["垃圾已清"]
    assert "垃圾已清" in text
    assert "灯泡已买" not in text
    # A draft that is thrown away gives its progress back.
    do(village, discard_draft, notice_id=notice_id)
    with village.reading() as session:
        assert len(counts.progress_waiting(session)) == 2


@pytest.mark.covers("0-20")
def test_a_service_day_by_weekday_or_by_typed_dates_has_a_carry_list(village: VillageFile) -> None:
    typed = (dt.date(2026, 3, 17), dt.date(2026, 3, 27))
    do(village, add_date_rule, name="便民服务日", rhythm="weekly", weekdays=(3,))
    do(village, add_date_rule, name="赶场日", rhythm="typed", days=typed)
    with village.reading() as session:
        days = agenda(session, first=TODAY, last=dt.date(2026, 3, 31), on=TODAY)
    assert [one.due_on.isoweekday() for one in days if one.rule.name == "便民服务日"] == [3, 3]
    assert tuple(one.due_on for one in days if one.rule.name == "赶场日") == typed
    made = [take(village, kind="homestead", matter=f"宅基地证{number}") for number in range(3)]
    do(village, carrying.mark_for_carrying, case_ids=tuple(made[:2]))
    with village.reading() as session:
        rows = counts.to_carry(session)
    text = plain_text(papers.carry_list(rows, village="东河村", on=typed[0]))
    assert "带件日期：2026年3月17日" in text
    assert [number for number in ("2026-001", "2026-002", "2026-003") if number in text] == ["2026-001", "2026-002"]


@pytest.mark.covers("1-17")
def test_a_visit_becomes_a_case_that_shows_where_it_came_from(village: VillageFile, people: dict[str, str]) -> None:
    with village.reading() as session:
        home = person_rows(session, [people["李秀英"]])[0].household_id
    kind = do(village, adopt_link_kind, key="helped_household")
    do(village, link, kind_id=kind, from_id=people["王建国"], to_ids=(home,), from_on=TODAY)
    do(
        village,
        record_link_contact,
        kind_id=kind,
        from_id=people["王建国"],
        to_id=home,
        on=TODAY,
        way="visit",
        what="房顶漏雨",
    )
    with village.reading() as session:
        [visit] = contacts_of(session, to_id=home)
        source = visit_source(session, contact_id=visit.id)
    assert source is not None
    made = take(
        village,
        kind="practical",
        matter=source[1],
        person_id=people["李秀英"],
        source="走访",
        source_room="people",
        source_id=visit.id,
        source_words=source[0],
    )
    assert (row(village, made).matter, row(village, made).source_words) == (
        "房顶漏雨",
        "2026年3月12日王建国入户走访（户号2 李秀英家）",
    )
    with village.reading() as session:
        assert [one.id for one in lookups.cases_from(session, source_room="people", source_id=visit.id)] == [made]
        items = home_items(session, person_id=people["李秀英"], on=TODAY)
    assert [(one.name, one.place) for one in items] == [("李秀英", "cases"), ("全户", "")]


def test_paper_of_a_sensitive_case_shows_neither_name_nor_matter(village: VillageFile, people: dict[str, str]) -> None:
    made = take(village, kind="rights", matter="工资没有结清", person_id=people["李秀英"], phone="13900001111")
    do(village, stages.record_work, case_id=made, on=TODAY, name="陈调解", words="已联系工地")
    with village.reading() as session:
        found, rows = lookups.one_case(session, made), lookups.cases(session)
    every = (
        papers.receipt(found, village="东河村"),
        papers.card(found, village="东河村"),
        papers.history(found, village="东河村"),
        papers.book(rows, village="东河村", year=YEAR),
    )
    for text in map(plain_text, every):
        assert "李*" in text
        for private in ("李秀英", "工资", "工地", "13900001111", "0001111"):
            assert private not in text
