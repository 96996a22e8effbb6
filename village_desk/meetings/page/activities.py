"""The page of activities: what was done together, who came and for how long, rotas, and the hundred hours of a year."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date, short_date
from village_desk.meetings.actions import activities as actions
from village_desk.meetings.lookups import activities as lookups
from village_desk.meetings.lookups.activities import ActivityRow, VolunteerRow
from village_desk.meetings.page.describing import Describing
from village_desk.meetings.printout import activities as printout
from village_desk.meetings.printout import describing as described_printout
from village_desk.meetings.rules.activities import KIND_WORDS, ActivityKind, ActivityState, hours_said
from village_desk.people.lookups import PeopleFilter, bodies, person_ids, person_rows
from village_desk.store.acts import act
from village_desk.widgets.chips import Chip
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.empty import Empty
from village_desk.widgets.fields import Ask, Choice, FieldsDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, card, flow, heading, label, row, scrolled
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.tabs_page import Tab, TabsPage
from village_desk.widgets.workplace import Workplace

LIST, HOURS = 0, 1
_ACTS = (
    ("登记活动", "plus", (("add", ""),)),
    (
        "更多",
        "",
        (
            ("rota", "排轮值表…"),
            ("word", "加场所、形式…"),
            ("print_rota", "打印轮值表"),
            ("print_year", "打印活动统计"),
            ("print_service", "打印在职党员服务成效"),
        ),
    ),
)
_KINDS: tuple[Choice, ...] = tuple((kind.value, words) for kind, words in KIND_WORDS.items())
_TONES = {ActivityState.PLANNED: "warn", ActivityState.HELD: "good", ActivityState.CANCELLED: "plain"}


class ActivityTable(ListTable[ActivityRow]):
    """One line an activity."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("day", "日期", lambda row: short_date(row.held_on), width=4.5),
                Column("title", "活动", lambda row: row.title, width=7, wide=True),
                Column("came", "到场", lambda row: f"{len(row.came)}人" if row.came else "", width=3, align="right"),
                Column("state", "状态", lambda row: row.state_words, width=4.5, tone=lambda row: _TONES[row.state]),
            ),
            sort_keys={"day": lambda row: row.held_on, "came": lambda row: len(row.came)},
        )


