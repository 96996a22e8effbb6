"""Sums of a period and what must hold before it is closed: every refusal names the amounts and their difference."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date

LARGEST_FEN = 10**14


class SheetState(StrEnum):
    """Being filled; closed with its sums; published for good."""

    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


STATE_WORDS = {SheetState.OPEN: "编制中", SheetState.CLOSED: "已结账", SheetState.PUBLISHED: "已公布"}


@dataclass(frozen=True)
class Sums:
    """A period in fen."""

    opening: int
    receipts: int
    payments: int

    @property
    def close(self) -> int:
        """What is left: opening + receipts − payments."""
        return self.opening + self.receipts - self.payments


@dataclass(frozen=True)
class LastClose:
    """The last published close before a period: which sheet, until when, how much, as corrected since."""

    sheet_id: str
    title: str
    until_on: dt.date
    close: int


def check_amount(amount: int, what: str) -> int:
    """An amount that a village can have. Raises NotAllowed."""
    if abs(amount) >= LARGEST_FEN:
        raise NotAllowed(f"{what}{yuan(amount)}元太大了。", "请核对是不是多打了几位。")
    return amount


def check_period(from_on: dt.date, until_on: dt.date) -> None:
    """A period that does not run backwards and is no longer than a year. Raises NotAllowed."""
    if until_on < from_on:
        raise NotAllowed(f"期间从{chinese_date(from_on)}到{chinese_date(until_on)}，日期倒过来了。", "请核对起止日期。")
    if (until_on - from_on).days > 366:
        raise NotAllowed(
            f"期间从{chinese_date(from_on)}到{chinese_date(until_on)}，超过一年。", "请按月、按季或按年分开编。"
        )


def check_entry(receipts: int, payments: int, where: str) -> None:
    """One line has one sum; a red-ink line is negative. Raises NotAllowed, naming the line."""
    if receipts and payments:
        raise NotAllowed(
            f"{where}收入{yuan(receipts)}元和支出{yuan(payments)}元填在同一笔上。", "一笔只填收入或支出，请分成两笔。"
        )
    if not receipts and not payments:
        raise NotAllowed(f"{where}没有金额。", "请在收入或支出里填金额；没有发生的不用登记。")
    check_amount(receipts or payments, where)


def check_opening(opening: int, last: LastClose | None, reason: str) -> None:
    """The opening is the last published close; the first one of all needs its reason. Raises NotAllowed."""
    if last is None:
        if not reason:
            raise NotAllowed(
                f"这是第一次在本软件里公开财务，期初{yuan(opening)}元没有写来源。",
                "请写明来源，例如“按镇代理记账中心2025年12月31日账面余额结转”。",
            )
        return
    if opening != last.close:
        more = "多" if opening > last.close else "少"
        raise NotAllowed(
            f"期初{yuan(opening)}元，比上期（到{chinese_date(last.until_on)}）公布的期末{yuan(last.close)}元"
            f"{more}{yuan(abs(opening - last.close))}元。",
            "请核对；若是上期公布错了，请先出更正公告。",
        )


def check_follows(from_on: dt.date, last: LastClose | None) -> None:
    """A period begins the day after the last published one. Raises NotAllowed for a gap or an overlap."""
    if last is None or from_on == last.until_on + dt.timedelta(days=1):
        return
    if from_on <= last.until_on:
        raise NotAllowed(
            f"这一期从{chinese_date(from_on)}起，和已经公布到{chinese_date(last.until_on)}的那一期重叠了。",
            f"请把起始日期改为{chinese_date(last.until_on + dt.timedelta(days=1))}。",
        )
    days = (from_on - last.until_on).days - 1
    raise NotAllowed(
        f"上期公布到{chinese_date(last.until_on)}，这一期从{chinese_date(from_on)}起，中间{days}天没有公开。",
        "请先补编中间的一期，或把起始日期提前，接上上一期。",
    )


def check_precedes(until_on: dt.date, close: int, *, title: str, from_on: dt.date, opening: int) -> None:
    """A period filled in before a closed one, whose title, first day and opening are given, ends where that begins.

    Raises NotAllowed for a gap between them, or with both sums.
    """
    before = from_on - dt.timedelta(days=1)
    if until_on != before:
        raise NotAllowed(
            f"这一期到{chinese_date(until_on)}为止，后面的《{title}》从{chinese_date(from_on)}起，中间没有接上。",
            f"请把结束日期改为{chinese_date(before)}。",
        )
    if close != opening:
        raise NotAllowed(
            f"期末{yuan(close)}元，比后面《{title}》的期初{yuan(opening)}元"
            f"{'多' if close > opening else '少'}{yuan(abs(close - opening))}元。",
            "请核对；后面那一期已经结账，它的期初不能再动。",
        )


def check_balance(sums: Sums, close: int, cash: int | None, bank: int | None) -> None:
    """opening + receipts − payments = close; cash + bank = close; none below zero. Raises NotAllowed with the sums."""
    if sums.close != close:
        apart = close - sums.close
        raise NotAllowed(
            f"账不平：期初{yuan(sums.opening)}元，加收入{yuan(sums.receipts)}元，减支出{yuan(sums.payments)}元，"
            f"应为{yuan(sums.close)}元，填的期末是{yuan(close)}元，{'多' if apart > 0 else '少'}{yuan(abs(apart))}元。",
            "请核对漏记、重记的一笔，或期末金额。",
        )
    if cash is None or bank is None:
        return
    if cash < 0 or bank < 0:
        raise NotAllowed(
            f"库存现金{yuan(cash)}元、银行存款{yuan(bank)}元，不能是负数。", "请核对；垫付的记入债权债务，不冲现金。"
        )
    if cash + bank != close:
        apart = cash + bank - close
        raise NotAllowed(
            f"现金{yuan(cash)}元加银行存款{yuan(bank)}元是{yuan(cash + bank)}元，"
            f"比期末结余{yuan(close)}元{'多' if apart > 0 else '少'}{yuan(abs(apart))}元。",
            "请对照现金盘点和银行对账单，照实填写。",
        )


def running(opening: int, amounts: Sequence[int]) -> list[int]:
    """The balance after each line; amounts are receipts above and payments below zero."""
    found = []
    for amount in amounts:
        opening += amount
        found.append(opening)
    return found
