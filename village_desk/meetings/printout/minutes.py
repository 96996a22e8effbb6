"""会议记录 from the record with the fields that inspectors ask for, its numbered corrections, and an empty form."""

from collections.abc import Sequence

from village_desk.kit.text import chinese_date, chinese_date_weekday
from village_desk.meetings.lookups import CorrectionRow, MeetingDetail, MotionRow
from village_desk.meetings.printout.words import (
    NOT_REGISTERED,
    absent_words,
    code_words,
    door_words,
    observers_words,
    ratio,
    vote_words,
)
from village_desk.meetings.rules import MotionKind, VerdictState
from village_desk.paper import FORM, Align, Block, Cell, Column, Form, Gap, Grid, Heading, Para, Sheet, SignLine, label

_COLUMNS = (30, 0, 24, 50)
_EMPTY_VOTE = "□举手　□无记名投票　□记名表决\n同意　　　票　　反对　　　票　　弃权　　　票"


def minutes(detail: MeetingDetail, judged: Sequence[str] = ()) -> bytes:
    """The minutes as a PDF; `judged` is what a person decided. Raises NotAllowed for a character without glyph."""
    return minutes_sheet(detail, judged).pdf()


def minutes_sheet(detail: MeetingDetail, judged: Sequence[str] = ()) -> Sheet:
    """The minutes before they become a PDF, for binding with others; room for the pen gives way to a whole page."""
    roomy = _minutes_sheet(detail, judged, talk=34, signing=18)
    pages = roomy.page_count
    if pages == 1:
        return roomy
    closer = _minutes_sheet(detail, judged, talk=16, signing=12)
    return closer if closer.page_count < pages else roomy


def _minutes_sheet(detail: MeetingDetail, judged: Sequence[str], *, talk: float, signing: float) -> Sheet:
    """`talk` and `signing` are the least heights, in millimetres, of what was said and of the signatures."""
    row = detail.row
    rows = [*_facts(detail), *_people(detail)]
    for motion in detail.motions:
        number = f"议题{motion.no}" if len(detail.motions) > 1 else "议题说明"
        rows.append([label(number), Cell(_motion_words(motion), columns=3, where=number, top=True)])
        if motion.kind is MotionKind.VOTE:
            rows.append([label("表决情况"), Cell(vote_words(motion, row.eligible), columns=3, where="表决情况")])
    remarks = "\n".join(f"{name}：{words}" if name else words for name, words in detail.remarks)
    rows.append([label("发言要点"), Cell(remarks or "　", columns=3, height=talk, top=True, where="发言要点")])
    if judged:
        rows.append([label("人工认定"), Cell("\n".join(judged), columns=3, top=True, where="人工认定")])
    if passed := _decided(detail):
        rows.append([label("决议"), Cell(passed, columns=3, top=True, where="决议")])
    if detail.legal_refs:
        rows.append([label("适用规定"), Cell("；".join(detail.legal_refs), columns=3)])
    rows.append([label("附件"), Cell(_enclosures(detail), columns=3)])
    rows.append([label("参会人员签字"), Cell("签名也可以附签到表。", columns=3, height=signing, top=True)])
    blocks: list[Block] = [Form(columns=_COLUMNS, rows=rows)]
    if detail.corrections:
        blocks += [Gap(4), Heading("更正", level=3), _corrections(detail.corrections)]
    blocks += [Gap(3), SignLine(["主持人（签字）：", "记录人（签字）："])]
    return Sheet(
        _title(detail),
        blocks,
        frame=FORM,
        head=("", code_words(row)),
        subject=f"{row.title.removesuffix('会议')}会议记录",
    )


def corrections(detail: MeetingDetail) -> bytes:
    """The corrections alone, to be signed and put behind minutes that were printed before."""
    return corrections_sheet(detail).pdf()


def corrections_sheet(detail: MeetingDetail) -> Sheet:
    """The corrections before they become a PDF, for binding with others."""
    row = detail.row
    held = chinese_date_weekday(row.held_on) if row.held_on else NOT_REGISTERED
    blocks: list[Block] = [
        Para(f"会议：{row.title}　　时间：{held}", indent=0, keep=True, where="会议名称"),
        _corrections(detail.corrections) if detail.corrections else Para("没有登记过更正。", indent=0),
        Gap(3),
        Para("原会议记录不作涂改，与本更正单一并保存。", indent=0),
        SignLine(["主持人（签字）：", "记录人（签字）："]),
    ]
    return Sheet(
        "会议记录更正单", blocks, frame=FORM, head=(row.body_words, code_words(row)), subject=f"{row.title}更正单"
    )


def blank_minutes(detail: MeetingDetail) -> bytes:
    """The form of the minutes with what is known before the meeting, the rest empty for the pen."""
    row = detail.row
    rows: list[list[Cell | str]] = [
        *_facts(detail, blank=True),
        [label("实到"), "　　　人", label("比例"), ""],
        [label("缺席人员及原因"), Cell("", columns=3, height=16)],
        [label("列席人员"), Cell("", columns=3, height=12)],
    ]
    for motion in detail.motions:
        rows.append([label(f"议题{motion.no}"), Cell(_motion_words(motion), columns=3, where="议题", top=True)])
        if motion.kind is MotionKind.VOTE:
            rows.append([label("表决情况"), Cell(_EMPTY_VOTE, columns=3)])
    rows.append([label("发言要点"), Cell("", columns=3, height=70)])
    rows.append([label("决议"), Cell("", columns=3, height=24)])
    blocks: list[Block] = [
        Form(columns=_COLUMNS, rows=rows),
        Gap(3),
        SignLine(["主持人（签字）：", "记录人（签字）："]),
    ]
    return Sheet(
        _title(detail), blocks, frame=FORM, head=("", code_words(row)), subject=f"{row.title}空白会议记录"
    ).pdf()


