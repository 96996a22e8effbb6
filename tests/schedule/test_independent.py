"""Counting of days over every day of 2024 to 2027 against a reckoning of its own, and packs that cannot be right."""

import datetime as dt

import pytest

from village_desk.rulebook.rules import PackError, Rulebook, pack_from_files, shipped_packs
from village_desk.schedule.rules import HolidayCalendar, add_working_days, deadline

CALENDAR = HolidayCalendar(Rulebook(shipped_packs(), "320924103205").holidays)
HEAD = """issuer = "town"
pack = "days"
title = "放假安排"
version = "1"
law_version = "通知"
region = "local"
valid_from = 2024-01-01
"""

# Typed from the notices of the State Council a second time: "MMDD-MMDD" is off, "+MMDD" is worked. 2027 has only
# its statutory days.
NOTICES = {
    2024: "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007 +0204 +0218 +0407 +0428 +0511 +0914 +0929 +1012",
    2025: "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008 +0126 +0208 +0427 +0928 +1011",
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007 +0104 +0214 +0228 +0509 +0920 +1010",
    2027: "0101 0205-0208 0405 0501-0502 0609 0915 1001-1003",
}


def worked_days() -> list[bool]:
    """For every day from 2024-01-01 to 2028-12-31 whether people work, by ordinal arithmetic and strings only."""
    table = []
    start = dt.date(2024, 1, 1).toordinal()
    for number in range(start, dt.date(2028, 12, 31).toordinal() + 1):
        day = dt.date.fromordinal(number)
        sign = f"{day:%m%d}"
        words = NOTICES.get(day.year, "").split()
        off = any(word.split("-")[0] <= sign <= word.split("-")[-1] for word in words if not word.startswith("+"))
        made_up = f"+{sign}" in words
        weekend = (number - 1) % 7 >= 5
        table.append(made_up or not (off or weekend))
    return table


def test_every_day_of_four_years_counts_as_an_independent_reckoning_says() -> None:
    worked = worked_days()
    start = dt.date(2024, 1, 1).toordinal()
    before = [0]
    for one in worked:
        before.append(before[-1] + one)
    days = [number for number, one in enumerate(worked) if one]
    for number in range((dt.date(2027, 12, 31).toordinal() - start) + 1):
        day = dt.date.fromordinal(start + number)
        if day.year < 2028 and (day.year, day.month) < (2027, 12):
            assert CALENDAR.is_day_off(day) is not worked[number], day
            # Five working days: the fifth worked day behind this one.
            fifth = days[before[number + 1] + 4]
            assert add_working_days(day, 5, CALENDAR) == dt.date.fromordinal(start + fifth), day
            end = number + 15
            while not worked[end]:
                end += 1
            assert deadline(day, 15, CALENDAR).last == dt.date.fromordinal(start + end), day


def test_a_later_notice_takes_the_place_of_the_computed_year() -> None:
    text = """[[year]]
year = 2027
source = "国务院办公厅通知"
work = [2027-10-09]
off = [{ name = "国庆节", first = 2027-10-01, last = 2027-10-07 }]
"""
    pack = pack_from_files({"pack.toml": HEAD, "holidays.toml": text})
    book = Rulebook((*shipped_packs(), pack), "320924103205")
    calendar = HolidayCalendar(book.holidays)
    assert calendar.is_announced(2027)
    assert calendar.remark(2027) == ""
    assert calendar.is_day_off(dt.date(2027, 10, 6))
    assert not CALENDAR.is_day_off(dt.date(2027, 10, 6))


@pytest.mark.parametrize(
    ("off", "work", "said"),
    [
        (
            '{ name = "国庆节", first = 2027-10-01, last = 2027-10-07 }, '
            '{ name = "中秋节", first = 2027-10-07, last = 2027-10-08 }',
            "",
            "“国庆节”和“中秋节”有几天重叠",
        ),
        ('{ name = "国庆节", first = 2027-10-01, last = 2027-10-07 }', "2027-10-02", "里的2027-10-02又写在放假日里"),
        ('{ name = "国庆节", first = 2027-10-01, last = 2027-10-07 }', "2027-10-12", "不是2027年的周六或周日"),
        ('{ name = "国庆节", first = 2026-10-01, last = 2026-10-07 }', "", "“国庆节”不在2027年"),
    ],
)
def test_a_wrong_list_of_holidays_is_refused_with_its_place(off: str, work: str, said: str) -> None:
    text = f'[[year]]\nyear = 2027\nsource = "通知"\nwork = [{work}]\noff = [{off}]\n'
    with pytest.raises(PackError) as caught:
        pack_from_files({"pack.toml": HEAD, "holidays.toml": text})
    assert said in caught.value.troubles[0].sentence
    assert "第1行（2027）" in caught.value.troubles[0].sentence
