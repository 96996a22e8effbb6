"""Workbooks of text cells: a list in a file that no program shortens or runs, and the rows that an import refused."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence

from village_desk.kit.text import chinese_date
from village_desk.people.rules.roster import FIELD_WORDS, CellState, Preview, RowState

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def refused_workbook(preview: Preview, *, on: dt.date) -> bytes:
    """The rows of an import that cannot be taken, with cell and reason, as .xlsx of text cells."""
    rows = []
    for row in preview.rows:
        if row.state is not RowState.REFUSED:
            continue
        bad = [cell for cell in row.cells if cell.state is CellState.REFUSED]
        where = (f"{row.sheet} " if row.sheet else "") + str(row.row)
        for cell in bad:
            rows.append([where, row.name, cell.address, FIELD_WORDS[cell.field], cell.typed, cell.reason])
        if not bad:
            rows.append([where, row.name, "", "", "", row.reason])
    refused = preview.counts[RowState.REFUSED]
    return text_workbook(
        "不能导入的行",
        f"“{preview.source}”不能导入的{refused}行（{chinese_date(on)}）",
        [("表中行", 8), ("姓名", 12), ("单元格", 8), ("项目", 12), ("表里写的", 24), ("不能导入的原因", 70)],
        rows,
        on=on,
    )


def text_workbook(
    sheet: str, title: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]], *, on: dt.date
) -> bytes:
    """A workbook of one sheet: a title, heads with their widths, rows; every cell is text.

    So no program shortens a number or runs a formula.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for i, (_, width) in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(i)].width = max(width, 8)
    page.freeze_panes = "A3"
    page.print_title_rows = "2:2"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    bold, centred = Font(bold=True), Alignment(horizontal="center")

    def text(value: str, *, head: bool = False) -> WriteOnlyCell:
        cell = WriteOnlyCell(page, _NOT_IN_XML.sub("", value))
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = True
        if head:
            cell.font, cell.alignment = bold, centred
        return cell

    page.append([text(title, head=True)])
    page.append([text(words, head=True) for words, _ in columns])
    for row in rows:
        page.append([text(value) for value in row])
    book.properties.created = book.properties.modified = dt.datetime(on.year, on.month, on.day)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
