"""The identity number: GB 11643, its look-alikes, and what is wrong in words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.people.rules.identity import check_character, check_identity, clean_identity
from village_desk.people.rules.words import Sex

birthdays = st.dates(dt.date(1900, 1, 1), dt.date(2026, 3, 14))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Valid numbers of any area and day."""
    area = draw(st.integers(110000, 659999))
    first_17 = f"{area}{draw(birthdays):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first_17 + check_character(first_17)


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("11010519491231002X", dt.date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", dt.date(1880, 1, 1), Sex.MALE),
    ],
)
def test_the_examples_of_the_standard_pass(number: str, birth: dt.date, sex: Sex) -> None:
    found = check_identity(number)
    assert (found.fault, found.birth, found.sex) == ("", birth, sex)


@given(numbers())
def test_a_valid_number_gives_its_birth_and_sex(number: str) -> None:
    found = check_identity(number)
    assert found.fault == ""
    assert found.birth == dt.date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    assert (found.sex is Sex.MALE) == (int(number[16]) % 2 == 1)


@given(numbers(), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, place: int, by: int) -> None:
    if number[place] == "X":
        wrong = number[:place] + str(by)
    else:
        wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert check_identity(wrong).fault != ""


@given(numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_are_always_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert check_identity(swapped).fault != ""


@given(numbers())
def test_trap_20_full_width_spaces_and_lower_case_change_nothing(number: str) -> None:
    wide = number.lower().translate(str.maketrans("0123456789x", "０１２３４５６７８９ｘ"))
    assert clean_identity(f" {wide[:6]}　{wide[6:14]}-{wide[14:]}\n") == number


def test_trap_20_an_abolished_area_code_is_no_fault() -> None:
    first_17 = "51102319680305123"
    assert check_identity(first_17 + check_character(first_17)).fault == ""


def test_fifteen_digits_become_eighteen() -> None:
    found = check_identity("130503670401001")
    assert (found.number, found.converted) == ("130503196704010016", True)
    # People who were a hundred when numbers were given out have these order numbers.
    assert check_identity("130503860401998").number.startswith("13050318860401998")


@pytest.mark.parametrize(
    ("typed", "words", "may_keep"),
    [
        ("", "身份证号是空的。", False),
        ("41052319680305", "身份证号应为18位，这里是14位，少了4位。", False),
        ("4105231968030512345", "身份证号应为18位，这里是19位，多了1位。", False),
        ("41052319680230123X", "身份证号里的出生日期19680230不存在。", True),
        ("110105194912310021", "身份证号校验不符，至少有一位写错了。", True),
        ("32092419680317O484", "身份证号里有“O”，只能有数字，末位可以是X。", False),
        ("329924196803177000", "身份证号末三位是000而且校验不符，像是被表格软件抹掉了末几位。", False),
    ],
)
def test_faults_are_told_in_words(typed: str, words: str, may_keep: bool) -> None:
    found = check_identity(typed)
    assert (found.fault, found.may_keep) == (words, may_keep)


@given(st.text(max_size=24))
def test_nothing_that_is_typed_breaks_the_check(typed: str) -> None:
    found = check_identity(typed)
    assert found.fault or len(found.number) == 18
