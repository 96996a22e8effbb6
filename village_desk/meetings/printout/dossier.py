"""Everything that a meeting has on paper in one PDF: a list of contents with pages, then the sheets."""

from village_desk.kit.text import chinese_date_weekday
from village_desk.meetings.lookups import MeetingDetail
from village_desk.meetings.printout.minutes import corrections_sheet, minutes_sheet
from village_desk.meetings.printout.signing import call, sign_in
from village_desk.meetings.printout.voting import tally_sheet
from village_desk.meetings.printout.words import code_words
from village_desk.meetings.rules import MotionKind
from village_desk.paper import FORM, Align, Block, Column, Grid, Para, Sheet, bind


def dossier(detail: MeetingDetail) -> bytes:
    """The meeting's papers with a list of contents and pages counted through. Raises NotAllowed for a missing glyph."""
    sheets = dossier_sheets(detail)
    contents, at = [], 2
    for sheet in sheets:
        contents.append((sheet.subject or sheet.title, at, sheet.page_count))
        at += sheet.page_count
    return bind([_contents(detail, contents), *sheets], f"{detail.row.title}材料", through=True)


def dossier_sheets(detail: MeetingDetail) -> list[Sheet]:
    """The sheets of a meeting in the order of the file: call, sign-in, tallies, minutes, corrections."""
    sheets = [call(detail), sign_in(detail)]
    sheets += [tally_sheet(detail, motion) for motion in detail.motions if motion.kind is MotionKind.VOTE]
    sheets.append(minutes_sheet(detail))
    if detail.corrections:
        sheets.append(corrections_sheet(detail))
    return sheets


def pages_of(pdf: bytes) -> int:
    """How many pages a finished PDF has."""
    from village_desk.paper.preview import Preview

    preview = Preview(pdf)
    try:
        return len(preview)
    finally:
        preview.close()


def _contents(detail: MeetingDetail, rows: list[tuple[str, int, int]]) -> Sheet:
    row = detail.row
    held = chinese_date_weekday(row.held_on) if row.held_on else "未登记"
    blocks: list[Block] = [
        Para(f"会议：{row.title}", indent=0, keep=True, where="会议名称"),
        Para(f"时间：{held}　　地点：{row.place or '未登记'}", indent=0, keep=True),
        Grid(
            [
                Column("序号", 14, Align.CENTRE),
                Column("材料"),
                Column("页数", 22, Align.CENTRE),
                Column("起始页", 26, Align.CENTRE),
            ],
            [[str(no), name, str(count), str(page)] for no, (name, page, count) in enumerate(rows, start=1)],
        ),
    ]
    return Sheet(
        "会议材料目录", blocks, frame=FORM, head=(row.body_words, code_words(row)), subject=f"{row.title}材料目录"
    )
