"""Entries of registers: what they need, what is due, how they are corrected, and what never leaves the village."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from tests.registers.village import TODAY, Home, add
from village_desk.kit.errors import NotAllowed
from village_desk.people.actions import appoint, end_post, pledge, set_up_bodies
from village_desk.people.lookups import all_posts
from village_desk.registers.actions import entries as acts
from village_desk.registers.actions import forms as form_acts
from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups import forms, owed, sums
from village_desk.registers.records.entries import RegisterCount
from village_desk.registers.rules.entries import ChangeKind
from village_desk.rulebook.actions import install_shipped_pack
from village_desk.schedule.actions import switch_on_preset
from village_desk.schedule.lookups import agenda
from village_desk.store import journal
from village_desk.store.operators import Role, add_operator

DAY = dt.date


def test_an_entry_lacking_a_required_answer_is_refused_with_its_field(home: Home) -> None:
    with pytest.raises(NotAllowed, match="事由"):
        add(home, "visits", subject=home.homes["赵一"], visitor=home.people["钱二"])
    with pytest.raises(NotAllowed, match="走访户"):
        add(home, "visits", visitor=home.people["钱二"], purpose="走遍农户")
    with pytest.raises(NotAllowed, match="没有“串门”这一项"):
        add(home, "visits", subject=home.homes["赵一"], visitor=home.people["钱二"], purpose="串门")
    assert home.read(lambda s: lookups.entries(s, "visits", on=TODAY)) == ()


def test_a_correction_needs_a_reason_and_keeps_what_stood_there(home: Home) -> None:
    entry = add(home, "burden", sort="报表", what="防汛值班表", more={"from": "镇应急办"})
    found = home.read(lambda s: lookups.one_entry(s, entry, on=TODAY))
    answers = tuple({**found.row.kept, "what": "防火值班表"}.items())

    def change(reason: str) -> None:
        home.write(
            lambda s: acts.correct_entry(
                s, entry_id=entry, seen=found.row.seen, noted_on=TODAY, answers=answers, reason=reason
            )
        )

    with pytest.raises(NotAllowed, match="更正原因"):
        change("")
    change("名称写错")
    after = home.read(lambda s: lookups.one_entry(s, entry, on=TODAY))
    assert after.row.kept["what"] == "防火值班表"
    [line] = after.history
    assert (line.kind, line.words, line.changes) == (
        ChangeKind.CORRECTED,
        "名称写错",
        (("名称", "防汛值班表", "防火值班表"),),
    )
    # Filling in what was empty is no correction.
    answers = tuple({**after.row.kept, "basis": "镇安委办1号"}.items())
    home.write(lambda s: acts.correct_entry(s, entry_id=entry, seen=after.row.seen, noted_on=TODAY, answers=answers))
    assert home.read(lambda s: lookups.one_entry(s, entry, on=TODAY)).history[-1].kind is ChangeKind.NOTED


@pytest.mark.covers("3-19", "4B-09")
def test_one_visit_counts_for_every_visiting_rule_and_unvisited_households_are_listed(home: Home) -> None:
    home.write(lambda s: switch_on_preset(s, rule_id="K-ZBNH", starts_on=DAY(2026, 1, 1)))
    before = _coverage(home)
    entry = add(
        home, "visits", subject=home.homes["赵一"], visitor=home.people["钱二"], purpose="民情家访", mood="道路积水"
    )
    assert _coverage(home) == before - 1
    left = home.read(lambda s: owed.missing(s, "visits", on=TODAY))
    assert "赵一家" not in [row.words for row in left]
    assert len(left) == len(home.homes) - 1
    home.write(lambda s: acts.drop_entry(s, entry_id=entry))
    assert _coverage(home) == before
    # The duty log lists the days of this month without an entry.
    add(home, "duty_log", on=DAY(2026, 9, 1), who=home.people["钱二"], events="无事")
    add(home, "duty_log", on=DAY(2026, 9, 3), who=home.people["钱二"], events="无事")
    gaps = [row.id for row in home.read(lambda s: owed.missing(s, "duty_log", on=DAY(2026, 9, 4)))]
    assert gaps == ["2026-09-02", "2026-09-04"]


def _coverage(home: Home) -> int:
    rows = home.read(lambda s: agenda(s, first=DAY(2026, 1, 1), last=DAY(2026, 12, 31), on=TODAY))
    [row] = [one for one in rows if one.rule.key == "K-ZBNH"]
    return len(row.standing.missing)


@pytest.mark.covers("1-55", "2-12")
def test_care_needs_a_helper_and_a_next_visit_leaving_needs_day_and_reason_and_past_lists_stand(home: Home) -> None:
    who = {"group": "残疾人", "needs": "轮椅"}
    with pytest.raises(NotAllowed, match="帮扶人"):
        add(home, "care", subject=home.people["孙三"], more=who, next_visit="2026-10-10")
    with pytest.raises(NotAllowed, match="下次走访"):
        add(home, "care", subject=home.people["孙三"], more=who, helper=home.people["钱二"])
    entry = add(
        home,
        "care",
        on=DAY(2026, 3, 1),
        subject=home.people["孙三"],
        more=who,
        helper=home.people["钱二"],
        next_visit="2026-10-01",
        every=30,
    )
    coming = home.write(lambda s: acts.settle_entry(s, entry_id=entry, on=TODAY, words="已走访"))
    assert coming == TODAY + dt.timedelta(days=30)
    with pytest.raises(NotAllowed, match="原因"):
        home.write(lambda s: acts.leave_entry(s, entry_id=entry, on=DAY(2026, 9, 1), why=""))
    home.write(lambda s: acts.leave_entry(s, entry_id=entry, on=DAY(2026, 9, 1), why="迁出本村"))

    def on_roll(day: DAY) -> list[str]:
        return [row.subject for row in home.read(lambda s: lookups.entries(s, "care", on=TODAY, on_roll=day))]

    assert (on_roll(DAY(2026, 2, 28)), on_roll(DAY(2026, 8, 31)), on_roll(DAY(2026, 9, 1))) == ([], ["孙三"], [])
    home.write(lambda s: acts.note_look(s, register="care"))
    home.write(lambda s: acts.note_look(s, register="care"))
    assert home.read(lambda s: forms.looks(s, "care")) == (f"{TODAY.isoformat()}　李会计",)


@pytest.mark.covers("0-21", "3-30")
def test_nothing_private_travels_and_the_township_gets_a_number_only_where_a_pack_asks(home: Home) -> None:
    child, secret = home.people["孙三"], "秘密的谈话要点"
    add(
        home, "care", subject=child, group="留守儿童", helper=home.people["钱二"], next_visit="2026-10-10", needs=secret
    )
    form = home.read(lambda s: forms.form_of(s, "net_room"))
    assert home.read(lambda s: lookups.subject_choices(s, form, on=TODAY)) == ((child, "孙三"),)
    with pytest.raises(NotAllowed, match="留守儿童"):
        add(home, "net_room", subject=home.people["赵一"], minutes=60)
    add(home, "net_room", subject=child, minutes=60, guardian=secret)
    add(home, "talks", subject=child, trigger="苗头性问题", by=home.people["钱二"], gist=secret)
    add(home, "condolence", subject=child, event="生病住院", note=secret)
    with home.file.reading() as session:
        stored = list(journal.operations_after(session, {}))
    carried = b"".join(one.header + (one.township or b"") for one in stored)
    for words in (secret, "留守儿童", "苗头性问题", "net_room", "talks", "condolence", "生病"):
        assert words.encode() not in carried
    home.write(lambda s: form_acts.report_counts(s))
    counted = home.read(lambda s: {one.register: one.many for one in s.scalars(select(RegisterCount))})
    assert counted == {"care": 1, "net_room": 1}
    # Who must have been talked to: a post that ended.
    post = home.write(lambda s: at_post(s, home.people["周四"]))
    home.write(lambda s: end_post(s, post_id=post, on=DAY(2026, 9, 20), why="辞职"))
    [row] = home.read(lambda s: owed.missing(s, "talks", on=TODAY))
    assert row.words == "周四"
    assert "职务有变动，还没有谈话" in row.why
    add(home, "talks", subject=home.people["周四"], trigger="职务变动", by=home.people["钱二"])
    assert home.read(lambda s: owed.missing(s, "talks", on=TODAY)) == ()
    # Only the clerk reads talks.
    home.write(lambda s: add_operator(s, name="监委会", role=Role.SUPERVISOR))
    home.file.take_seat("监委会")
    with pytest.raises(NotAllowed, match="您的岗位不能看"):
        home.read(lambda s: lookups.entries(s, "talks", on=TODAY))


def at_post(session: Any, person: str) -> str:
    """A committee member since 2024."""
    set_up_bodies(session)
    return appoint(session, person_id=person, role="committee_member", from_on=DAY(2024, 1, 1))


@pytest.mark.covers("3-31", "2-11", "4E-14")
def test_an_event_without_a_visit_is_listed_and_aid_is_posted_to_the_care_fund(home: Home) -> None:
    who = home.people["孙三"]
    event = add(home, "condolence", on=DAY(2026, 9, 10), subject=who, event="家庭重大变故", aid=50000)
    [due] = home.read(lambda s: owed.due_entries(s, on=TODAY))
    assert (due.id, due.due_on) == (event, DAY(2026, 9, 17))
    fund = add(home, "care_fund", name="2026年关爱资金", planned=200000)

    def pay(approved: str) -> str:
        return home.write(lambda s: form_acts.pay_aid(s, entry_id=event, on=TODAY, approved_by=approved))

    with pytest.raises(NotAllowed, match="余额只有"):
        pay("王书记")
    home.write(
        lambda s: form_acts.add_money(s, entry_id=fund, on=DAY(2026, 9, 1), amount_fen=80000, purpose="镇党委下拨")
    )
    with pytest.raises(NotAllowed, match="审批人"):
        pay("")
    money = pay("王书记")
    with pytest.raises(NotAllowed, match="已经从关爱资金支出"):
        pay("王书记")
    home.write(lambda s: acts.settle_entry(s, entry_id=event, on=TODAY))
    assert home.read(lambda s: owed.due_entries(s, on=TODAY)) == ()
    row = home.read(lambda s: sums.fund(s, fund))
    assert (row.received, row.spent, row.balance) == (80000, 50000, 30000)
    assert row.money[-1].recipient == "孙三"
    home.write(lambda s: form_acts.reverse_money(s, money_id=money, on=TODAY, reason="还没有领"))
    assert home.read(lambda s: sums.fund(s, fund)).balance == 80000
    # A member of a group has the history of visits and aid beside the entry.
    care = add(home, "care", subject=who, group="老党员", helper=home.people["钱二"], next_visit="2026-10-10")
    [line] = home.read(lambda s: lookups.one_entry(s, care, on=TODAY)).related
    assert "家庭重大变故" in line
    assert "500.00元" in line


@pytest.mark.covers("3-10", "3-13")
def test_spending_over_what_was_received_is_flagged_and_entitlement_stands_beside_spent(home: Home) -> None:
    fund = add(home, "party_fund", name="党建经费", planned=3000000)
    home.write(lambda s: form_acts.add_money(s, entry_id=fund, on=TODAY, amount_fen=100000, purpose="拨付"))
    home.write(lambda s: form_acts.add_money(s, entry_id=fund, on=TODAY, amount_fen=-150000, purpose="党员活动"))
    row = home.read(lambda s: sums.fund(s, fund))
    assert row.flags == ("支出1,500.00元，超过到账1,000.00元，超支500.00元。",)
    home.join_party("赵一", DAY(2020, 7, 1))
    home.join_party("钱二", DAY(2026, 2, 1))
    training = add(home, "training_fund", on=DAY(2026, 1, 1), name="培训经费", rate=20000)
    row = home.read(lambda s: sums.fund(s, training))
    assert (row.members, row.entitled) == (1, 20000)
    assert row.flags == ("年初党员1人，应有200.00元，已支出0.00元。",)


@pytest.mark.covers("1-35")
def test_a_hazard_to_be_reported_shows_the_time_until_a_report_is_logged(home: Home) -> None:
    form = home.read(lambda s: forms.form_of(s, "hazards"))
    kinds = form.field("sort")
    assert kinds is not None
    assert len(kinds.choices) == 8
    hazard = add(
        home,
        "hazards",
        on=DAY(2026, 9, 29),
        sort="自然灾害",
        what="后山滑坡",
        place="三组",
        time="14:20",
        must_report=True,
        due="2026-10-08",
    )
    now = dt.datetime(2026, 9, 30, 16, 50)
    [row] = home.read(lambda s: owed.waiting_reports(s, on=TODAY, now=now))
    assert (row.id, row.waits) == (hazard, "1天2小时")
    assert row.standing == "待上报，已过1天2小时"
    home.write(
        lambda s: acts.log_report(
            s, entry_id=hazard, told_on=TODAY, told_at="17:05", told_to="镇应急办", receipt="2026-31"
        )
    )
    assert home.read(lambda s: owed.waiting_reports(s, on=TODAY, now=now)) == ()
    home.write(
        lambda s: acts.note_answer(s, entry_id=hazard, answered_on=TODAY, answered_by="镇应急办", words="先设警示")
    )
    found = home.read(lambda s: lookups.one_entry(s, hazard, on=TODAY))
    assert found.row.state == "乡镇已答复"
    assert "电话" in found.reports[0].words
    home.write(lambda s: acts.settle_entry(s, entry_id=hazard, on=TODAY))
    assert home.read(lambda s: lookups.one_entry(s, hazard, on=TODAY)).row.state == "已销号"
    # A sweep that found nothing is not the same as no sweep.
    grid = home.grid("第一片区")
    [missing] = home.read(lambda s: owed.missing(s, "sweeps", on=TODAY))
    assert missing.words == "第一片区"
    add(home, "sweeps", subject=grid, who=home.people["钱二"], scope="八类全面排查", result="无隐患")
    assert home.read(lambda s: owed.missing(s, "sweeps", on=TODAY)) == ()


def test_a_risk_point_comes_due_and_the_inspection_sets_the_next_day(home: Home) -> None:
    grid = home.grid("第一片区")
    point = add(
        home,
        "risk_points",
        subject=grid,
        on=DAY(2026, 8, 1),
        sort="井",
        place="老井",
        owner=home.people["钱二"],
        every=30,
        next="2026-09-25",
    )
    [row] = home.read(lambda s: owed.due_entries(s, on=TODAY))
    assert row.id == point
    home.write(lambda s: acts.settle_entry(s, entry_id=point, on=TODAY))
    assert home.read(lambda s: owed.due_entries(s, on=TODAY)) == ()
    assert home.read(lambda s: lookups.one_entry(s, point, on=TODAY)).row.due_on == DAY(2026, 10, 30)


@pytest.mark.covers("1-33")
def test_a_cadre_without_the_three_pledges_is_listed_and_the_post_ends_only_when_the_resignation_is_through(
    home: Home,
) -> None:
    who = home.people["周四"]
    home.write(lambda s: at_post(s, who))
    [row] = home.read(lambda s: owed.missing(s, "promises", on=TODAY))
    assert row.why == "还缺参选承诺、履职承诺、辞职承诺"
    for sort in ("参选承诺", "履职承诺", "辞职承诺"):
        add(home, "promises", subject=who, sort=sort, text="照章办事", triggers="连续两年考核不合格")
    assert home.read(lambda s: owed.missing(s, "promises", on=TODAY)) == ()
    case = add(home, "resignations", subject=who, trigger="连续两年考核不合格")
    with pytest.raises(NotAllowed, match="不能跳到“已免职”"):
        home.write(lambda s: acts.move_entry(s, entry_id=case, state="已免职", on=TODAY))
    for state in ("本人书面辞职", "组织研究", "按程序通过"):
        home.write(partial(acts.move_entry, entry_id=case, state=state, on=TODAY))
    assert [post.ended_on for post in home.read(all_posts)] == [None]
    home.write(lambda s: acts.move_entry(s, entry_id=case, state="已免职", on=TODAY))
    assert [post.ended_on for post in home.read(all_posts)] == [TODAY]


def test_promises_of_posts_and_of_the_register_stand_in_one_list(home: Home) -> None:
    who = home.people["周四"]
    post = home.write(lambda s: at_post(s, who))
    home.write(lambda s: pledge(s, post_id=post, text="每月走访十户", due=DAY(2026, 9, 1)))
    late = add(home, "promises", on=DAY(2026, 1, 5), subject=who, sort="年度承诺", text="修好水渠", due="2026-06-30")
    kept = add(home, "promises", on=DAY(2026, 1, 5), subject=who, sort="年度承诺", text="装路灯", due="2026-06-30")
    home.write(lambda s: acts.settle_entry(s, entry_id=kept, on=DAY(2026, 6, 1)))
    found = {row.text: row for row in home.read(lambda s: owed.promises(s, on=TODAY))}
    assert (found["修好水渠"].tone, found["每月走访十户"].tone, found["装路灯"].state) == ("bad", "bad", "已兑现")
    assert {row.id for row in home.read(lambda s: owed.due_entries(s, on=TODAY))} == {late, post}


@pytest.mark.covers("0-18", "2-25")
def test_both_ways_of_business_can_be_chosen_and_a_value_added(home: Home) -> None:
    for model in ("支部+远教+公司+农户", "支部+远教+合作社"):
        add(home, "economy", project=f"核桃园{model}", model=model, income=120000, jobs=3)
    home.write(lambda s: form_acts.add_choice(s, register="economy", field="model", words="村企共建"))
    add(home, "economy", project="光伏", model="村企共建", income=80000)
    counted = home.read(lambda s: sums.counts_by(s, "economy", "model", first=TODAY, last=TODAY))
    assert {one.words: one.many for one in counted if one.many} == {
        "支部+远教+公司+农户": 1,
        "支部+远教+合作社": 1,
        "村企共建": 1,
    }
    # Formats of training are such choices too.
    home.write(lambda s: form_acts.add_choice(s, register="wishes", field="place", words="夜校"))
    add(home, "wishes", subject=home.people["赵一"], course="果树修剪", place="夜校")


@pytest.mark.covers("1-62")
def test_rents_due_this_year_are_listed_and_areas_add_up_by_project(home: Home) -> None:
    for head, area, rent in (("赵一", 320, 64000), ("钱二", 180, 36000)):
        add(home, "transfers", subject=home.homes[head], project="核桃园", area=area, rent=rent, next="2026-10-05")
    add(home, "transfers", subject=home.homes["孙三"], project="茶园", area=150, rent=30000)
    by = dict(home.read(lambda s: sums.sums_by(s, "transfers", "project", on=TODAY)))
    assert by["核桃园"] == {"area": 500, "rent": 100000}
    assert by["茶园"]["area"] == 150
    assert len(home.read(lambda s: owed.due_entries(s, on=TODAY))) == 2


def test_a_village_adapts_a_register_copies_one_and_old_answers_stay(home: Home) -> None:
    entry = add(home, "room_use", room="会议室", purpose="党员大会", people=30)
    fields = (
        ("房间", "choice", "会议室、棋牌室", True, False),
        ("用途", "text", "", True, False),
        ("钥匙领取人", "person", "", False, True),
    )
    home.write(lambda s: form_acts.adapt_register(s, register="room_use", title="场地使用登记", fields=fields))
    form = home.read(lambda s: forms.form_of(s, "room_use"))
    assert [one.title for one in form.fields] == ["房间", "用途", "钥匙领取人"]
    assert home.read(lambda s: lookups.one_entry(s, entry, on=TODAY)).row.kept["people"] == 30
    add(home, "room_use", room="棋牌室", purpose="娱乐", more={form.fields[2].key: home.people["赵一"]})
    key = home.write(
        lambda s: form_acts.copy_register(
            s, register="room_use", title="借物登记", fields=(("物品", "text", "", True, False),)
        )
    )
    [thing] = home.read(lambda s: forms.form_of(s, key)).fields
    add(home, key, more={thing.key: "梯子"})
    titles = [row.title for row in home.read(lambda s: forms.index(s, on=TODAY)) if row.own]
    assert sorted(titles) == ["借物登记", "场地使用登记"]
    with pytest.raises(NotAllowed, match="已经有了"):
        home.write(
            lambda s: form_acts.copy_register(
                s, register="room_use", title="借物登记", fields=(("物", "text", "", False, False),)
            )
        )
    with pytest.raises(NotAllowed, match="软件要用来算"):
        home.write(
            lambda s: form_acts.adapt_register(
                s, register="care", title="关爱", fields=(("需要", "long", "", False, True),)
            )
        )


@pytest.mark.covers("1-10")
def test_a_duty_with_a_frequency_becomes_a_rule_of_the_calendar(home: Home) -> None:
    duty = add(
        home, "duties_list", post="民兵营长", list="职责清单", duty="组织民兵点验", often="每季度", basis="民兵工作条例"
    )
    home.write(lambda s: form_acts.remind_of_duty(s, entry_id=duty))
    rows = home.read(lambda s: agenda(s, first=TODAY, last=DAY(2026, 12, 31), on=TODAY))
    assert "组织民兵点验" in {row.rule.name for row in rows}
    other = add(home, "duties_list", post="会计", duty="公开账目", often="不定期")
    with pytest.raises(NotAllowed, match="频次"):
        home.write(lambda s: form_acts.remind_of_duty(s, entry_id=other))


@pytest.mark.covers("4B-10")
def test_the_pack_adds_twenty_seven_items_and_counts_each_for_half_a_year(home: Home) -> None:
    assert "community_27" not in home.read(forms.forms)
    home.write(lambda s: install_shipped_pack(s, issuer="xianning", pack="community-27"))
    form = home.read(lambda s: forms.form_of(s, "community_27"))
    item = form.field("item")
    assert item is not None
    heads = [choice.partition("·")[0] for choice in item.choices]
    assert [heads.count(one) for one in ("四进", "五会", "六访", "六报", "六热线")] == [4, 5, 6, 6, 6]
    assert form.private
    for on in (DAY(2026, 3, 1), DAY(2026, 5, 1), DAY(2026, 8, 1)):
        add(home, "community_27", on=on, item="四进·科技", what="果树修剪课")
    first, last = DAY(2026, 1, 1), DAY(2026, 6, 30)
    counted = home.read(lambda s: sums.counts_by(s, "community_27", "item", first=first, last=last))
    assert len(counted) == 27
    assert {one.words: one.many for one in counted if one.many} == {"四进·科技": 2}
