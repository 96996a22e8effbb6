"""What a village's service room hangs up or keeps (十个一): its sign, its books, its steps, its page of the board."""

from village_desk.kit.errors import NotFound
from village_desk.paper import (
    BOARD,
    FORM,
    WIDE_FORM,
    Align,
    Block,
    Column,
    FieldTable,
    Gap,
    Grid,
    Para,
    Sheet,
)

SERVICE_WORDS = {
    "sign": "服务牌",
    "board": "公示栏页",
    "handbook": "服务册",
    "procedure": "服务程序",
    "register": "登记簿",
}
_ROWS = 18


def service_sheet(what: str, *, village: str, phone: str = "") -> bytes:
    """One of the five: sign, board, handbook, procedure, register. Raises NotFound for another."""
    if what not in SERVICE_WORDS:
        raise NotFound("没有这种打印件。", f"能打印的有：{'、'.join(SERVICE_WORDS.values())}。")
    title = f"{village}便民服务室{SERVICE_WORDS[what]}"
    if what == "sign":
        blocks: list[Block] = [
            Gap(20),
            FieldTable(
                [("服务时间", ""), ("值班人员", ""), ("联系电话", phone), ("监督电话", "")],
                label_width=50,
                row_height=30,
            ),
        ]
        return Sheet(f"{village}便民服务室", blocks, frame=BOARD, subject=title).pdf()
    if what == "procedure":
        names = ("办理条件", "工作流程", "承办人员", "联系方式")
        blocks = [
            FieldTable([("事项名称", ""), *((name, "") for name in names)], label_width=44, row_height=36),
            Para("每件事项一张，填好张贴。", indent=0, size=11),
        ]
        return Sheet(title, blocks, frame=BOARD, subject=title).pdf()
    if what == "board":
        columns = [Column("序号", 16), Column("事项", align=Align.LEFT), Column("办理人", 34), Column("办结日期", 40)]
        return Sheet(title, [_lines(columns, 16, 12)], frame=BOARD, head=("", "　　　年　　月"), subject=title).pdf()
    if what == "handbook":
        columns = [
            Column("日期", 26),
            Column("服务对象", 34),
            Column("服务事项", align=Align.LEFT),
            Column("服务人", 30),
            Column("群众签字", 34),
        ]
        return Sheet(title, [_lines(columns, _ROWS, 11)], frame=FORM, subject=title).pdf()
    columns = [
        Column("序号", 12),
        Column("受理日期", 28),
        Column("申请人", 28),
        Column("联系电话", 36),
        Column("事项", align=Align.LEFT),
        Column("受理人", 26),
        Column("办结日期", 28),
        Column("结果", 34),
        Column("领取签字", 28),
    ]
    return Sheet(title, [_lines(columns, 11, 11)], frame=WIDE_FORM, subject=title).pdf()


def _lines(columns: list[Column], many: int, height: float) -> Grid:
    """Empty lines to write into."""
    return Grid(columns, [["" for _ in columns] for _ in range(many)], row_height=height)
