"""Points in a real file: applied for, checked, booked once, taken back once, and explained."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.points.conftest import RULES, Village
from village_desk.kit.errors import DeskError, NotAllowed, NotFound
from village_desk.points import actions, lookups
from village_desk.points.lookups import Card
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.sets import Area, Item, Often, SubjectKind
from village_desk.store.file import VillageFile

JULY = dt.date(2026, 7, 12)


def ask(village: Village, code: str = "H1", who: str = "张大山", points: int = 5, **other: Any) -> str:
    values: dict[str, Any] = {
        "event": "7月检查",
        "happened_on": JULY,
        "evidence": "网格员现场查看",
        "applicant_id": "",
    } | other
    with village.file.writing("points.apply_for_points") as session:
        return actions.apply_for_points(
            session,
            set_id=village.set_id,
            item_id=village.items[code],
            subject_id=village.households[who],
            points=points,
            **values,
        )


def check(village: Village, application_id: str, who: str = "李四", verdict: str = "agreed", **other: Any) -> str:
    values: dict[str, Any] = {"checked_on": JULY, "way": "paper", "words": ""} | other
    with village.file.writing("points.check_application") as session:
        return actions.check_application(
            session, application_id=application_id, verdict=verdict, checker_id=village.persons[who], **values
        )


def book(village: Village, application_id: str) -> actions.Booked:
    with village.file.writing("points.book") as session:
        return actions.book(session, application_id=application_id)


def booked(village: Village, *args: Any, **other: Any) -> actions.Booked:
    application_id = ask(village, *args, **other)
    check(village, application_id)
    return book(village, application_id)


def card(village: Village, who: str = "张大山", period: str = "2026") -> Card:
    with village.file.reading() as session:
        return lookups.card(session, set_id=village.set_id, subject_id=village.households[who], period=period)


def refused(file: VillageFile, action: Callable[[Session], object], error: type[DeskError] = NotAllowed) -> str:
    """The sentence of a refusal that left nothing behind."""
    before = (file.position, file.digest())
    with pytest.raises(error) as refusal, file.writing("tests.refused") as session:
        action(session)
    assert (file.position, file.digest()) == before
    return refusal.value.message


def test_an_entry_is_applied_for_checked_by_another_person_and_stands_in_the_ledger(village: Village) -> None:
    application_id = ask(village)
    assert "还没有审核" in refused(village.file, lambda s: actions.book(s, application_id=application_id))
    check(village, application_id)
    done = book(village, application_id)
    assert (done.number, done.points, done.why) == ("第1号", 5, "")
    found = card(village)
    assert found.balance == 65
    assert found.why == "2026年合计65分：起始分60分，加5分，减0分（共1笔）。"
    (line,) = found.entries
    assert (line.text, line.points, line.balance, line.checker) == ("门前整洁", 5, 65, "李四")


def test_the_same_thing_is_not_booked_twice_and_the_first_is_named(village: Village) -> None:
    booked(village)
    with pytest.raises(NotAllowed) as refusal:
        ask(village, event="另一次检查", happened_on=dt.date(2026, 7, 30))
    assert refusal.value.message == "三组张大山家的“门前整洁”（7月12日）已经记过5分（第1号），不能重复记。"
    assert refusal.value.advice == "要改，请点“更正这一笔”。"
    ask(village, happened_on=dt.date(2026, 6, 30))


def test_what_waits_for_its_check_is_not_applied_for_again(village: Village) -> None:
    ask(village)
    with pytest.raises(NotAllowed, match="正在等审核"):
        ask(village)


def test_nobody_checks_what_an_own_login_entered(village: Village) -> None:
    application_id = ask(village, applicant_id=village.persons["王强"])
    with pytest.raises(NotAllowed, match="同一个操作人"):
        check(village, application_id, way="login")
    with pytest.raises(NotAllowed, match="不能由本人审核"):
        check(village, application_id, who="王强")
    village.file.take_seat("王强")
    check(village, application_id, way="login")
    assert book(village, application_id).points == 5


def test_a_member_of_the_household_does_not_check_it(village: Village) -> None:
    application_id = ask(village)
    with pytest.raises(NotAllowed, match="张小山和张大山家是一户"):
        check(village, application_id, who="张小山")


def test_a_refusal_needs_its_reason_and_lets_a_better_application_come(village: Village) -> None:
    application_id = ask(village)
    with pytest.raises(NotAllowed, match="写明理由"):
        check(village, application_id, verdict="refused")
    check(village, application_id, verdict="refused", words="照片看不清")
    assert "没有通过" in refused(village.file, lambda s: actions.book(s, application_id=application_id))
    assert booked(village, evidence="组长现场复查").points == 5
    with village.file.reading() as session:
        stages = [row.stage for row in lookups.applications(session)]
    assert sorted(stages) == [Stage.BOOKED, Stage.REFUSED]


def test_a_reversal_is_one_counter_line_and_happens_once(village: Village) -> None:
    done = booked(village)
    assert "写明原因" in refused(village.file, lambda s: actions.reverse_entry(s, entry_id=done.entry_id, reason=" "))
    with village.file.writing("points.reverse_entry") as session:
        back = actions.reverse_entry(session, entry_id=done.entry_id, reason="户记错了")
    assert (back.points, back.why) == (-5, "更正第1号：户记错了")
    found = card(village)
    assert found.balance == 60
    assert found.why == "2026年合计60分：起始分60分，加5分，减0分，更正−5分（共2笔）。"
    assert [line.reversed_by for line in found.entries] == ["第2号", ""]
    assert "已经更正" in refused(
        village.file, lambda s: actions.reverse_entry(s, entry_id=done.entry_id, reason="再冲")
    )
    assert "本身就是一笔更正" in refused(
        village.file, lambda s: actions.reverse_entry(s, entry_id=back.entry_id, reason="再冲")
    )


def test_after_a_reversal_the_right_entry_can_be_made(village: Village) -> None:
    done = booked(village)
    with village.file.writing("points.reverse_entry") as session:
        actions.reverse_entry(session, entry_id=done.entry_id, reason="日期记错了")
    assert booked(village).points == 5
    assert card(village).balance == 65


def test_a_cap_cuts_an_entry_and_says_so(village: Village) -> None:
    for month in (5, 6):
        booked(village, happened_on=dt.date(2026, month, 12))
    last = booked(village)
    assert (last.points, last.why) == (2, "“门前整洁”本期上限12分，已记10分，这次只记2分。")
    application_id = ask(village, happened_on=dt.date(2026, 4, 1))
    check(village, application_id)
    assert "已经记满" in refused(village.file, lambda s: actions.book(s, application_id=application_id))
    assert card(village).balance == 72


def test_a_deduction_stops_at_the_floor(village: Village) -> None:
    booked(village, "H2", points=-3)
    second = booked(village, "H2", points=-3, happened_on=dt.date(2026, 7, 20))
    assert second.points == -2
    assert card(village).areas[0].points == 5


def test_an_entry_of_last_year_counts_there_and_is_shown_as_late(village: Village) -> None:
    booked(village, happened_on=dt.date(2025, 12, 30))
    assert card(village).balance == 60
    (line,) = card(village, period="2025").entries
    assert line.late
    with village.file.reading() as session:
        assert lookups.periods(session, set_id=village.set_id, today=dt.date(2026, 8, 1)) == ("2026", "2025")


def test_an_application_can_be_withdrawn_before_it_is_booked(village: Village) -> None:
    application_id = ask(village)
    with village.file.writing("points.withdraw_application") as session:
        actions.withdraw_application(session, application_id=application_id)
    assert "已经撤回" in refused(village.file, lambda s: actions.book(s, application_id=application_id))
    ask(village)


def test_an_undone_application_leaves_room_for_a_new_one(village: Village) -> None:
    ask(village)
    village.file.undo(village.file.steps(limit=1)[0].id)
    assert booked(village).points == 5


def test_evidence_is_needed_where_the_rule_says_so(village: Village) -> None:
    with (
        pytest.raises(NotAllowed, match="要有依据"),
        village.file.writing("points.apply_for_many") as session,
    ):
        actions.apply_for_many(
            session,
            set_id=village.set_id,
            wanted=(actions.Wanted(village.households["李四"], village.items["H1"], 5),),
            event="7月检查",
            happened_on=JULY,
            evidence=" ",
        )
    check(village, ask(village, "H3", points=2, evidence=""))


def test_the_list_stands_by_group_and_tells_what_waits(village: Village) -> None:
    booked(village)
    ask(village, "H3", who="李四", points=3)
    with village.file.reading() as session:
        rows = lookups.standings(session, set_id=village.set_id, period="2026")
    assert [(row.group, row.name, row.points, row.waiting) for row in rows] == [
        ("一组", "王强家", 60, 0),
        ("二组", "李四家", 60, 1),
        ("三组", "张大山家", 65, 0),
    ]


def test_probationary_members_get_points_too(village: Village) -> None:
    rules = dataclasses.replace(RULES, name="党员积分", subject=SubjectKind.PARTY_MEMBER)
    with village.file.writing("points.add_rule_set") as session:
        set_id = actions.add_rule_set(session, rules=rules)
    with village.file.reading() as session:
        rows = lookups.standings(session, set_id=set_id, period="2026")
    # A member belongs to the group of the household.
    assert [(row.group, row.name) for row in rows] == [("一组", "王强")]


def test_a_set_that_crosses_a_red_line_is_not_kept(village: Village) -> None:
    bad = Item("X", "乡风", "越级上访", -20, -20)
    rules = dataclasses.replace(RULES, name="新办法", items=(*RULES.items, bad))
    assert "信访" in refused(village.file, lambda s: actions.add_rule_set(s, rules=rules))
    assert "信访" in refused(village.file, lambda s: actions.add_item(s, set_id=village.set_id, item=bad))
    assert "分红" in refused(
        village.file,
        lambda s: actions.change_rule_set(
            s, set_id=village.set_id, seen="", rules=dataclasses.replace(RULES, used_for="与集体分红挂钩")
        ),
    )


def test_items_are_added_changed_and_dropped_and_booked_lines_stay(village: Village) -> None:
    booked(village)
    with village.file.reading() as session:
        row = lookups.one_rule_set(session, village.set_id).items[0]
    with village.file.writing("points.change_item") as session:
        actions.change_item(
            session, item_id=row.id, seen=row.seen, item=dataclasses.replace(row.item, text="房前屋后整洁", cap=20)
        )
    assert "已经用过" in refused(
        village.file, lambda s: actions.add_item(s, set_id=village.set_id, item=dataclasses.replace(row.item))
    )
    with village.file.writing("points.drop_item") as session:
        actions.drop_item(session, item_id=row.id)
    refused(village.file, lambda s: actions.drop_item(s, item_id=row.id), NotFound)
    assert card(village).entries[0].text == "门前整洁"
    assert card(village).balance == 65
    with village.file.writing("points.add_item") as session:
        actions.add_item(session, set_id=village.set_id, item=Item("H9", "公益志愿", "调解纠纷", 2, 2, Often.EVENT))
    with village.file.reading() as session:
        codes = [each.item.code for each in lookups.one_rule_set(session, village.set_id).items]
    assert codes == ["H2", "H3", "H9"]


def test_the_name_of_a_set_is_used_once(village: Village) -> None:
    assert "已经有了" in refused(village.file, lambda s: actions.add_rule_set(s, rules=RULES))


def test_sums_that_two_laptops_drove_over_the_cap_are_listed(village: Village) -> None:
    booked(village, "H3", points=10)
    with village.file.reading() as session:
        assert lookups.findings(session, set_id=village.set_id) == ()
        row = lookups.one_rule_set(session, village.set_id)
    with village.file.writing("points.change_rule_set") as session:
        actions.change_rule_set(
            session,
            set_id=village.set_id,
            seen=row.seen,
            rules=dataclasses.replace(RULES, cap=65, areas=(Area("环境卫生", opening=10, floor=0),)),
        )
    with village.file.reading() as session:
        (told,) = lookups.findings(session, set_id=village.set_id)
    assert told == "张大山家2026年合计70分，超过上限65分，请核对后更正多记的一笔。"


def test_a_ledger_line_is_never_changed_and_its_step_never_undone(village: Village) -> None:
    booked(village)
    with pytest.raises(NotAllowed, match="不能撤销"):
        village.file.undo(village.file.steps(limit=1)[0].id)
    before = village.file.digest()
    village.file.rebuild()
    assert village.file.digest() == before
    assert village.file.verify() == []
