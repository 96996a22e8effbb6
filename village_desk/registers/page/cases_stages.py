"""The dialogs for the stages of a service case, each joined to the action that its answer becomes."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from village_desk.registers.actions import cases_stages as stages
from village_desk.registers.dialogs.cases import WhoDialog
from village_desk.registers.lookups import cases as lookups
from village_desk.registers.lookups import cases_counts as counts
from village_desk.registers.lookups.cases_rows import CaseRow
from village_desk.registers.lookups.entries import choices_for
from village_desk.registers.rules.cases import (
    LEVEL_WORDS,
    RATING_WORDS,
    Rating,
    StageKind,
)
from village_desk.store.acts import Act, act
from village_desk.widgets.asking import Asking
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

NOBODY: Choice = ("", "—")


class StageAsking(Asking):
    """Makes the dialogs of the stages; each writes when it is answered."""

    def assign(self, row: CaseRow) -> AskDialog:
        """Give the case to a team, then to its member."""
        teams = self.workplace.read(counts.teams)
        members = [
            (post.person_id, f"{post.name}（{one.name}）")
            for one in teams
            if not row.team_id or one.id == row.team_id
            for post in one.posts
        ]
        known = {key for key, _ in members}
        others = [one for one in self.people() if one[0] not in known]
        dialog = WhoDialog(
            f"{row.flow.stage(StageKind.ASSIGNED).name}：{row.number}",
            self.page,
            accept="派出",
            who="who",
            needed=False,
            explain="可以先派给服务队，队里定了人再派到人。",
            asks=(
                self.day(),
                Ask(
                    "team",
                    "服务队(&D)",
                    "choice",
                    value=row.team_id,
                    choices=[NOBODY, *((one.id, one.name) for one in teams)],
                ),
                Ask("who", "承办人(&R)", "find", value=row.agent_id, choices=[*members, *others]),
                Ask("words", "说明(&S)"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            found, typed = dialog.person()
            stages.assign_case(
                session,
                case_id=row.id,
                on=got["day"],
                team_id=got["team"],
                person_id=found,
                name=typed,
                words=got["words"],
            )

        self.writes(dialog, "registers.assign_case", keep, "已派出。")
        return dialog

    def accept(self, row: CaseRow) -> AskDialog:
        """The one to whom it was given takes it."""
        return self.plain(
            f"{row.flow.stage(StageKind.ACCEPTED).name}：{row.number}",
            "接单",
            (self.day(),),
            "registers.accept_case",
            lambda session, got: stages.accept_case(session, case_id=row.id, on=got["day"]),
            "已登记接单。",
            f"由{row.agent}接单。",
        )

    def refuse(self, row: CaseRow) -> AskDialog:
        """It goes back to be given to another."""
        return self.plain(
            f"退回派单：{row.number}",
            "退回",
            (self.day(), Ask("reason", "原因(&Y)", required=True)),
            "registers.refuse_case",
            lambda session, got: stages.refuse_case(session, case_id=row.id, on=got["day"], reason=got["reason"]),
            "已退回，请重新派单。",
        )

    def work(self, row: CaseRow) -> AskDialog:
        """Somebody worked on it."""
        dialog = WhoDialog(
            f"登记{row.flow.stage(StageKind.HANDLED).name}：{row.number}",
            self.page,
            accept="登记",
            who="who",
            asks=(
                self.day(),
                Ask("who", "谁办的(&R)", "find", value=row.agent_id, choices=self.people()),
                Ask("words", "情况(&S)", placeholder="如：到镇里交了材料"),
            ),
        )

        def keep(session: Any) -> None:
            got = dialog.values()
            found, typed = dialog.person()
            stages.record_work(session, case_id=row.id, on=got["day"], person_id=found, name=typed, words=got["words"])

        self.writes(dialog, "registers.record_work", keep, "已登记。")
        return dialog

    def report(self, row: CaseRow) -> AskDialog:
        """The village told the township."""
        return self.plain(
            f"登记上报：{row.number}",
            "登记",
            (
                self.day(),
                Ask("way", "怎么报的(&F)", "choice", choices=same(("电话", "纸质", "U盘上报包", "当面"))),
                Ask("unit", "报给谁(&D)", required=True, placeholder="如：镇应急办"),
                Ask("words", "说明(&S)"),
            ),
            "registers.report_up",
            lambda session, got: stages.report_up(
                session, case_id=row.id, on=got["day"], way=got["way"], unit=got["unit"], words=got["words"]
            ),
            "已登记上报。",
            "本机不会自己报出去；打了电话、送了纸，再在这里登记。",
        )

    def order(self, row: CaseRow) -> AskDialog:
        """The township's order as it came."""
        return self.plain(
            f"登记乡镇派单：{row.number}",
            "登记",
            (
                self.day("派单日期(&T)"),
                Ask("no", "派单号(&H)", required=True, placeholder="照派单上写"),
                Ask("unit", "承办单位(&D)", required=True),
                Ask("due", "办理时限(&X)", "day", True, today=self.act().today),
                Ask("words", "说明(&S)"),
            ),
            "registers.record_order",
            lambda session, got: stages.record_order(
                session,
                case_id=row.id,
                on=got["day"],
                unit=got["unit"],
                order_no=got["no"],
                due_on=got["due"],
                words=got["words"],
            ),
            "已登记派单。",
        )

    def feedback(self, row: CaseRow) -> AskDialog:
        """What the unit told the village."""
        return self.plain(
            f"登记反馈：{row.number}",
            "登记",
            (self.day(), Ask("words", "反馈内容(&S)", required=True), Ask("unit", "谁反馈的(&D)")),
            "registers.record_feedback",
            lambda session, got: stages.record_feedback(
                session, case_id=row.id, on=got["day"], words=got["words"], unit=got["unit"]
            ),
            "已登记反馈，请到现场核实再销号。",
        )

    def answer(self, row: CaseRow) -> AskDialog:
        """Tell the person the result."""
        dispute = row.flow.has(StageKind.FOLLOWED)
        levels = [("", "按上送情况"), *pairs(LEVEL_WORDS)]
        asks = (
            self.day("回复日期(&T)"),
            Ask("way", "怎么回复的(&F)", "choice", choices=same(lookups.presets().lists.reply_ways)),
            Ask(
                "reply", "协议内容(&S)" if dispute else "结果(&S)", required=True, placeholder="如：证已办好，本人已领"
            ),
            *((Ask("level", "在哪里解决(&J)", "choice", choices=levels),) if dispute else ()),
            Ask("confirmed", "本人确认", "yes", placeholder="本人当面或签字确认"),
            *self.late(row),
        )
        return self.plain(
            f"登记{row.flow.stage(StageKind.ANSWERED).name}：{row.number}",
            row.flow.stage(StageKind.ANSWERED).name,
            asks,
            "registers.answer_case",
            lambda session, got: stages.answer_case(
                session,
                case_id=row.id,
                on=got["day"],
                way=got["way"],
                reply=got["reply"],
                level=got.get("level", ""),
                confirmed=got["confirmed"],
                overdue_reason=got.get("reason", ""),
                overdue_by=got.get("by", ""),
            ),
            "已登记。",
        )

    def follow(self, row: CaseRow) -> AskDialog:
        """Ask the parties how it stands."""
        return self.plain(
            f"登记回访：{row.number}",
            "回访结案",
            (
                self.day(),
                Ask("way", "怎么回访的(&F)", "choice", choices=same(lookups.presets().lists.reply_ways)),
                Ask("words", "情况(&S)", required=True),
            ),
            "registers.follow_up",
            lambda session, got: stages.follow_up(
                session, case_id=row.id, on=got["day"], words=got["words"], way=got["way"]
            ),
            "已回访结案。",
        )

    def check(self, row: CaseRow) -> AskDialog:
        """The village looks on the spot and strikes it off."""
        return self.plain(
            f"{row.flow.stage(StageKind.CHECKED).name}：{row.number}",
            "销号",
            (
                self.day("核实日期(&T)"),
                Ask("who", "谁去核实的(&R)", required=True),
                Ask("words", "看到的情况(&S)", required=True),
                *self.late(row),
            ),
            "registers.check_off",
            lambda session, got: stages.check_off(
                session,
                case_id=row.id,
                on=got["day"],
                by=got["who"],
                words=got["words"],
                overdue_reason=got.get("reason", ""),
                overdue_by=got.get("by", ""),
            ),
            "已核实销号。",
        )

    def rate(self, row: CaseRow) -> AskDialog:
        """What the person says of it."""
        return self.plain(
            f"登记评价：{row.number}",
            "登记",
            (
                self.day(),
                Ask("rating", "评价(&P)", "choice", choices=[(one.value, RATING_WORDS[one]) for one in Rating if one]),
                Ask("conduct", "作风问题(&Z)", "choice", choices=[NOBODY, *same(lookups.presets().lists.conduct)]),
                Ask("words", "意见(&Y)"),
            ),
            "registers.rate_case",
            lambda session, got: stages.rate_case(
                session,
                case_id=row.id,
                on=got["day"],
                rating=got["rating"],
                conduct=got["conduct"],
                words=got["words"],
            ),
            "已登记评价。",
        )

    def unrated(self, row: CaseRow) -> AskDialog:
        """End it without a rating."""
        return self.plain(
            f"没有评价结案：{row.number}",
            "结案",
            (self.day(), Ask("note", "情况(&S)", required=True, placeholder="如：两次电话没有接通")),
            "registers.end_unrated",
            lambda session, got: stages.end_unrated(session, case_id=row.id, on=got["day"], note=got["note"]),
            "已结案。",
        )

    def plain(
        self,
        title: str,
        accept: str,
        asks: Sequence[Ask],
        deed: str,
        action: Callable[[Any, dict[str, Any]], Any],
        said: str,
        explain: str = "",
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        """A dialog of fields whose answer is one action."""
        dialog = FieldsDialog(title, self.page, accept=accept, asks=asks, explain=explain)
        self.writes(dialog, deed, lambda session: action(session, dialog.values()), said, then)
        return dialog

    def act(self) -> Act:
        """Who acts on which day."""
        return self.workplace.read(act)

    def day(self, words: str = "日期(&T)") -> Ask:
        """A field for the day, today at first."""
        today = self.act().today
        return Ask("day", words, "day", True, value=today, today=today)

    def late(self, row: CaseRow) -> tuple[Ask, ...]:
        """What a case past its promised day is asked besides."""
        today: dt.date = self.act().today
        if row.due_on is None or row.due_on >= today:
            return ()
        return (
            Ask("reason", "超期原因(&C)", required=True, value=row.overdue_reason),
            Ask("by", "责任人(&Z)", value=row.overdue_by, placeholder="不是谁的责任就写“无”"),
        )

    def people(self) -> tuple[Choice, ...]:
        """Everybody on the roll."""
        return self.workplace.read(partial(choices_for, sort="person"))


def same(words: Sequence[str]) -> list[Choice]:
    """Choices whose keys are their words."""
    return [(one, one) for one in words]


def pairs(words: dict[Any, str]) -> list[Choice]:
    """Choices from the words of an enum."""
    return [(str(key), value) for key, value in words.items()]
