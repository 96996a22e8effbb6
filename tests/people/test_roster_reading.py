"""Opening workbooks: every kind that villages have, and one clear sentence for what cannot be read."""

import csv
import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.people.conftest import HEAD, TODAY
from village_desk.kit.errors import DeskError, FileTrouble, NotAllowed
from village_desk.people.actions import SeveralSheets, read_pasted, read_roster
from village_desk.people.rules.roster import Field

ROWS = [
    ["1", "一组", "0001", "王䶮", "户主", "男", "11010519491231002X", "1949-12-31", "13800001234", "群众"],
    ["2", "一组", "0001", "李㛃", "妻", "女", "", "1950.05", "", "群众"],
]


def names(path: Path) -> list[str]:
    """Names in the roster."""
    return [line.name for line in read_roster(path, today=TODAY).lines]


def text_of(rows: list[list[str]], delimiter: str = ",") -> str:
    """Rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def test_xlsx(workbook: Callable[..., Path]) -> None:
    assert names(workbook([HEAD, *ROWS])) == ["王䶮", "李㛃"]


def test_xls(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("花名册")
    page.write_merge(0, 0, 0, 9, "东河村花名册")
    for i, row in enumerate([HEAD, *ROWS], 1):
        for j, value in enumerate(row):
            page.write(i, j, value)
    book.save(str(tmp_path / "旧表.xls"))
    assert names(tmp_path / "旧表.xls") == ["王䶮", "李㛃"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_in_every_usual_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "花名册.csv"
    path.write_bytes(text_of([HEAD, *ROWS], delimiter).encode(encoding))
    assert names(path) == ["王䶮", "李㛃"]


def test_pasted_rows_go_the_same_way() -> None:
    roster = read_pasted(text_of([HEAD, *ROWS], "\t"), today=TODAY)
    assert [line.name for line in roster.lines] == ["王䶮", "李㛃"]


def test_pasted_rows_without_their_head_are_read_by_content() -> None:
    rows = [
        ["王伟", "男", "11010519491231002X", "13800001234"],
        ["李四", "男", "440524188001010014", "13800001235"],
        ["赵六", "男", "130503196704010016", "13800001236"],
    ]
    roster = read_pasted(text_of(rows, "\t"), today=TODAY)
    assert [column.field for column in roster.columns] == [Field.NAME, Field.SEX, Field.IDENTITY, Field.PHONE]
    assert all(column.by_content for column in roster.columns)


def bad_file(path: Path, content: bytes) -> DeskError:
    """What reading this content says."""
    path.write_bytes(content)
    with pytest.raises(DeskError) as told:
        read_roster(path, today=TODAY)
    assert path.name in told.value.message
    assert told.value.message.endswith("。")
    assert told.value.advice.endswith("。")
    return told.value


def test_empty_foreign_and_cut_files(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    path = tmp_path / "花名册.xlsx"
    assert "空文件" in bad_file(path, b"").message
    assert "图片" in bad_file(path, b"\x89PNG\r\n\x1a\n" + b"0" * 100).message
    assert "PDF" in bad_file(path, b"%PDF-1.4").message
    assert "网页" in bad_file(path, "<html><table><tr><td>姓名</td></tr></table>".encode()).message
    assert "没有分列" in bad_file(path, "村民名单".encode()).message
    assert "编码" in bad_file(path, b"\xff\x00\xff\x80a,b\xff").message
    assert "不是表格文件" in bad_file(path, b"a,b\x00\x01\x02").message
    whole = workbook([HEAD, *ROWS]).read_bytes()
    for end in (10, len(whole) // 2, len(whole) - 30):
        assert isinstance(bad_file(path, whole[:end]), FileTrouble)
    damaged = bytearray(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as box:
        entry = box.getinfo("xl/worksheets/sheet1.xml")
    damaged[entry.header_offset + 30 + len(entry.filename) + 40] ^= 0xFF
    assert "损坏" in bad_file(path, bytes(damaged)).message


def test_a_packed_file_that_is_no_workbook(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("word/document.xml", "<w:document/>")
    assert "不是表格文件" in bad_file(tmp_path / "说明.xlsx", out.getvalue()).message


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    # An encrypted .xlsx is an OLE file whose directory names the stream EncryptedPackage.
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    assert "密码" in bad_file(tmp_path / "加密.xlsx", content).message
    assert "损坏" in bad_file(tmp_path / "坏的.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)).message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"找不到文件“没有\.xlsx”"):
        read_roster(tmp_path / "没有.xlsx", today=TODAY)
    with pytest.raises(FileTrouble, match="是文件夹"):
        read_roster(tmp_path, today=TODAY)


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "很大.xlsx"
    with path.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    with pytest.raises(NotAllowed, match="有200MB，超过20MB"):
        read_roster(path, today=TODAY)


def with_sheet(workbook: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its first sheet's XML changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == "xl/worksheets/sheet1.xml" else content)
    return out.getvalue()


def test_a_zip_bomb_is_stopped(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    whole = workbook([HEAD, *ROWS]).read_bytes()
    bomb = with_sheet(whole, lambda xml: xml + b" " * (60 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    assert "已停止读取" in bad_file(tmp_path / "炸弹.xlsx", bomb).message


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    whole = workbook([HEAD, *ROWS]).read_bytes()
    bomb = bytearray(with_sheet(whole, lambda xml: xml + b" " * (60 * 1024 * 1024)))
    name = b"xl/worksheets/sheet1.xml"
    # The uncompressed size stands 22 bytes before the name's end of a directory entry's fixed part.
    directory = bomb.rindex(name) - 46
    bomb[directory + 24 : directory + 28] = struct.pack("<I", 4000)
    assert isinstance(bad_file(tmp_path / "炸弹.xlsx", bytes(bomb)), FileTrouble)


def test_one_cell_far_away_costs_no_memory(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    far = [[*HEAD], *ROWS]
    path = workbook(far)
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.active["XFD1048576"] = "。"
    book.save(tmp_path / "远.xlsx")
    with pytest.raises(NotAllowed, match="1,048,576行"):
        read_roster(tmp_path / "远.xlsx", today=TODAY)
    book = load_workbook(path)
    for row in range(1, 1000):
        book.active.cell(row, 9000, "。")
    book.save(tmp_path / "宽.xlsx")
    with pytest.raises(NotAllowed, match="太宽了"):
        read_roster(tmp_path / "宽.xlsx", today=TODAY)


def test_a_million_empty_rows_are_no_rows(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    whole = workbook([HEAD, *ROWS]).read_bytes()
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(900_000, 1_048_577, 500))
    path = tmp_path / "空行.xlsx"
    path.write_bytes(with_sheet(whole, lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>")))
    assert names(path) == ["王䶮", "李㛃"]


def test_sheets_that_hold_no_roster_are_left_alone(workbook: Callable[..., Path]) -> None:
    path = workbook({"说明": [["请如实填写"]], "名单": [HEAD, *ROWS], "空白": []})
    roster = read_roster(path, today=TODAY)
    assert roster.sheets == ("名单",)
    assert roster.notes == ("另有1张表不是花名册，没有读：说明。",)


def test_several_rosters_want_a_choice(workbook: Callable[..., Path]) -> None:
    path = workbook({"一组": [HEAD, ROWS[0]], "二组": [HEAD, ROWS[1]]})
    with pytest.raises(SeveralSheets, match="有2张表都像花名册：“一组”、“二组”") as told:
        read_roster(path, today=TODAY)
    assert told.value.names == ("一组", "二组")
    assert len(read_roster(path, today=TODAY, sheets=["二组"]).lines) == 1
    both = read_roster(path, today=TODAY, sheets=["一组", "二组"])
    assert [(line.sheet, line.row) for line in both.lines] == [("一组", 2), ("二组", 2)]
    with pytest.raises(NotAllowed, match="没有名叫“三组”的表"):
        read_roster(path, today=TODAY, sheets=["三组"])


def test_a_sheet_named_after_a_group_gives_the_group(workbook: Callable[..., Path]) -> None:
    bare = [["姓名", "身份证号"], ["王伟", "11010519491231002X"]]
    roster = read_roster(workbook({"第三村民小组": bare}), today=TODAY)
    assert roster.lines[0].values[Field.GROUP] == "三组"


def test_hidden_sheets_are_not_read(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(workbook({"名单": [HEAD, ROWS[0]], "旧名单": [HEAD, ROWS[1]]}))
    book["旧名单"].sheet_state = "hidden"
    book.save(tmp_path / "藏.xlsx")
    assert names(tmp_path / "藏.xlsx") == ["王䶮"]


@pytest.mark.parametrize(
    "rows",
    [[["东河村2026年收支"], ["项目", "金额"], ["电费", 300]], [HEAD], [["姓名"], ["x1"]]],
    ids=["another table", "only a head", "a column without names"],
)
def test_a_workbook_without_a_roster(workbook: Callable[..., Path], rows: list[list[Any]]) -> None:
    with pytest.raises(NotAllowed, match=r"没有找到花名册的表头|没有一行是村民"):
        read_roster(workbook(rows), today=TODAY)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_list_of_names_alone_is_read_and_says_what_it_cannot_match_by(
    tmp_path: Path, workbook: Callable[..., Path], suffix: str
) -> None:
    path = workbook([["东河村村民"], ["姓名"], ["王伟"], ["买买提·艾力"], ["李秀兰"]])
    if suffix == ".csv":
        path = tmp_path / "名单.csv"
        path.write_text("姓名\n王伟\n买买提·艾力\n李秀兰\n", encoding="gb18030")
    roster = read_roster(path, today=TODAY)
    assert [line.name for line in roster.lines] == ["王伟", "买买提·艾力", "李秀兰"]
    assert "没有身份证号、出生日期和户号，只能按姓名核对" in roster.notes[0]


def test_formulas_without_a_value_are_blank(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    path = workbook([HEAD, ["=ROW()", *ROWS[0][1:]]])
    assert names(path) == ["王䶮"]


def test_a_formula_without_a_result_is_told_by_its_cell(workbook: Callable[..., Path]) -> None:
    roster = read_roster(workbook([HEAD, ["=ROW()", *ROWS[0][1:]], *ROWS[1:]]), today=TODAY)
    assert [note for note in roster.notes if "公式" in note] == [
        "有1个格子是没有算出结果的公式（例如A2），当作空格；请用WPS表格打开、保存一次，再重新选这个文件。"
    ]


def test_a_formula_with_its_result_is_read(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    whole = workbook([HEAD, *ROWS]).read_bytes()
    number = ROWS[0][HEAD.index("身份证号")].encode()
    cell = rb'<c r="G2" t="str"><f>TEXT(1,"0")</f><v>' + number + rb"</v></c>"

    def formula(xml: bytes) -> bytes:
        return re.sub(rb'<c r="G2"[^>]*>.*?</c>', lambda _found: cell, xml)

    path = tmp_path / "公式.xlsx"
    path.write_bytes(with_sheet(whole, formula))
    roster = read_roster(path, today=TODAY)
    assert b"<f>" in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert roster.lines[0].values[Field.IDENTITY] == number.decode()
    assert not any("公式" in note for note in roster.notes)


def test_hidden_sheets_are_named_and_a_workbook_of_hidden_sheets_is_refused(
    tmp_path: Path, workbook: Callable[..., Path]
) -> None:
    from openpyxl import load_workbook

    book = load_workbook(workbook({"名单": [HEAD, ROWS[0]], "旧名单": [HEAD, ROWS[1]], "说明": []}))
    book["旧名单"].sheet_state = "hidden"
    book.save(tmp_path / "藏.xlsx")
    assert "另有1张隐藏的表没有读：旧名单。" in read_roster(tmp_path / "藏.xlsx", today=TODAY).notes
    book["名单"].sheet_state = "hidden"
    book.active = 2
    book.save(tmp_path / "全藏.xlsx")
    with pytest.raises(NotAllowed, match="另有2张表是隐藏的：名单、旧名单") as told:
        read_roster(tmp_path / "全藏.xlsx", today=TODAY)
    assert "取消隐藏" in told.value.advice


def test_a_workbook_that_is_only_a_photograph(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    from openpyxl import load_workbook
    from openpyxl.drawing.image import Image
    from PIL import Image as Picture

    book = load_workbook(workbook({"Sheet1": []}))
    photograph = io.BytesIO()
    Picture.new("RGB", (40, 30), "white").save(photograph, "PNG")
    book.active.add_image(Image(photograph), "A1")
    book.save(tmp_path / "拍照.xlsx")
    with pytest.raises(NotAllowed, match="里只有图片，没有可以读的格子"):
        read_roster(tmp_path / "拍照.xlsx", today=TODAY)


def test_tables_one_below_the_other_are_refused_by_the_row(workbook: Callable[..., Path]) -> None:
    other = ["姓名", "联系电话", "住址", "备注"]
    rows = [HEAD, *ROWS, [], other, ["赵六", "13800001236", "三组", ""]]
    with pytest.raises(NotAllowed, match="表里第5行又是一个表头，和第1行的不一样") as told:
        read_roster(workbook(rows), today=TODAY)
    assert "各自的工作表" in told.value.advice
    # The same head printed again on each page is no other table.
    assert len(read_roster(workbook([HEAD, ROWS[0], HEAD, ROWS[1]]), today=TODAY).lines) == 2


def test_tables_side_by_side_are_refused_by_their_columns(workbook: Callable[..., Path]) -> None:
    rows = [["姓名", "身份证号", "", "姓名", "身份证号"], ["王伟", "", "", "李四", ""], ["赵六", "", "", "孙七", ""]]
    with pytest.raises(NotAllowed, match="A列、D列都是“姓名”，像是左右并排放了2个表"):
        read_roster(workbook(rows), today=TODAY)


def test_a_head_that_stands_twice_is_told_and_the_fuller_column_used(workbook: Callable[..., Path]) -> None:
    head = ["姓名", "性别", "联系电话", "联系电话"]
    rows = [["王伟", "男", "13800001234", ""], ["李四", "男", "", "13800001235"], ["赵六", "男", "13800001236", ""]]
    roster = read_roster(workbook([head, *rows]), today=TODAY)
    assert roster.notes == ("表头里C列、D列都像是联系电话，用了填得最全的C列；要换一列请点“列的对照”。",)


def test_a_name_merged_over_two_rows_is_refused_by_its_cell(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    from openpyxl import load_workbook

    head = ["姓名", "性别", "身份证号"]
    book = load_workbook(
        workbook([head, ["王伟", "男", "11010519491231002X"], ["", "男", "440524188001010014"], ["赵六", "男", ""]])
    )
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "合并.xlsx")
    roster = read_roster(tmp_path / "合并.xlsx", today=TODAY)
    assert [line.refused for line in roster.lines] == [False, True, False]
    reasons = [cell.reason for cell in roster.lines[1].cells if cell.reason]
    assert reasons == ["这一行没有姓名，姓名在合并的格子A2:A3里；请拆开合并，每人写一行。"]


def test_a_wrong_encoding_finds_no_head(tmp_path: Path) -> None:
    path = tmp_path / "大五码.csv"
    path.write_bytes("姓名,身分證號碼,性別\r\n王偉,11010519491231002X,男\r\n".encode("big5"))
    with pytest.raises(DeskError) as told:
        read_roster(path, today=TODAY)
    assert "没有找到花名册的表头" in told.value.message
    assert "乱码" in told.value.advice
