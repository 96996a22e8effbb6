"""Opens a roster workbook safely: what it is, whether it may be opened, and its cells with their places."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.people.rules.roster import Field, column_letter
from village_desk.people.rules.roster_words import FIELD_OF

CellValue = str | float | int | bool | dt.date | dt.time | dt.timedelta

MIB = 1024 * 1024
LARGEST_FILE = 20 * MIB
LARGEST_UNPACKED = 200 * MIB
HIGHEST_RATIO = 100
MOST_ENTRIES = 2_000
MOST_ROWS = 100_000
MOST_CELLS = 4_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_SAVE_AGAIN = "请用WPS表格打开它，另存为“Excel文件（.xlsx）”，再导入另存的那一份。"
_ROW = re.compile(rb'<(?:x:)?row\b[^>]*?\br="(\d+)"')
_VALUE = re.compile(rb"<(?:x:)?(?:v|is)>")
# Only cells right of column Z are looked at: a roster has few of them, and one far away costs gigabytes.
_FAR_CELL = re.compile(rb'<(?:x:)?c r="([A-Z]{2,3})\d+"[^>/]*>\s*<(?:x:)?(?:f|v|is)\b')

# A formula whose result was never saved: no value follows, or an empty one.
_BARE_FORMULA = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, from its first row and column; `merged` are (top, left, bottom, right) from 0."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True)
class Book:
    """The visible sheets of a workbook, the names of the hidden ones, and what its cells do not tell.

    `bare_formulas` are addresses of formulas that were saved without their results; `pictures` is true when the
    workbook has pictures in it.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    bare_formulas: tuple[str, ...] = ()
    pictures: bool = False


