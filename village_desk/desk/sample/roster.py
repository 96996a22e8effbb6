"""A roster workbook of an invented village, kept as villages keep them: merged titles, mixed dates, odd cells."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from village_desk.people.rules.identity import check_character

# No county has this code, so no number here can be anybody's.
AREA_CODE = "329924"
_COMMON = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    ""
)
_RARE_SURNAMES = ("单", "解", "仇", "查", "区", "尉迟", "朴", "翟", "华", "盖", "欧阳", "缪", "乐")
_MEN_OLD = "国建文明德志永福长春来发富贵全有才学根喜胜海兴旺宝金山水生"
_MEN_NEW = "伟强磊洋勇军杰涛超鹏浩宇轩博子涵俊豪一鸣嘉晨皓泽睿天佑"
_WOMEN_OLD = "秀兰英桂梅珍香莲凤玉芳素云花翠菊巧月娥淑华琴荣连美喜"
_WOMEN_NEW = "丽娜婷静敏雪倩欣怡雨桐梓萱诗涵佳思琪梦瑶若曦晓彤可馨"
_CASUAL = ("", "", "", "", "", "常年在外务工", "低保户", "现住县城", "退役军人", "在外就读")
_SCHOOL = ("小学", "初中", "初中", "高中", "中专", "大专", "本科")
_RELATIONS_DOWN = ("长子", "次子", "三子")
_RELATIONS_GIRLS = ("长女", "次女", "三女")


@dataclass(frozen=True)
class SamplePerson:
    """One invented villager, before anything is spoilt."""

    group: int
    household: int
    name: str
    relation: str
    woman: bool
    people: str
    birth: dt.date
    number: str
    school: str
    political: str
    phone: str
    note: str


@dataclass
class SampleSheet:
    """The cells of the workbook by (row, column) from 1, its merged ranges, and the addresses of the spoilt cells."""

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    spoilt: list[str] = field(default_factory=list)
    people: int = 0
    households: int = 0

    def rows(self) -> list[list[Any]]:
        """The cells as a plain table, blanks as empty text."""
        height = max(row for row, _ in self.cells)
        width = max(column for _, column in self.cells)
        return [[self.cells.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1)]


def sample_people(*, seed: int, people: int, today: dt.date) -> list[SamplePerson]:
    """Invented villagers in households of one to seven, the same for the same seed."""
    chance = random.Random(seed)
    found: list[SamplePerson] = []
    used: set[str] = set()
    household = 0
    while len(found) < people:
        household += 1
        # About three people to a household: eight groups of like size, one after the other.
        group = 1 + min((household - 1) * 24 // people, 7)
        members = list(_family(chance, household, group, today, used))
        found.extend(members[: people - len(found)])
    return _with_party(_with_rare_names(found), chance, today)


def sample_sheet(
    *,
    seed: int = 2026,
    people: int = 1200,
    village: str = "东河村",
    today: dt.date = dt.date(2026, 1, 5),
    wrong: bool = True,
) -> SampleSheet:
    """The sheet with its title, two-row head, rows and totals.

    With `wrong` twenty rows cannot be taken: three numbers in scientific notation, five with a wrong check digit and
    twelve persons listed twice.
    """
    chance = random.Random(seed + 1)
    persons = sample_people(seed=seed, people=people, today=today)
    sheet = SampleSheet(people=len(persons), households=len({person.household for person in persons}))
    _head(sheet, village, today)
    spoilt = set(chance.sample([i for i, p in enumerate(persons) if p.relation != "户主"], 8)) if wrong else set()
    order = sorted(spoilt)
    first = row = 5
    household_start = first
    for i, person in enumerate(persons):
        if person.relation == "户主":
            _merge_household(sheet, household_start, row - 1)
            household_start = row
        _row(sheet, row, i + 1, person, chance)
        if i in spoilt:
            sheet.cells[row, 8] = float(person.number[:17] + "0") if i in order[:3] else _one_digit_off(person.number)
            sheet.spoilt.append(f"H{row}")
        row += 1
    _merge_household(sheet, household_start, row - 1)
    if wrong:
        pool = [i for i in range(len(persons)) if i not in spoilt]
        for i in sorted(chance.sample(pool, 12)):
            _row(sheet, row, row - first + 1, persons[i], chance)
            sheet.cells[row, 3] = f"{persons[i].household:04d}"
            sheet.spoilt.append(f"H{row}")
            row += 1
    sheet.cells[row, 1] = "合 计"
    sheet.cells[row, 3] = f"{sheet.households}户"
    sheet.cells[row, 4] = f"{sheet.people}人"
    sheet.cells[row + 1, 1] = "制表人：　　　　　　审核人：　　　　　　（盖章）"
    sheet.merged.append((row + 1, 1, row + 1, 14))
    return sheet


def write_sample_roster(
    path: Path, *, seed: int = 2026, people: int = 1200, village: str = "东河村", wrong: bool = True
) -> SampleSheet:
    """Write the workbook to `path` (.xlsx) and give back what stands in it."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    sheet = sample_sheet(seed=seed, people=people, village=village, wrong=wrong)
    book = Workbook()
    page = book.active
    page.title = "花名册"
    for (row, column), value in sheet.cells.items():
        cell = page.cell(row, column, value)
        if isinstance(value, dt.date):
            cell.number_format = "yyyy-m-d"
        elif isinstance(value, str) and column in (3, 8, 12):
            cell.number_format = "@"
    for top, left, bottom, right in sheet.merged:
        page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    page["A1"].font = Font(size=18, bold=True)
    page["A1"].alignment = Alignment(horizontal="center")
    for letter, width in zip("ABCDEFGHIJKLMN", (6, 9, 8, 12, 10, 6, 8, 22, 13, 9, 12, 14, 16, 14), strict=True):
        page.column_dimensions[letter].width = width
    # The time of writing would make two equal workbooks differ.
    book.properties.created = book.properties.modified = dt.datetime(2026, 1, 5)
    book.save(path)
    return sheet


