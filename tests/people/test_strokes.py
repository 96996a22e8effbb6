"""The order by strokes, as lists of names by 姓氏笔画 have it."""

import pytest

from village_desk.people.rules.strokes import stroke_key, strokes


@pytest.mark.parametrize(
    ("character", "number"),
    [
        ("一", 1),
        ("丁", 2),
        ("马", 3),
        ("王", 4),
        ("冯", 5),
        ("刘", 6),
        ("陈", 7),
        ("周", 8),
        ("赵", 9),
        ("魏", 17),
        ("䶮", 9),
    ],
)
def test_strokes_are_counted_as_schools_do(character: str, number: int) -> None:
    assert strokes(character) == number


def test_surnames_stand_by_strokes_and_then_by_the_shape_of_the_first_ones() -> None:
    wanted = "丁于万马王尹石田白冯朱任刘孙李杨吴何汪沈宋张陈邵周郑单赵胡段袁耿徐高郭唐黄曹彭董蒋韩程谢薛魏"
    assert "".join(sorted(sorted(wanted), key=stroke_key)) == wanted


def test_of_one_surname_a_single_given_character_comes_first() -> None:
    names = ["王小洪", "王毅", "王一鸣", "王宁", "欧阳锋", "丁一", "阿依古丽·买买提", "Anna"]
    assert sorted(names, key=stroke_key) == [
        "丁一",
        "王宁",
        "王毅",
        "王一鸣",
        "王小洪",
        "阿依古丽·买买提",
        "欧阳锋",
        "Anna",
    ]


def test_an_unknown_sign_has_no_strokes() -> None:
    assert strokes("A") == 0
