"""What the page of assessments asks of results: problems planned, put right, accepted; praise and talks carried out."""

from typing import TYPE_CHECKING, Any

from village_desk.assessments import actions
from village_desk.assessments.lookups import ConsequenceRow, LineRow
from village_desk.points.lookups import candidates
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog

if TYPE_CHECKING:
    from village_desk.assessments.page.assessing import AssessmentsPage


class FollowingAsking:
    """Makes the dialogs of what follows from results."""

    def __init__(self, page: "AssessmentsPage") -> None:
        self.page = page

    def plan(self, line: LineRow) -> AskDialog:
        """Cause, measure, who is responsible, deadline."""
        today = self.page.today()
        people = self.page.workplace.read(lambda session: candidates(session, on=today))
        dialog = FieldsDialog(
            "填整改方案",
            self.page,
            accept="保存",
            explain=line.problem,
            asks=(
                Ask("cause", "原因(&Y)", value=line.cause),
                Ask("measure", "对策(&D)", value=line.measure),
                Ask("unit", "责任单位(&U)", required=True, value=line.unit),
                Ask("owner", "责任人(&R)", "find", True, choices=people, value=line.owner_id),
                Ask("due", "期限(&Q)", "day", True, value=line.due_on),
                Ask("wall", "公示(&G)", "yes", value=line.on_wall, placeholder="这一条写进公示（不选就不上墙）"),
            ),
            width=640,
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            actions.plan_rectification(
                session,
                line_id=line.id,
                seen=line.seen,
                cause=got["cause"],
                measure=got["measure"],
                unit=got["unit"],
                owner_id=got["owner"],
                due_on=got["due"],
                on_wall=got["wall"],
            )

        return self.page.writes(dialog, "assessments.plan_rectification", keep, "已保存。")

    def finish(self, line: LineRow) -> AskDialog:
        """A problem was put right."""
        dialog = FieldsDialog(
            "登记整改完成",
            self.page,
            accept="登记",
            explain=line.problem,
            asks=(
                Ask("words", "整改情况(&Z)", required=True, value=line.done_words),
                self.page.asking.day("完成日期(&T)"),
            ),
        )

        def keep(session: Any) -> None:
            actions.finish_rectification(session, line_id=line.id, on=dialog.value("day"), words=dialog.value("words"))

        return self.page.writes(dialog, "assessments.finish_rectification", keep, "已登记，请附上材料，等乡镇验收。")

    def accept(self, line: LineRow) -> AskDialog:
        """The township accepted."""
        dialog = FieldsDialog(
            "登记验收",
            self.page,
            accept="销号",
            explain=f"{line.problem}：要有整改材料和乡镇验收才能销号。",
            asks=(
                Ask("by", "谁验收的(&S)", required=True, placeholder="如：平安镇党委"),
                self.page.asking.day("验收日期(&T)"),
            ),
        )

        def keep(session: Any) -> None:
            actions.accept_rectification(
                session, line_id=line.id, on=dialog.value("day"), accepted_by=dialog.value("by")
            )

        return self.page.writes(dialog, "assessments.accept_rectification", keep, "已销号。")

    def carry_out(self, one: ConsequenceRow) -> AskDialog:
        """Praise, criticism, a talk, a 一律 or 必奖 line was carried out."""
        dialog = FieldsDialog(
            f"登记{one.kind_words}",
            self.page,
            accept="登记",
            explain=f"{one.subject}：{one.words}",
            asks=(
                Ask("words", "怎么办的(&Z)", required=True, placeholder="如：9月20日党员大会上通报"),
                self.page.asking.day("办理日期(&T)"),
            ),
        )

        def keep(session: Any) -> None:
            actions.carry_out(session, consequence_id=one.id, on=dialog.value("day"), words=dialog.value("words"))

        return self.page.writes(dialog, "assessments.carry_out", keep, "已登记。")

    def add_problem(self) -> AskDialog:
        """A line of rectification by hand."""
        found, subject = self.page.asking.found, self.page.asking.subject
        dialog = FieldsDialog(
            f"加一条整改：{subject.name}",
            self.page,
            accept="加上",
            asks=(
                Ask("problem", "问题(&W)", required=True),
                Ask("due", "期限(&Q)", "day", True),
            ),
        )

        def keep(session: Any) -> str:
            return actions.add_problem(
                session,
                round_id=found.row.id,
                subject_id=subject.id,
                problem=dialog.value("problem"),
                due_on=dialog.value("due"),
            )

        return self.page.writes(dialog, "assessments.add_problem", keep, "已列入整改。")
