"""Reading typed amounts, printing them, and 大写金额."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import capital_yuan, fen, yuan


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("300", 30000),
        ("0.05", 5),
        ("12.5", 1250),
        ("12,340.50", 1234050),
        ("１２，３４０．５０", 1234050),
        ("1,0000", 1000000),
        ("￥300", 30000),
        ("¥300.00元", 30000),
        (" 300 元 ", 30000),
        ("-8.01", -801),
        ("－8.01", -801),
        ("￥-8.01", -801),
        ("-￥8.01", -801),
        ("-0", 0),
    ],
)
def test_an_amount_is_read_as_clerks_type_it(typed: str, amount: int) -> None:
    assert fen(typed) == amount


@pytest.mark.parametrize(
    "typed", ["", "元", "三百", "12.345", "1.2.3", "12,34", "1,2,3", ".5", "12.", "3元5", "--5", "1e3", "٣٠٠", "9" * 14]
)
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        fen(typed)
    assert f"“{typed}”" in refusal.value.message
    assert "12340.50" in refusal.value.advice


@given(st.integers(-(10**14), 10**14))
def test_trap_24_a_printed_amount_reads_back_as_the_same_fen(amount: int) -> None:
    assert fen(yuan(amount)) == amount


def test_amounts_are_printed_with_thousands_and_two_decimals() -> None:
    assert [yuan(1234050), yuan(5), yuan(-5), yuan(0), yuan(-100000000)] == [
        "12,340.50",
        "0.05",
        "-0.05",
        "0.00",
        "-1,000,000.00",
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "人民币壹拾万零柒仟元伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("100000", "人民币壹拾万元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("0", "人民币零元整"),
        ("10", "人民币壹拾元整"),
        ("10.05", "人民币壹拾元零伍分"),
        ("1010.10", "人民币壹仟零壹拾元壹角整"),
        ("100000000", "人民币壹亿元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("100100000", "人民币壹亿零壹拾万元整"),
        ("1000001000", "人民币壹拾亿零壹仟元整"),
        ("999999999999.99", "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_trap_25_capital_amounts_follow_the_rules_for_bills(typed: str, words: str) -> None:
    assert capital_yuan(fen(typed)) == words


@pytest.mark.parametrize("amount", [-1, 10**14])
def test_an_amount_outside_the_capital_range_is_refused(amount: int) -> None:
    with pytest.raises(NotAllowed, match="不能写成大写"):
        capital_yuan(amount)


@given(st.integers(1, 10**14 - 1))
def test_capital_amounts_read_back_as_the_same_fen(amount: int) -> None:
    words = capital_yuan(amount).removeprefix("人民币")
    whole, _, rest = words.partition("元") if "元" in words else ("", "", words)
    assert _read_whole(whole) * 100 + _read_cents(rest) == amount
    assert "零零" not in words
    assert words.endswith(("整", "分"))


def _read_whole(words: str) -> int:
    total = group = digit = 0
    for ch in words:
        if ch in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(ch)
        elif ch in "拾佰仟":
            group += digit * 10 ** ("拾佰仟".index(ch) + 1)
            digit = 0
        else:
            total += (group + digit) * {"万": 10**4, "亿": 10**8}[ch]
            group = digit = 0
    return total + group + digit


def _read_cents(words: str) -> int:
    total = digit = 0
    for ch in words:
        if ch in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(ch)
        elif ch in "角分":
            total += digit * (10 if ch == "角" else 1)
    return total
