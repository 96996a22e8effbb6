"""The papers of a vote: ballots with a stub each, several on a page, and the sheet on which they are counted."""

from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import MeetingDetail, MotionRow
from village_desk.meetings.printout.words import code_words
from village_desk.paper import FORM, Align, Block, Cell, Form, Gap, Para, Sheet, SignLine, Strong, label
from village_desk.rulebook.rules import VotingWay

_DATE = "　　　年　　月　　日"
_BALLOT = 43.0
_DIGITS = 3


def ballots(detail: MeetingDetail, motion: MotionRow) -> bytes:
    """One ballot for everybody who may vote, five on a page, to be cut.

    The serial stands on the stub that stays with the tellers, never on the ballot: nobody's vote can be traced.
    """
    voters = sum(one.votes for one in detail.roll)
    sheet = Sheet("", [ballot_form(detail, motion, voters)], frame=FORM, subject=f"{motion.title}表决票")
    return sheet.pdf()


def ballot_form(detail: MeetingDetail, motion: MotionRow, number: int) -> Form:
    """So many ballots with their stubs."""
    row = detail.row
    digits = max(_DIGITS, len(str(number)))
    day = chinese_date(row.held_on) if row.held_on else _DATE
    ballot: list[str | Strong] = [
        Strong(f"{row.title}表决票"),
        f"\n议题：{motion.title}\n　\n同意　□　　　　反对　□　　　　弃权　□\n　\n",
        "只在一个方框里打“√”；多打、涂改看不清的作废。",
    ]
    rows: list[list[Cell | str]] = [
        [
            Cell(
                f"存根　第{serial:0{digits}d}号\n{day}\n{code_words(row)}\n　\n领票人签字：",
                height=_BALLOT,
                top=True,
                where="表决票",
            ),
            Cell(ballot, height=_BALLOT, align=Align.CENTRE, where="表决票"),
        ]
        for serial in range(1, max(1, number) + 1)
    ]
    return Form(columns=(46, 0), rows=rows)


def tally(detail: MeetingDetail, motion: MotionRow) -> bytes:
    """计票单: empty fields for the count as it is taken; what the record holds already is printed."""
    return tally_sheet(detail, motion).pdf()


def tally_sheet(detail: MeetingDetail, motion: MotionRow) -> Sheet:
    """The tally before it becomes a PDF, for binding with others."""
    row = detail.row
    standing = motion.standing
    count = standing.count if standing is not None else None
    papers = count if count is not None and count.way is VotingWay.SECRET else None
    present = standing.present if standing is not None else row.present

    def number(value: int | None, unit: str) -> str:
        return f"{value}{unit}" if value is not None else f"　　　{unit}"

    rows: list[list[Cell | str]] = [
        [label("会议"), Cell(row.title, columns=5, where="会议名称")],
        [label("议题"), Cell(motion.title, columns=5, where="议题")],
        [
            label("时间"),
            Cell(chinese_date(row.held_on) if row.held_on else _DATE, columns=2),
            label("表决方式"),
            Cell(count.way.words if count is not None else "□举手　□无记名投票　□记名表决", columns=2),
        ],
        [
            label("应到"),
            f"{row.eligible}人",
            label("实到"),
            number(present or None, "人"),
            label("法定人数"),
            "□够　□不够",
        ],
        [
            label("发出选票"),
            number(papers.issued if papers else None, "张"),
            label("收回有效"),
            number(papers.returned if papers else None, "张"),
            label("作废"),
            number(papers.spoiled if papers else None, "张"),
        ],
        [
            label("同意"),
            number(count.yes if count else None, "票"),
            label("反对"),
            number(count.no if count else None, "票"),
            label("弃权"),
            number(count.abstain if count else None, "票"),
        ],
        [label("同意画“正”字"), Cell("", columns=5, height=32)],
        [label("反对画“正”字"), Cell("", columns=5, height=22)],
        [label("弃权画“正”字"), Cell("", columns=5, height=22)],
        [label("同意人员签名（记名时）"), Cell("　\n　\n共　　　人", columns=5, height=32, top=True)],
        [label("反对人员签名（记名时）"), Cell("　\n共　　　人", columns=5, height=22, top=True)],
    ]
    blocks: list[Block] = [
        Form(columns=(30, 0, 24, 26, 24, 32), rows=rows),
        Gap(3),
        Para("发出＝收回有效＋作废＋未交回；同意＋反对＋弃权＝收回有效。", indent=0),
        SignLine(["唱票人：", "计票人：", "监票人："]),
    ]
    subject = f"{row.title}计票单" if motion.title in row.title else f"{row.title}计票单（{motion.title}）"
    return Sheet("计票单", blocks, frame=FORM, head=(row.body_words, code_words(row)), subject=subject)