def _family(
    chance: random.Random, household: int, group: int, today: dt.date, used: set[str]
) -> Iterator[SamplePerson]:
    surname = chance.choice(_COMMON)
    head_age = chance.choices((chance.randint(26, 40), chance.randint(41, 60), chance.randint(61, 88)), (2, 5, 3))[0]
    man = chance.random() < 0.85
    plan: list[tuple[str, bool, int, str]] = [("户主", not man, head_age, surname)]
    if head_age < 80 and chance.random() < 0.8:
        plan.append(("妻" if man else "夫", man, head_age + chance.randint(-4, 3), chance.choice(_COMMON)))
        father = surname if man else plan[-1][3]
        children = chance.choices((0, 1, 2, 3), (1, 4, 4, 1))[0]
        boys = girls = 0
        for place in range(children):
            age = head_age - chance.randint(22, 27) - place * 3
            if age < 0:
                break
            if chance.random() < 0.52:
                plan.append((_RELATIONS_DOWN[boys], False, age, father))
                boys += 1
            else:
                plan.append((_RELATIONS_GIRLS[girls], True, age, father))
                girls += 1
        if boys and plan[2][2] >= 26 and not plan[2][1] and chance.random() < 0.5:
            plan.append(("儿媳", True, plan[2][2] - chance.randint(0, 3), chance.choice(_COMMON)))
            plan.append((*chance.choice((("孙子", False), ("孙女", True))), max(plan[2][2] - 25, 0), father))
        if head_age < 60 and chance.random() < 0.25:
            plan.append(("母亲", True, head_age + chance.randint(21, 26), chance.choice(_COMMON)))
    for relation, woman, age, family_name in plan[:7]:
        birth = today - dt.timedelta(days=age * 365 + chance.randint(1, 360))
        adult = age >= 18
        yield SamplePerson(
            group=group,
            household=household,
            name=family_name + _given(chance, woman, age),
            relation=relation,
            woman=woman,
            people="汉族" if chance.random() < 0.96 else chance.choice(("回族", "满族", "苗族", "土家族")),
            birth=birth,
            number=_number(chance, birth, woman, used),
            school=chance.choice(_SCHOOL) if adult else ("小学" if age > 6 else ""),
            political="群众" if adult else "",
            phone=f"1{chance.choice('3589')}80000{chance.randint(0, 9999):04d}"[:11] if adult and age < 80 else "",
            note=chance.choice(_CASUAL) if adult else "",
        )


def _given(chance: random.Random, woman: bool, age: int) -> str:
    pool = (_WOMEN_OLD if age > 38 else _WOMEN_NEW) if woman else (_MEN_OLD if age > 38 else _MEN_NEW)
    return "".join(chance.sample(pool, chance.choice((1, 2, 2, 2))))


def _number(chance: random.Random, birth: dt.date, woman: bool, used: set[str]) -> str:
    while True:
        order = chance.randrange(0, 1000, 2) + (0 if woman else 1)
        first_17 = f"{AREA_CODE}{birth:%Y%m%d}{order:03d}"
        if first_17 not in used:
            used.add(first_17)
            return first_17 + check_character(first_17)


