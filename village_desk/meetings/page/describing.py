"""What the page of activities asks beyond who came: where and how, a list's new word, what people advised."""

from functools import partial
from typing import TYPE_CHECKING, Any

from village_desk.meetings.actions import describing as actions
from village_desk.meetings.lookups import describing as lookups
from village_desk.meetings.lookups.describing import Described
from village_desk.meetings.printout import describing as printout
from village_desk.meetings.rules.activities import WordKind
from village_desk.store.acts import act
from village_desk.widgets.asking import write_answer
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog

if TYPE_CHECKING:
    from village_desk.meetings.page.activities import ActivitiesPage


class Describing:
    """Makes the dialogs and sheets about what an activity was."""

    def __init__(self, page: "ActivitiesPage") -> None:
        self.page = page

    def found(self, activity_id: str) -> Described:
        """How an activity is described."""
        return self.page.workplace.read(lambda session: lookups.described(session, activity_id))

    def describe(self, activity_id: str) -> AskDialog:
        """Where and how it was held, on what, and what was reported."""
        found = self.found(activity_id)
        asks = []
        for kind in WordKind:
            words = self.page.workplace.read(partial(lookups.words_for, kind=kind))
            choices = [("", "（未选）"), *((one, one) for one in words)]
            asks.append(
                Ask(kind.value, lookups.title_of(kind), "choice", value=getattr(found, kind.value), choices=choices)
            )
        dialog = FieldsDialog(
            "活动内容",
            self.page,
            accept="保存",
            asks=(
                *asks,
                Ask("topic", "题目(&M)", value=found.topic),
                Ask("agenda", "活动清单(&Q)", "long", value=found.agenda),
                Ask("report", "报告的内容(&B)", "long", value=found.report, hint="村“两委”向党员群众述职的，写要点。"),
            ),
            width=600,
        )

        def keep(session: Any) -> None:
            actions.describe_activity(session, activity_id=activity_id, **dialog.values())

        return self._writes(dialog, "meetings.describe_activity", keep, "活动内容已保存。")

    def suggest(self, activity_id: str) -> AskDialog:
        """What somebody advised; it becomes a case."""
        now = self.page.workplace.read(act)
        people = self.page.people()
        dialog = FieldsDialog(
            "登记建言",
            self.page,
            accept="登记",
            explain="每条建言都转成一件要答复的办件，答复期限和办理在“为民办事”里。",
            asks=(
                Ask("words", "提了什么建议(&N)", "long", True),
                Ask("person", "谁提的(&R)", "find", choices=people),
                Ask("other", "名册里没有的人(&W)"),
                Ask("asked", "首问人(&S)", required=True, placeholder="谁接下这条建议"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.note_suggestion(
                session,
                activity_id=activity_id,
                words=got["words"],
                first_asked=got["asked"],
                on=now.today,
                person_id=got["person"],
                applicant=got["other"],
            )

        return self._writes(dialog, "meetings.note_suggestion", keep, "已登记建言，转成一件办件。")

    def word(self) -> AskDialog:
        """A word more in one of the lists."""
        choices = [(kind.value, lookups.title_of(kind)) for kind in WordKind]
        dialog = FieldsDialog(
            "加场所、形式",
            self.page,
            accept="加上",
            asks=(
                Ask("kind", "哪一栏(&K)", "choice", True, choices=choices),
                Ask("words", "新的选项(&M)", required=True),
            ),
        )

        def keep(session: Any) -> None:
            actions.add_activity_word(session, kind=dialog.value("kind"), words=dialog.value("words"))

        return self._writes(dialog, "meetings.add_activity_word", keep, "已加上这个选项。")

    def year_sheet(self) -> tuple[str, Any]:
        """The year's counts: its name and what makes it."""
        now = self.page.workplace.read(act)
        first, last = now.today.replace(month=1, day=1), now.today

        def read(session: Any) -> tuple[Any, Any]:
            tables = [
                (lookups.title_of(kind), lookups.counted(session, kind, first=first, last=last)) for kind in WordKind
            ]
            return tables, lookups.trained(session, first=first, last=last)

        tables, trained = self.page.workplace.read(read)
        span = f"{now.today.year}年"
        return f"{span}活动统计", lambda: printout.year_sheet(tables, trained, village=now.village_name, span=span)

    def service_sheet(self) -> tuple[str, Any]:
        """The six counts of members' service this year."""
        now = self.page.workplace.read(act)
        first, last = now.today.replace(month=1, day=1), now.today
        found = self.page.workplace.read(lambda session: lookups.service_results(session, first=first, last=last))
        span = f"{now.today.year}年"
        return "在职党员报到服务成效", lambda: printout.service_sheet(found, village=now.village_name, span=span)

    def _writes(self, dialog: AskDialog, deed: str, keep: Any, said: str) -> AskDialog:
        write_answer(self.page.workplace, dialog, deed, keep, said)
        return dialog
