"""Words as people write them: dates without leading zeros, widths, clean input."""

import datetime as dt
import unicodedata

WEEKDAYS = "一二三四五六日"


def chinese_date(day: dt.date) -> str:
    """2026年1月5日: Arabic figures, whole year, no leading zero (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_date_weekday(day: dt.date) -> str:
    """2026年1月15日（周四）."""
    return f"{chinese_date(day)}（周{WEEKDAYS[day.weekday()]}）"


def short_date(day: dt.date) -> str:
    """1月5日, for sentences in which the year is clear."""
    return f"{day.month}月{day.day}日"


def half_width(text: str) -> str:
    """Full-width figures, letters and signs turned into half-width ones; Chinese marks stay."""
    return "".join(
        chr(ord(ch) - 0xFEE0) if "\uff01" <= ch <= "\uff5e" and (ch.isalnum() or ch in "－／．：＃＊＋") else ch
        for ch in text
    ).replace("\u3000", " ")


def tidy(text: str) -> str:
    """Typed text without spaces at its ends or invisible characters, in NFC as it is stored.

    NFC folds a compatibility ideograph such as U+F92C into the common character of the same shape, so that a
    name is found however it was typed. NFKC would also change characters that look different, so it is never used.
    """
    visible = "".join(ch for ch in text if unicodedata.category(ch) not in {"Cf", "Cc"} or ch in "\n\t")
    return unicodedata.normalize("NFC", visible).strip(" \u3000\u00a0\t\r\n")


def percent(part: int, whole: int) -> str:
    """46.6%, cut off at one decimal, so that 98% is not reached by rounding; 没有基数 where nothing is counted."""
    if not whole:
        return "没有基数"
    thousandths = part * 1000 // whole
    return f"{thousandths // 10}.{thousandths % 10}%".replace(".0%", "%")


def display_width(text: str) -> int:
    """Columns that a text takes where a Chinese character counts two and a combining mark none."""
    return sum(
        0 if unicodedata.category(ch) in {"Mn", "Me", "Cf"} else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )
