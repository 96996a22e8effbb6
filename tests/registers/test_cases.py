"""Service cases from taking to rating: numbers, promised days, three ways of taking, refusals, money, batches."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from tests.registers.conftest import TODAY
from village_desk.kit.errors import NotAllowed
from village_desk.people.actions import adopt_bodies, appoint
from village_desk.people.lookups import bodies
from village_desk.registers.actions import cases as taking
from village_desk.registers.actions import cases_carrying as carrying
from village_desk.registers.actions import cases_desk as desk
from village_desk.registers.actions import cases_stages as stages
from village_desk.registers.lookups import cases as lookups
from village_desk.registers.lookups import cases_counts as counts
from village_desk.registers.lookups.cases_rows import CaseDetail, CaseRow, Pile
from village_desk.registers.records.cases import CaseKind
from village_desk.registers.rules.cases import Mode, StageKind
from village_desk.store import journal
from village_desk.store.file import VillageFile

LATER = dt.date(2026, 3, 20)


def take(file: VillageFile, **facts: Any) -> str:
    """One case, taken on today by the clerk."""
    given = {"kind": "certificate", "matter": "代办老年证", "first_asked": "李会计", "on": TODAY, "applicant": "外村人"}
    with file.writing("registers.take_case") as session:
        return taking.take_case(session, **{**given, **facts})


def do(file: VillageFile, action: Any, **facts: Any) -> Any:
    """One step."""
    with file.writing("registers.act") as session:
        return action(session, **facts)


def refused(file: VillageFile, action: Any, **facts: Any) -> str:
    """The refusal of one step, which leaves nothing behind."""
    before = file.position
    with pytest.raises(NotAllowed) as found:
        do(file, action, **facts)
    assert file.position == before
    return str(found.value)


def shown(file: VillageFile, case_id: str) -> CaseDetail:
    with file.reading() as session:
        return lookups.one_case(session, case_id)


def row(file: VillageFile, case_id: str) -> CaseRow:
    return shown(file, case_id).row


@pytest.mark.covers("4C-06")
def test_first_asked_number_working_days_and_a_reason_for_what_is_late(village: VillageFile) -> None:
    assert "首问人不能空着" in refused(
        village, taking.take_case, kind="request", matter="修路灯", first_asked=" ", on=TODAY, applicant="外村人"
    )
    made = [take(village, kind="request") for _ in range(3)]
    assert [row(village, one).number for one in made] == ["2026-001", "2026-002", "2026-003"]
    village.undo(village.steps(limit=1)[0].id)
    assert row(village, take(village)).number == "2026-003"
    # 12 March 2026 is a Thursday: five working days later is Thursday the 19th.
    assert row(village, made[0]).due_on == dt.date(2026, 3, 19)
    # Before the holiday of Labour Day: the days off from 1 May on are left out.
    village.confirm_today(dt.date(2026, 4, 29))
    before = row(village, take(village, kind="request", on=dt.date(2026, 4, 29))).due_on
    assert before is not None
    assert before > dt.date(2026, 5, 7)
    village.confirm_today(LATER)
    late = {"case_id": made[0], "on": LATER, "way": "电话", "reply": "已修好"}
    assert "还没有写超期原因" in refused(village, stages.answer_case, **late)
    do(village, taking.explain_overdue, case_id=made[0], on=LATER, reason="等配件", by="王建国")
    do(village, stages.answer_case, **late)
    found = row(village, made[0])
    assert (found.closed_on, found.on_time, found.overdue_by) == (LATER, False, "王建国")


@pytest.mark.covers("4C-07")
def test_the_three_ways_of_taking_a_case(village: VillageFile) -> None:
    own = do(village, desk.add_kind, name="代领包裹", flow="errand", limit_days=1)
    with village.writing("test.no_limit") as session:
        for one in session.scalars(select(CaseKind)):
            one.limit_days = 0
    base = {"matter": "代领包裹", "first_asked": "李会计", "on": TODAY, "applicant": "外村人"}
    assert "要有承诺日期" in refused(village, taking.take_case, kind=own, mode=Mode.PROMISED, **base)
    assert "要写答复的内容" in refused(village, taking.take_case, kind=own, mode=Mode.REPLY, **base)
    replied = row(village, take(village, mode=Mode.REPLY, reply="不属于村里办，请到县车管所"))
    assert (replied.closed_on, replied.reply_way) == (TODAY, "当面")
    at_once = take(village, mode=Mode.AT_ONCE)
    assert row(village, at_once).late == ""
    village.confirm_today(TODAY + dt.timedelta(days=1))
    assert "当天没有办结" in row(village, at_once).late
    assert row(village, at_once).lies_on(Pile.LATE, village.today)
    done = take(village, mode=Mode.AT_ONCE, on=village.today, reply="已复印", reply_way="当面")
    assert row(village, done).closed_on == village.today


@pytest.mark.covers("4C-09", "4E-10")
def test_an_errand_has_three_links_and_its_end_needs_day_and_way(village: VillageFile, people: dict[str, str]) -> None:
    made = take(village, person_id=people["张大山"], materials=("身份证复印件", "照片"))
    do(village, stages.record_work, case_id=made, on=TODAY, person_id=people["王建国"], words="到镇里交了材料")
    assert "怎么回复" in refused(village, stages.answer_case, case_id=made, on=TODAY, way="", reply="已办好")
    do(village, stages.answer_case, case_id=made, on=TODAY, way="入户", reply="证已送到", confirmed=True)
    found = shown(village, made)
    assert [(one.name, one.on, one.by) for one in found.steps] == [
        ("受理", TODAY, "李会计"),
        ("承办", TODAY, "王建国"),
        ("回复", TODAY, "王建国"),
    ]
    assert (found.row.reply_way, found.row.household_id != "", found.row.applicant) == ("入户", True, "张大山")
    assert "已经办结" in refused(village, stages.answer_case, case_id=made, on=TODAY, way="电话", reply="再次")


@pytest.mark.covers("2-19")
def test_an_order_goes_round_until_somebody_takes_it(village: VillageFile, people: dict[str, str]) -> None:
    made = take(village, kind="order", matter="帮修水管")
    early = {"case_id": made, "on": TODAY, "way": "当面", "reply": "好"}
    assert "请先登记“支部派单”" in refused(village, stages.answer_case, **early)
    do(village, stages.assign_case, case_id=made, on=TODAY, person_id=people["王建国"])
    do(village, stages.refuse_case, case_id=made, on=TODAY, reason="在外务工")
    assert (row(village, made).stage, row(village, made).agent) == (StageKind.TAKEN, "")
    assert "在外务工" in shown(village, made).steps[-1].sentence
    do(village, stages.assign_case, case_id=made, on=TODAY, person_id=people["李秀英"])
    do(village, stages.accept_case, case_id=made, on=TODAY)
    do(village, stages.answer_case, case_id=made, on=TODAY, way="当面", reply="水管已换")
    assert row(village, made).closed_on is None
    assert row(village, made).lies_on(Pile.UNRATED, TODAY)
    assert "还没有评价" in refused(village, stages.end_unrated, case_id=made, on=TODAY, note="电话没通")
    village.confirm_today(TODAY + dt.timedelta(days=10))
    assert "写明情况" in refused(village, stages.end_unrated, case_id=made, on=village.today, note="")
    do(village, stages.end_unrated, case_id=made, on=village.today, note="两次电话没通")
    assert row(village, made).closed_on == village.today
    other = take(village, kind="order", matter="剪树枝", on=village.today)
    do(village, stages.assign_case, case_id=other, on=village.today, name="驻村工作队")
    do(village, stages.accept_case, case_id=other, on=village.today)
    do(village, stages.answer_case, case_id=other, on=village.today, way="当面", reply="已剪")
    do(village, stages.rate_case, case_id=other, on=village.today, rating="good")
    assert (row(village, other).closed_on, row(village, other).confirmed) == (village.today, True)


@pytest.mark.covers("3-45")
def test_four_teams_and_a_case_for_a_team_and_then_its_member(village: VillageFile, people: dict[str, str]) -> None:
    do(village, adopt_bodies, key="service_teams")
    with village.reading() as session:
        teams = counts.teams(session)
    assert [one.name for one in teams] == ["农村110服务队", "农村120服务队", "民事代办服务队", "预防腐败服务队"]
    team = next(one for one in teams if one.name == "民事代办服务队")
    do(
        village,
        appoint,
        person_id=people["王建国"],
        role="team_member",
        organisation_id=team.id,
        from_on=TODAY,
    )
    made = take(village)
    do(village, stages.assign_case, case_id=made, on=TODAY, team_id=team.id)
    assert (row(village, made).team, row(village, made).agent) == ("民事代办服务队", "")
    do(village, stages.assign_case, case_id=made, on=TODAY, person_id=people["王建国"])
    assert (row(village, made).team, row(village, made).agent) == ("民事代办服务队", "王建国")
    with village.reading() as session:
        assert [post.name for post in next(b for b in bodies(session, on=TODAY) if b.id == team.id).posts] == ["王建国"]


@pytest.mark.covers("4B-17")
def test_money_is_accounted_for_before_a_case_ends(village: VillageFile) -> None:
    first = take(village, kind="payment", matter="代缴医保")
    second = take(village, kind="payment", matter="代缴电费")
    do(village, carrying.book_cash, case_id=first, what="received", amount_fen=40000, on=TODAY, voucher="收0001")
    do(village, carrying.book_cash, case_id=second, what="received", amount_fen=10000, on=TODAY)
    assert "要写凭证号" in refused(village, carrying.book_cash, case_id=first, what="paid", amount_fen=38000, on=TODAY)
    do(village, carrying.book_cash, case_id=first, what="paid", amount_fen=38000, on=TODAY, voucher="电票88")
    with village.reading() as session:
        held = counts.money_in_hand(session)
        assert sum(one.cash.in_hand for one in held) == 2000 + 10000
        assert sum(one.cash.in_hand for one in held) == sum(one.cash.in_hand for one in lookups.open_cases(session))
    answer = {"case_id": first, "on": TODAY, "way": "当面", "reply": "已缴"}
    assert "手里还有20.00元" in refused(village, stages.answer_case, **answer)
    do(village, carrying.book_cash, case_id=first, what="returned", amount_fen=2000, on=TODAY)
    do(village, stages.answer_case, **answer)
    assert row(village, first).closed_on == TODAY


@pytest.mark.covers("1-53", "4B-16", "3-17")
def test_ten_cases_go_up_as_one_batch_and_come_back(village: VillageFile) -> None:
    ids = tuple(take(village, kind="homestead", matter=f"宅基地证{number}") for number in range(1, 11))
    batch_id = do(
        village,
        carrying.carry_up,
        case_ids=ids,
        on=TODAY,
        by="王建国",
        unit="镇便民服务中心",
        due_on=TODAY + dt.timedelta(days=7),
    )
    with village.reading() as session:
        batch = counts.one_batch(session, batch_id)
    assert (batch.title, len(batch.cases), batch.back) == ("2026年第1批", 10, 0)
    village.confirm_today(LATER)
    assert "镇里还没有返回结果" in row(village, ids[0]).late
    assert row(village, ids[0]).lies_on(Pile.TOWNSHIP, LATER)
    back = tuple((one, "证已办好") for one in ids[:9])
    assert do(village, carrying.bring_back, results=back, on=LATER, by="王建国", way="入户") == 9
    assert {row(village, one).closed_on for one in ids[:9]} == {LATER}
    assert row(village, ids[9]).late != ""
    with village.reading() as session:
        assert counts.one_batch(session, batch_id).back == 9


@pytest.mark.covers("4C-11")
def test_rights_cases_stay_in_the_village(village: VillageFile, people: dict[str, str]) -> None:
    made = take(village, kind="rights", matter="工资没有结清", person_id=people["李秀英"], phone="13900001111")
    do(village, taking.note_progress, case_id=made, on=TODAY, words="已联系工地", shown=True)
    found = row(village, made)
    assert (found.shown_title, found.shown_name, found.shown_phone) == ("维权事项（内容不公开）", "李*", "")
    assert "工资" in found.title
    assert "没有新的进展" in refused(village, carrying.draft_progress_notice)
    with village.reading() as session:
        travels = b"".join(stored.township or b"" for stored in journal.operations_after(session, {}))
    for private in ("工资没有结清", "13900001111", "已联系工地"):
        assert private.encode() not in travels


@pytest.mark.covers("4B-14")
def test_five_reports_are_on_and_the_sixth_needs_another_operator(village: VillageFile) -> None:
    with village.reading() as session:
        every = [one for one in lookups.kinds(session, with_off=True) if one.must_report]
    assert [one.name for one in every if not one.active] == ["发现新增孕妇"]
    assert len(every) == 6
    for kind in every:
        if kind.active:
            assert row(village, take(village, kind=kind.key, matter=kind.name)).kind == kind.key
    assert "不能由文书自己启用" in refused(village, desk.switch_kind, key="pregnancy", active=True, reason="上级要求")
    village.take_seat("陈复核")
    assert "要写依据" in refused(village, desk.switch_kind, key="pregnancy", active=True)
    do(village, desk.switch_kind, key="pregnancy", active=True, reason="某文件〔2026〕1号")
    assert row(village, take(village, kind="pregnancy", matter="情况")).sensitive


def test_an_order_of_the_township_is_struck_off_only_by_the_village(village: VillageFile) -> None:
    made = take(village, kind="whistle", matter="村口井盖破损")
    assert row(village, made).due_on is None
    do(village, stages.report_up, case_id=made, on=TODAY, way="电话", unit="镇应急办")
    do(
        village,
        stages.record_order,
        case_id=made,
        on=TODAY,
        unit="镇城建办",
        order_no="平派〔2026〕7号",
        due_on=TODAY + dt.timedelta(days=3),
    )
    village.confirm_today(LATER)
    assert "镇里还没有反馈" in row(village, made).late
    assert "请先登记“反馈”" in refused(village, stages.check_off, case_id=made, on=LATER, by="王建国", words="已换")
    do(village, stages.record_feedback, case_id=made, on=LATER, words="已更换井盖")
    assert row(village, made).closed_on is None
    do(village, stages.check_off, case_id=made, on=LATER, by="王建国", words="井盖已换")
    assert row(village, made).closed_on == LATER
