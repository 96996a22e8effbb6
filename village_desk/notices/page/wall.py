"""What happened to a sheet on the wall, asked and written."""

from typing import Any

from village_desk.kit.text import short_date
from village_desk.notices import actions
from village_desk.notices.dialogs import (
    AnswerDialog,
    DamageDialog,
    ObjectionDialog,
    PostDialog,
    SlipDialog,
    TakeDownDialog,
)
from village_desk.notices.lookups import NoticeDetail, boards_of
from village_desk.notices.page.asking import Asking
from village_desk.widgets.dialogs import AskDialog


class Wall(Asking):
    """Asks what belongs to a sheet that hangs or hung."""

    def post(self, detail: NoticeDetail) -> AskDialog:
        """Where and when the sheet was put up."""
        torn = [board.board for board in detail.boards if board.damage_id]
        known = [one.name for one in self.workplace.read(boards_of)]
        boards = list(dict.fromkeys([*torn, actions.MAIN_BOARD, *(board.board for board in detail.boards), *known]))
        dialog = PostDialog(detail.row.title, boards, self.today, self.page)

        def keep(session: Any) -> actions.Posted:
            answer = dialog.answer()
            return actions.post(
                session,
                notice_id=detail.row.id,
                posted_on=answer.posted_on,
                posted_by=answer.posted_by,
                board=answer.board,
            )

        return self.writes(
            dialog, "notices.post", keep, lambda done: f"已登记张贴，要贴到{short_date(done.last_day)}。"
        )

    def damage(self, detail: NoticeDetail) -> AskDialog:
        """How a sheet left the wall before its day."""
        dialog = DamageDialog(_hanging(detail), self.today, self.page)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.record_damage(
                session,
                posting_id=answer.posting_id,
                kind=answer.kind,
                found_on=answer.found_on,
                found_by=answer.found_by,
                words=answer.words,
            )

        return self.writes(dialog, "notices.record_damage", keep, "已登记破损，请补贴。")

    def take_down(self, detail: NoticeDetail) -> AskDialog:
        """When a sheet was taken down; before its day the refusal tells the days."""
        dialog = TakeDownDialog(_hanging(detail), self.today, self.page)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.take_down(
                session, posting_id=answer.posting_id, taken_on=answer.taken_on, taken_by=answer.taken_by
            )

        return self.writes(dialog, "notices.take_down", keep, "已登记撤下，请把存档件归档。")

    def slip(self, detail: NoticeDetail) -> AskDialog:
        """The right date for one that was typed wrongly."""
        events = [(event.id, f"{event.board}{event.what}：{short_date(event.day)}") for event in detail.events]
        dialog = SlipDialog(events, self.today, self.page)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.put_date_right(
                session, record_id=answer.record_id, right_on=answer.right_on, reason=answer.reason
            )

        return self.writes(dialog, "notices.put_date_right", keep, "日期已更正，原来的日期和原因都留着。")

    def objection(self, detail: NoticeDetail) -> AskDialog:
        """What somebody said against the sheet."""
        dialog = ObjectionDialog(self.today, self.page)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.raise_objection(
                session, notice_id=detail.row.id, raised_on=answer.day, raised_by=answer.who, words=answer.words
            )

        return self.writes(dialog, "notices.raise_objection", keep, "已登记意见。")

    def answer(self, detail: NoticeDetail) -> AskDialog:
        """How an objection was answered."""
        waiting = [
            (each.id, f"{each.raised_by}：{each.words}") for each in detail.objections if each.answered_on is None
        ]
        dialog = AnswerDialog(waiting, self.today, self.page)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.answer_objection(
                session,
                objection_id=str(dialog.objection.currentData()),
                answered_on=answer.day,
                answered_by=answer.who,
                words=answer.words,
            )

        return self.writes(dialog, "notices.answer_objection", keep, "已登记答复。")


def _hanging(detail: NoticeDetail) -> list[tuple[str, str]]:
    return [
        (board.posting_id, f"{board.board}（{short_date(board.posted_on)}贴出）")
        for board in detail.boards
        if board.state.hangs
    ]
