"""What may stand on the wall, go to the township, or stay on the desk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.people.rules.masking import (
    Audience,
    Private,
    masked,
    masked_identity,
    masked_name,
    onlooker_words,
    private_numbers,
    screened,
)

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


def test_numbers_in_free_text_are_masked_for_their_readers() -> None:
    text = "本人11010519491231002X，电话13800001234，卡6228480402564890018。"
    assert screened(text, Audience.BOARD) == "本人110105********002X，电话138****1234，卡尾号0018。"
    assert screened(text, Audience.INTERNAL) == "本人110105********002X，电话13800001234，卡尾号0018。"
    assert screened(text, Audience.TOWNSHIP) == "本人11010519491231002X，电话13800001234，卡尾号0018。"
    assert screened("2026年3月5日第12345号", Audience.BOARD) == "2026年3月5日第12345号"
    assert private_numbers(text) == ("身份证号", "银行卡号", "手机号")
    assert private_numbers("三组张大山家") == ()


@pytest.mark.parametrize("audience", list(Audience))
@given(words=st.text("一二三王伟，0123456789Xx ", max_size=40))
def test_no_whole_card_number_survives_in_free_text(audience: Audience, words: str) -> None:
    text = f"{words}，6228480402564890018。"
    assert "6228480402564890018" not in screened(text, audience)


def test_several_phones_are_each_masked() -> None:
    assert masked(Private.PHONE, "13800001234、13911112222", Audience.BOARD) == "138****1234、139****2222"
    assert onlooker_words(Private.PHONE, "13800001234、13911112222") == "138****1234、139****2222"
    assert onlooker_words(Private.ADDRESS, "三组12号") == "已遮盖"