def _title(detail: MeetingDetail) -> str:
    words = detail.row.body_words
    return f"{words}记录" if words.endswith("会议") or detail.row.occasion is not None else f"{words}会议记录"


def _facts(detail: MeetingDetail, *, blank: bool = False) -> list[list[Cell | str]]:
    row = detail.row
    missing = "" if blank else NOT_REGISTERED
    called = chinese_date(detail.called_on) if detail.called_on else missing
    if detail.notice_way:
        called = f"{called}（{detail.notice_way}）"
    found: list[list[Cell | str]] = [
        [label("会议名称"), Cell(_marked(detail, "会议名称", row.title), columns=3, where="会议名称")],
        [
            label("时间"),
            _marked(detail, "时间", chinese_date_weekday(row.held_on) if row.held_on else missing),
            label("地点"),
            _marked(detail, "地点", row.place or missing),
        ],
        [
            label("主持人"),
            _marked(detail, "主持人", detail.chair or missing),
            label("记录人"),
            _marked(detail, "记录人", detail.recorder or missing),
        ],
        [label("通知日期"), _marked(detail, "通知日期", called), label("应到"), f"{row.eligible}人"],
    ]
    if detail.moves:
        words = "；".join(
            f"原定{chinese_date(move.before)}，{move.reason}，改到{chinese_date(move.after)}" for move in detail.moves
        )
        found.append([label("改期"), Cell(words, columns=3, where="改期")])
    return found


def _people(detail: MeetingDetail) -> list[list[Cell | str]]:
    heads = sum(one.votes for one in detail.came)
    came = "、".join(
        f"{one.name}（{one.proxy}代）" if one.proxy else f"{one.name}（在线）" if one.online else one.name
        for one in detail.came
    )
    found: list[list[Cell | str]] = [
        [label("实到"), f"{heads}人", label("比例"), ratio(heads, detail.row.eligible)],
        [label("到会人员"), Cell(_marked(detail, "到会人员", came or NOT_REGISTERED), columns=3, where="到会人员")],
        [label("缺席人员及原因"), Cell(absent_words(detail), columns=3, where="缺席人员")],
    ]
    if detail.sittings:
        words = "；".join(
            f"{one.name}{f'（{chinese_date(one.held_on)}）' if one.held_on else ''}到会{one.people}人"
            for one in detail.sittings
        )
        found.append([label("分片召开"), Cell(words, columns=3, where="分片召开")])
    if detail.late:
        words = "\n".join(door_words(door) for door in detail.late)
        found.append([label("迟到早退"), Cell(words, columns=3, where="迟到早退")])
    observers = _marked(detail, "列席人员", observers_words(detail))
    found.append([label("列席人员"), Cell(observers, columns=3, where="列席人员")])
    return found


def _marked(detail: MeetingDetail, item: str, words: str) -> str:
    """A field that was corrected names the correction."""
    numbers = "、".join(f"第{one.no}号" for one in detail.corrections if one.item == item)
    return f"{words}（见更正{numbers}）" if numbers else words


def _motion_words(motion: MotionRow) -> str:
    words = f"{motion.title}\n{motion.text}" if motion.text else motion.title
    if motion.kind is MotionKind.REPORT:
        words += "（听取、学习，不表决）"
    if motion.concerned:
        people = "、".join(f"{name}（{role}）" if role else name for _, name, role in motion.concerned)
        words += f"\n涉及的人：{people}"
    return words


def _decided(detail: MeetingDetail) -> str:
    """The resolutions that were read out: what passed with its text, what was rejected by name."""
    found = []
    for motion in detail.motions:
        if motion.standing is None:
            continue
        if motion.verdict.state is VerdictState.STANDS:
            found.append(f"通过“{motion.title}”。{motion.text}")
        elif motion.verdict.state is VerdictState.REJECTED:
            found.append(f"否决“{motion.title}”。")
    return "\n".join(found)


def _enclosures(detail: MeetingDetail) -> str:
    names = ["签到表"]
    names += ["会议通知及签收表"] if detail.called_on else []
    if any(motion.standing is not None for motion in detail.motions):
        names.append("计票单")
    return "、".join(names)


def _corrections(rows: tuple[CorrectionRow, ...]) -> Grid:
    return Grid(
        [
            Column("号", 10, Align.CENTRE),
            Column("项目", 20),
            Column("原记", 40),
            Column("应为", 40),
            Column("原因", 25),
            Column("日期、提出人"),
        ],
        [
            [
                str(one.no),
                one.item,
                one.was or "空",
                one.becomes,
                one.reason,
                "\n".join(part for part in (chinese_date(one.on) if one.on else "", one.by) if part),
            ]
            for one in rows
        ],
    )
