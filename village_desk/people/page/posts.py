"""Bodies and posts: who holds what on the day one looks at, appointments, endings, new terms."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from village_desk.kit.text import chinese_date
from village_desk.people import actions, lookups
from village_desk.people.dialogs import AppointDialog, DayDialog, TermDialog
from village_desk.people.lookups import PersonRow, PostGap
from village_desk.people.page.posts_acts import BodyActs
from village_desk.people.rules.bodies import Finding, Role
from village_desk.widgets import theme
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.empty import Empty
from village_desk.widgets.layout import Card, button, card, flow, heading, label, muted, row, scrolled, takes_rest
from village_desk.widgets.workplace import Workplace

_ALL, _NAMED = "全部组织", "这一条涉及的"
WHY_ENDED = ("辞职", "换届", "罢免", "免职", "职务调整", "连续三次无故缺席")


class PostsView(BodyActs):
    """Emits `went_to(person_id)`."""

    went_to = Signal(str)

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__(workplace, show)
        self.gaps: tuple[PostGap, ...] = ()
        self.findings: tuple[Finding, ...] = ()
        self.named: tuple[str, ...] = ()
        look = theme.current()
        self.body_box.setAccessibleName("看哪个组织")
        self.day.setAccessibleName("看哪一天的任职")
        self.appoint = button("任命", "plus", role="primary", clicked=lambda: self.ask_appoint())
        self.end = button("登记离任", "minus", clicked=self.ask_end)
        self.term = button("登记换届", "refresh-cw", clicked=self.ask_term)
        self.more = button("组织和岗位", "plus", tip="增加组织，选用成套的组织和岗位，撤销组织")
        self.pledge = button("承诺", "pencil", clicked=self.ask_pledge, tip="登记这位任职人员的承诺和完成情况")
        self.print = button("打印", "printer", tip="任职表、成员名册、承诺公示、岗位牌")
        self.checks = Checks()
        self.checks_title = heading("组成情况")
        self.all_well = label("各组织的人数、妇女比例没有发现问题。")
        self.post_words = label("")
        self.post_title = heading("")
        self.empty = Empty(
            "还没有建立村里的组织。一次建好党支部、村委会、监委会、村民代表会议和各村民小组。",
            "建立村里的组织",
            icon="users",
        )
        left = Card()
        left.add(row(self.body_box, None, muted_one("看哪一天"), self.day, spacing=8))
        left.add(self.grid, 1)
        takes_rest(self.grid)
        left.add(flow(self.appoint, self.end, self.term, self.pledge, self.more, self.print))
        self._offer_menus()
        right = Card()
        right.add(self.post_title)
        right.add(self.post_words)
        right.add(self.checks_title)
        right.add(self.all_well)
        # Many findings scroll, so that the buttons stay in sight in large type.
        lines = scrolled(self.checks)
        lines.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        right.add(lines, 1)
        right.setMinimumWidth(look.px(300))
        both = row(left, right, spacing=12)
        both.setStretch(0, 5)
        both.setStretch(1, 2)
        whole = QWidget()
        whole.setLayout(both)
        self.stack = QStackedWidget()
        self.stack.addWidget(card(self.empty))
        self.stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.empty.acted.connect(self.set_up)
        self.body_box.currentIndexChanged.connect(lambda _index: self._show_posts())
        self.day.day_changed.connect(lambda _day: self.refresh())
        self.checks.acted.connect(self._act_on_finding)
        self.grid.picked.connect(lambda _id: self._show_post())
        self.grid.opened.connect(lambda post_id: self._open(post_id))

    def refresh(self) -> None:
        """Read bodies, posts and findings of the day one looks at."""
        on = self.day.day() or self._act().today
        self.bodies = self.workplace.read(lambda session: lookups.bodies(session, on=on))
        self.stack.setCurrentIndex(1 if self.bodies else 0)
        self._offer_bodies()
        self._show_posts()
        self.gaps = self.workplace.read(lambda session: lookups.post_gaps(session, on=on))
        self.findings = self.workplace.read(lambda session: lookups.body_findings(session, on=on))
        found = [
            *(Check("warn", one.words, act="看是谁", act_key=str(i)) for i, one in enumerate(self.findings)),
            *(Check("warn", gap.sentence) for gap in self.workplace.read(lambda s: lookups.missing_bodies(s, on=on))),
            *(Check("warn", gap.sentence, act="任命", act_key=f"post:{gap.name}") for gap in self.gaps if gap.sentence),
        ]
        self.checks.show_checks(found)
        self.checks.setVisible(bool(found))
        self.all_well.setVisible(not found)

    def _act_on_finding(self, key: str) -> None:
        """Show whom a finding is about, or appoint somebody to a post that nobody holds."""
        kind, _, title = key.partition(":")
        if kind == "post":
            self.ask_appoint(title=title)
            return
        finding = self.findings[int(key)]
        self.named = finding.people
        if not self.named:
            self.named = tuple(
                post.person_id for body in self.bodies if body.kind == finding.body for post in body.posts
            )
        self._offer_bodies()
        self.body_box.setCurrentIndex(self.body_box.count() - 1)
        self._show_posts()

    def _offer_bodies(self) -> None:
        names = [body.name for body in self.bodies]
        if self.named:
            names.append(f"{_NAMED}{len(set(self.named))}人")
        if [self.body_box.itemText(i) for i in range(1, self.body_box.count())] == names:
            return
        before = self.body_box.currentText()
        self.body_box.blockSignals(True)
        self.body_box.clear()
        self.body_box.addItems([_ALL, *names])
        self.body_box.setCurrentIndex(max(0, self.body_box.findText(before)))
        self.body_box.blockSignals(False)

    def _show_posts(self) -> None:
        wanted = self.body_box.currentIndex() - 1
        shown = self.bodies if wanted < 0 else self.bodies[wanted : wanted + 1]
        posts = [post for body in shown for post in body.posts]
        if wanted == len(self.bodies):
            posts = [post for body in self.bodies for post in body.posts if post.person_id in self.named]
        self.table.show(posts)
        if not self.grid.current_id() and self.table.rowCount():
            self.grid.choose(self.table.id_at(0))
        self._show_post()

    def _show_post(self) -> None:
        post = self.current()
        self.end.setEnabled(post is not None and post.ended_on is None)
        self.pledge.setEnabled(post is not None)
        self.post_title.setText(f"{post.name} · {post.role_words}" if post else "")
        words = []
        if post:
            words = [post.organisation, f"任职时间：{post.time_words}", f"产生方式：{post.how or '未登记'}"]
            if post.first_responsible:
                words.append("第一责任人")
            if post.despite:
                words.append(f"任命时的说明：{post.despite}")
            if post.task:
                words.append(f"认领的任务：{post.task}")
            if post.pledge:
                due = f"，{chinese_date(post.pledge_due)}前完成" if post.pledge_due else ""
                words.append(f"承诺：{post.pledge}{due}（{post.pledge_result or '进行中'}）")
        self.post_words.setText("\n".join(words))
        self.post_title.setVisible(post is not None)
        self.post_words.setVisible(post is not None)

    def _open(self, post_id: str) -> None:
        post = next((one for one in self.table.rows() if one.id == post_id), None)
        if post:
            self.went_to.emit(post.person_id)

    def find_people(self, words: str) -> list[PersonRow]:
        """People for a picker."""
        return self.workplace.read(lambda session: lookups.find_people(session, words, limit=8))

    def set_up(self) -> None:
        """Make the standard bodies."""
        self.workplace.write("people.set_up_bodies", actions.set_up_bodies, said="村里的组织已建好，可以开始任命。")

    def appoint_dialog(self, person: PersonRow | None = None, title: str = "") -> AppointDialog:
        """The dialog for an appointment; `title` names a post of the village's own."""
        groups = [body.group for body in self.bodies if body.group]
        titles = [gap.name for gap in self.gaps]
        return AppointDialog(
            self._act().today,
            self.find_people,
            groups,
            self,
            person=person,
            role=Role.DUTY_POST.value if title else "",
            bodies=self.bodies,
            titles=[title, *titles] if title else titles,
        )

    def ask_appoint(self, person: PersonRow | None = None, title: str = "") -> None:
        """Appoint somebody."""
        dialog = self.appoint_dialog(person, title)

        def make(session: Any) -> object:
            answer = dialog.answer()
            return actions.appoint(
                session,
                person_id=answer.person_id,
                role=answer.role,
                from_on=answer.from_on,
                how=answer.how,
                group_name=answer.group,
                despite=answer.despite,
                organisation_id=answer.organisation_id,
                title=answer.title,
            )

        self._save(dialog, "people.appoint", make, lambda _id: f"已登记{dialog.role.currentText()}。")

    def ask_end(self) -> None:
        """The post at hand ended."""
        post = self.current()
        if post is None:
            return
        dialog = DayDialog(
            f"{post.name}不再任{post.role_words}",
            self._act().today,
            self,
            accept="登记离任",
            day_words="从哪天起不再担任",
            reasons=WHY_ENDED,
            reason_needed=True,
        )

        self._save(
            dialog,
            "people.end_post",
            lambda session: actions.end_post(
                session, post_id=post.id, on=dialog.answer().on, why=dialog.answer().reason
            ),
            f"已登记{post.name}离任，以前的应到名单不受影响。",
        )

    def ask_term(self) -> None:
        """A new term of a body."""
        dialog = TermDialog([body for body in self.bodies], self._act().today, self)

        def begin(session: Any) -> object:
            answer = dialog.answer()
            return actions.begin_term(
                session, organisation_id=answer.organisation_id, number=answer.number, from_on=answer.from_on
            )

        self._save(dialog, "people.begin_term", begin, "已登记换届，请接着登记新当选的人。")

    def _offer_menus(self) -> None:
        more, prints = QMenu(self.more), QMenu(self.print)
        for words, asked in (
            ("增加组织…", self.ask_organisation),
            ("选用成套的组织…", self.ask_adopt_bodies),
            ("选用成套的岗位…", self.ask_adopt_posts),
            ("修改所看的组织…", self.ask_edit_organisation),
            ("撤销所看的组织…", self.ask_end_organisation),
        ):
            more.addAction(words, asked)
        for words, asked in (
            ("任职表（上墙）", self.print_chart),
            ("成员名册", self.print_members),
            ("岗位和承诺公示", self.print_pledges),
            ("岗位牌", self.print_plates),
        ):
            prints.addAction(words, asked)
        self.more.setMenu(more)
        self.print.setMenu(prints)


def muted_one(words: str) -> QWidget:
    """A side remark on one line."""
    made = muted(words)
    made.setWordWrap(False)
    return made
