"""Search keys of a name: pinyin and initials with the readings that surnames really have."""

import os
from functools import cache, lru_cache
from itertools import islice, product

from village_desk.people.rules.names import MIDDLE_DOT, surname_of

# Character tables read these as ordinary words; as surnames they sound otherwise. Several readings: all are found.
SURNAME_READINGS: dict[str, tuple[str, ...]] = {
    **{
        pair[0]: tuple(pair[1:].split("/"))
        for pair in (
            "单shan 解xie 仇qiu 查zha 区ou 朴piao/pu 翟zhai/di 曾zeng 盖ge/gai 乐yue/le 缪miao/miu "
            "员yun 贠yun 召shao 洗xian 黑he/hei 覃qin/tan 折she 祭zhai/ji 么yao 牟mu/mou 秘bi "
            "种chong 薄bo 繁po 佴nai 郇xun/huan 郗xi/chi 隗wei/kui 卜bu 都du "
            "莘shen/xin 柏bai/bo 乜nie 库she/ku 炅gui 谌chen/shen 阚kan 句gou 行xing/heng 宓mi/fu 重chong "
            "费fei/bi 适kuo 泷shuang 藏zang 会gui/hui 吕lv/lu"
        ).split()
    },
    "尉迟": ("yu chi",),
    "长孙": ("zhang sun",),
    "万俟": ("mo qi",),
    "澹台": ("tan tai",),
    "令狐": ("ling hu",),
    "亓官": ("qi guan",),
    "鲜于": ("xian yu",),
    "夏侯": ("xia hou",),
    "乐正": ("yue zheng",),
    "宰父": ("zai fu",),
    "子车": ("zi ju",),
    "单于": ("chan yu",),
}
MOST_SPELLINGS = 12
_MOST_READINGS = 3
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm", "\u0300\u0301\u0304\u030c")


def search_keys(name: str) -> tuple[str, str]:
    """(spellings, initials) of a name, each a text of words: ("wangwei", "ww"), ("quheng ouheng", "qh oh").

    At most twelve spellings; ü is written v. The dot of a name and letters in it stand as they are.
    """
    spellings: dict[str, None] = {}
    initials: dict[str, None] = {}
    for syllables in islice(product(*_readings(name)), MOST_SPELLINGS):
        parts = [part for syllable in syllables for part in syllable.split()]
        spellings.setdefault("".join(parts))
        initials.setdefault("".join(part[0] for part in parts if part))
    return " ".join(spellings), " ".join(initials)


def sort_key(name: str) -> str:
    """A text that sorts names by pinyin, syllable by syllable, the same surname together."""
    return " ".join(readings[0] for readings in _readings(name))


@lru_cache(maxsize=20_000)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    surname = surname_of(name)
    rest = name[len(surname) :]
    if MIDDLE_DOT in name or surname not in SURNAME_READINGS:
        first: tuple[tuple[str, ...], ...] = tuple(_characters(ch)[:1] for ch in surname)
    else:
        first = (SURNAME_READINGS[surname],)
    return first + tuple(_characters(ch) for ch in rest if ch != MIDDLE_DOT)


@lru_cache(maxsize=10_000)
def _characters(ch: str) -> tuple[str, ...]:
    readings = _table().get(ord(ch))
    if readings is None:
        return (ch.lower(),)
    plain = dict.fromkeys(reading.translate(_TONES) for reading in readings.split(","))
    return tuple(plain)[:_MOST_READINGS]


@cache
def _table() -> dict[int, str]:
    # Single characters are enough here: without its phrases the library costs 10 MB instead of 50.
    before = os.environ.get("PYPINYIN_NO_PHRASES")
    os.environ["PYPINYIN_NO_PHRASES"] = "true"
    try:
        from pypinyin.constants import PINYIN_DICT
    finally:
        if before is None:
            del os.environ["PYPINYIN_NO_PHRASES"]
        else:
            os.environ["PYPINYIN_NO_PHRASES"] = before
    return dict(PINYIN_DICT)
