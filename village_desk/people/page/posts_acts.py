"""What a clerk does with bodies: make, change and end them, take over shipped sets, note promises, print them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from village_desk.people import actions, lookups, printout
from village_desk.people.dialogs import DayDialog
from village_desk.people.dialogs.choosing import AdoptDialog
from village_desk.people.dialogs.organisations import OrganisationDialog, PledgeDialog
from village_desk.people.lookups import BodyRow, PostRow
from village_desk.people.page.sheets import show_people
from village_desk.people.rules.bodies import BODY_WORDS
from village_desk.people.rules.masking import Audience
from village_desk.people.table import PostsTable
from village_desk.store.acts import Act, act
from village_desk.widgets.asking import write_answer
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.grid import Grid
from village_desk.widgets.workplace import Workplace

_ON_THE_WALL = ("组织机构和任职人员", "党员岗位和承诺公示", "岗位牌")


class BodyActs(QWidget):
    """The bodies of the day one looks at, and the acts on the one that is chosen; the view lays them out."""

    def __init__(self, workplace: Workplace, show: Callable[[QDialog], None]) -> None:
        super().__init__()
        self.workplace, self.show_dialog = workplace, show
        self.bodies: tuple[BodyRow, ...] = ()
        self.body_box = QComboBox()
        self.day = DateEdit(self._act().today, today=self._act().today)
        self.table = PostsTable()
        self.grid = Grid(self.table, empty_words="这一天没有登记任职的人。点“任命”登记第一位。")

    def _act(self) -> Act:
        return self.workplace.read(act)

    def current(self) -> PostRow | None:
        """The post at hand."""
        chosen = self.grid.current_id()
        return next((post for post in self.table.rows() if post.id == chosen), None)

    def body(self) -> BodyRow | None:
        """The body that is looked at; None for all of them."""
        at = self.body_box.currentIndex() - 1
        return self.bodies[at] if 0 <= at < len(self.bodies) else None

    def organisation_dialog(self, body: BodyRow | None = None) -> OrganisationDialog:
        """The dialog for a body."""
        return OrganisationDialog(self._act().today, self, body=body, have=[one.kind for one in self.bodies])

    def ask_organisation(self) -> None:
        """Make a body."""
        dialog = self.organisation_dialog()

        def make(session: Any) -> object:
            answer = dialog.answer()
            return actions.add_organisation(
                session,
                kind=answer.kind,
                name=answer.name,
                founding=answer.founding,
                parents=answer.parents,
                founded_on=answer.founded_on,
                phone=answer.phone,
            )

        self._save(dialog, "people.add_organisation", make, "已增加，可以任命。")

    def ask_edit_organisation(self) -> None:
        """Change the body that is looked at."""
        body = self._looked_at()
        if body is None:
            return
        dialog = self.organisation_dialog(body)

        def change(session: Any) -> None:
            answer = dialog.answer()
            actions.edit_organisation(
                session,
                organisation_id=body.id,
                name=answer.name,
                founding=answer.founding,
                parents=answer.parents,
                founded_on=answer.founded_on,
                phone=answer.phone,
            )

        self._save(dialog, "people.edit_organisation", change, "组织已保存。")

    def ask_end_organisation(self) -> None:
        """The body that is looked at exists no longer."""
        body = self._looked_at()
        if body is None:
            return
        dialog = DayDialog(
            f"撤销{body.name}",
            self._act().today,
            self,
            accept="撤销",
            day_words="从哪天起",
            reasons=("合并", "到期", "任务完成"),
            reason_needed=True,
            explain="还在任的职务同一天结束；以前的任职照样查得到。",
        )
        self._save(
            dialog,
            "people.end_organisation",
            lambda session: actions.end_organisation(
                session, organisation_id=body.id, on=dialog.answer().on, why=dialog.answer().reason
            ),
            f"{body.name}已撤销。",
        )

    def _looked_at(self) -> BodyRow | None:
        body = self.body()
        if body is None:
            self.workplace.told.emit("先在左上角选一个组织。", "现在看的是全部组织。")
        return body

    def ask_adopt_bodies(self) -> None:
        """Take over a shipped set of bodies."""
        sets = lookups.presets().bodies
        choices = [
            (one.key, one.name, "包括：" + "、".join(name or BODY_WORDS[kind] for kind, name in one.bodies) + "。")
            for one in sets
        ]
        dialog = AdoptDialog("选用成套的组织", choices, self, explain="已经有的组织不会再建一个，缺哪个补哪个。")
        self._save(
            dialog,
            "people.adopt_bodies",
            lambda session: actions.adopt_bodies(session, key=dialog.key()),
            "组织已建好，可以任命。",
        )

    def ask_adopt_posts(self) -> None:
        """Take over a shipped set of named posts."""
        choices = [(one.key, one.name, "包括：" + "、".join(one.posts) + "。") for one in lookups.presets().posts]
        dialog = AdoptDialog("选用成套的岗位", choices, self, explain="选用以后，没有人担任的岗位会列在“组成情况”里。")
        self._save(
            dialog,
            "people.adopt_posts",
            lambda session: actions.adopt_posts(session, key=dialog.key()),
            "岗位已列入，可以任命。",
        )

    def pledge_dialog(self) -> PledgeDialog | None:
        """The dialog for what the holder of the post at hand promised."""
        post = self.current()
        if post is None:
            return None
        return PledgeDialog(
            f"{post.name}的承诺",
            self._act().today,
            self,
            text=post.pledge,
            due=post.pledge_due,
            result=post.pledge_result,
            task=post.task,
        )

    def ask_pledge(self) -> None:
        """What the holder of the post at hand promised."""
        post, dialog = self.current(), self.pledge_dialog()
        if post is None or dialog is None:
            return

        def note(session: Any) -> None:
            answer = dialog.answer()
            actions.pledge(
                session, post_id=post.id, text=answer.text, due=answer.due, result=answer.result, task=answer.task
            )

        self._save(dialog, "people.pledge", note, f"已登记{post.name}的承诺。")

    def _save(
        self, dialog: AskDialog, deed: str, action: Callable[[Any], object], said: str | Callable[[Any], str]
    ) -> None:
        write_answer(self.workplace, dialog, deed, action, said)
        self.show_dialog(dialog)

    def print_chart(self) -> None:
        """The chart of posts of the day one looks at."""
        self._print("组织机构和任职人员", printout.chart_of_posts, self.bodies)

    def print_members(self) -> None:
        """The members of the body that is looked at, or of all, in one list."""
        body = self.body()
        self._print("组织成员名册", printout.body_members, (body,) if body else self.bodies)

    def print_pledges(self) -> None:
        """Posts and promises for the wall."""
        posts = [post for body in self.bodies for post in body.posts if post.pledge]
        self._print("党员岗位和承诺公示", printout.pledge_wall, posts)

    def print_plates(self) -> None:
        """Plates of the named posts."""
        here = self._act()
        posts = [post for body in self.bodies for post in body.posts if post.title]
        self._show("岗位牌", lambda: printout.post_plates(posts, village=here.village_name), len(posts))

    def _print(self, what: str, made: Callable[..., bytes], rows: Sequence[BodyRow | PostRow]) -> None:
        here = self._act()
        on = self.day.day() or here.today
        posts = [post for one in rows for post in (one.posts if isinstance(one, BodyRow) else (one,))]
        people = len({post.person_id for post in posts})
        self._show(what, lambda: made(rows, village=here.village_name, on=on), people)

    def _show(self, what: str, made: Callable[[], bytes], people: int) -> None:
        title = f"{self._act().village_name}{what}"
        show_people(
            self.workplace,
            self,
            title,
            made,
            self.show_dialog,
            what=f"打印{what}",
            people=people,
            audience=Audience.BOARD if what in _ON_THE_WALL else Audience.INTERNAL,
        )
