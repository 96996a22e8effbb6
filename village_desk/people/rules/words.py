"""The words of a roster and the values they stand for: sex, kinship, political status, peoples, groups."""

import re
from enum import StrEnum
from functools import lru_cache

from village_desk.kit.text import half_width, tidy


class Sex(StrEnum):
    """Sex as registered (GB/T 2261.1)."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = ""


SEX_WORDS: dict[Sex, str] = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNKNOWN: "未登记"}


class Kinship(StrEnum):
    """What a person is to the head of the household, in the classes of GB/T 4761."""

    HEAD = "head"
    SPOUSE = "spouse"
    SON = "son"
    DAUGHTER = "daughter"
    GRANDCHILD = "grandchild"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    OTHER = "other"
    UNKNOWN = ""


class Political(StrEnum):
    """Political status (GB/T 4762)."""

    PARTY_MEMBER = "party_member"
    PROBATIONARY = "probationary"
    YOUTH_LEAGUE = "youth_league"
    OTHER_PARTY = "other_party"
    NO_PARTY = "no_party"
    MASSES = "masses"
    UNKNOWN = ""


POLITICAL_WORDS: dict[Political, str] = {
    Political.PARTY_MEMBER: "中共党员",
    Political.PROBATIONARY: "中共预备党员",
    Political.YOUTH_LEAGUE: "共青团员",
    Political.OTHER_PARTY: "民主党派成员",
    Political.NO_PARTY: "无党派人士",
    Political.MASSES: "群众",
    Political.UNKNOWN: "未登记",
}


class PersonState(StrEnum):
    """Where a person stands in the village's register."""

    ON_ROLL = "on_roll"
    MOVED_OUT = "moved_out"
    DEAD = "dead"
    OUTSIDE = "outside"


PERSON_STATE_WORDS: dict[PersonState, str] = {
    PersonState.ON_ROLL: "在册",
    PersonState.MOVED_OUT: "已迁出",
    PersonState.DEAD: "已去世",
    PersonState.OUTSIDE: "外来人员",
}


class Living(StrEnum):
    """Whether a registered person lives in the village; it never decides who counts in a roll."""

    HERE = "here"
    AWAY = "away"
    UNKNOWN = ""


LIVING_WORDS: dict[Living, str] = {Living.HERE: "常住", Living.AWAY: "外出", Living.UNKNOWN: "未登记"}

_SEX: dict[str, Sex] = {
    "男": Sex.MALE,
    "男性": Sex.MALE,
    "m": Sex.MALE,
    "1": Sex.MALE,
    "女": Sex.FEMALE,
    "女性": Sex.FEMALE,
    "f": Sex.FEMALE,
    "2": Sex.FEMALE,
}

_POLITICAL: dict[str, Political] = {
    "中共党员": Political.PARTY_MEMBER,
    "中国共产党党员": Political.PARTY_MEMBER,
    "共产党员": Political.PARTY_MEMBER,
    "党员": Political.PARTY_MEMBER,
    "正式党员": Political.PARTY_MEMBER,
    "中共正式党员": Political.PARTY_MEMBER,
    "01": Political.PARTY_MEMBER,
    "1": Political.PARTY_MEMBER,
    "中共预备党员": Political.PROBATIONARY,
    "中国共产党预备党员": Political.PROBATIONARY,
    "预备党员": Political.PROBATIONARY,
    "02": Political.PROBATIONARY,
    "2": Political.PROBATIONARY,
    "共青团员": Political.YOUTH_LEAGUE,
    "团员": Political.YOUTH_LEAGUE,
    "中国共产主义青年团团员": Political.YOUTH_LEAGUE,
    "03": Political.YOUTH_LEAGUE,
    "3": Political.YOUTH_LEAGUE,
    "民主党派": Political.OTHER_PARTY,
    "民主党派成员": Political.OTHER_PARTY,
    "民革会员": Political.OTHER_PARTY,
    "民革党员": Political.OTHER_PARTY,
    "民盟盟员": Political.OTHER_PARTY,
    "民建会员": Political.OTHER_PARTY,
    "民进会员": Political.OTHER_PARTY,
    "农工党党员": Political.OTHER_PARTY,
    "致公党党员": Political.OTHER_PARTY,
    "九三学社社员": Political.OTHER_PARTY,
    "台盟盟员": Political.OTHER_PARTY,
    "无党派": Political.NO_PARTY,
    "无党派人士": Political.NO_PARTY,
    "无党派民主人士": Political.NO_PARTY,
    "12": Political.NO_PARTY,
    "群众": Political.MASSES,
    "普通群众": Political.MASSES,
    "13": Political.MASSES,
}

PEOPLES = (
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 "
    "哈萨克族 傣族 黎族 傈僳族 "
    "佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 "
    "毛南族 仡佬族 锡伯族 "
    "阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 "
    "鄂伦春族 赫哲族 门巴族 "
    "珞巴族 基诺族"
).split()
"""The 56 peoples in the order of GB/T 3304; the code is the place in the list."""

_PEOPLES: dict[str, str] = {
    **{name: name for name in PEOPLES},
    **{name.removesuffix("族"): name for name in PEOPLES},
    **{f"{code:02d}": name for code, name in enumerate(PEOPLES, 1)},
    "其他": "其他",
    "未识别民族": "其他",
    "穿青人": "穿青人",
    "外国血统中国籍人士": "外国血统中国籍人士",
}

