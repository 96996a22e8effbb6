"""The dialogs of a case: opened, its plan changed, its mandate, each with the action that its answer becomes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from village_desk.decisions import actions
from village_desk.decisions.dialogs import (
    CaseAnswer,
    CaseDialog,
    MandateDialog,
    MatterChoice,
    PlanDialog,
    WayChoice,
)
from village_desk.decisions.lookups import DecisionDetail, mandates, procedures, spending_tier
from village_desk.decisions.rules import ChangeKind
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import MatterType
from village_desk.store.acts import act
from village_desk.widgets.asking import Asking

_WITHOUT_MANDATE = frozenset({"M13", "M14"})


class CaseAsking(Asking):
    """The dialogs of the page of decisions."""

    # the case

    def new_case(
        self, then: Callable[[str], None], *, after: DecisionDetail | None = None, kind: str = ""
    ) -> CaseDialog:
        """新建议题; `after` is the case that the new one changes, brings up again or comes from."""
        today = self.workplace.read(lambda session: act(session).today)
        template = self.workplace.read(lambda session: rulebook(session).template("four_two", today))
        kinds = [(kind, ChangeKind(kind).words)] if after is not None else []
        explain = f"原来的是{after.row.number}“{after.row.title}”。" if after is not None else ""
        dialog = CaseDialog(
            self._matters(),
            template.motion_sources,
            today,
            self.page,
            ways=self._ways(),
            kinds=kinds,
            tier=lambda amount: self._tier(amount, today),
            explain=explain,
        )
        if after is not None:
            dialog.title_edit.setText(after.row.title)
            dialog.plan.setPlainText(after.plan)
            if after.matter is not None:
                dialog.matter.setCurrentIndex(dialog.matter.findData(after.matter.code))

        changes_id = after.row.id if after is not None else ""
        self.writes(
            dialog,
            "decisions.open_decision",
            lambda session: actions.open_decision(session, changes_id=changes_id, **vars(dialog.answer())),
            "已立项，可以登记第1步了。",
            then,
        )
        return dialog

    def plan(self, detail: DecisionDetail) -> PlanDialog:
        """修改议题和方案."""
        given = CaseAnswer(
            detail.row.title,
            detail.matter.code if detail.matter is not None else "",
            detail.row.opened_on,
            detail.motion_source,
            detail.proposer,
            detail.plan,
            detail.amount_fen,
            detail.stands_in,
            detail.from_paper,
        )
        voted = any(stage.motion is not None and stage.motion.standing is not None for stage in detail.stages)
        dialog = PlanDialog(given, detail.motion_sources, voted=voted, parent=self.page)

        def write(session: Any) -> int:
            answer = dialog.answer()
            return actions.change_plan(
                session,
                decision_id=detail.row.id,
                seen=detail.seen,
                title=answer.title,
                plan=answer.plan,
                motion_source=answer.motion_source,
                proposer=answer.proposer,
                amount_fen=answer.amount_fen,
                opened_on=answer.opened_on,
            )

        self.writes(dialog, "decisions.change_plan", write, "已保存。")
        return dialog

    def mandate(self, detail: DecisionDetail | None) -> MandateDialog:
        """登记授权."""
        today = self.workplace.read(lambda session: act(session).today)
        known = "、".join(row.title for row in self.workplace.read(mandates))
        chosen = [detail.matter.code] if detail is not None and detail.matter is not None else []
        matters = [matter for matter in self._matters() if matter.code not in _WITHOUT_MANDATE]
        words = f"已经登记的有：{known}。" if known else ""
        dialog = MandateDialog(matters, chosen, today, self.page, known=words)

        self.writes(
            dialog,
            "decisions.register_mandate",
            lambda session: actions.register_mandate(session, **vars(dialog.answer())),
            "已登记授权。",
        )
        return dialog

    # inside

    def _matters(self) -> list[MatterChoice]:
        today = self.workplace.read(lambda session: act(session).today)
        matters = self.workplace.read(lambda session: rulebook(session).matters(today))
        return [
            MatterChoice(
                matter.code,
                matter.name,
                f"{matter.refusal}{matter.refusal_advice}" if matter.refusal else "",
                matter.collective,
                "" if matter.refusal else f"可由{_deciders(matter)}决定（{matter.legal_ref}）。",
            )
            for matter in matters
        ]

    def _ways(self) -> list[WayChoice]:
        """Every procedure that can be taken as it is, the matter's own left out."""
        return [
            WayChoice(
                row.template.key,
                row.template.name,
                row.template.needs_matter,
                row.template.motion_sources,
                "→".join(stage.name for stage in row.template.stages),
            )
            for row in self.workplace.read(procedures)
            if not row.template.locked
        ]

    def _tier(self, amount: int, on: dt.date) -> str:
        found = self.workplace.read(lambda session: spending_tier(session, amount, on))
        return f"{found.name}：{found.words}" if found is not None else ""


def _deciders(matter: MatterType) -> str:
    return "、".join(dict.fromkeys(row.body.words for row in matter.deciders if not row.refusal))
