"""Lines of messy rosters: heads, cells with their addresses, spreadsheet damage, households, skipped rows."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.people.conftest import TODAY
from village_desk.desk.sample.roster import sample_people, sample_sheet, write_sample_roster
from village_desk.kit.errors import NotAllowed
from village_desk.people.actions import read_pasted, read_roster
from village_desk.people.rules.identity import check_identity
from village_desk.people.rules.roster import Cell, CellState, Field, Layout, Roster

NUMBER = "11010519491231002X"
Read = Callable[..., Roster]


@pytest.fixture
def read(workbook: Callable[..., Path]) -> Read:
    """Write rows into a workbook and read it."""
    return lambda rows, **options: read_roster(workbook(rows), today=TODAY, **options)


def cell_at(roster: Roster, address: str) -> Cell:
    """The cell of that address."""
    return next(cell for line in roster.lines for cell in line.cells if cell.address == address)


def test_the_sample_village_is_read_whole(tmp_path: Path) -> None:
    sheet = write_sample_roster(tmp_path / "东河村花名册.xlsx", people=300)
    roster = read_roster(tmp_path / "东河村花名册.xlsx", today=TODAY)
    refused = {cell.address for line in roster.lines for cell in line.cells if cell.state is CellState.REFUSED}
    assert refused == set(sheet.spoilt)
    assert len(refused) == 20
    assert len(roster.lines) == 312
    assert len({line.household for line in roster.lines}) == sheet.households
    assert [row.reason for row in roster.skipped] == ["“合 计”是合计行", "“制表人： 审核人： （盖”不是村民"]
    people = {person.number: person for person in sample_people(seed=2026, people=300, today=dt.date(2026, 1, 5))}
    for line in roster.lines:
        if not line.refused:
            person = people[line.values[Field.IDENTITY]]
            assert line.name == person.name
            assert line.values[Field.BIRTH] == person.birth.isoformat()
            assert line.values[Field.SEX] == ("female" if person.woman else "male")
            assert line.values[Field.GROUP] == f"{'一二三四五六七八'[person.group - 1]}组"
            assert line.values.get(Field.PHONE, "") == person.phone


def test_the_sample_village_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    assert sample_sheet(people=100).cells == sample_sheet(people=100).cells
    assert sample_sheet(people=100, seed=7).cells != sample_sheet(people=100).cells
    first, second = (write_and_read(tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first == second
    assert all(check_identity(person.number).fault == "" for person in sample_people(seed=1, people=200, today=TODAY))


def write_and_read(path: Path) -> bytes:
    """Bytes of a sample workbook's sheet."""
    import zipfile

    write_sample_roster(path, people=50)
    with zipfile.ZipFile(path) as box:
        return box.read("xl/worksheets/sheet1.xml")


def test_a_two_row_head_below_titles_is_found(tmp_path: Path) -> None:
    write_sample_roster(tmp_path / "表.xlsx", people=20, wrong=False)
    roster = read_roster(tmp_path / "表.xlsx", today=TODAY)
    assert [(column.letter, column.field) for column in roster.columns] == [
        ("A", Field.SERIAL),
        ("B", Field.GROUP),
        ("C", Field.HOUSEHOLD_NO),
        ("D", Field.NAME),
        ("E", Field.RELATION),
        ("F", Field.SEX),
        ("G", Field.PEOPLE),
        ("H", Field.IDENTITY),
        ("I", Field.BIRTH),
        ("J", Field.SCHOOLING),
        ("K", Field.POLITICAL),
        ("L", Field.PHONE),
        ("M", Field.RESIDENCE),
        ("N", Field.NOTE),
    ]
    assert roster.lines[0].row == 5


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("姓  名*", Field.NAME),
        ("公民身份号码（18位）", Field.IDENTITY),
        ("联系电话\n(手机)", Field.PHONE),
        ("与户主\n关系", Field.RELATION),
        ("户主姓名", Field.HEAD_NAME),
        ("出生年月日：", Field.BIRTH),
        ("所在村民小组名称", Field.GROUP),
    ],
)
def test_heads_are_known_in_many_spellings(read: Read, head: str, field: Field) -> None:
    row = ["王伟", "男", "1"]
    heads = ["姓名" if field is not Field.NAME else "备注", "性别", head]
    roster = read([heads, row, ["李四", "男", "2"], ["赵六", "女", "3"]])
    assert roster.columns[2].field is field


def test_vague_heads_are_settled_by_content(read: Read) -> None:
    rows = [["名字", "号码", "人员"], ["王伟", NUMBER, "男"], ["李四", "440524188001010014", "男"]]
    rows += [["赵六", "130503196704010016", "男"]]
    roster = read(rows)
    assert [(column.field, column.by_content) for column in roster.columns] == [
        (Field.NAME, False),
        (Field.IDENTITY, True),
        (Field.SEX, True),
    ]


