"""The dialogs of a service case beside its stages: taking it on, putting it right, carrying, money, progress."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen, yuan
from village_desk.kit.text import half_width
from village_desk.registers.actions import cases as taking
from village_desk.registers.actions import cases_carrying as carrying
from village_desk.registers.dialogs.cases import WhoDialog
from village_desk.registers.lookups import cases as lookups
from village_desk.registers.lookups import cases_counts as counts
from village_desk.registers.lookups.cases_rows import CaseDetail, CaseRow
from village_desk.registers.page.cases_stages import NOBODY, StageAsking, pairs, same
from village_desk.registers.rules.cases import (
    CASH_WORDS,
    MODE_WORDS,
    Mode,
    StageKind,
)
from village_desk.store.operators import operators
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog
from village_desk.widgets.workplace import Workplace

VISIT = "走访"


@dataclass(frozen=True)
class Origin:
    """The visit or entry that a case comes from: its room and id, a sentence about it, and what it is about."""

    room: str
    id: str
    words: str
    what: str = ""


class CaseAsking(StageAsking):
    """Makes the dialogs; each writes when it is answered."""

    def __init__(self, workplace: Workplace, page: QWidget) -> None:
        super().__init__(workplace, page)
        self._last_kind = ""

    # a new case

    def new_case(self, then: Callable[[str], None], *, person_id: str = "", origin: Origin | None = None) -> AskDialog:
        """The small form of a new case; most fields open with what is usual, or with the visit that it comes from."""
        now = self.act()
        kinds = self.workplace.read(lookups.kinds)
        clerk = next((one.name for one in self.workplace.read(operators) if one.id == now.actor), "")
        known = [one.key for one in kinds]
        asks = (
            Ask(
                "who",
                "申请人(&R)",
                "find",
                value=person_id,
                choices=self.people(),
                hint="打几个字从名册里选，外村人直接写姓名。",
            ),
            Ask(
                "matter",
                "办什么事(&S)",
                required=True,
                value=origin.what if origin else "",
                placeholder="如：代办老年证",
            ),
            Ask(
                "kind",
                "类别(&L)",
                "choice",
                value=self._last_kind if self._last_kind in known else "",
                choices=[(one.key, one.name) for one in kinds],
            ),
            Ask("mode", "办理方式(&F)", "choice", value=Mode.PROMISED.value, choices=pairs(MODE_WORDS)),
            Ask("due", "承诺日期(&C)", "day", value=None, today=now.today, hint="空着就按类别的工作日期限推算。"),
            Ask("phone", "联系电话(&D)"),
            Ask("source", "怎么来的(&Z)", "choice", value=VISIT if origin else taking.CAME, choices=self._sources()),
            Ask("materials", "收到材料(&M)", placeholder="如：身份证复印件、照片"),
            Ask("asked", "首问人(&W)", required=True, value=clerk),
            Ask("reply", "答复(&H)", placeholder="当场办结、明确答复的写在这里"),
        )
        told = f"来源：{origin.words}。" if origin else ""
        dialog = WhoDialog("受理办件", self.page, accept="受理", asks=asks, who="who", explain=told)

        def keep(session: Any) -> tuple[str, str]:
            got = dialog.values()
            found, typed = dialog.person()
            source, _, line = got["source"].partition("/")
            made = taking.take_case(
                session,
                kind=got["kind"],
                matter=got["matter"],
                first_asked=got["asked"],
                on=now.today,
                person_id=found,
                applicant=typed,
                phone=got["phone"],
                mode=got["mode"],
                due_on=got["due"],
                reply=got["reply"],
                source=source,
                source_line=line,
                source_room=origin.room if origin else "",
                source_id=origin.id if origin else "",
                source_words=origin.words if origin else "",
                materials=_several(got["materials"]),
            )
            self._last_kind = got["kind"]
            row = lookups.case_rows(session, [made])[0]
            return made, f"已受理，登记号{row.number}。{row.next_words}"

        self.writes(dialog, "registers.take_case", keep, lambda found: str(found[1]), lambda found: then(found[0]))
        return dialog

    def edit(self, detail: CaseDetail) -> AskDialog:
        """Put right what was entered."""
        row, lists = detail.row, lookups.presets().lists
        dialog = FieldsDialog(
            f"修改办件 {row.number}",
            self.page,
            accept="保存",
            explain="步骤和日期不在这里改；登记错了的，用撤销。",
            asks=(
                Ask("matter", "办什么事(&S)", required=True, value=row.matter),
                Ask("content", "具体情况(&Q)", value=row.content, hint="只留在村里的电脑上。"),
                Ask("phone", "联系电话(&D)", value=row.phone),
                Ask("category", "部门(&B)", "choice", value=row.category, choices=[NOBODY, *same(lists.categories)]),
                Ask(
                    "way",
                    "服务方式(&F)",
                    "choice",
                    value=row.service_way,
                    choices=[NOBODY, *same(lists.service_ways)],
                ),
                Ask("materials", "收到材料(&M)", value="、".join(row.materials)),
                Ask("trips", "跑了几趟(&T)", value=str(row.trips), read=whole),
                Ask("cost", "花费（元）(&Y)", value=yuan(row.cost_fen) if row.cost_fen else "", read=fen),
                Ask("paid_by", "资金来源(&Z)", value=row.paid_by, placeholder="如：村集体、上级补助、捐款"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            taking.edit_case(
                session,
                case_id=row.id,
                seen=detail.seen,
                matter=got["matter"],
                content=got["content"],
                phone=got["phone"],
                category=got["category"],
                service_way=got["way"],
                materials=_several(got["materials"]),
                trips=got["trips"] or 0,
                cost_fen=got["cost"] or 0,
                paid_by=got["paid_by"],
            )

        self.writes(dialog, "registers.edit_case", keep, "已保存。")
        return dialog

    def back(self, rows: Sequence[CaseRow]) -> AskDialog:
        """Enter what came back for cases that were carried up."""
        listed = [[row.number, row.applicant, row.title, ""] for row in rows]
        ways = [("", "还没有告诉本人"), *same(lookups.presets().lists.reply_ways)]
        dialog = FieldsDialog(
            "登记上送返回",
            self.page,
            accept="登记",
            explain="逐件填返回的结果，没有返回的空着。选了怎么回复本人，这几件就办结。",
            asks=(
                self.day("返回日期(&T)"),
                Ask(
                    "rows",
                    "结果(&S)",
                    "rows",
                    value=listed,
                    heads=("登记号", "申请人", "事项", "返回的结果"),
                    fixed=3,
                    grows=False,
                ),
                Ask("by", "谁带回的(&R)"),
                Ask("way", "怎么回复本人(&F)", "choice", choices=ways),
                Ask("reason", "超期原因(&C)", hint="有超过承诺日期的才要填。"),
                Ask("fault", "责任人(&Z)"),
            ),
            width=860,
        )

        def keep(session: Any) -> int:
            got = dialog.values()
            results = tuple(
                (row.id, cells[3]) for row, cells in zip(rows, got["rows"], strict=True) if cells[3].strip()
            )
            return carrying.bring_back(
                session,
                results=results,
                on=got["day"],
                by=got["by"],
                way=got["way"],
                overdue_reason=got["reason"],
                overdue_by=got["fault"],
            )

        self.writes(dialog, "registers.bring_back", keep, lambda many: f"已登记{many}件返回。")
        return dialog

    def carry(self, rows: Sequence[CaseRow], then: Callable[[str], None]) -> AskDialog:
        """Carry cases up together."""
        lines = [(row.id, f"{row.number} {row.applicant} {row.title}") for row in rows]
        ticked = [row.id for row in rows if row.needs_carrying or len(rows) == 1]
        dialog = WhoDialog(
            "上送一批",
            self.page,
            accept="上送",
            who="who",
            explain="勾上的办件编成一批，打印一张清单。",
            asks=(
                Ask("cases", "办件(&J)", "ticks", True, choices=lines, value=ticked),
                self.day("上送日期(&T)"),
                Ask("who", "谁送(&R)", "find", choices=self.people()),
                Ask("unit", "送到哪里(&D)", required=True, value="镇便民服务中心"),
                Ask("due", "要求返回(&X)", "day", today=self.act().today),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            found, typed = dialog.person()
            return carrying.carry_up(
                session,
                case_ids=got["cases"],
                on=got["day"],
                person_id=found,
                by=typed,
                unit=got["unit"],
                due_on=got["due"],
            )

        self.writes(dialog, "registers.carry_up", keep, "已登记上送，请打印上送清单。", then)
        return dialog

    # beside the stages

    def progress(self, row: CaseRow) -> AskDialog:
        """Note what came forward."""
        return self.plain(
            f"记进展：{row.number}",
            "记下",
            (
                self.day(),
                Ask("words", "进展(&S)", required=True, placeholder="不写姓名，如：配件已到，等电工安装"),
                *(
                    ()
                    if row.sensitive
                    else (Ask("shown", "可以公开", "yes", value=True, placeholder="可以公开，进下一张进展公开"),)
                ),
            ),
            "registers.note_progress",
            lambda session, got: taking.note_progress(
                session, case_id=row.id, on=got["day"], words=got["words"], shown=got.get("shown", False)
            ),
            "已记下进展。",
        )

    def cash(self, row: CaseRow) -> AskDialog:
        """Money of the person."""
        cash = row.cash
        spent = f"代缴{yuan(cash.paid)}元，退还{yuan(cash.returned)}元"
        held = f"收到{yuan(cash.received)}元，{spent}，手里{yuan(cash.in_hand)}元。"
        return self.plain(
            f"登记收付款：{row.number}",
            "登记",
            (
                self.day(),
                Ask("what", "哪一种(&L)", "choice", choices=pairs(CASH_WORDS)),
                Ask("amount", "金额（元）(&Y)", required=True, read=fen),
                Ask("voucher", "凭证号(&H)", hint="收款写收据号，代缴写缴费凭证号。"),
                Ask("note", "说明(&S)", hint="记错了的，记一笔负数，这里写原因。"),
            ),
            "registers.book_cash",
            lambda session, got: carrying.book_cash(
                session,
                case_id=row.id,
                what=got["what"],
                amount_fen=got["amount"],
                on=got["day"],
                voucher=got["voucher"],
                note=got["note"],
            ),
            "已登记。",
            held,
        )

    def explain(self, row: CaseRow) -> AskDialog:
        """Why it is late."""
        return self.plain(
            f"超期说明：{row.number}",
            "保存",
            (
                self.day(),
                Ask("reason", "超期原因(&Y)", required=True, value=row.overdue_reason),
                Ask("by", "责任人(&Z)", required=True, value=row.overdue_by, placeholder="不是谁的责任就写“无”"),
            ),
            "registers.explain_overdue",
            lambda session, got: taking.explain_overdue(
                session, case_id=row.id, on=got["day"], reason=got["reason"], by=got["by"]
            ),
            "超期说明已保存。",
        )

    def withdraw(self, row: CaseRow) -> AskDialog:
        """The person asks no more."""
        return self.plain(
            f"撤回办件：{row.number}",
            "撤回",
            (self.day(), Ask("reason", "原因(&Y)", required=True, placeholder="如：本人已自己去办")),
            "registers.withdraw_case",
            lambda session, got: taking.withdraw_case(session, case_id=row.id, on=got["day"], reason=got["reason"]),
            "已撤回，登记号保留。",
        )

    def _sources(self) -> list[Choice]:
        lists = lookups.presets().lists
        named = [one.name for one in self.workplace.read(counts.lines)]
        return [*same(lists.sources), *((f"电话/{one}", f"电话：{one}热线") for one in named)]

    def open_all(self, detail: CaseDetail) -> list[tuple[str, QDialog]]:
        """The dialogs for a case, for pictures and tests of the layout."""
        row = detail.row
        made: list[tuple[str, QDialog]] = [
            ("new", self.new_case(lambda _id: None)),
            ("edit", self.edit(detail)),
            ("answer", self.answer(row)),
            ("progress", self.progress(row)),
            ("carry", self.carry([row], lambda _id: None)),
            ("back", self.back([row])),
        ]
        if row.flow.has(StageKind.ASSIGNED):
            made.append(("assign", self.assign(row)))
        return made


def _several(typed: str) -> tuple[str, ...]:
    return tuple(one for one in typed.replace("，", "、").replace(",", "、").split("、") if one.strip())


def whole(typed: str) -> int:
    """A whole number as it was typed. Raises NotAllowed."""
    found = half_width(typed).strip()
    if not found.isdecimal():
        raise NotAllowed(f"“{typed}”不是整数。", "请填数字。")
    return int(found)