def _with_rare_names(persons: list[SamplePerson]) -> list[SamplePerson]:
    named = list(persons)
    wanted = [f"{surname}建国" for surname in _RARE_SURNAMES] + [
        "王䶮",
        "李㛃",
        "陈𬭎",
        "阿依古丽·买买提",
        "巴特尔·赛音",
    ]
    step = max(len(named) // (len(wanted) + 1), 1)
    for place, name in enumerate(wanted, 1):
        i = min(place * step, len(named) - 1)
        old = named[i]
        people = "维吾尔族" if "·买买提" in name else "蒙古族" if "·" in name else old.people
        named[i] = SamplePerson(**{**vars(old), "name": name, "people": people})
    return named


def _with_party(persons: list[SamplePerson], chance: random.Random, today: dt.date) -> list[SamplePerson]:
    adults = [i for i, person in enumerate(persons) if 20 <= (today - person.birth).days // 366 <= 85]
    chosen = chance.sample(adults, min(len(adults), max(len(persons) // 20, 4)))
    marked = list(persons)
    for place, i in enumerate(chosen):
        political = "中共预备党员" if place % 15 == 0 else chance.choice(("中共党员", "中共党员", "党员"))
        marked[i] = SamplePerson(**{**vars(marked[i]), "political": political})
    return marked


def _head(sheet: SampleSheet, village: str, today: dt.date) -> None:
    cells = sheet.cells
    cells[1, 1] = f"{village}村民花名册"
    cells[2, 1] = f"填报单位：{village}村民委员会　　填报日期：{today.year}年{today.month}月{today.day}日"
    sheet.merged += [(1, 1, 1, 14), (2, 1, 2, 14)]
    singles = {
        1: "序号",
        2: "村民\n小组",
        3: "户号",
        4: "姓  名",
        5: "与户主关系",
        6: "性别",
        7: "民族",
        10: "文化程度",
        11: "政治面貌",
        14: "备注",
    }
    for column, words in singles.items():
        cells[3, column] = words
        sheet.merged.append((3, column, 4, column))
    for left, words, below in ((8, "身份信息", ("公民身份号码", "出生日期")), (12, "联系方式", ("联系电话", "现住址"))):
        cells[3, left] = words
        sheet.merged.append((3, left, 3, left + 1))
        cells[4, left], cells[4, left + 1] = below


def _row(sheet: SampleSheet, row: int, number: int, person: SamplePerson, chance: random.Random) -> None:
    figures = "一二三四五六七八"
    group = chance.choice(
        (f"{figures[person.group - 1]}组", f"{person.group}组", f"第{figures[person.group - 1]}村民小组")
    )
    values: dict[int, Any] = {
        1: number,
        2: group,
        4: _spaced(person.name, chance),
        5: person.relation,
        6: "女" if person.woman else "男",
        7: person.people.removesuffix("族") if chance.random() < 0.5 else person.people,
        8: _written_number(person.number, chance),
        9: _written_date(person.birth, chance),
        10: person.school,
        11: person.political,
        12: person.phone if chance.random() < 0.8 or not person.phone else int(person.phone),
        13: f"{group}{person.household}号",
        14: person.note,
    }
    if person.relation == "户主":
        values[3] = f"{person.household:04d}"
    for column, value in values.items():
        if value != "":
            sheet.cells[row, column] = value


def _merge_household(sheet: SampleSheet, top: int, bottom: int) -> None:
    if bottom > top:
        sheet.merged.append((top, 3, bottom, 3))


def _spaced(name: str, chance: random.Random) -> str:
    if len(name) == 2 and chance.random() < 0.3:
        return f"{name[0]}　{name[1]}"
    return name + " " if chance.random() < 0.1 else name


def _written_number(number: str, chance: random.Random) -> str:
    style = chance.random()
    if style < 0.04:
        return number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if style < 0.08:
        return f" {number[:6]} {number[6:14]} {number[14:]}"
    return number.lower() if style < 0.5 else number


def _written_date(day: dt.date, chance: random.Random) -> Any:
    style = chance.randrange(10)
    if style < 3:
        return f"{day.year}-{day.month}-{day.day}"
    if style < 5:
        return f"{day.year}.{day.month:02d}"
    if style == 5:
        return int(f"{day:%Y%m%d}")
    if style == 6:
        return f"{day:%Y%m%d}"
    if style == 7:
        return f"{day.year}年{day.month}月{day.day}日"
    if style == 8:
        return f"{day.year}/{day.month}/{day.day}　"
    return day


def _one_digit_off(number: str) -> str:
    return number[:16] + str((int(number[16]) + 2) % 10) + number[17]
