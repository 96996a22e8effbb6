"""Names of persons as registered: the middle dot, padding spaces, rare characters and what is left of lost ones."""

import re
from dataclasses import dataclass

from village_desk.kit.text import half_width, tidy

MIDDLE_DOT = "\u00b7"
_DOTS = str.maketrans(dict.fromkeys("•‧・･∙⋅᛫●．﹒·", MIDDLE_DOT))
_HAN = re.compile(r"[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_OR_DOT = "[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u00b7]"
_GAP_IN_HAN = re.compile(rf"(?<={_HAN_OR_DOT})\s+(?={_HAN_OR_DOT})")
_LOST = re.compile(r"[\ufffd?？□■�]")
_ODD = re.compile(r"[0-9@#$%^&*_+=<>\\|/:;；：!！，,。~`\[\]{}]")
LONGEST_NAME = 50
_COMPOUND = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 "
    "太叔 申屠 公孙 慕容 仲孙 "
    "钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 "
    "夹谷 轩辕 令狐 段干 百里 "
    "呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门 第五 纳兰 完颜 叶赫 爱新 欧侯".split()
)


@dataclass(frozen=True)
class NameCheck:
    """A cleaned name; `fault` refuses it, `note` only tells the clerk what was changed or looks odd."""

    name: str
    fault: str = ""
    note: str = ""


def check_name(typed: str) -> NameCheck:
    """Clean and judge a typed name; never raises."""
    name = clean_name(typed)
    if not name:
        return NameCheck("", fault="姓名是空的。")
    if _LOST.search(name) or any("\ue000" <= ch <= "\uf8ff" for ch in name):
        return NameCheck(name, fault=f"姓名“{typed.strip()}”里有一个字丢失了，请对照户口簿补上这个生僻字。")
    odd = _ODD.search(half_width(name))
    if odd:
        return NameCheck(name, fault=f"姓名“{name}”里有“{odd.group()}”，请核对。")
    if len(name) > LONGEST_NAME:
        return NameCheck(name, fault=f"姓名有{len(name)}个字，太长了，请核对是不是填错了列。")
    return NameCheck(name, note="姓名只有一个字，请核对。" if len(name) == 1 else "")


def clean_name(typed: str) -> str:
    """The name without padding spaces, with U+00B7 as its dot and old private-use codes turned into characters."""
    name = tidy(typed)
    if not name or _is_plain(name):
        return name
    name = "".join(_PRIVATE_USE.get(ch, ch) for ch in name)
    if _HAN.search(name):
        name = name.replace(".", MIDDLE_DOT).translate(_DOTS)
    name = half_width(name) if not _HAN.search(name) else name
    name = _GAP_IN_HAN.sub("", name)
    name = re.sub(rf"\s*{MIDDLE_DOT}+\s*", MIDDLE_DOT, name)
    return re.sub(r"\s+", " ", name).strip(MIDDLE_DOT + " ")


def surname_of(name: str) -> str:
    """The surname of a Chinese name (two characters for compound ones), the first part of a name with a dot."""
    if MIDDLE_DOT in name:
        return name.split(MIDDLE_DOT)[0]
    if len(name) > 2 and name[:2] in _COMPOUND:
        return name[:2]
    return name[:1]


def _is_plain(name: str) -> bool:
    return all("\u4e00" <= ch <= "\u9fff" for ch in name)


def _private_use() -> dict[str, str]:
    # Windows code page 936 puts GBK FE50–FEA0 at U+E815–E864; GB 18030 has given these codes characters since.
    found = {}
    code = 0xE815
    for second in (*range(0x50, 0x7F), *range(0x80, 0xA1)):
        ch = bytes((0xFE, second)).decode("gb18030", "ignore")
        if ch and not "\ue000" <= ch <= "\uf8ff":
            found[chr(code)] = ch
        code += 1
    # Python's table still has the codes of the year 2000 for these; GB 18030-2022 names the characters.
    late = {0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6}
    late |= {0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA}
    late |= {0xE855: 0x241FE, 0xE864: 0x9FBB}
    found.update({chr(old): chr(new) for old, new in late.items()})
    return found


_PRIVATE_USE = _private_use()
