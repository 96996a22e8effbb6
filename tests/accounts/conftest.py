"""A village file of its own for each test of the accounts, and workbooks as agencies make them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.files import new_village
from village_desk.store.file import VillageFile

TODAY = dt.date(2026, 7, 6)
FIRST, LAST = dt.date(2026, 4, 1), dt.date(2026, 6, 30)
REASON = "按镇代理记账中心2026年3月31日账面余额结转"


@pytest.fixture
def village(tmp_path: Path, other_laptop: Path) -> Iterator[VillageFile]:
    """An open file on the sixth of July 2026, with the clerk at the desk."""
    file = new_village(tmp_path, today=TODAY)
    yield file
    file.close()


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Write rows into the first sheet of a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def agency_rows(lines: int, *, opening: int = 1_234_050) -> list[list[Any]]:
    """An agency's table with title, head, opening, lines and 合计; amounts in yuan as numbers."""
    rows: list[list[Any]] = [
        ["东河村2026年第二季度收支明细表"],
        ["序号", "日期", "凭证字号", "摘要", "科目名称", "借方金额", "贷方金额", "余额", "经手人", "审批人", "备注"],
        ["", "", "", "期初余额", "", "", "", opening / 100, "", "", ""],
    ]
    balance, receipts, payments = opening, 0, 0
    for number in range(1, lines + 1):
        day = dt.date(2026, 4, 1) + dt.timedelta(days=(number - 1) * 90 // lines)
        amount = 10_000 + number * 37
        if number % 3 == 1:
            words, account, into, out = f"收第{number}笔鱼塘租金", "经营收入", amount * 3, 0
        else:
            words, account, into, out = f"支付第{number}笔路灯电费", "管理费用", 0, amount
        balance += into - out
        receipts, payments = receipts + into, payments + out
        rows.append(
            [
                number,
                day,
                f"记-{number}",
                words,
                account,
                into / 100 or "",
                out / 100 or "",
                balance / 100,
                "王强",
                "李建国",
                "",
            ]
        )
    rows.append(["", "", "", "合计", "", receipts / 100, payments / 100, "", "", "", ""])
    rows.append(["", "", "", "期末余额", "", "", "", balance / 100, "", "", ""])
    return rows
