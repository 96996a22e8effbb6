"""Dates, names, groups and words as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.people.rules.dates import age_on, birth_words, birthday_18, read_birth
from village_desk.people.rules.names import check_name, surname_of
from village_desk.people.rules.persons import check_person, check_phone
from village_desk.people.rules.words import (
    Kinship,
    Political,
    Sex,
    group_order,
    looks_like_group,
    read_group,
    read_kinship,
    read_people,
    read_political,
    read_sex,
)

TODAY = dt.date(2026, 3, 14)
days = st.dates(dt.date(1900, 1, 1), dt.date(2026, 3, 14))


@given(days)
def test_every_usual_way_of_writing_a_day_means_that_day(day: dt.date) -> None:
    y, m, d = day.year, day.month, day.day
    for text in (
        f"{y}-{m}-{d}",
        f"{y}/{m:02d}/{d:02d}",
        f"{y}.{m}.{d}",
        f"{y}年{m}月{d}日",
        f"{y}{m:02d}{d:02d}",
        f" {y}－{m}－{d}　".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        f"{y}-{m:02d}-{d:02d} 00:00:00",
    ):
        assert read_birth(text).text == day.isoformat(), text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1968.03", "1968-03"),
        ("196803", "1968-03"),
        ("1968年3月", "1968-03"),
        ("1968年", "1968"),
        ("1968", "1968"),
        ("一九六八年三月五日", "1968-03-05"),
        ("一九八〇年十二月二十三日", "1980-12-23"),
    ],
)
def test_a_month_or_a_year_alone_is_kept_as_it_is_known(typed: str, text: str) -> None:
    assert read_birth(typed).text == text


@pytest.mark.parametrize("typed", ["1968-2-30", "68-3-5", "农历六月初五", "不详", "1968-13-1", "19681", "3月5日", ""])
def test_what_is_no_date_is_told(typed: str) -> None:
    found = read_birth(typed)
    assert found.text == ""
    assert found.fault.endswith("。")


def test_eighteen_is_reached_on_the_birthday() -> None:
    assert birthday_18("2008-03-14") == TODAY
    assert birthday_18("2008-02-29") == dt.date(2026, 3, 1)
    # Of an unknown day the last one of the month is safe, of an unknown month the year's end.
    assert birthday_18("2008-03") == dt.date(2026, 4, 1)
    assert birthday_18("2008-12") == dt.date(2027, 1, 1)
    assert birthday_18("2008") == dt.date(2027, 1, 1)


def test_age_counts_whole_years() -> None:
    assert age_on("2008-03-15", TODAY) == 17
    assert age_on("2008-03-14", TODAY) == 18
    assert age_on("1968", TODAY) == 57
    assert age_on("", TODAY) is None


def test_a_birth_date_is_read_back_without_leading_zeros() -> None:
    assert [birth_words(text) for text in ("1968-03-05", "1968-03", "1968", "")] == [
        "1968年3月5日",
        "1968年3月",
        "1968年",
        "未登记",
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王　伟", "王伟"),
        (" 王 小 二 ", "王小二"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ． 买买提", "阿依古丽·买买提"),
        ("巴特尔.赛音", "巴特尔·赛音"),
        ("李㛃", "李㛃"),
        ("陈𬭎", "陈𬭎"),
        ("王\ue863", "王䶮"),
        ("王\u200b伟", "王伟"),
        ("John  Smith", "John Smith"),
    ],
)
def test_names_are_cleaned_and_rare_characters_stay(typed: str, name: str) -> None:
    found = check_name(typed)
    assert (found.name, found.fault) == (name, "")


@pytest.mark.parametrize("typed", ["", "王?", "李□", "王\ufffd", "王伟2", "张三/李四", "王\ue001"])
def test_a_damaged_name_is_refused(typed: str) -> None:
    assert check_name(typed).fault


def test_compound_surnames_are_known() -> None:
    assert [surname_of(name) for name in ("尉迟恭", "欧阳修", "王伟", "欧阳", "阿依古丽·买买提")] == [
        "尉迟",
        "欧阳",
        "王",
        "欧",
        "阿依古丽",
    ]


@pytest.mark.parametrize("typed", ["3组", "第三村民小组", "三组", "三", "03", "3.0", "第3组", "３组", "三小组"])
def test_one_group_has_one_name(typed: str) -> None:
    assert read_group(typed) == "三组"


def test_groups_stand_in_their_order() -> None:
    names = ["十二组", "张家湾", "二组", "十组", "一组"]
    assert sorted(names, key=group_order) == ["一组", "二组", "十组", "十二组", "张家湾"]
    assert read_group("张家湾") == "张家湾"
    assert looks_like_group("第一村民小组")
    assert not looks_like_group("三")


def test_words_of_the_roster_are_understood() -> None:
    assert (read_sex("女性"), read_sex("Ｍ"), read_sex("不详")) == (Sex.FEMALE, Sex.MALE, None)
    assert (read_people("汉"), read_people("维吾尔族"), read_people("01"), read_people("汗")) == (
        "汉族",
        "维吾尔族",
        "汉族",
        None,
    )
    assert read_political("党员") is Political.PARTY_MEMBER
    assert read_political("中共预备党员") is Political.PROBATIONARY
    assert read_political("九三学社社员") is Political.OTHER_PARTY
    assert read_kinship("户　主") is Kinship.HEAD
    assert read_kinship("儿媳") is Kinship.DAUGHTER
    assert read_kinship("隔壁") is None


@pytest.mark.parametrize(
    ("typed", "number", "fault"),
    [
        ("138 0000 1234", "13800001234", ""),
        ("+86-13800001234", "13800001234", ""),
        ("13800001234、0515-88201234", "13800001234、051588201234", ""),
        ("1380000123", "", "手机号应为11位，还差1位。"),
        ("138000012345", "", "手机号应为11位，多了1位。"),
        ("无", "", "电话里有数字以外的字，请核对。"),
        ("12000001234", "", "手机号的前两位不对，请核对。"),
    ],
)
def test_phone_numbers_are_cleaned_or_told(typed: str, number: str, fault: str) -> None:
    found = check_phone(typed)
    assert (found.number, found.fault) == (number, fault)


def test_a_card_takes_birth_and_sex_from_the_number() -> None:
    found = check_person({"name": "王伟", "identity": "11010519491231002x", "sex": "", "birth": ""}, TODAY)
    assert found.problems == {}
    assert (found.values["sex"], found.values["birth"]) == ("female", "1949-12-31")


def test_a_wrong_but_official_number_is_kept_with_a_reason() -> None:
    wrong = {"name": "王伟", "identity": "110105194912310021"}
    assert "写明原因" in check_person(wrong, TODAY).problems["identity"]
    kept = check_person({**wrong, "identity_reason": "户口簿上就是这个号，派出所未改"}, TODAY)
    assert kept.problems == {}
    assert kept.values["identity_reason"]
    short = check_person({"name": "王伟", "identity": "1101051949", "identity_reason": "就是这样"}, TODAY)
    assert "少了8位" in short.problems["identity"]


def test_contradictions_are_named_at_their_field() -> None:
    number = "11010519491231002X"
    assert "第17位是女" in check_person({"name": "王伟", "identity": number, "sex": "male"}, TODAY).problems["sex"]
    birth = check_person({"name": "王伟", "identity": number, "birth": "1950-01-05"}, TODAY)
    assert "1949年12月31日" in birth.problems["birth"]
    assert check_person({"name": "王伟", "identity": number, "birth": "1949.12"}, TODAY).values["birth"] == "1949-12-31"
    assert check_person({"name": "王伟", "birth": "2026-03-15"}, TODAY).problems["birth"]
