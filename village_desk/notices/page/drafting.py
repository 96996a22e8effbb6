"""From draft to number on the screen: wording, cover, review, the day of posting."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from village_desk.notices import actions, lookups
from village_desk.notices.dialogs import DraftAnswer, DraftDialog, PublishDialog, ReasonDialog, ReviewDialog
from village_desk.notices.lookups import DutyRow, NoticeDetail
from village_desk.notices.page.asking import Asking
from village_desk.notices.rules.kinds import KIND_WORDS, Issuer, NoticeClass
from village_desk.notices.rules.wording import body_for
from village_desk.store.operators import Role
from village_desk.widgets.dialogs import AskDialog


class Drafting(Asking):
    """Asks what belongs to a sheet before it hangs."""

    def draft(self, duty: DutyRow | None = None, then: Callable[[str], None] | None = None) -> AskDialog:
        """A new sheet, for a duty or of the clerk's own."""
        given = None
        if duty is not None:
            title = f"关于{duty.about}的{KIND_WORDS[duty.kind].name}"
            body = body_for(duty.kind, duty.item, duty.about)
            given = DraftAnswer(duty.kind, duty.item, NoticeClass.VILLAGE, Issuer.COMMITTEE, title, body, True)
        dialog = DraftDialog(self._items(), self.page, given=given)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.draft_notice(
                session,
                item=answer.item,
                kind=answer.kind,
                column=answer.column,
                issuer=answer.issuer,
                title=answer.title,
                body=answer.body,
                review_first=answer.review_first,
                duty_id=duty.id if duty is not None else "",
                source_room=duty.source_room if duty is not None else "",
                source_id=duty.source_id if duty is not None else "",
            )

        return self.writes(dialog, "notices.draft_notice", keep, "草稿已保存。", then)

    def edit(self, detail: NoticeDetail) -> AskDialog:
        """Another wording of a draft."""
        found = detail.row
        given = DraftAnswer(
            found.kind, found.item, found.column, found.issuer, found.title, detail.body, detail.review_first
        )
        dialog = DraftDialog(self._items(), self.page, given=given, head="修改草稿")

        def keep(session: Any) -> None:
            answer = dialog.answer()
            actions.edit_draft(
                session,
                notice_id=found.id,
                seen=found.seen,
                title=answer.title,
                body=answer.body,
                kind=answer.kind,
                issuer=answer.issuer,
                review_first=answer.review_first,
                item=answer.item,
                column=answer.column,
            )

        return self.writes(dialog, "notices.edit_draft", keep, "草稿已保存。")

    def mask(self, detail: NoticeDetail) -> None:
        """Cover private numbers in the draft."""
        self.workplace.write(
            "notices.mask_draft",
            lambda session: actions.mask_draft(session, notice_id=detail.row.id),
            said=lambda many: f"已遮盖{many}处。",
        )

    def discard(self, detail: NoticeDetail) -> None:
        """Drop the draft; undo brings it back."""
        self.workplace.write(
            "notices.discard_draft",
            lambda session: actions.discard_draft(session, notice_id=detail.row.id),
            said="草稿已删除。",
        )

    def review(self, detail: NoticeDetail) -> AskDialog:
        """What the supervision committee said."""
        found, now = detail.row, self.now
        members = self.workplace.read(lambda session: lookups.reviewers(session, on=now.today))
        own = now.role == Role.SUPERVISOR
        dialog = ReviewDialog(found.title, members, now.today, self.page, own_login=own)

        def keep(session: Any) -> str:
            answer = dialog.answer()
            return actions.review_notice(
                session,
                notice_id=found.id,
                opinion=answer.opinion,
                reviewer_id=answer.reviewer_id,
                reviewed_on=answer.reviewed_on,
                way="login" if answer.by_login else "paper",
                words=answer.words,
            )

        return self.writes(dialog, "notices.review_notice", keep, "已登记审核意见。")

    def publish(self, detail: NoticeDetail) -> AskDialog:
        """When the sheet is to be posted; then it becomes final."""
        found = detail.row

        def period(day: dt.date) -> str:
            return self.workplace.read(
                lambda session: lookups.planned_period(session, item=found.item, kind=found.kind, posting_from=day)
            )

        dialog = PublishDialog(found.title, self.today, period, self.page)

        def keep(session: Any) -> actions.Published:
            answer = dialog.answer()
            return actions.publish(
                session,
                notice_id=found.id,
                posting_from=answer.posting_from,
                dated_on=answer.dated_on,
                unmasked_reason=answer.reason,
            )

        return self.writes(dialog, "notices.publish", keep, lambda done: f"已定稿，{done.number}。请打印盖章后张贴。")

    def give_number(self, detail: NoticeDetail) -> None:
        """Give the number that was pending."""
        self.workplace.write(
            "notices.give_number",
            lambda session: actions.give_number(session, notice_id=detail.row.id),
            said=lambda number: f"已编号{number}，请重新打印张贴件。",
        )

    def waive(self, duty: DutyRow) -> AskDialog:
        """Why a duty does not apply."""
        dialog = ReasonDialog("标为不适用", "标为不适用", f"{duty.about}不用公开的，写明原因。", self.page)
        return self.writes(
            dialog,
            "notices.waive_duty",
            lambda session: actions.waive_duty(session, duty_id=duty.id, reason=dialog.answer()),
            "已标为不适用。",
        )

    def _items(self) -> tuple[tuple[str, str, str], ...]:
        today = self.today
        return self.workplace.read(lambda session: lookups.posting_items(session, on=today))
