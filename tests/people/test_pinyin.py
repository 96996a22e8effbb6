"""Pinyin keys: surnames as they really sound, given names in every reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_desk.people.rules.pinyin import MOST_SPELLINGS, search_keys, sort_key


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("单红", "shanhong"),
        ("解学龙", "xiexuelong"),
        ("仇英", "qiuying"),
        ("查良", "zhaliang"),
        ("区明", "ouming"),
        ("尉迟恭", "yuchigong"),
        ("朴树", "piaoshu"),
        ("翟天", "zhaitian"),
        ("曾国", "zengguo"),
        ("任贤", "renxian"),
        ("华佗", "huatuo"),
        ("盖叫天", "gejiaotian"),
        ("吕布", "lvbu"),
        ("吕布", "lubu"),
        ("王䶮", "wangyan"),
        ("李㛃", "lijie"),
        ("陈𬭎", "chenhong"),
        ("阿依古丽·买买提", "ayigulimaimaiti"),
    ],
)
def test_a_name_is_found_as_it_sounds(name: str, spelling: str) -> None:
    assert spelling in search_keys(name)[0].split()


@pytest.mark.parametrize(("name", "initials"), [("王伟", "ww"), ("尉迟恭", "ycg"), ("单红", "sh"), ("陈𬭎", "ch")])
def test_initials(name: str, initials: str) -> None:
    assert initials in search_keys(name)[1].split()


def test_a_common_surname_is_not_read_otherwise() -> None:
    assert search_keys("王伟") == ("wangwei", "ww")


def test_names_sort_by_syllables() -> None:
    names = ["张伟", "单红", "李四", "尉迟恭", "王伟", "李三"]
    assert sorted(names, key=sort_key) == ["李三", "李四", "单红", "王伟", "尉迟恭", "张伟"]


@given(st.text(max_size=12))
def test_any_name_has_few_keys(name: str) -> None:
    spellings, initials = search_keys(name)
    assert len(spellings.split(" ")) <= MOST_SPELLINGS
    assert len(initials.split(" ")) <= MOST_SPELLINGS
