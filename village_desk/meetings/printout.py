"""Meetings on paper: the sign-in sheet with serial numbers, the tally of a vote, and the minutes."""

from village_desk.kit.text import chinese_date, chinese_date_weekday
from village_desk.meetings.lookups import MeetingDetail, MotionRow
from village_desk.meetings.rules import ObserverKind, VerdictState
from village_desk.paper import FORM, Align, Block, Cell, Column, Form, Gap, Grid, Heading, Para, Sheet, SignLine, label
from village_desk.rulebook.rules import VotingWay

NOT_REGISTERED = "未登记"
_EMPTY_LINES = 3


def sign_in_sheet(detail: MeetingDetail) -> bytes:
    """The sheet that people sign: everybody on the roll with a number, then places for those who sit in."""
    return sign_in(detail).pdf()


def minutes(detail: MeetingDetail) -> bytes:
    """会议记录 with the fields that inspectors ask for, as a PDF. Raises NotAllowed for a character without glyph."""
    return minutes_sheet(detail).pdf()


def sign_in(detail: MeetingDetail) -> Sheet:
    """The sign-in sheet before it becomes a PDF, for binding with others."""
    row = detail.row
    held = chinese_date_weekday(row.held_on) if row.held_on else "　　　　年　月　日"
    rows = [
        [
            str(entry.serial),
            entry.name,
            entry.basis,
            entry.group,
            "",
            entry.absence,
        ]
        for entry in detail.roll
    ]
    columns = [
        Column("序号", 12, Align.CENTRE),
        Column("姓名", 24),
        Column("身份", 46),
        Column("组别", 18),
        Column("本人签名", 38),
        Column("请假事由"),
    ]
    observers = [
        [kind.words, observer.name, observer.post, ""] for observer in detail.observers for kind in [observer.kind]
    ]
    observers += [["", "", "", ""]] * max(0, _EMPTY_LINES - len(observers))
    voters = sum(entry.votes for entry in detail.roll)
    blocks: list[Block] = [
        Para(f"时间：{held}　　地点：{row.place or '　　　　　　'}", indent=0, keep=True),
        Para(_roll_words(detail, voters), indent=0, keep=True),
        Grid(columns, rows),
        Gap(4),
        Heading("列席人员", level=3),
        Grid(
            [Column("身份", 44), Column("姓名", 30), Column("单位、职务", 52), Column("本人签名")],
            observers,
        ),
        Gap(3),
        SignLine(["主持人（签字）：", "记录人（签字）："]),
        Para("请本人签字，不得代签。不会写字的按手印，由一名在场的人签字证明。", indent=0),
    ]
    return Sheet(f"{row.title}签到表", blocks, frame=FORM, subject=f"{row.title}签到表")


