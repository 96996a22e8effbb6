"""评分依据表: each line of the ledger with its number in the archive and the hashes of its files."""

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import short_date
from village_desk.paper import WIDE_FORM, Align, Block, Column, Gap, Grid, Para, Sheet, SignLine
from village_desk.points.lookups.evidence import HASH_DIGITS, ProofLine, ProofList
from village_desk.points.rules.numbers import signed


def evidence_sheet(found: ProofList) -> bytes:
    """评分依据表 in the order of the box indexes, a row for each file. Raises NotAllowed without lines."""
    if not found.lines:
        raise NotAllowed(f"{found.period_words}还没有入账的积分。", "入账以后再打印评分依据表。")
    rows = [row for line in found.lines for row in _rows(line, found.decimals)]
    filed, files = sum(bool(line.piece_no) for line in found.lines), sum(len(line.files) for line in found.lines)
    blocks: list[Block] = [
        Grid(
            [
                Column("积分编号", 20),
                Column("日期", 19),
                Column("户（人）", 28, Align.LEFT),
                Column("项目", 32, Align.LEFT),
                Column("分数", 14, Align.RIGHT),
                Column("写明的依据", 0, Align.LEFT),
                Column("档号", 41),
                Column("材料", 30, Align.LEFT),
                Column("文件校验码", 36),
            ],
            rows,
            where=lambda number: f"第{number}行",
        ),
        Gap(2),
        Para(
            f"共{len(found.lines)}笔，已归档{filed}笔，附材料{files}份。已归档的按档案盒目录的顺序排列。"
            f"文件校验码是文件SHA-256值的前{HASH_DIGITS}位，同一份文件的校验码不变。",
            indent=0,
            size=11,
        ),
        Gap(3),
        SignLine(["制表人签字", "审核人签字"]),
    ]
    return Sheet(
        title=f"{found.village}评分依据表",
        blocks=blocks,
        frame=WIDE_FORM,
        head=(found.set_name, found.period_words),
        subject=f"{found.village}评分依据表（{found.period_words}）",
    ).pdf()


def _rows(line: ProofLine, decimals: int) -> list[list[str]]:
    first = [
        line.number,
        short_date(line.happened_on),
        f"{line.group}{line.subject}",
        line.item,
        f"{signed(line.points, decimals)}{'（已冲正）' if line.reversed else ''}",
        line.evidence or "没有写",
        line.piece_no or ("未归档" if line.files else "—"),
    ]
    more = [line.number, "", "", "", "", "", first[-1]]
    return [[*(more if place else first), each.title, each.digits] for place, each in enumerate(line.files)] or [
        [*first, "—", "—"]
    ]
