"""Rule sets, entries and workbooks that cannot be right: a whole sentence each, and nothing is kept."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests.points.conftest import RULES, Village
from village_desk.kit.errors import DeskError
from village_desk.points import actions
from village_desk.points.records import PointApplication, PointEntry, PointItem, PointRuleSet
from village_desk.points.rules.numbers import points_typed
from village_desk.points.rules.sets import Area, Band, Item, Period, RuleSet, SubjectClass, YearEnd

GOOD = dataclasses.replace(RULES, name="新办法")
ITEM = GOOD.items[0]

WRONG_SETS: tuple[tuple[RuleSet, str], ...] = (
    (
        dataclasses.replace(GOOD, bands=(Band("优秀", 80, None), Band("合格", 60, 80))),
        "等次“优秀”（80分以上（含））和“合格”（60分到80分）重叠，同一个分数会落进两个等次。请让前一等的终点比后一等的起点低。",
    ),
    (
        dataclasses.replace(GOOD, items=(dataclasses.replace(ITEM, cap=4),)),
        "“门前整洁”一次至少记5分，上限却只有4分，一次也记不上。请把上限改到不低于一次的分数。",
    ),
    (
        dataclasses.replace(GOOD, areas=(Area("环境卫生", cap=3),), items=(dataclasses.replace(ITEM, cap=None),)),
        "类别“环境卫生”的上限是3分，“门前整洁”一次就要记5分，一次也记不满。请提高类别的上限，或减少一次的分数。",
    ),
    (
        dataclasses.replace(GOOD, items=(dataclasses.replace(ITEM, classes=("积极",)),)),
        "“门前整洁”写着适用于“积极”，《新办法》里没有这一类（还没有设分类）。请核对写法，或先添加这一类。",
    ),
    (
        dataclasses.replace(GOOD, classes=(SubjectClass("骨干"),), bands=(Band("优秀", 80, None, "", ("老党员",)),)),
        "等次“优秀”写着适用于“老党员”，《新办法》里没有这一类（只有骨干）。请核对写法，或先添加这一类。",
    ),
    (
        dataclasses.replace(GOOD, year_end=YearEnd.PART, carry_num=3, carry_den=2),
        "年底结转的比例填的是3/2。按比例结转请填一个小于1的分数，例如 1/2。",
    ),
    (
        dataclasses.replace(GOOD, year_end=YearEnd.CARRY, carry_to="没有的办法"),
        "年底要结转到《没有的办法》，可是没有这份办法。请先建立那一份，或把结转去向空着（转入本办法）。",
    ),
    (
        dataclasses.replace(GOOD, opening_days=("w8",)),
        "兑换开放日“w8”看不懂。请选每周几或每月几日。",
    ),
    (
        dataclasses.replace(GOOD, cap=40),
        "《新办法》的起始分60分不在上限和下限之间。请核对起始分、上限和下限。",
    ),
)


def counts(village: Village) -> tuple[int, ...]:
    tables = (PointRuleSet, PointItem, PointApplication, PointEntry)
    with village.file.reading() as session:
        return tuple(session.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


@pytest.mark.parametrize(("rules", "told"), WRONG_SETS)
def test_a_set_that_cannot_be_right_is_refused_in_a_sentence(village: Village, rules: RuleSet, told: str) -> None:
    before = counts(village)
    with pytest.raises(DeskError) as refusal, village.file.writing("points.add_rule_set") as session:
        actions.add_rule_set(session, rules=rules)
    assert str(refusal.value) == told
    assert counts(village) == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0.5", "积分只记整数，“0.5”带了小数。请改成整数；办法里有半分的，请用记到0.1分的办法。"),
        ("五分", "“五分”不是分数。请只填数字，例如 5 或 -2。"),
        ("999999", "一次记999999分太大了，多半是输错了。一次最多记100000分，请核对。"),
    ],
)
def test_points_that_cannot_be_right_are_refused_in_a_sentence(typed: str, told: str) -> None:
    with pytest.raises(DeskError) as refusal:
        points_typed(typed)
    assert str(refusal.value) == told


def test_an_entry_outside_the_time_of_its_set_or_item_is_refused(village: Village) -> None:
    dated = dataclasses.replace(
        GOOD,
        period=Period.YEAR,
        valid_from=dt.date(2026, 3, 1),
        valid_to=dt.date(2026, 7, 20),
        items=(dataclasses.replace(ITEM, valid_from=dt.date(2026, 5, 1)), Item("Z", "公益志愿", "清淤", 1, 1)),
    )
    with village.file.writing("points.add_rule_set") as session:
        set_id = actions.add_rule_set(session, rules=dated)
        items = {one.code: one.id for one in session.scalars(select(PointItem).where(PointItem.set_id == set_id))}
    before = counts(village)
    for code, day, told in (
        (
            "Z",
            dt.date(2026, 2, 28),
            "《新办法》从2026年3月1日起执行，2月28日的事不能按它记分。请核对日期，或按当时的办法记。",
        ),
        (
            "Z",
            dt.date(2026, 7, 21),
            "《新办法》到2026年7月20日为止，7月21日的事不能按它记分。请核对日期，或按现在的办法记。",
        ),
        ("H1", dt.date(2026, 4, 30), "“门前整洁”在2026年4月30日不适用。请换一条当天有效的项目，或核对日期。"),
        ("Z", dt.date(2026, 8, 2), "事情的日期填的是2026年8月2日，今天才2026年8月1日。请填事情实际发生的日期。"),
    ):
        with pytest.raises(DeskError) as refusal, village.file.writing("points.apply_for_points") as session:
            actions.apply_for_points(
                session,
                set_id=set_id,
                item_id=items[code],
                subject_id=village.households["王强"],
                points=5 if code == "H1" else 1,
                event="检查",
                happened_on=day,
                evidence="现场",
            )
        assert str(refusal.value) == told
    assert counts(village) == before


def test_a_workbook_with_doubled_names_takes_neither_of_them(village: Village, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("户主", "积分"), ("王强", 3), ("王强", 3)):
        book.active.append(row)
    book.save(tmp_path / "余分.xlsx")
    with pytest.raises(DeskError) as refusal, village.file.writing("points.take_over_workbook") as session:
        actions.take_over_workbook(
            session, set_id=village.set_id, on=dt.date(2026, 7, 1), path=str(tmp_path / "余分.xlsx")
        )
    assert str(refusal.value) == ("一组王强家写了2次（第2行、第3行），不知道以哪个为准，没有转入。请改好表格再导入。")
