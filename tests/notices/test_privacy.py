"""What may not hang on the wall is found however it was typed, and covered."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from village_desk.kit.errors import NotAllowed
from village_desk.notices.rules.privacy import FindingKind, check_wall_text, masked, scan

IDENTITY = "11010519491231002X"
PHONE = "13912345678"
CARD = "6228480402564890018"


def kinds(text: str) -> list[FindingKind]:
    return [finding.kind for finding in scan(text)]


@pytest.mark.parametrize(
    "typed",
    [
        IDENTITY,
        IDENTITY.lower(),
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        f"身份证号{IDENTITY}，",
        "身份证：440524188001010014。",
        "sfz440524188001010014",
        "老证号110105491231002",
    ],
)
def test_trap_17_an_identity_number_is_found_however_it_is_typed(typed: str) -> None:
    assert kinds(typed) == [FindingKind.IDENTITY]


@pytest.mark.parametrize("typed", [PHONE, "139-1234-5678", "１３９１２３４５６７８", "电话139 1234 5678"])
def test_a_mobile_number_is_found(typed: str) -> None:
    assert kinds(typed) == [FindingKind.PHONE]


@pytest.mark.parametrize("typed", [CARD, "6228 4804 0256 4890 018", "卡号6222020200112233"])
def test_a_bank_card_is_found(typed: str) -> None:
    assert kinds(typed) == [FindingKind.CARD]


def test_trap_17_the_kind_of_a_disability_has_no_place_on_the_wall() -> None:
    assert kinds("张三肢体残疾二级，李四患尿毒症") == [FindingKind.HEALTH, FindingKind.HEALTH]


@pytest.mark.parametrize(
    "harmless",
    [
        "公开期限2026-01-05 2026-01-20",
        "金额1286430.55元，合同2026年第0031号",
        "监督电话0515-86012345",
        "邮编224300，面积12345678平方米",
        "残疾人服务日活动",
    ],
)
def test_dates_sums_and_landlines_are_left_alone(harmless: str) -> None:
    assert scan(harmless) == ()


def test_a_duty_phone_may_stand() -> None:
    assert scan(f"监委会电话{PHONE}", duty_phones=frozenset({PHONE})) == ()


def test_the_covered_text_keeps_enough_to_tell_persons_apart_and_no_birth_date() -> None:
    text = f"张三（{IDENTITY}，{PHONE}，{CARD}）"
    covered = masked(text, scan(text))
    assert covered == "张三（1101**********002X，139****5678，尾号0018）"
    assert "19491231" not in covered


def test_a_phone_stays_with_a_reason_but_an_identity_number_never_does() -> None:
    with pytest.raises(NotAllowed, match="手机号“139"):
        check_wall_text(f"请联系{PHONE}")
    check_wall_text(f"请联系{PHONE}", reason="村值班电话")
    with pytest.raises(NotAllowed, match="身份证号“1101"):
        check_wall_text(f"张三{IDENTITY}", reason="上级要求")


def test_the_refusal_does_not_repeat_the_number() -> None:
    with pytest.raises(NotAllowed) as refusal:
        check_wall_text(f"张三{IDENTITY}")
    assert IDENTITY not in str(refusal.value)


words = st.text("村民张三李四的，。：（） \n各户公示abc", max_size=12)


@given(words, st.sampled_from([IDENTITY, PHONE, CARD]), words)
def test_what_was_covered_is_never_found_again(before: str, secret: str, after: str) -> None:
    text = before + secret + after
    covered = masked(text, scan(text))
    assert secret not in covered
    assert scan(covered) == ()


@given(st.text(max_size=60))
def test_a_text_without_findings_is_not_changed(text: str) -> None:
    assume(not scan(text))
    assert masked(text, scan(text)) == text