def test_two_columns_of_one_name_use_the_fuller_one(read: Read) -> None:
    rows = [["姓名", "性别", "电话", "电话"], ["王伟", "男", "", "13800001234"], ["李四", "男", "", "13800001235"]]
    roster = read(rows)
    assert [column.field for column in roster.columns] == [Field.NAME, Field.SEX, None, Field.PHONE]


def test_the_clerk_can_map_columns(read: Read) -> None:
    rows = [["姓名", "性别", "甲"], ["王伟", "男", "13800001234"]]
    assert read(rows, mapping=[("C", "phone")]).lines[0].values[Field.PHONE] == "13800001234"
    with pytest.raises(NotAllowed, match="表里没有Z列"):
        read(rows, mapping=[("Z", "phone")])
    with pytest.raises(NotAllowed, match="没有哪一列是姓名"):
        read(rows, mapping=[("A", "note")])


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (410523196803051234, "身份证号被表格软件改成4.10523E+17，末几位已丢失"),
        (4.10523196803051e17, "身份证号被表格软件改成4.10523E+17，末几位已丢失"),
        ("4.10523E+17", "身份证号被表格软件改成4.10523E+17，末几位已丢失"),
        ("410523196803052000", "像是被表格软件抹掉了末几位"),
        ("410523196803051235", "校验不符"),
        ("41052319680305", "少了4位"),
        (dt.datetime(2020, 1, 1), None),
    ],
)
def test_a_damaged_identity_number_is_refused_by_its_cell(read: Read, raw: Any, words: str | None) -> None:
    roster = read([["姓名", "性别", "身份证号"], ["王伟", "男", raw]])
    cell = cell_at(roster, "C2")
    if words is None:
        assert cell.state is CellState.LEFT_OUT
    else:
        assert cell.state is CellState.REFUSED
        assert words in cell.reason
        assert roster.lines[0].refused


def test_a_tail_of_zeros_that_passes_by_chance_is_pointed_at(read: Read) -> None:
    roster = read([["姓名", "身份证号"], ["王伟", "410523196803051000"]])
    assert not roster.lines[0].refused
    assert "末三位是000" in cell_at(roster, "B2").reason


def test_a_fifteen_digit_number_cell_is_whole(read: Read) -> None:
    roster = read([["姓名", "身份证号"], ["王伟", 130503670401001]])
    assert roster.lines[0].values[Field.IDENTITY] == "130503196704010016"
    assert "换算成18位" in cell_at(roster, "B2").reason


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("1968-3-5", "1968-03-05"),
        ("1968.03", "1968-03"),
        (1968.03, "1968-03"),
        (1968.12, "1968-12"),
        (19680305, "1968-03-05"),
        ("19680305", "1968-03-05"),
        (196803, "1968-03"),
        (1968, "1968"),
        (dt.date(1968, 3, 5), "1968-03-05"),
        ("１９６８－３－５　", "1968-03-05"),
    ],
)
def test_dates_in_every_form(read: Read, raw: Any, text: str) -> None:
    assert read([["姓名", "出生日期"], ["王伟", raw]]).lines[0].values[Field.BIRTH] == text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (24902, "变成了数字24902（按它的算法是1968年3月5日）"),
        ("24902", "变成了数字24902"),
        (1968.1, "分不清是1月还是10月"),
        ("68-3-5", "年份只有两位"),
        ("2026-05-01", "在今天之后"),
        ("1968-2-30", "这一天不存在"),
    ],
)
def test_a_damaged_date_is_refused_by_its_cell(read: Read, raw: Any, words: str) -> None:
    roster = read([["姓名", "出生日期"], ["王伟", raw]])
    cell = cell_at(roster, "B2")
    assert cell.state is CellState.REFUSED
    assert words in cell.reason


def test_the_identity_number_stands_in_for_a_damaged_date(read: Read) -> None:
    roster = read([["姓名", "身份证号", "出生日期"], ["王伟", NUMBER, 18263]])
    cell = cell_at(roster, "C2")
    assert cell.state is CellState.LEFT_OUT
    assert "已按身份证号登记为1949年12月31日" in cell.reason
    assert roster.lines[0].values[Field.BIRTH] == "1949-12-31"


def test_a_birth_date_near_the_number_is_left_out_and_a_far_one_refused(read: Read) -> None:
    rows = [["姓名", "身份证号", "出生日期", "性别"], ["王伟", NUMBER, "1950-01-05", "女"]]
    near = read(rows)
    assert cell_at(near, "C2").state is CellState.LEFT_OUT
    assert near.lines[0].values[Field.BIRTH] == "1949-12-31"
    rows[1] = ["王伟", NUMBER, "1962-01-05", "男"]
    slipped = read(rows)
    assert slipped.lines[0].refused
    assert "可能上下串行了" in cell_at(slipped, "C2").reason


