"""Identity numbers and bank cards are covered in any text, and nothing else is touched."""

import pytest

from village_desk.kit.private import covered
from village_desk.paper import Block, Column, Grid, Para, Sheet
from village_desk.paper.text import plain_text

IDENTITY, CARD = "11010519491231002X", "6228480402564890018"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (f"证号{IDENTITY}。", "证号1101**********002X。"),
        ("１１０１０５１９４９１２３１００２Ｘ", "1101**********002X"),
        ("110105 19491231 002x和张三", "1101**********002X和张三"),
        (f"卡号{CARD}", "卡号尾号0018"),
        ("6228 4804 0256 4890 018", "尾号0018"),
        ("监督电话0515-86012345，手机13912345678", "监督电话0515-86012345，手机13912345678"),
        ("核对码1234 5678 9012 3456 7890", "核对码1234 5678 9012 3456 7890"),
        ("合同编号202601010001234567", "合同编号202601010001234567"),
        ("金额1286430.55元，2026-01-05至2026-01-20", "金额1286430.55元，2026-01-05至2026-01-20"),
        ("6228480402564890019", "6228480402564890019"),
    ],
)
def test_only_numbers_of_persons_are_covered(typed: str, printed: str) -> None:
    assert covered(typed) == printed


def test_no_sheet_prints_them_whole_unless_it_says_so() -> None:
    blocks: list[Block] = [Para(f"身份证{IDENTITY}"), Grid([Column("卡号"), Column("证号")], [[CARD, IDENTITY]])]
    text = plain_text(Sheet("名单", blocks).pdf())
    assert IDENTITY not in text
    assert CARD not in text
    assert text.count("1101**********002X") == 2
    assert IDENTITY in plain_text(Sheet("名单", blocks, whole_numbers=True).pdf())
