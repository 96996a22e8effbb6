"""Plates that hang beside the board all year: by which numbers and to whom villagers complain."""

from collections.abc import Sequence

from village_desk.kit.errors import NotAllowed
from village_desk.notices.lookups import ComplaintLines
from village_desk.paper import BOARD, Block, Column, Gap, Grid, Para, Sheet


def complaint_plate(lines: ComplaintLines) -> bytes:
    """监督举报电话: the village's and the township's number, who takes a complaint, and what happens to it.

    Raises NotAllowed while no number is set.
    """
    if not lines.phones:
        raise NotAllowed("还没有填村监督电话和乡镇监督举报电话。", "请在“设置”的“本村”里填上电话，再打印。")
    rows: list[Sequence[str]] = [[whose, number] for whose, number in lines.phones]
    blocks: list[Block] = [Grid([Column("找谁", 80), Column("电话")], rows, row_height=18, size=20), Gap(6)]
    if lines.takers:
        blocks.append(Para(f"村务监督委员会：{'、'.join(lines.takers)}。", size=18))
    blocks += [
        Para("对村里公开的内容有疑问，对村务、财务有意见，可以当面说、写下来或者打电话，村里登记并按期答复。", size=18),
        Para("对答复不满意，或者应当公开的没有公开，可以打乡镇监督举报电话。反映人的姓名不对外公开。", size=18),
    ]
    return Sheet(title=f"{lines.village}监督举报电话", blocks=blocks, frame=BOARD).pdf()
