"""Opening workbooks: every kind that villages have, and one clear sentence for what cannot be read."""

import csv
import io
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
    [[["东河村2026年收支"], ["项目", "金额"], ["电费", 300]], [HEAD], [["姓名"], ["王伟"]]],
    ids=["another table", "only a head", "only names"],
)
def test_a_workbook_without_a_roster(workbook: Callable[..., Path], rows: list[list[Any]]) -> None:
    with pytest.raises(NotAllowed, match=r"没有找到花名册的表头|没有一行是村民"):
        read_roster(workbook(rows), today=TODAY)


def test_formulas_without_a_value_are_blank(tmp_path: Path, workbook: Callable[..., Path]) -> None:
    path = workbook([HEAD, ["=ROW()", *ROWS[0][1:]]])
    assert names(path) == ["王䶮"]