def open_workbook(path: Path) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook (.xlsx, .xls, .ods) or the one table of a text file (.csv); see open_book."""
    return open_book(path).sheets


def open_book(path: Path) -> Book:
    """A workbook (.xlsx, .xls, .ods) or the one table of a text file (.csv).

    Raises FileTrouble when the file cannot be read and NotAllowed when it is too big or no table.
    """
    data = _bytes(path)
    if not data.strip():
        raise FileTrouble(f"“{path.name}”是空文件，里面什么也没有。", "请核对是不是选错了文件。")
    if data.startswith(b"PK"):
        return _packed(path, data)
    if data.startswith(_OLE):
        return _old(path, data)
    if data.startswith(_IMAGES):
        raise NotAllowed(f"“{path.name}”是一张图片，不是表格。", "请把花名册录成WPS表格后再导入。")
    if data.startswith(b"%PDF"):
        raise NotAllowed(f"“{path.name}”是PDF文件，不是表格。", "请用原来的WPS表格文件导入。")
    return Book((_text(path, data),))


def pasted(text: str) -> Sheet:
    """The sheet of a block copied in WPS or Excel: tabs between cells, one line a row."""
    rows = tuple(tuple(row) for row in csv.reader(io.StringIO(text), delimiter="\t"))
    _check_size("粘贴的内容", len(rows), max((len(row) for row in rows), default=0))
    return Sheet("粘贴", rows)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise NotAllowed(
                f"“{path.name}”有{size // MIB}MB，超过{LARGEST_FILE // MIB}MB，花名册不会有这么大。",
                "请把里面的图片和别的表删掉，只留花名册，另存后再导入。",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise FileTrouble(f"找不到文件“{path.name}”。", "如果它在U盘上，请插好U盘再选一次。") from None
    except IsADirectoryError:
        raise FileTrouble(f"“{path.name}”是文件夹，不是表格。", "请点进去选里面的花名册文件。") from None
    except OSError:
        raise FileTrouble(
            f"“{path.name}”读不出来。", "请核对U盘是否插好、文件是否正被别的软件占用，再试一次。"
        ) from None


def _packed(path: Path, data: bytes) -> Book:
    formulas: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            names = set(box.namelist())
            _check_declared(path, box, len(data))
            if "xl/workbook.xml" not in names and "content.xml" not in names and "xl/workbook.bin" not in names:
                raise NotAllowed(f"“{path.name}”不是表格文件。", "请选WPS表格或Excel的花名册，或者另存为.xlsx再导入。")
            for entry in box.infolist():
                formulas += _check_real(path, box, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise FileTrouble(f"“{path.name}”不完整或已损坏，打不开。", "请重新拷贝一份，或者" + _SAVE_AGAIN[1:]) from None
    pictures = any(name.startswith("xl/media/") for name in names)
    return replace(_calamine(path, data), bare_formulas=tuple(formulas), pictures=pictures)


def _check_declared(path: Path, box: zipfile.ZipFile, size: int) -> None:
    entries = box.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * max(size, 50_000):
        raise NotAllowed(
            f"“{path.name}”解开后有{unpacked // MIB}MB，不像是花名册，已停止读取。",
            "请确认文件来源；确实是花名册的，只留数据另存一份再导入。",
        )


def _check_real(path: Path, box: zipfile.ZipFile, entry: zipfile.ZipInfo) -> list[str]:
    """Unpack one part with a counter: sizes in the directory may lie, and a wrong checksum means damage.

    Returns the addresses of formulas without results.
    """
    is_sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
    parts: list[bytes] = []
    total = 0
    with box.open(entry) as stream:
        while chunk := stream.read(MIB):
            total += len(chunk)
            if total > entry.file_size or total > LARGEST_UNPACKED:
                raise zipfile.BadZipFile("larger than declared")
            if is_sheet:
                parts.append(chunk)
    if total != entry.file_size:
        raise zipfile.BadZipFile("shorter than declared")
    if is_sheet:
        text = b"".join(parts)
        values = [found.start() for found in _last(_VALUE, text)]
        rows = [int(found.group(1)) for found in _last(_ROW, text[: values[0]] if values else b"")]
        columns = [_column_number(found.group(1).decode()) for found in _FAR_CELL.finditer(text)]
        _check_size(f"“{path.name}”", rows[0] if rows else 0, max(columns, default=26))
        if b"<f" in text:
            return [found.group(1).decode() for found in _BARE_FORMULA.finditer(text)]
    return []


def _last(pattern: re.Pattern[bytes], text: bytes) -> list[re.Match[bytes]]:
    # Searching backwards in growing windows: the last match is what counts, and sheets are long.
    window = 1 << 16
    while True:
        found = list(pattern.finditer(text, max(len(text) - window, 0)))
        if found or window >= len(text):
            return found[-1:]
        window *= 8


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _check_size(what: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise NotAllowed(
            f"{what}有{rows:,}行，超过{MOST_ROWS:,}行，不像是一个村的花名册。",
            "请删掉多余的行（包括很远处的零星内容），另存后再导入。",
        )
    if rows * columns > MOST_CELLS:
        raise NotAllowed(
            f"{what}的内容一直到{column_letter(columns - 1)}列，太宽了。", "请删掉右边很远处的零星内容，另存后再导入。"
        )


def _old(path: Path, data: bytes) -> Book:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _locked(path)
    return _calamine(path, data)


def _locked(path: Path) -> FileTrouble:
    return FileTrouble(
        f"“{path.name}”设了打开密码，读不出来。", "请用WPS表格输入密码打开它，另存一份不带密码的，再导入另存的那一份。"
    )


def _calamine(path: Path, data: bytes) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        hidden = []
        for seen in book.sheets_metadata:
            if seen.typ is not SheetTypeEnum.WorkSheet:
                continue
            if seen.visible is not SheetVisibleEnum.Visible:
                hidden.append(seen.name)
                continue
            page = book.get_sheet_by_name(seen.name)
            _check_size(f"“{path.name}”", page.total_height, page.total_width)
            rows = tuple(tuple(row) for row in page.to_python(skip_empty_area=False))
            merged = tuple((*start, *end) for start, end in page.merged_cell_ranges or ())
            sheets.append(Sheet(seen.name, rows, merged))
    except PasswordError:
        raise _locked(path) from None
    except (CalamineError, OSError, ValueError):
        raise FileTrouble(f"“{path.name}”不是能读的表格，或者已经损坏。", _SAVE_AGAIN) from None
    return Book(tuple(sheets), tuple(hidden))


def _text(path: Path, data: bytes) -> Sheet:
    text = _decoded(path, data)
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<table", "<?xml", "<?mso")):
        raise NotAllowed(f"“{path.name}”其实是网页，只是名字像表格。", _SAVE_AGAIN)
    if "\x00" in text:
        raise NotAllowed(f"“{path.name}”不是表格文件。", "请选WPS表格或Excel的花名册，或者另存为.xlsx再导入。")
    head = text[:20_000]
    marks = {mark: head.count(mark) for mark in ",\t;，"}
    mark = max(marks, key=lambda m: marks[m])
    if not marks[mark] and not _one_column(text):
        raise NotAllowed(f"“{path.name}”里没有分列，不是表格。", _SAVE_AGAIN)
    try:
        rows = tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        raise FileTrouble(f"“{path.name}”不是能读的表格，或者已经损坏。", _SAVE_AGAIN) from None
    _check_size(f"“{path.name}”", len(rows), max((len(row) for row in rows), default=0))
    return Sheet(path.stem, rows)


def _one_column(text: str) -> bool:
    """True for a list of names below their head, one a line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return len(lines) >= 2 and FIELD_OF.get(lines[0]) is Field.NAME and max(map(len, lines)) <= 40


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif data.startswith(b"\xef\xbb\xbf"):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAllowed(f"“{path.name}”的文字编码认不出来，会变成乱码。", _SAVE_AGAIN)