_KINSHIP: dict[str, Kinship] = {
    word: kind
    for kind, words in {
        Kinship.HEAD: "户主 本人 本人(户主) 小集体户户主",
        Kinship.SPOUSE: "配偶 妻 夫 妻子 丈夫 爱人 之妻 之夫",
        Kinship.SON: "子 儿子 独生子 长子 次子 二子 三子 四子 五子 其他儿子 养子 继子 养子或继子 女婿 之子",
        Kinship.DAUGHTER: (
            "女 女儿 独生女 长女 次女 二女 三女 四女 五女 其他女儿 养女 继女 养女或继女 儿媳 媳妇 之女 长媳 次媳"
        ),
        Kinship.GRANDCHILD: (
            "孙子 孙女 孙 外孙 外孙子 外孙女 孙媳妇 孙媳 孙女婿 外孙媳妇 外孙女婿 曾孙 曾孙子 曾孙女 长孙 次孙"
        ),
        Kinship.PARENT: "父亲 母亲 父 母 公公 婆婆 公 婆 岳父 岳母 继父 继母 养父 养母 继父或养父 继母或养母 父母",
        Kinship.GRANDPARENT: "祖父 祖母 爷爷 奶奶 外祖父 外祖母 曾祖父 曾祖母 配偶祖父母",
        Kinship.SIBLING: "兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 嫂 嫂子 弟媳 弟妇 姐夫 妹夫 兄弟姐妹",
        Kinship.OTHER: (
            "侄子 侄女 侄儿 伯父 伯母 叔父 叔叔 婶婶 婶母 姑姑 姑母 舅舅 舅父 姨妈 姨母 外甥 外甥女 "
            "表兄 表弟 堂兄 堂弟 其他 其他亲属 非亲属 保姆 寄住 雇员 同事"
        ),
    }.items()
    for word in words.split()
}

_BRACKETS = re.compile(r"[（(].*?[）)]")
_CHINESE_FIGURES = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_GROUP = re.compile(
    r"第?([零〇一二两三四五六七八九十百\d]{1,4})(村民小组|居民小组|村民组|生产小组|生产队|小组|组|队|社)?"
)
_FIGURES = "零一二三四五六七八九"


@lru_cache(maxsize=4096)
def read_sex(typed: str) -> Sex | None:
    """The sex that a cell names; None when the word is unknown."""
    return _SEX.get(_plain(typed).lower())


@lru_cache(maxsize=4096)
def read_political(typed: str) -> Political | None:
    """The political status that a cell names; None when the word is unknown."""
    word = _plain(typed)
    return _POLITICAL.get(word) or _POLITICAL.get(_BRACKETS.sub("", word))


@lru_cache(maxsize=4096)
def read_people(typed: str) -> str | None:
    """The people (民族) that a cell names; None when the word is unknown."""
    return _PEOPLES.get(_plain(typed))


@lru_cache(maxsize=4096)
def read_kinship(typed: str) -> Kinship | None:
    """The class of kinship that a cell's word belongs to; None when the word is unknown."""
    word = _plain(typed)
    return _KINSHIP.get(word) or _KINSHIP.get(_BRACKETS.sub("", word)) or _KINSHIP.get(word.removeprefix("户主之"))


@lru_cache(maxsize=4096)
def read_group(typed: str) -> str:
    """三组 for 3组, 第三村民小组, 三 or 03; a group with a name of its own stays as it is."""
    word = _plain(typed)
    found = _GROUP.fullmatch(word.removesuffix(".0"))
    if not found:
        return word
    number = _figure(found.group(1))
    kind = found.group(2) or "组"
    short = {"生产队": "队", "队": "队", "社": "社"}.get(kind, "组")
    return f"{_chinese_number(number)}{short}" if 0 < number < 100 else word


@lru_cache(maxsize=4096)
def group_order(group: str) -> tuple[int, str]:
    """A key that puts 二组 before 十组, and groups with names of their own after the numbered ones."""
    found = _GROUP.fullmatch(group)
    return (_figure(found.group(1)), group) if found else (1000, group)


def looks_like_group(typed: str) -> bool:
    """True for 第一村民小组 or 三组, standing alone in a row as the title of a block."""
    found = _GROUP.fullmatch(_plain(typed))
    return bool(found and found.group(2))


def household_key(number: str) -> str:
    """0127, 127 and ０１２７ are the same household number."""
    return number.lstrip("0") or number if number.isdigit() else number


def _plain(typed: str) -> str:
    return "".join(half_width(tidy(typed)).split())


def _figure(text: str) -> int:
    if text.isdigit():
        return int(text)
    if "百" in text:
        return 0
    before, ten, after = text.partition("十")
    if not ten:
        return int("".join(str(_CHINESE_FIGURES[ch]) for ch in text))
    return (_CHINESE_FIGURES[before] if before else 1) * 10 + (_CHINESE_FIGURES[after] if after else 0)


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _FIGURES[ones]
    return ("" if tens == 1 else _FIGURES[tens]) + "十" + (_FIGURES[ones] if ones else "")