def test_small_faults_cost_the_cell_and_not_the_row(read: Read) -> None:
    rows = [
        ["姓名", "身份证号", "性别", "民族", "联系电话", "政治面貌"],
        ["王伟", NUMBER, "男", "汗", "1380000123", "党圆"],
    ]
    roster = read(rows)
    line = roster.lines[0]
    assert not line.refused
    assert [cell.state for cell in line.cells[2:]] == [CellState.LEFT_OUT] * 4
    assert cell_at(roster, "E2").reason == "手机号应为11位，还差1位。"
    assert line.values[Field.SEX] == "female"
    assert Field.PHONE not in line.values


@pytest.mark.parametrize("nothing", ["未登记", "不详", "无", "/", "—", " "])
def test_words_for_nothing_are_blanks(read: Read, nothing: str) -> None:
    roster = read([["姓名", "性别", "出生日期", "联系电话"], ["王伟", "男", nothing, nothing]])
    assert not roster.lines[0].refused
    assert set(roster.lines[0].values) == {Field.NAME, Field.SEX}


def test_a_household_number_that_became_a_date_is_refused(read: Read) -> None:
    rows = [["姓名", "户号", "性别"], ["王伟", dt.date(2026, 3, 12), "男"]]
    assert "户号被表格软件变成了日期2026-3-12" in cell_at(read(rows), "B2").reason


def test_a_missing_name_is_refused_with_its_cell(read: Read) -> None:
    roster = read([["姓名", "身份证号", "性别"], ["", NUMBER, "女"]])
    cell = cell_at(roster, "A2")
    assert (cell.state, cell.reason) == (CellState.REFUSED, "这一行没有姓名。")


def test_doubles_are_refused_and_named(read: Read) -> None:
    rows = [["姓名", "身份证号"], ["王伟", NUMBER], ["李四", "440524188001010014"], ["王伟", f" {NUMBER.lower()}"]]
    roster = read(rows)
    assert [line.refused for line in roster.lines] == [False, False, True]
    assert cell_at(roster, "B4").reason == "与第2行的王伟身份证号相同，重复登记，只导入前面那一行。"
    rows[3] = ["赵六", NUMBER]
    roster = read(rows)
    assert [line.refused for line in roster.lines] == [True, False, True]
    assert "与第4行的赵六身份证号相同" in cell_at(roster, "B2").reason


def test_a_number_may_be_kept_with_a_reason(read: Read) -> None:
    rows = [["姓名", "身份证号"], ["王伟", "110105194912310021"]]
    assert cell_at(read(rows), "B2").may_keep
    kept = read(rows, kept=[("B2", "户口簿上就是这个号")])
    assert not kept.lines[0].refused
    assert kept.lines[0].kept == "户口簿上就是这个号"
    assert kept.lines[0].values[Field.IDENTITY] == "110105194912310021"


def test_totals_notes_repeated_heads_and_serials_are_skipped_by_name(read: Read) -> None:
    head = ["序号", "姓名", "性别", "备注"]
    rows = [
        head,
        [1, "王伟", "男", ""],
        head,
        [2, "李四", "男", ""],
        [3, "", "", ""],
        ["", "", "", ""],
        ["小计", "2人", "", ""],
        ["合　计", "", "", "2人"],
        ["备注：以上人员均已核对", "", "", ""],
        ["填表人：李会计", "", "审核人：", "王书记"],
    ]
    roster = read(rows)
    assert [line.name for line in roster.lines] == ["王伟", "李四"]
    assert [(row.row, row.reason) for row in roster.skipped] == [
        (3, "又印了一遍表头"),
        (5, "只有序号，没有内容"),
        (7, "“小计”是合计行"),
        (8, "“合　计”是合计行"),
        (9, "“备注：以上人员均已核对”不是村民"),
        (10, "“填表人：李会计”是表尾的说明"),
    ]


def test_titles_of_blocks_give_the_group(read: Read) -> None:
    rows = [["姓名", "性别"], ["第一村民小组", ""], ["王伟", "男"], ["第二村民小组", ""], ["李四", "男"]]
    roster = read(rows)
    assert [line.values[Field.GROUP] for line in roster.lines] == ["一组", "二组"]


def households(roster: Roster) -> list[str]:
    """Letters for households in their order: AABBB."""
    letters: dict[str, str] = {}
    return [
        letters.setdefault(line.household, "ABCDEFGH"[len(letters)]) if line.household else "-" for line in roster.lines
    ]


