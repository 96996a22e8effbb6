"""The fields of a meeting's sheet, each from the record of the meeting and of its motion."""

from village_desk.decisions.lookups import DecisionDetail, StageRow
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import MeetingDetail, MotionRow
from village_desk.meetings.printout import absent_words, observers_words, ratio, vote_words
from village_desk.meetings.rules import ObserverKind
from village_desk.paper import Cell, label, ticked
from village_desk.rulebook.rules import Body, VotingWay

DATE = "　　　年　　月　　日"
# So many signatures of 22 mm find room on a sheet.
_SIGNATURES = 20
_CONTENTS = {"proposal": "提议内容", "consultation": "商议内容", "party_review": "审议内容"}
# The names of more who did not come than this stand on the sign-in sheet.
_ABSENT = 12
_SIGNING = frozenset({ObserverKind.SUPERVISION, ObserverKind.TOWNSHIP})
_COLLECTIVE = frozenset({Body.COLLECTIVE_MEMBERS, Body.COLLECTIVE_REPRESENTATIVES, Body.COLLECTIVE_COUNCIL})
_WITH_TOWNSHIP = frozenset({"party_review", "decision"})
_CONVENERS = {
    "proposal": "村党组织",
    "consultation": "村党组织",
    "party_review": "村党组织",
    "decision": "村民委员会",
}


def meeting_fields(detail: DecisionDetail, stage: StageRow) -> list[list[Cell | str]]:
    """The rows of a meeting step below its head; what is not registered yet stays empty for the pen."""
    meeting, motion = stage.meeting, stage.motion
    eligible = meeting.row.eligible if meeting is not None else 0
    came = motion.standing.present if motion is not None and motion.standing is not None else 0
    if meeting is not None and not came:
        came = meeting.row.present
    counted = meeting is not None and bool(meeting.roll)
    rows: list[list[Cell | str]] = []
    if stage.template.key in _WITH_TOWNSHIP:
        form = meeting.row.body_words if meeting is not None else ""
        if motion is not None and motion.rule_name != form:
            form = motion.rule_name
        rows.append([label("会议形式"), Cell(form, columns=5)])
    rows += [
        [
            label("时间"),
            chinese_date(stage.day) if stage.day is not None else DATE,
            label("通知"),
            Cell(
                chinese_date(meeting.called_on) if meeting is not None and meeting.called_on is not None else "",
                columns=3,
            ),
        ],
        [
            label("地点"),
            Cell(meeting.row.place if meeting is not None else "", columns=5, where="地点"),
        ],
        [
            label("召集、主持人"),
            _chair(stage),
            label("记录人"),
            Cell(meeting.recorder if meeting is not None else "", columns=3),
        ],
        [
            label("应到"),
            f"{eligible}人" if counted else "　　　人",
            label("实到"),
            f"{came}人" if counted else "　　人",
            label("比例"),
            ratio(came, eligible) if counted else "",
        ],
        [label("缺席人员及原因"), Cell(_absent(meeting) if counted else "", columns=5, where="缺席人员")],
        [
            label(_CONTENTS.get(stage.template.key, "决议内容")),
            Cell(_content(detail, stage), columns=5, height=36, top=True, where="内容"),
        ],
        [label("发言要点"), Cell(_remarks(meeting), columns=5, height=14, top=True, where="发言要点")],
        [
            label("表决情况"),
            Cell(_vote(motion, eligible), columns=5, height=20, top=True, where="表决情况"),
        ],
        [label("适用规定"), Cell(law_words(stage), columns=5)],
    ]
    if judged := [check.sentence for check in stage.verdict.checks if check.judged]:
        rows.append([label("人工认定"), Cell("\n".join(judged), columns=5, where="人工认定")])
    if "村务监督委员会" in stage.template.attend:
        rows.append(
            [
                label("村务监督委员会列席签字"),
                Cell(_observers(stage, ObserverKind.SUPERVISION), columns=5, height=14, top=True, where="列席"),
            ]
        )
    if stage.template.key in _WITH_TOWNSHIP:
        rows.append(
            [
                label("乡镇参会人员签字（含职务）"),
                Cell(_observers(stage, ObserverKind.TOWNSHIP), columns=5, height=14, top=True, where="乡镇参会人员"),
            ]
        )
    if stage.template.by_matter and detail.filings:
        answers = "\n".join(f"{chinese_date(one.on)}　{one.words}" for one in detail.filings)
        rows.append([label("报批、备案"), Cell(answers, columns=5, where="报批、备案")])
    others = [row for row in meeting.observers if row.kind not in _SIGNING] if meeting is not None else []
    if others:
        words = "、".join(f"{row.name}（{row.post or row.kind.words}）" for row in others)
        rows.append([label("其他列席人员"), Cell(words, columns=5, where="列席")])
    rows.append([label("附件"), Cell(_enclosed(stage), columns=5)])
    room = 30 if stage.template.key in _WITH_TOWNSHIP else 52
    many = f"到会{came}人，签名可以附签到表。" if came > _SIGNATURES else ""
    sign = (f"{_sealer(stage)}（盖章）：　　　　　　　", DATE) if stage.template.by_matter else ()
    rows.append([label("参会人员签字"), Cell(many, columns=5, height=room, top=True, sign=sign)])
    return rows


