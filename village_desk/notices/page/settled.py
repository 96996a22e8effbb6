"""What lies between the words and the wall, asked and written: replies, meetings, seals, corrections, the archive."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from village_desk.kit.text import short_date
from village_desk.notices import actions
from village_desk.notices.dialogs.fields import Ask, FieldsDialog, Kind
from village_desk.notices.lookups import NoticeDetail, boards_of
from village_desk.notices.page.asking import Asking
from village_desk.notices.rules.life import Opinion
from village_desk.rulebook.rules import Approval
from village_desk.widgets.dialogs import AskDialog


class Settled(Asking):
    """Asks what belongs to a sheet besides its words and its days on the wall."""

    def approve(self, detail: NoticeDetail) -> AskDialog:
        """Which meeting, or the township, settled the sheet."""
        bodies = [(one.value, one.words) for one in Approval if one is not Approval.NONE]
        first = next((value for value, words in bodies if words == detail.approval), bodies[0][0])
        dialog = FieldsDialog(
            "登记会议意见",
            "登记",
            (
                Ask("body", "谁定的(&S)", Kind.CHOICE, first, choices=bodies),
                Ask("day", "确定日期(&T)", Kind.DAY, self.today, required=True),
                Ask("who", "主持人或经办人(&R)"),
                Ask("words", "意见(&N)", Kind.AREA, "同意公开。"),
            ),
            self.today,
            self.page,
            explain=f"照会议记录登记《{detail.row.title}》；内容以后再改的，要重新提交。",
        )
        return self.writes(
            dialog,
            "notices.note_approval",
            lambda session: actions.note_approval(
                session,
                notice_id=detail.row.id,
                body=str(dialog.values()["body"]),
                approved_on=dialog.values()["day"],
                approved_by=dialog.values()["who"],
                words=dialog.values()["words"],
            ),
            "已登记会议意见。",
        )

    def reply(self, detail: NoticeDetail) -> AskDialog:
        """What was answered to an opinion of the supervision committee."""
        waiting = [
            (one.id, f"{short_date(one.reviewed_on)}{one.reviewer}：{one.words}")
            for one in detail.reviews
            if one.opinion != Opinion.AGREED and one.replied_on is None
        ]
        dialog = FieldsDialog(
            "答复监委会意见",
            "登记答复",
            (
                Ask("review", "哪一条意见(&Y)", Kind.CHOICE, choices=waiting, required=True),
                Ask("day", "答复日期(&T)", Kind.DAY, self.today, required=True),
                Ask("who", "答复人(&R)", required=True),
                Ask("words", "答复内容(&N)", Kind.AREA, required=True),
            ),
            self.today,
            self.page,
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return actions.reply_to_review(
                session,
                review_id=str(answer["review"]),
                replied_on=answer["day"],
                replied_by=answer["who"],
                words=answer["words"],
            )

        return self.writes(dialog, "notices.reply_to_review", keep, "已登记答复，请修改后再送审。")

    def seal(self, detail: NoticeDetail) -> AskDialog:
        """When the sheet was signed and sealed; the seal register gets its line."""
        dialog = FieldsDialog(
            "登记签字盖章",
            "登记",
            (
                Ask("day", "盖章日期(&T)", Kind.DAY, self.today, required=True),
                Ask("signer", "签字人(&R)", value=detail.paper.signer, required=True),
                Ask("approver", "批准人(&P)", hint="和签字人是同一人的，不用填。"),
                Ask("many", "盖了几个章(&G)", Kind.NUMBER, 1, least=1, most=200),
            ),
            self.today,
            self.page,
            explain=f"用的是{detail.paper.seal}；用章登记簿会自动记上这一笔。",
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return actions.note_seal(
                session,
                notice_id=detail.row.id,
                sealed_on=answer["day"],
                signed_by=answer["signer"],
                approved_by=answer["approver"],
                many=answer["many"],
            )

        return self.writes(dialog, "notices.note_seal", keep, "已登记签字盖章，用章登记簿已记上。")

    def archive(self, detail: NoticeDetail) -> AskDialog:
        """Where the file copy was put away."""
        dialog = FieldsDialog(
            "登记归档",
            "登记归档",
            (
                Ask("day", "归档日期(&T)", Kind.DAY, self.today, required=True),
                Ask("who", "归档人(&R)"),
                Ask("box", "放在哪一盒(&H)", hint="例如“2026年村务公开第1盒”，没有编盒的可以不填。"),
            ),
            self.today,
            self.page,
            explain="张贴件和打印的PDF一起归档；签字盖章件的照片或扫描件可以以后再附。",
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return actions.archive_notice(
                session,
                notice_id=detail.row.id,
                archived_on=answer["day"],
                archived_by=answer["who"],
                box=answer["box"],
            )

        return self.writes(dialog, "notices.archive_notice", keep, "已归档。")

    def correct(self, detail: NoticeDetail, then: Callable[[str], None]) -> AskDialog:
        """What is wrong on a final sheet; its numbered correction is drafted."""
        dialog = FieldsDialog(
            "出更正公告",
            "起草更正公告",
            (
                Ask("reason", "哪里错了，应为什么(&Y)", Kind.AREA, required=True),
                Ask("body", "还要说明的(&N)", Kind.AREA),
            ),
            self.today,
            self.page,
            explain=f"《{detail.row.title}》已经定稿，不能改。更正公告有自己的文号，和原件贴在一起。",
        )
        return self.writes(
            dialog,
            "notices.draft_correction",
            lambda session: actions.draft_correction(
                session, notice_id=detail.row.id, reason=dialog.values()["reason"], body=dialog.values()["body"]
            ),
            "更正公告已起草，请核对后编号定稿。",
            then,
        )

    def outside(
        self,
        *,
        title: str = "",
        duty_id: str = "",
        code: str = "",
        period: str = "",
        year: int = 0,
        finance: bool = False,
        then: Callable[[Any], None] | None = None,
    ) -> AskDialog:
        """A sheet that came ready from elsewhere, in at most six fields; for finance its four sums besides."""
        boards = [(one.name, one.name) for one in self.workplace.read(boards_of)]
        named = dict.fromkeys([actions.MAIN_BOARD, *(name for name, _ in boards)])
        asks = [
            Ask("title", "标题(&B)", value=title, required=True),
            Ask("made_by", "制作单位(&D)", required=True, hint="例如“平安镇三资中心”。"),
            Ask("number", "表上的编号(&H)", hint="没有编号的不用填。"),
            Ask("day", "张贴日期(&T)", Kind.DAY, self.today, required=True),
            Ask("board", "公开栏(&G)", Kind.OPEN_CHOICE, choices=[(one, one) for one in named]),
        ]
        if finance:
            asks += [
                Ask("opening", "期初余额（元）(&Q)", Kind.MONEY),
                Ask("receipts", "本期收入（元）(&S)", Kind.MONEY),
                Ask("payments", "本期支出（元）(&Z)", Kind.MONEY),
                Ask("close", "期末余额（元）(&M)", Kind.MONEY, hint="四个数都填，就核对收支和上一张公布的期末。"),
            ]
        dialog = FieldsDialog(
            "登记外来公开表",
            "登记并张贴",
            asks,
            self.today,
            self.page,
            explain="现成的表不用重打，登记几项就算完成公开任务；照片或扫描件可以以后附上。",
        )

        def keep(session: Any) -> actions.Posted:
            answer = dialog.values()
            sums = tuple(answer.get(key) for key in ("opening", "receipts", "payments", "close"))
            return actions.register_outside_sheet(
                session,
                title=answer["title"],
                made_by=answer["made_by"],
                own_number=answer["number"],
                posted_on=answer["day"],
                board=str(answer["board"]),
                duty_id=duty_id,
                code=code,
                period=period,
                year=year,
                figures=tuple(one or 0 for one in sums) if any(one is not None for one in sums) else (),
            )

        return self.writes(
            dialog,
            "notices.register_outside_sheet",
            keep,
            lambda done: f"已登记，要贴到{short_date(done.last_day)}。",
            then,
        )


def dated(day: dt.date | None) -> str:
    """A day in a list, nothing where there is none."""
    return short_date(day) if day is not None else ""