def test_households_by_number_over_blanks_and_merged_cells(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    from openpyxl import load_workbook

    rows = [
        ["户号", "姓名", "与户主关系"],
        ["0001", "王伟", "户主"],
        ["", "李四", "妻"],
        ["0002", "赵六", "户主"],
        ["", "钱七", "妻"],
        ["", "孙八", "长子"],
        ["2", "周九", "长女"],
    ]
    path = workbook(rows)
    assert households(read_roster(path, today=TODAY)) == list("AABBBB")
    book = load_workbook(path)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "并.xlsx")
    merged = read_roster(tmp_path / "并.xlsx", today=TODAY)
    assert households(merged) == list("AABBBB")
    assert merged.lines[1].values[Field.HOUSEHOLD_NO] == "0001"


def test_households_by_head_when_there_are_no_numbers(read: Read) -> None:
    by_kinship = [["姓名", "与户主关系"], ["王伟", "户主"], ["李四", "妻"], ["赵六", "户主"], ["钱七", "长子"]]
    assert households(read(by_kinship)) == list("AABB")
    by_name = [["户主姓名", "姓名", "性别"], ["王伟", "王伟", "男"], ["王伟", "李四", "女"], ["赵六", "赵六", "男"]]
    assert households(read(by_name)) == list("AAB")
    nothing = [["姓名", "性别"], ["王伟", "男"], ["李四", "女"]]
    assert households(read(nothing)) == ["-", "-"]


def test_numbers_that_begin_anew_in_each_group(read: Read) -> None:
    rows: list[list[str]] = [["组别", "户号", "姓名", "与户主关系"]]
    for group in ("一组", "二组"):
        rows += [[group, str(number), f"王{'甲乙丙丁戊'[number]}", "户主"] for number in range(5)]
    roster = read(rows)
    assert roster.numbers_restart
    assert len({line.household for line in roster.lines}) == 10


def test_a_household_has_one_head(read: Read) -> None:
    rows = [["户号", "姓名", "与户主关系"], ["1", "王伟", "户主"], ["1", "李四", "户主"]]
    cell = cell_at(read(rows), "C3")
    assert cell.state is CellState.LEFT_OUT
    assert "户主已经是王伟" in cell.reason


def test_birth_in_three_columns(read: Read) -> None:
    rows = [["姓名", "出生", "", ""], ["", "年", "月", "日"], ["王伟", 1968, 3, 5], ["李四", 1970, 13, 1]]
    roster = read(rows)
    assert roster.lines[0].values[Field.BIRTH] == "1968-03-05"
    assert roster.lines[1].refused


LAYOUT = Layout(("姓名", "", "甲", "所在"), ("name", "identity", "phone", "group"))


def test_rows_without_a_head_take_the_columns_of_an_earlier_import() -> None:
    roster = read_pasted("王伟\t\t13800001234\t三组\n", today=TODAY, layouts=[LAYOUT])
    assert roster.lines[0].values == {Field.NAME: "王伟", Field.PHONE: "13800001234", Field.GROUP: "三组"}
    assert roster.notes == ("列的对照沿用上次导入时的选择。",)
    assert roster.layout.fields == LAYOUT.fields


@pytest.mark.parametrize(
    "text", ["13800001234\t\t王伟\t三组", "王伟\t男\t13800001234\t三组", "王伟\t13800001234\t三组", "男\t\t\t王伟"]
)
def test_an_earlier_import_is_not_forced_on_other_rows(text: str) -> None:
    with pytest.raises(NotAllowed, match="没有找到花名册的表头"):
        read_pasted(text, today=TODAY, layouts=[LAYOUT])


def test_a_head_is_taken_as_the_clerk_chose_it_before() -> None:
    rows = [
        ["姓名", "性别", "甲", "备注"],
        *([f"王{ch}", "男", f"1380000123{i}", "x"] for i, ch in enumerate("伟强军")),
    ]
    layout = Layout(("姓名", "性别", "甲", "备注"), ("name", "sex", "phone", ""))
    text = "\n".join("\t".join(row) for row in rows)
    chosen = read_pasted(text, today=TODAY, layouts=[layout])
    assert [column.field for column in chosen.columns] == [Field.NAME, Field.SEX, Field.PHONE, None]
    # One head of it in another table: the choice holds for that column, unless something else stands in it.
    other = text.replace("\t备注", "\t住址").replace("\tx", "\t三组12号")
    assert read_pasted(other, today=TODAY, layouts=[layout]).lines[0].values[Field.ADDRESS] == "三组12号"
    swapped = text.replace("甲", "乙").replace("备注", "甲")
    assert read_pasted(swapped, today=TODAY, layouts=[layout]).lines[0].values.get(Field.PHONE) != "x"