class HoursTable(ListTable[VolunteerRow]):
    """One line a person with voluntary work, or of whom it is asked."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "姓名", lambda row: row.name, width=3, wide=True),
                Column("status", "身份", lambda row: row.status or "志愿者", width=6),
                Column("hours", "小时", lambda row: hours_said(row.hours.total), width=2.5, align="right"),
                Column("met", "达标", _met, width=6.5, tone=_met_tone),
            ),
            sort_keys={"hours": lambda row: row.hours.total},
        )


class ActivitiesPage(TabsPage):
    """活动与志愿服务: activities with who came, rotas, and hours."""

    list_width = 420
    key, title, icon, shortcut = "activities", "活动与志愿", "clock", ""
    tables = frozenset(
        """activity activity_attendance activity_word volunteer_time development_step party_membership person
        service_case""".split()
    )

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self.describing = Describing(self)
        self.activities, self.hours = ActivityTable(), HoursTable()
        self.activity_grid = Grid(self.activities, empty_words="还没有活动。点“登记活动”。")
        self.hours_grid = Grid(self.hours, empty_words="还没有志愿时长。登记活动到场以后自动记入。")
        self.back = button("返回列表", "arrow-left", clicked=self.go_back)
        self.name, self.chip, self.about, self.lines = heading(""), Chip(), label("", "muted"), label("")
        self.came_button = button("登记到场和时长", "check", role="primary", clicked=lambda: self.ask("came"))
        self.change_button = button("修改", "pencil", clicked=lambda: self.ask("change"))
        self.cancel_button = button("取消活动", "x", clicked=lambda: self.ask("cancel"))
        self.describe_button = button("活动内容", "file-text", clicked=lambda: self.ask("describe"))
        self.suggest_button = button("登记建言", "plus", clicked=lambda: self.ask("suggest"))
        self.record_button = button("打印纪要", "printer", clicked=self.print_record)
        self.print_button = button("打印签到表", "printer", clicked=self.print_one)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        column.addStretch(1)
        self.name.setWordWrap(True)
        head = row(self.back, self.name, self.chip)
        head.setStretchFactor(self.name, 1)
        self._of_activity = (self.describe_button, self.suggest_button, self.record_button)
        buttons = flow(self.came_button, *self._of_activity, self.change_button, self.print_button, self.cancel_button)
        self.one = card(head, self.about, buttons)
        self.one.add(scrolled(inside), 1)
        self.nothing = Empty("从左边选一次活动，这里显示谁来了、多长时间。", icon="clock")
        self.furnish(
            (Tab("活动", self.activity_grid, _ACTS), Tab("志愿时长", self.hours_grid, _ACTS)),
            search="按活动、姓名查找",
            beside=(self.nothing, self.one),
            backs=(self.back,),
        )

    # showing

    def refresh(self) -> None:
        """Read activities and hours of the year; what was chosen stays chosen."""
        year = self.today().year
        found = self.workplace.read(lookups.activities)
        hours = self.workplace.read(lambda session: lookups.volunteer_year(session, year=year))
        self.activities.show([one for one in found if self.words in one.title])
        self.hours.show([one for one in hours if self.words in f"{one.group}{one.name}"])
        behind = sum(bool(one.hours.short) for one in hours)
        self.tabs.setTabText(HOURS, f"志愿时长（{behind}人不达标）" if behind else "志愿时长")
        self.say(f"{year}年{sum(one.held_on.year == year for one in found)}次活动")
        self.show_beside()

    def show_beside(self) -> None:
        """Show the activity or the person that is chosen."""
        tab = self.tabs.currentIndex()
        at = self.grids[tab].current_id()
        self.beside.setCurrentWidget(self.one if at else self.nothing)
        if at and tab == LIST:
            self._show_activity(next(each for each in self.activities.rows() if each.id == at))
        elif at:
            self._show_person(next(each for each in self.hours.rows() if each.id == at))

    def open_record(self, record_id: str) -> None:
        """Show one activity."""
        self.refresh_now()
        if record_id and self.activity_grid.choose(record_id):
            self.tabs.setCurrentIndex(LIST)
            self.go_in()

    # asking

    def ask(self, what: str) -> None:
        """Open a dialog."""
        makes: dict[str, Callable[[], AskDialog]] = {
            "add": self._add,
            "rota": self._rota,
            "came": self._came,
            "change": self._change,
            "cancel": self._cancel,
            "describe": lambda: self.describing.describe(self.activity_grid.current_id()),
            "suggest": lambda: self.describing.suggest(self.activity_grid.current_id()),
            "word": self.describing.word,
        }
        prints: dict[str, Callable[[], None]] = {
            "print_rota": self.print_rota,
            "print_year": lambda: self.print_sheet(*self.describing.year_sheet()),
            "print_service": lambda: self.print_sheet(*self.describing.service_sheet()),
        }
        if what in prints:
            prints[what]()
        else:
            self.open(makes[what]())

    def print_one(self) -> None:
        """The sign-in sheet of the activity, or the sheet of hours of the person."""
        at, village = self.grids[self.tabs.currentIndex()].current_id(), self.workplace.read(act).village_name
        if self.tabs.currentIndex() == LIST:
            found = next(each for each in self.activities.rows() if each.id == at)
            self.print_sheet(f"{found.title}签到表", lambda: printout.attendance_sheet(found, village=village))
        else:
            one = next(each for each in self.hours.rows() if each.id == at)
            self.print_sheet(f"{one.name}志愿服务记录表", lambda: printout.hours_sheet(one))

    def print_record(self) -> None:
        """纪要 of the activity."""
        found, now = self._chosen(), self.workplace.read(act)
        told = self.describing.found(found.id)
        self.print_sheet(
            f"{found.title}纪要",
            lambda: described_printout.record_sheet(found, told, village=now.village_name, on=now.today),
        )

    def print_rota(self) -> None:
        """The rota to which the chosen turn belongs, or the newest one."""
        at, village = self.activity_grid.current_id(), self.workplace.read(act).village_name
        rows = [each for each in self.activities.rows() if each.rota_id]
        chosen = next((each.rota_id for each in rows if each.id == at), rows[0].rota_id if rows else "")
        if not chosen:
            self.workplace.told.emit("还没有排轮值表。", "请先点“排轮值表”。")
            return
        found = self.workplace.read(lambda session: lookups.activities(session, rota_id=chosen))
        self.print_sheet("轮值表", lambda: printout.rota(found, village=village))

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The dialogs for what is at hand."""
        yield "add", self._add()
        yield "rota", self._rota()
        if self.activity_grid.current_id():
            yield "came", self._came()
            yield "describe", self.describing.describe(self.activity_grid.current_id())
            yield "suggest", self.describing.suggest(self.activity_grid.current_id())

    # inside

    def _show_activity(self, found: ActivityRow) -> None:
        self.name.setText(found.title)
        self.chip.say(found.state_words, _TONES[found.state])
        parts = [
            chinese_date(found.held_on),
            found.kind_words,
            found.place,
            f"主办：{'、'.join(found.organisers)}" if found.organisers else "",
            f"带队：{found.leader}" if found.leader else "",
        ]
        if found.minutes:
            parts.append(f"计划{hours_said(found.minutes)}小时")
        self.about.setText("，".join(part for part in parts if part) + "。")
        lines = [f"到场{len(found.came)}人，共{hours_said(found.given)}小时。"] if found.came else []
        lines += [f"没有开展：{found.why_not}"] if found.why_not else []
        lines += [f"依据：{found.evidence}"] if found.evidence else []
        told = self.describing.found(found.id)
        shown = (told.topic, told.setting, told.form, told.level, told.brought)
        lines += ["、".join(part for part in shown if part)] if any(shown) else []
        lines += [f"报告：{told.report}"] if told.report else []
        lines += [f"建言：{case.applicant}，{case.matter}（{case.stage_words}）" for case in told.suggestions]
        for each in found.people:
            came = f"{hours_said(each.minutes)}小时" if each.minutes else "到场" if each.came else "没有到"
            planned = found.state is ActivityState.PLANNED
            lines.append(f"{each.group}　{each.name}　{'预计参加' if planned else came}")
        self.lines.setText("\n".join(lines) or "还没有登记参加的人。")
        held = found.state is ActivityState.CANCELLED
        for one in self._of_activity:
            one.setVisible(not held)
        self.came_button.setVisible(not held)
        self.change_button.setVisible(not held)
        self.cancel_button.setVisible(found.state is ActivityState.PLANNED)
        self.print_button.setText("打印签到表")

    def _show_person(self, found: VolunteerRow) -> None:
        self.name.setText(f"{found.group} · {found.name}" if found.group else found.name)
        self.chip.say(_met(found) or f"{hours_said(found.hours.total)}小时", _met_tone(found) or "plain")
        self.about.setText(f"{found.year}年：{found.words}")
        lines = [f"{short_date(day)}　{what}　{hours_said(minutes)}小时" for day, minutes, what in found.entries]
        self.lines.setText("\n".join(lines) or "这一年还没有登记。")
        for one in (self.came_button, self.change_button, self.cancel_button, *self._of_activity):
            one.hide()
        self.print_button.setText("打印志愿服务记录表")

    def people(self) -> list[Choice]:
        """Everybody on the roll, to choose from."""

        def read(session: Any) -> list[Choice]:
            rows = person_rows(session, person_ids(session, PeopleFilter()))
            return [(each.id, f"{each.name}（{each.group}）" if each.group else each.name) for each in rows]

        return self.workplace.read(read)

    def _bodies(self) -> list[Choice]:
        """The bodies of today, any of which may hold an activity."""
        today = self.today()
        return [(one.id, one.name) for one in self.workplace.read(lambda session: bodies(session, on=today))]

    def _chosen(self) -> ActivityRow:
        at = self.activity_grid.current_id()
        return next(each for each in self.activities.rows() if each.id == at)

    def _add(self) -> AskDialog:
        today = self.today()
        dialog = FieldsDialog(
            "登记活动",
            self,
            accept="登记",
            asks=(*_about(today, None, self._bodies()), Ask("people", "参加的人(&R)", "ticks", choices=self.people())),
            width=600,
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.add_activity(
                session,
                title=got["title"],
                held_on=got["day"],
                kind=got["kind"],
                place=got["place"],
                leader=got["leader"],
                minutes=got["minutes"] or 0,
                organisers=got["organisers"],
                person_ids=got["people"],
            )

        return self.writes(dialog, "meetings.add_activity", keep, "活动已登记。", self.open_record)

    def _change(self) -> AskDialog:
        found = self._chosen()
        dialog = FieldsDialog("修改活动", self, accept="保存", asks=_about(self.today(), found, self._bodies()))

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.change_activity(
                session,
                activity_id=found.id,
                seen=found.seen,
                title=got["title"],
                held_on=got["day"],
                kind=got["kind"],
                place=got["place"],
                leader=got["leader"],
                minutes=got["minutes"] or 0,
                organisers=got["organisers"],
            )

        return self.writes(dialog, "meetings.change_activity", keep, "活动已保存。")

    def _came(self) -> AskDialog:
        found = self._chosen()
        known = {each.person_id: each for each in found.people}
        others = [(key, words) for key, words in self.people() if key not in known]
        dialog = FieldsDialog(
            "登记到场和时长",
            self,
            accept="登记到场",
            explain="到场的填小时数（没有时长的填0），没到的空着。志愿服务、义务劳动和轮值的时长自动记到本人名下。",
            asks=(
                Ask(
                    "rows",
                    "名单(&M)",
                    "rows",
                    value=[
                        [each.group, each.name, hours_said(each.minutes or found.minutes) if each.came else ""]
                        for each in found.people
                    ],
                    heads=("组别", "姓名", "几小时"),
                    fixed=2,
                    grows=False,
                ),
                Ask("more", "名单以外的人(&W)", "ticks", choices=others),
                Ask("hours", "他们每人几小时(&X)", value=hours_said(found.minutes), read=_minutes),
                Ask("evidence", "依据(&Y)", value=found.evidence, placeholder="如：签到表、照片3张"),
            ),
            width=600,
        )

        def keep(session: Any) -> int:
            got = dialog.values()
            came = [(person, _minutes(cells[2])) for person, cells in zip(known, got["rows"], strict=True) if cells[2]]
            came += [(person, got["hours"] or 0) for person in got["more"]]
            if not came:
                raise NotAllowed("还没有填谁到场。", "到场的填小时数；活动没有开展的，请点“取消活动”。")
            return actions.note_attendance(session, activity_id=found.id, came=tuple(came), evidence=got["evidence"])

        return self.writes(dialog, "meetings.note_attendance", keep, lambda many: f"已登记{many}人到场。")

    def _cancel(self) -> AskDialog:
        found = self._chosen()
        dialog = FieldsDialog("取消活动", self, accept="取消活动", asks=(Ask("why", "原因(&Y)", required=True),))

        def keep(session: Any) -> None:
            actions.cancel_activity(session, activity_id=found.id, reason=dialog.value("why"))

        return self.writes(dialog, "meetings.cancel_activity", keep, "已登记取消。")

    def _rota(self) -> AskDialog:
        today = self.today()
        month = (today.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
        last = (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        dialog = FieldsDialog(
            "排轮值表",
            self,
            accept="排班",
            explain="按名单顺序轮流，排完再从头轮；值完一班登记到场，就有时长，也可以记分。",
            asks=(
                Ask("title", "值什么班(&M)", required=True, placeholder="如：核桃园看护"),
                Ask("place", "地点(&D)"),
                Ask("first", "从(&C)", "day", True, value=month, today=today),
                Ask("last", "到(&Z)", "day", True, value=last, today=today),
                Ask("every", "几天一班(&J)", value="1", required=True, read=_whole),
                Ask("each", "每班几人(&R)", value="1", required=True, read=_whole),
                Ask("minutes", "每班几小时(&X)", value="4", read=_minutes),
                Ask("people", "名单(&L)", "ticks", True, choices=self.people()),
            ),
            width=600,
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.plan_rota(
                session,
                title=got["title"],
                place=got["place"],
                person_ids=got["people"],
                first=got["first"],
                last=got["last"],
                every=got["every"],
                each=got["each"],
                minutes=got["minutes"] or 0,
            )

        return self.writes(dialog, "meetings.plan_rota", keep, "轮值表已排好。")


def _about(today: dt.date, found: ActivityRow | None, bodies: Sequence[Choice]) -> tuple[Ask, ...]:
    kind = (found.kind if found else ActivityKind.VOLUNTEER).value
    return (
        Ask("title", "活动名称(&M)", required=True, value=found.title if found else "", placeholder="如：7月村道清扫"),
        Ask("kind", "种类(&Z)", "choice", choices=_KINDS, value=kind),
        Ask("day", "哪一天(&T)", "day", True, value=found.held_on if found else today, today=today),
        Ask("place", "地点(&D)", value=found.place if found else ""),
        Ask("leader", "带队人(&L)", value=found.leader if found else ""),
        Ask("minutes", "计划几小时(&X)", value=hours_said(found.minutes) if found else "2", read=_minutes),
        Ask(
            "organisers",
            "主办单位(&O)",
            "ticks",
            choices=bodies,
            value=found.organiser_ids if found else (),
            hint="几个组织合办的都勾上，印在签到表上。",
        ),
    )


def _minutes(typed: str) -> int:
    whole, _, part = typed.replace("小时", "").replace("．", ".").strip().partition(".")
    if not whole.isdecimal() or (part and not part.isdecimal()) or len(whole) > 3:
        raise NotAllowed(f"“{typed}”不是小时数。", "请填数字，例如 2 或 2.5。")
    return int(whole) * 60 + int((part or "0")[:2].ljust(2, "0")) * 60 // 100


def _whole(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > 4:
        raise NotAllowed(f"“{typed}”不是整数。", "请填1、2、3这样的数。")
    return int(typed)


def _met(row: VolunteerRow) -> str:
    if not row.hours.asked:
        return ""
    return "达标" if row.hours.met else f"差{hours_said(row.hours.short + 5)}小时"


def _met_tone(row: VolunteerRow) -> str:
    return "" if not row.hours.asked else "good" if row.hours.met else "warn"
