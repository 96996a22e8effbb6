"""What may stand on the wall, go to the township, or stay on the desk."""

from hypothesis import given
from hypothesis import strategies as st

from village_desk.people.rules.masking import Audience, Private, masked, masked_identity, masked_name

NUMBER = "41052319680305123X"


def test_trap_17_no_identity_number_reaches_the_wall() -> None:
    assert masked(Private.IDENTITY, NUMBER, Audience.BOARD) == ""
    assert masked(Private.IDENTITY, NUMBER, Audience.INTERNAL) == "410523********123X"
    assert masked(Private.IDENTITY, NUMBER, Audience.TOWNSHIP) == NUMBER


@given(st.from_regex(r"\d{17}[\dX]", fullmatch=True))
def test_a_masked_number_never_shows_the_birth_part(number: str) -> None:
    assert masked_identity(number)[6:14] == "*" * 8


def test_phones_on_the_wall_unless_they_are_duty_phones() -> None:
    assert masked(Private.PHONE, "13812345678", Audience.BOARD) == "138****5678"
    assert masked(Private.PHONE, "13812345678", Audience.BOARD, duty=True) == "13812345678"
    assert masked(Private.PHONE, "13812345678", Audience.INTERNAL) == "13812345678"


def test_bank_cards_show_their_tail_only_everywhere() -> None:
    for audience in Audience:
        assert masked(Private.BANK_CARD, "6228480402564890018", audience) == "尾号0018"


def test_protected_people_lose_their_given_name_on_the_wall() -> None:
    assert masked(Private.NAME, "李建国", Audience.BOARD, protected=True) == "李*"
    assert masked(Private.NAME, "李建国", Audience.BOARD) == "李建国"
    assert masked(Private.NAME, "李建国", Audience.INTERNAL, protected=True) == "李建国"
    assert masked_name("欧阳建国") == "欧阳*"
    assert masked_name("阿依古丽·买买提") == "阿依古丽·*"


def test_health_and_house_numbers_never_reach_the_wall() -> None:
    assert masked(Private.HEALTH, "肢体二级", Audience.BOARD) == ""
    assert masked(Private.ADDRESS, "三组12号", Audience.BOARD) == ""
    assert masked(Private.BIRTH, "1968-03-05", Audience.BOARD) == "1968"
