"""Dates as people write them, widths, and clean input."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.text import chinese_date, chinese_date_weekday, display_width, half_width, short_date, tidy


def test_dates_have_the_whole_year_and_no_leading_zero() -> None:
    assert chinese_date(dt.date(2026, 1, 5)) == "2026年1月5日"
    assert chinese_date(dt.date(2026, 12, 31)) == "2026年12月31日"
    assert short_date(dt.date(2026, 1, 5)) == "1月5日"


def test_the_weekday_stands_behind_the_date() -> None:
    assert chinese_date_weekday(dt.date(2026, 1, 15)) == "2026年1月15日（周四）"
    assert chinese_date_weekday(dt.date(2026, 1, 18)) == "2026年1月18日（周日）"


def test_full_width_figures_become_half_width_and_chinese_marks_stay() -> None:
    assert half_width("１９６８．０３－Ａｘ") == "1968.03-Ax"
    assert half_width("张三\u3000（组长），男：") == "张三 （组长），男:"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  李四\u3000", "李四"),
        ("李\u200b四\ufeff", "李四"),
        ("\u202e李四\x00", "李四"),
        ("第一行\r\n第二行\t止\n", "第一行\n第二行\t止"),
        ("e\u0301", "é"),
        ("\uf92c", "\u90ce"),
        ("\U00020bb7", "\U00020bb7"),
        ("㎡Ａ①", "㎡Ａ①"),
    ],
)
def test_typed_text_is_kept_without_invisible_characters_and_in_one_form(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing_more(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


def test_a_chinese_character_takes_two_columns_and_a_mark_none() -> None:
    assert display_width("村A1") == 4
    assert display_width("（村）") == 6
    assert display_width("e\u0301") == 1
    assert display_width("葛\U000e0100") == 2