def _sealer(stage: StageRow) -> str:
    """Whose seal a resolution bears: that of the body's own organisation."""
    collective = stage.meeting is not None and stage.meeting.row.body in _COLLECTIVE
    return "农村集体经济组织" if collective else "村民委员会"


def _absent(meeting: MeetingDetail | None) -> str:
    """Who did not come and why; of a whole village only how many, for the sign-in sheet has the names."""
    if meeting is None or len(meeting.away) <= _ABSENT:
        return absent_words(meeting) if meeting is not None else ""
    excused = [one for one in meeting.away if one.absence]
    reasons = "、".join(f"{one.name}（{one.absence}）" for one in excused[:_ABSENT])
    voters = sum(one.votes for one in meeting.away)
    return f"缺席{voters}人，名单见签到表。{f'其中请假{len(excused)}人：{reasons}' if excused else ''}"


def _remarks(meeting: MeetingDetail | None) -> str:
    spoken = meeting.remarks if meeting is not None else ()
    return "\n".join(f"{name}：{words}" if name else words for name, words in spoken)


def _vote(motion: MotionRow | None, eligible: int) -> str:
    return vote_words(motion, eligible) if motion is not None else ""


def _enclosed(stage: StageRow) -> str:
    """What lies behind the sheet: papers that the record makes of a meeting, and what was scanned or photographed."""
    if stage.meeting is None:
        return ticked(("签到表", "会议记录", "方案", "表决票", "照片"), ())
    names = ["签到表", "会议记录", "方案"]
    count = stage.motion.standing.count if stage.motion is not None and stage.motion.standing is not None else None
    if count is not None and count.way is VotingWay.SECRET:
        names.append("表决票和计票单")
    if stage.files:
        names.append(f"照片、扫描件{stage.files}份")
    return "、".join(names)


def _content(detail: DecisionDetail, stage: StageRow) -> str:
    parts = [stage.content, stage.motion.text if stage.motion is not None else detail.plan]
    if detail.amount_fen:
        parts.append(f"涉及资金{yuan(detail.amount_fen)}元。")
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _chair(stage: StageRow) -> str:
    convener = _CONVENERS.get(stage.template.key, "")
    name = stage.meeting.chair if stage.meeting is not None else ""
    return f"{convener}　{name}" if name else convener


def law_words(stage: StageRow) -> str:
    """The articles of the rows that held on the day of the act, else those of the procedure."""
    refs = [check.legal_ref for check in stage.verdict.checks if check.rule_id and check.legal_ref]
    if not refs and stage.motion is not None:
        refs = list(stage.motion.legal_refs)
    return "；".join(dict.fromkeys(refs)) or stage.template.legal_ref


def _observers(stage: StageRow, kind: ObserverKind) -> str:
    if stage.meeting is None or not any(row.kind is kind for row in stage.meeting.observers):
        return ""
    return observers_words(stage.meeting, kind)
