"""Figures of finance: an agency's workbook of 6,000 lines taken in and printed; the peer only reads it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from tests.benchmarks.frame import Figure, timed
from tests.benchmarks.villages import new_village
from village_desk.accounts import actions, lookups, printout

LINES = 6000
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of finance."""
    path = folder / "agency.xlsx"
    _write(path)
    file = new_village(folder / "accounts")
    with file.writing("accounts.begin_period") as session:
        sheet = actions.begin_period(session, from_on=FIRST, until_on=LAST, opening_fen=10**9, opening_reason="结转")

    def take_in() -> None:
        reading = actions.read_workbook(path, from_on=FIRST, until_on=LAST)
        with file.writing("accounts.take_in_entries") as session:
            actions.take_in_entries(session, sheet_id=sheet, reading=reading)

    ours, peer = timed(take_in), timed(lambda: _read_only(path))
    words = "finance workbook of 6,000 lines read, checked, taken in"
    yield Figure(words, ours, 2.0, "s", "openpyxl, reading only", peer)
    with file.writing("accounts.close_period") as session:
        close = lookups.one_sheet(session, sheet).sums.close
        actions.close_period(session, sheet_id=sheet, close_fen=close, cash_fen=0, bank_fen=close)
    with file.reading() as session:
        detail = lookups.one_sheet(session, sheet)
    yield Figure("the same printed with sums of each page", timed(lambda: printout.finance_sheets(detail)), 6.0)
    file.close()


def _write(path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["日期", "凭证号", "摘要", "收入", "支出", "经手人", "审批人"])
    for number in range(LINES):
        day = FIRST + dt.timedelta(days=number * 364 // LINES)
        amount: list[Any] = ["", 100 + number / 100] if number % 3 else [300 + number / 100, ""]
        sheet.append([day, f"记-{number + 1}", f"第{number + 1}笔路灯电费", *amount, "王强", "李建国"])
    book.save(path)


def _read_only(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
