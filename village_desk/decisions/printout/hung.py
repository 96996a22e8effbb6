"""The fields of a publication's sheet: what was carried out, every day on the wall, and the supervision's opinion."""

from village_desk.decisions.lookups import DecisionDetail, StageRow
from village_desk.decisions.printout.met import DATE, law_words
from village_desk.decisions.rules.publications import ACCEPTANCE, MONEY
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.meetings.rules import VerdictState
from village_desk.notices.lookups import BoardRow
from village_desk.notices.rules.days import UNIT_WORDS
from village_desk.paper import Cell, label, ticked
from village_desk.rulebook.rules import StageKind

_NO_OPINION = "缺（还没有登记村务监督委员会的意见）"


def publication_fields(detail: DecisionDetail, stage: StageRow) -> list[list[Cell | str]]:
    """The rows of a publication step below its head."""
    result = stage.template.posting_kind == "result"
    said = dict(stage.said)
    rows: list[list[Cell | str]] = []
    if result:
        money = said.get(MONEY) or money_words(detail)
        rows += [
            [label("实施结果"), Cell(stage.content, columns=5, height=40, top=True, where="实施结果")],
            [label(MONEY), Cell(money, columns=5, height=22, top=True, where=MONEY)],
            [label(ACCEPTANCE), Cell(_acceptance(detail, stage), columns=5, height=18, top=True, where=ACCEPTANCE)],
        ]
    files = f"公开表、照片和扫描件{stage.files}份" if stage.files else "公开表" if stage.notice is not None else ""
    return [
        *rows,
        [
            label("实施结果公开情况" if result else "公开情况"),
            Cell(
                _posting_words(stage),
                columns=5,
                height=40 if result else 96,
                top=True,
                where="公开情况",
            ),
        ],
        [label("适用规定"), Cell(law_words(stage), columns=5)],
        [label("附件"), Cell(files, columns=5)],
        [
            label("监督意见"),
            Cell(
                _opinion(stage),
                columns=5,
                height=54 if result else 70,
                top=True,
                where="监督意见",
                sign=("村务监督委员会（签字、盖章）：　　　　　　　　　", DATE),
            ),
        ],
    ]


def money_words(detail: DecisionDetail) -> str:
    """Where the money of a case went by the record: the sum decided, contracts, payments, and what works used."""
    parts = [f"决议金额{yuan(detail.amount_fen)}元。"] if detail.amount_fen else []
    parts += [f"合同{name}（{party}）{yuan(total)}元。" for name, party, total in detail.money.contracts]
    if detail.money.payments:
        parts.append(f"账上付款{detail.money.payments}笔，共{yuan(detail.money.paid_fen)}元。")
    spent = sum(work.spent_fen for work in detail.works)
    if spent and not detail.money.payments:
        parts.append(f"实施中已用{yuan(spent)}元。")
    return "\n".join(parts)


def _acceptance(detail: DecisionDetail, stage: StageRow) -> str:
    """What was said of the acceptance, and which of the matter's papers are at hand."""
    wanted = detail.matter.papers if detail.matter is not None else ()
    parts = [dict(stage.said).get(ACCEPTANCE, ""), ticked(wanted, detail.papers) if wanted else ""]
    return "\n".join(part for part in parts if part)


def _posting_words(stage: StageRow) -> str:
    notice = stage.notice
    # A resolution is on the sheet before, a result has its own field.
    parts = [] if stage.template.posting_kind in {"resolution", "result"} else [stage.content]
    if notice is not None:
        parts.append(f"公开表：《{notice.title}》{notice.number}")
        for board in notice.boards:
            parts += _stay_words(board, notice.period_name)
    if stage.verdict.state is VerdictState.CANNOT_STAND:
        parts.append(stage.verdict.sentence)
    return "\n".join(part for part in parts if part)


def _stay_words(board: BoardRow, period: str) -> list[str]:
    """Every date of a sheet on one board in its order, then whether its days are enough."""
    lines = []
    for at, stay in enumerate(board.stays):
        by = f"（张贴人{stay.posted_by}）" if stay.posted_by else ""
        lines.append(f"{chinese_date(stay.posted_on)}{'补贴' if at else '贴'}在{board.board}{by}。")
        if stay.off_on is not None:
            gone = stay.off_words if board.state.fulfilled and stay is board.stays[-1] else f"发现{stay.off_words}"
            lines.append(f"{chinese_date(stay.off_on)}{gone}。")
    state = board.state
    days = f"{period}{state.terms.days}{UNIT_WORDS[state.terms.unit]}" if state.terms is not None else period
    if len(board.stays) > 1 or not (state.fulfilled or state.hangs):
        lines.append(f"天数：{''.join(state.arithmetic)}")
    if state.fulfilled:
        lines.append(f"{days}，已贴满。")
    elif state.last_day is not None:
        lines.append(f"{days}，至{chinese_date(state.last_day)}满。")
    else:
        unit = UNIT_WORDS[state.terms.unit] if state.terms is not None else "天"
        lines.append(f"{days}，没有贴满，还差{state.owed_days}{unit}，应当补贴。")
    return lines


def _opinion(stage: StageRow) -> str:
    if stage.opinion:
        day = f"（{chinese_date(stage.opinion_on)}）" if stage.opinion_on is not None else ""
        return f"{stage.opinion}\n意见登记自{stage.opinion_by}的签字{day}。"
    if stage.notice is not None and stage.notice.review:
        return stage.notice.review
    # Before the sheet hangs the field waits for the pen; afterwards what is not there is missing.
    return _NO_OPINION if stage.day is not None else ""


def opinions(detail: DecisionDetail) -> list[str]:
    """The supervision committee's opinion on each publication of the case, or that it is missing."""
    return [
        f"监督意见（{stage.template.name}）：{(_opinion(stage) or _NO_OPINION).replace(chr(10), '')}"
        for stage in detail.stages
        if stage.template.kind is StageKind.PUBLICATION
    ]
