"""Older sums from a workbook: names found in the register; doubled, unknown and unreadable rows told one by one."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.points.conftest import Village
from village_desk.kit.errors import FileTrouble
from village_desk.points import actions, lookups

JULY = dt.date(2026, 7, 1)


def workbook(path: Path, *rows: tuple[object, ...]) -> str:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def test_rows_are_taken_over_and_each_wrong_one_gets_its_sentence(village: Village, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "积分.xlsx",
        ("2025年积分登记表",),
        ("组别", "户主", "积分"),
        ("三组", "张大山", 12),
        ("一组", "王强", 3),
        ("一组", "王强家", 4),
        ("二组", "李四", "2.5"),
        ("五组", "没有人", 8),
    )
    with village.file.writing("points.take_over_workbook") as session:
        done = actions.take_over_workbook(session, set_id=village.set_id, on=JULY, path=path)
    assert done.done == (village.households["张大山"],)
    assert done.left == (
        "第6行李四：积分只记整数，“2.5”带了小数。请改成整数；办法里有半分的，请用记到0.1分的办法。",
        "第7行没有人在名册里找不到，没有转入；请核对姓名和组别。",
        "一组王强家写了2次（第4行、第5行），不知道以哪个为准，没有转入。",
    )
    with village.file.reading() as session:
        found = lookups.card(session, set_id=village.set_id, subject_id=village.households["张大山"], period="2026")
    assert found.why == "2026年合计72分：起始分60分，原有积分转入12分，加0分，减0分（共1笔）。"
    with village.file.writing("points.take_over_workbook") as session:
        again = actions.take_over_workbook(
            session,
            set_id=village.set_id,
            on=JULY,
            path=workbook(tmp_path / "再.xlsx", ("户主", "积分"), ("张大山", 1), ("李四", 2)),
        )
    assert again.left == ("三组张大山家的原有积分已经转入过，没有再转。",)


def test_a_workbook_without_the_two_columns_says_which_heads_it_needs(village: Village, tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", ("甲", "乙"), ("1", "2"))
    with pytest.raises(FileTrouble, match="没有找到姓名和积分两栏"):
        with village.file.writing("points.take_over_workbook") as session:
            actions.take_over_workbook(session, set_id=village.set_id, on=JULY, path=path)
    (tmp_path / "y.xlsx").write_bytes(b"no workbook")
    with pytest.raises(FileTrouble, match="读不出来"):
        with village.file.writing("points.take_over_workbook") as session:
            actions.take_over_workbook(session, set_id=village.set_id, on=JULY, path=str(tmp_path / "y.xlsx"))
