"""What the service desk does beside single cases: batches, counts, lists on paper, guide book, hotlines and kinds."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog

from village_desk.kit.text import chinese_date
from village_desk.registers.actions import cases_carrying as carrying
from village_desk.registers.actions import cases_desk as desk
from village_desk.registers.dialogs.cases import ListDialog
from village_desk.registers.lookups import cases as lookups
from village_desk.registers.lookups import cases_counts as counts
from village_desk.registers.page.cases_asking import CaseAsking, whole
from village_desk.registers.page.drafting import draft_and_go
from village_desk.registers.printout import cases as papers
from village_desk.registers.printout import cases_year as sheets
from village_desk.registers.rules.cases import StageKind
from village_desk.registers.table.cases import (
    BatchTable,
    CountRow,
    CountTable,
    GuideTable,
    KindRow,
    KindTable,
    LineTable,
    NamedLine,
)
from village_desk.store.acts import Act, act
from village_desk.widgets.asking import Asking
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Workplace

# How the page shows a PDF: its name and what makes it.
Printing = Callable[[str, Callable[[], bytes]], None]


class CaseOffice(Asking):
    """The entries of the page's menu."""

    page: Page
    acts = (
        ("carry", "上送一批…"),
        ("batches", "上送批次和返回…"),
        ("carry_list", "打印便民服务日带件单"),
        ("counts", "年度统计…"),
        ("agents", "打印代办员统计"),
        ("book", "打印登记簿"),
        ("works", "打印微实事清单"),
        ("cash", "打印代收余款表"),
        ("progress_notice", "起草进展公开"),
        ("progress_sheet", "打印进展"),
        ("guides", "办事指南…"),
        ("lines", "服务热线…"),
        ("teams", "打印服务队公示"),
        ("kinds", "办件类别…"),
    )

    def __init__(
        self,
        workplace: Workplace,
        page: Page,
        asking: CaseAsking,
        show: Callable[[QDialog], None],
        print_sheet: Printing,
        show_ids: Callable[[Sequence[str], str], None],
    ) -> None:
        super().__init__(workplace, page)
        self.asking, self.show, self.print_sheet, self.show_ids = asking, show, print_sheet, show_ids
        self.list: ListDialog | None = None

    def ask(self, what: str) -> None:
        """Do what an entry of the menu says."""
        getattr(self, f"_{what}")()

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The windows of the service desk."""
        yield "counts", self.counts_window()
        yield "guides", self.guides_window()
        yield "guide", self.guide(None)
        yield "lines", self.lines_window()
        yield "kinds", self.kinds_window()
        yield "batches", self.batches_window()

    # lists on paper

    def _book(self) -> None:
        here, rows = self._here(), self.workplace.read(lambda s: lookups.cases(s, year=act(s).today.year))
        year = here.today.year
        self.print_sheet(f"{year}年便民服务登记簿", lambda: papers.book(rows, village=here.village_name, year=year))

    def _agents(self) -> None:
        here = self._here()
        year = here.today.year
        rows = self.workplace.read(lambda s: counts.agents_of_year(s, year=year))
        self.print_sheet(f"{year}年代办员统计", lambda: sheets.agents_sheet(rows, village=here.village_name, year=year))

    def _works(self) -> None:
        here = self._here()
        year = here.today.year
        rows = self.workplace.read(lambda s: counts.works_by_month(s, year=year))
        self.print_sheet(f"{year}年微实事清单", lambda: sheets.works_sheet(rows, village=here.village_name, year=year))

    def _cash(self) -> None:
        here, rows = self._here(), self.workplace.read(counts.money_in_hand)
        self.print_sheet("代收余款表", lambda: papers.cash_sheet(rows, village=here.village_name, on=here.today))

    def _carry_list(self) -> None:
        here, rows = self._here(), self.workplace.read(counts.to_carry)
        self.print_sheet("带件单", lambda: papers.carry_list(rows, village=here.village_name, on=here.today))

    def _teams(self) -> None:
        here, rows = self._here(), self.workplace.read(counts.teams)
        day = chinese_date(here.today)
        self.print_sheet("服务队公示", lambda: sheets.teams_sheet(rows, village=here.village_name, day=day))

    def _progress_sheet(self) -> None:
        here, rows = self._here(), self.workplace.read(counts.progress_waiting)
        day = chinese_date(here.today)
        self.print_sheet("为民办事进展", lambda: sheets.progress_sheet(rows, village=here.village_name, day=day))

    def _progress_notice(self) -> None:
        draft_and_go(self.page, carrying.draft_progress_notice, "进展公开")

    # batches

    def _carry(self) -> None:
        rows = [
            one
            for one in self.workplace.read(lookups.open_cases)
            if any(stage.kind is StageKind.UP for stage in one.flow.next_stages(one.stage))
        ]
        if not rows:
            self.workplace.told.emit("现在没有可以上送的办件。", "受理了要到镇里办的事，再来上送。")
            return
        self.show(self.asking.carry(rows, lambda batch_id: self._print_batch(batch_id)))

    def _batches(self) -> None:
        self.show(self.batches_window())

    def batches_window(self) -> ListDialog:
        """The batches, to print one or to enter what came back."""
        window = ListDialog(
            "上送批次和返回",
            BatchTable(),
            (("back", "登记返回", "download"), ("print", "打印上送清单", "printer")),
            self.page,
            explain="一批的结果可以分几次登记；过了要求返回的日期还没有返回的，算超期。",
            empty_words="还没有上送过。在“更多”里点“上送一批”。",
            needs_line=frozenset({"back", "print"}),
        )
        self._fill(window, lambda: self.workplace.read(counts.batches))
        window.asked.connect(self._with_batch)
        return window

    def _with_batch(self, what: str, batch_id: str) -> None:
        if what == "print":
            self._print_batch(batch_id)
            return
        batch = self.workplace.read(lambda s: counts.one_batch(s, batch_id))
        waiting = [one for one in batch.cases if one.stage is StageKind.UP and one.closed_on is None]
        if not waiting:
            self.workplace.told.emit(f"{batch.title}都已经返回了。", "请选另一批。")
            return
        self.show(self.asking.back(waiting))

    def _print_batch(self, batch_id: str) -> None:
        batch = self.workplace.read(lambda s: counts.one_batch(s, batch_id))
        village = self._here().village_name
        self.print_sheet(f"{batch.title}上送清单", lambda: papers.batch_list(batch, village=village))

    # counts

    def _counts(self) -> None:
        self.show(self.counts_window())

    def counts_window(self) -> ListDialog:
        """The counts of this year; a figure shows its cases."""
        found = self.workplace.read(lambda s: counts.year_count(s, year=act(s).today.year))
        rows = [CountRow("0", "全年", found.total)]
        for part, figures in found.parts:
            rows += [CountRow(str(len(rows) + at), part, one) for at, one in enumerate(figures)]
        window = ListDialog(
            f"{found.year}年便民服务统计",
            CountTable(),
            (("show", "看这些办件", "list-filter"), ("print", "打印统计表", "printer")),
            self.page,
            explain=f"受理{found.total.many}件，按时办结率{found.on_time}，满意率{found.satisfied}。选一行可以看到是哪几件。",
            needs_line=frozenset({"show"}),
            width=640,
        )
        window.show_rows(rows)

        def act_on(what: str, at: str) -> None:
            if what == "print":
                self.print_sheet(f"{found.year}年便民服务统计表", lambda: sheets.year_sheet(found))
                return
            line = rows[int(at)].line
            if line.many:
                window.accept()
                self.show_ids(line.ids, f"{line.words}{line.many}件")

        window.asked.connect(act_on)
        return window

    # guide book, hotlines, kinds

    def _guides(self) -> None:
        self.show(self.guides_window())

    def guides_window(self) -> ListDialog:
        """The guide book."""
        window = ListDialog(
            "办事指南",
            GuideTable(),
            (
                ("edit", "修改", "pencil"),
                ("new", "增加事项", "plus"),
                ("drop", "删去", "trash-2"),
                ("print", "打印服务册", "printer"),
            ),
            self.page,
            explain="办事公开四要素：办理条件、工作流程、承办人员、联系方式。缺哪一项，这里会列出来。",
            empty_words="还没有事项。点“增加事项”。",
            needs_line=frozenset({"edit", "drop"}),
        )
        self._fill(window, lambda: self.workplace.read(counts.guides))
        window.asked.connect(self._with_guide)
        return window

    def _with_guide(self, what: str, guide_id: str) -> None:
        rows = self.workplace.read(counts.guides)
        here = self._here()
        if what == "print":
            day = chinese_date(here.today)
            self.print_sheet("办事指南", lambda: sheets.guide_book(rows, village=here.village_name, day=day))
        elif what == "drop":
            self.workplace.write(
                "registers.drop_guide", lambda s: desk.drop_guide(s, guide_id=guide_id), said="已删去这一项。"
            )
        else:
            self.show(self.guide(next((one for one in rows if one.id == guide_id), None) if what == "edit" else None))

    def guide(self, row: counts.GuideRow | None) -> AskDialog:
        """One matter of the guide book."""
        dialog = FieldsDialog(
            "办事指南的事项",
            self.page,
            accept="保存",
            explain="联系方式写公开的值班电话，不写私人号码。",
            asks=(
                Ask(
                    "name", "事项(&M)", required=True, value=row.name if row else "", placeholder="如：城乡居民医保缴费"
                ),
                Ask("conditions", "办理条件(&T)", value=row.conditions if row else ""),
                Ask("steps", "工作流程(&L)", value=row.steps if row else ""),
                Ask("handled_by", "承办人员(&R)", value=row.handled_by if row else ""),
                Ask("contact", "联系方式(&D)", value=row.contact if row else ""),
                Ask("materials", "所需材料(&C)", value=row.materials if row else ""),
                Ask("limit", "几个工作日办结(&G)", value=str(row.limit_days) if row else "0", read=whole),
                Ask("active", "在用", "yes", value=row.active if row else True, placeholder="印进服务册"),
            ),
            width=640,
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return desk.keep_guide(
                session,
                guide_id=row.id if row else "",
                seen=row.seen if row else "",
                name=got["name"],
                conditions=got["conditions"],
                steps=got["steps"],
                handled_by=got["handled_by"],
                contact=got["contact"],
                materials=got["materials"],
                limit_days=got["limit"] or 0,
                active=got["active"],
            )

        self.writes(dialog, "registers.keep_guide", keep, "办事指南已保存。")
        return dialog

    def _lines(self) -> None:
        self.show(self.lines_window())

    def lines_window(self) -> ListDialog:
        """The hotlines."""
        window = ListDialog(
            "服务热线",
            LineTable(),
            (
                ("edit", "填号码", "pencil"),
                ("new", "增加热线", "plus"),
                ("drop", "去掉号码", "trash-2"),
                ("print", "打印热线公示牌", "printer"),
            ),
            self.page,
            explain="热线会列在办件的“怎么来的”里；号码是公开的，印在公示牌上。",
            needs_line=frozenset({"edit", "drop"}),
        )
        self._fill(window, lambda: [NamedLine(one.name, one) for one in self.workplace.read(counts.lines)])
        window.asked.connect(self._with_line)
        return window

    def _with_line(self, what: str, name: str) -> None:
        rows = self.workplace.read(counts.lines)
        at = next((one for one in rows if one.name == name), None)
        if what == "print":
            village = self._here().village_name
            self.print_sheet("服务热线", lambda: sheets.line_plate(rows, village=village))
        elif what == "drop":
            if at is not None and at.id:
                line_id = at.id
                self.workplace.write(
                    "registers.drop_line", lambda s: desk.drop_line(s, line_id=line_id), said="已去掉这条热线的号码。"
                )
        else:
            self.show(self._line(at if what == "edit" else None))

    def _line(self, row: counts.LineRow | None) -> AskDialog:
        dialog = FieldsDialog(
            "服务热线",
            self.page,
            accept="保存",
            asks=(
                Ask("name", "热线名称(&M)", required=True, value=row.name if row else ""),
                Ask("by", "接听人(&R)", value=row.answered_by if row else ""),
                Ask("number", "号码(&H)", required=True, value=row.number if row else ""),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return desk.keep_line(session, name=got["name"], answered_by=got["by"], number=got["number"])

        self.writes(dialog, "registers.keep_line", keep, "热线已保存。")
        return dialog

    def _kinds(self) -> None:
        self.show(self.kinds_window())

    def kinds_window(self) -> ListDialog:
        """The kinds of cases."""
        window = ListDialog(
            "办件类别",
            KindTable(),
            (("switch", "启用、停用、改期限", "pencil"), ("new", "增加一类", "plus")),
            self.page,
            explain="停用的类别受理时不出现，办过的件不变。期限是承诺的工作日，受理时可以另写日期。",
            needs_line=frozenset({"switch"}),
            width=820,
        )
        self._fill(window, lambda: [KindRow(one.key, one) for one in self._every_kind()])
        window.asked.connect(lambda what, key: self.show(self._kind(key) if what == "switch" else self._new_kind()))
        return window

    def _kind(self, key: str) -> AskDialog:
        kind = next(one for one in self._every_kind() if one.key == key)
        dialog = FieldsDialog(
            f"办件类别：{kind.name}",
            self.page,
            accept="保存",
            explain=kind.warning,
            asks=(
                Ask("active", "启用", "yes", value=kind.active),
                Ask("limit", "承诺几个工作日(&G)", value=str(kind.limit), read=whole),
                Ask("reason", "依据、原因(&Y)"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            desk.switch_kind(session, key=key, active=got["active"], reason=got["reason"], limit_days=got["limit"] or 0)

        self.writes(dialog, "registers.switch_kind", keep, "类别已保存。")
        return dialog

    def _new_kind(self) -> AskDialog:
        flows = lookups.presets().flows
        dialog = FieldsDialog(
            "增加一类办件",
            self.page,
            accept="增加",
            asks=(
                Ask("name", "名称(&M)", required=True, placeholder="如：代领快递"),
                Ask("flow", "按哪种步骤办(&B)", "choice", choices=[(one.key, one.name) for one in flows]),
                Ask("limit", "承诺几个工作日(&G)", required=True, value="3", read=whole),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return desk.add_kind(session, name=got["name"], flow=got["flow"], limit_days=got["limit"])

        self.writes(dialog, "registers.add_kind", keep, "已增加。")
        return dialog

    # inside

    def _fill(self, window: ListDialog, rows: Callable[[], Sequence[Any]]) -> None:
        """Fill a window now and whenever something was written while it stands."""
        window.fill_with(rows)
        self.list = window
        # A slot of the window itself: Qt lets go of it with the window.
        self.workplace.changed.connect(window.fill_again)

    def _every_kind(self) -> Sequence[Any]:
        return self.workplace.read(lambda s: lookups.kinds(s, with_off=True))

    def _here(self) -> Act:
        return self.workplace.read(act)