def minutes_sheet(detail: MeetingDetail) -> Sheet:
    """The minutes before they become a PDF, for binding with others."""
    row = detail.row
    came = [entry for entry in detail.roll if entry.present]
    absent = [entry for entry in detail.roll if not entry.present]
    rows: list[list[Cell | str]] = [
        [label("会议名称"), Cell(row.title, columns=3, where="会议名称")],
        [
            label("时间"),
            chinese_date_weekday(row.held_on) if row.held_on else NOT_REGISTERED,
            label("地点"),
            row.place or NOT_REGISTERED,
        ],
        [
            label("通知日期"),
            chinese_date(detail.called_on) if detail.called_on else NOT_REGISTERED,
            label("比例"),
            ratio(row.present, row.eligible),
        ],
        [label("主持人"), detail.chair or NOT_REGISTERED, label("记录人"), detail.recorder or NOT_REGISTERED],
        [label("应到"), f"{row.eligible}人", label("实到"), f"{row.present}人"],
        [
            label("到会人员"),
            Cell("、".join(entry.name for entry in came) or NOT_REGISTERED, columns=3, where="到会人员"),
        ],
        [label("缺席人员及原因"), Cell(_absent_words(detail), columns=3, where="缺席人员")],
        [label("列席人员"), Cell(observers_words(detail), columns=3, where="列席人员")],
    ]
    for motion in detail.motions:
        number = f"议题{motion.no}" if len(detail.motions) > 1 else "议题说明"
        rows.append([label(number), Cell(_motion_words(motion), columns=3, where=number, top=True)])
        rows.append([label("表决情况"), Cell(vote_words(motion), columns=3, where="表决情况")])
    remarks = "\n".join(f"{name}：{words}" for name, words in detail.remarks)
    rows.append([label("发言要点"), Cell(remarks or "　", columns=3, height=45, top=True, where="发言要点")])
    rows.append([label("适用规定"), Cell("；".join(detail.legal_refs) or NOT_REGISTERED, columns=3)])
    if not absent and detail.roll:
        rows[6] = [label("缺席人员及原因"), Cell("全部到会", columns=3)]
    blocks: list[Block] = [
        Form(columns=(30, 0, 24, 50), rows=rows),
        Gap(3),
        SignLine(["主持人（签字）：", "记录人（签字）："]),
    ]
    return Sheet(
        f"{row.body_words}会议记录" if not row.body_words.endswith("会议") else f"{row.body_words}记录",
        blocks,
        frame=FORM,
    )


def ratio(part: int, whole: int) -> str:
    """78.3%, from whole numbers; a stroke where nobody was counted yet."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def vote_words(motion: MotionRow) -> str:
    """The vote of a motion as minutes say it: way, numbers, result and, where it cannot stand, why."""
    if motion.standing is None:
        return "还没有表决。"
    count = motion.standing.count
    words = f"{count.way.words}：到会{motion.standing.present}人，"
    words += f"同意{count.yes}票、反对{count.no}票、弃权{count.abstain}票。"
    if count.way is VotingWay.SECRET:
        words += f"发出{count.issued}张，收回有效{count.returned}张，作废{count.spoiled}张，未交回{count.kept}张。"
    people = "；".join(
        part
        for part in (
            f"计票人：{motion.standing.tellers}" if motion.standing.tellers else "",
            f"监票人：{motion.standing.monitors}" if motion.standing.monitors else "",
        )
        if part
    )
    result = {
        VerdictState.STANDS: "结果：通过。",
        VerdictState.REJECTED: f"结果：未通过。{motion.verdict.sentence}",
        VerdictState.CANNOT_STAND: f"结果：不能成立。{motion.verdict.sentence}",
        VerdictState.PERSON_MUST_JUDGE: f"结果：待认定。{motion.verdict.sentence}",
        VerdictState.OPEN: "结果：未登记完。",
    }[motion.verdict.state]
    corrected = "".join(
        f"\n更正：原登记同意{row.count.yes}票、反对{row.count.no}票、弃权{row.count.abstain}票，{row.reversed_because}。"
        for row in motion.counts
        if row.reversed_because
    )
    return "\n".join(part for part in (words, people, result) if part) + corrected


def observers_words(detail: MeetingDetail, kind: ObserverKind | None = None) -> str:
    """Those who sat in: 李建国（村务监督委员会成员，主任）."""
    found = [
        f"{row.name}（{row.post or row.kind.words}）" for row in detail.observers if kind is None or row.kind is kind
    ]
    return "、".join(found) or NOT_REGISTERED


def _roll_words(detail: MeetingDetail, voters: int) -> str:
    quiet = len(detail.roll) - voters
    more = f"（另有{quiet}人到会没有表决权）" if quiet else ""
    return f"应到{voters}人{more}　　实到　　　人"


def _absent_words(detail: MeetingDetail) -> str:
    if not detail.roll:
        return NOT_REGISTERED
    return "、".join(f"{entry.name}（{entry.absence or '原因未登记'}）" for entry in detail.roll if not entry.present)


def _motion_words(motion: MotionRow) -> str:
    return f"{motion.title}\n{motion.text}" if motion.text else motion.title
