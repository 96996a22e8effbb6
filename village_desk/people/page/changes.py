"""What the clerk does about one person's life: one dialog and one act for each change."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from village_desk.people import actions, lookups
from village_desk.people.dialogs import (
    AwayDialog,
    DayDialog,
    DivisionDialog,
    HeadDialog,
    OutsideDialog,
    SideHouseholdDialog,
    StandingDialog,
)
from village_desk.people.lookups import PersonCard
from village_desk.people.page.homes import HomesWindow
from village_desk.people.page.marriages import Marriages
from village_desk.people.rules.changes import KEPT_SENTENCE
from village_desk.people.rules.standings import (
    COLLECTIVE_ENDS,
    COLLECTIVE_GROUNDS,
    RESIDENT_ENDS,
    STANDING_WORDS,
    VOTER_CLASSES,
    VOTER_ENDS,
    Standing,
)
from village_desk.store.acts import act
from village_desk.widgets.asking import write_prepared
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.workplace import Workplace

_GROUNDS: dict[Standing, Sequence[str]] = {
    Standing.RESIDENT: ("户籍在本村并常住", "外来常住、租住"),
    Standing.VOTER: VOTER_CLASSES,
    Standing.COLLECTIVE: COLLECTIVE_GROUNDS,
}
_ENDS: dict[Standing, Sequence[str]] = {
    Standing.RESIDENT: RESIDENT_ENDS,
    Standing.VOTER: VOTER_ENDS,
    Standing.COLLECTIVE: COLLECTIVE_ENDS,
}
_TITLES: dict[Standing, str] = {
    Standing.RESIDENT: "登记为常住人口",
    Standing.VOTER: "列入参选村民名单",
    Standing.COLLECTIVE: "登记为集体经济组织成员",
}
_SIDE_WORDS = {"living": "居住户", "contract": "承包户"}


class Changes(QObject):
    """Asks and writes; `show` opens a dialog over the page."""

    def __init__(self, workplace: Workplace, page: QWidget, show: Callable[[QDialog], None]) -> None:
        super().__init__(page)
        self.workplace, self.page, self.show = workplace, page, show
        self.marriages = Marriages(workplace, page, self._show)

    def ask(self, what: str, card: PersonCard) -> None:
        """Ask for one of the panel's choices: marry, divorce, divide …, or in:, out: and side: with a kind."""
        kind, _, more = what.partition(":")
        if kind in ("in", "out"):
            (self.ask_standing if kind == "in" else self.ask_end_standing)(card, Standing(more))
        elif kind == "side":
            self.ask_side(card, more)
        else:
            {
                "marry": self.marriages.ask_marriage,
                "divorce": self.marriages.ask_divorce,
                "divide": self.ask_division,
                "head": self.ask_head,
                "away": self.ask_away,
                "home_again": self.ask_home_again,
                "death": self.ask_death,
                "leave_outside": self.ask_leave_outside,
            }[kind](card)

    @property
    def today(self) -> dt.date:
        """The village's confirmed day."""
        return self.workplace.read(act).today

    def dialogs_to_show(self, card: PersonCard) -> Iterator[tuple[str, QDialog]]:
        """What is asked about the life of the person at hand."""
        yield "marriage", self.marriages.marriage_dialog(card)
        yield "divorce", self.marriages.divorce_dialog(card)
        if len(card.family) > 1:
            home = self.workplace.read(lambda session: lookups.household_card(session, card.row.household_id))
            yield "division", DivisionDialog(home, self.today, self.page, first=card.family[-1].id)
        yield "away", AwayDialog(card.row.name, self.today, self.page)
        yield (
            "contract-household",
            SideHouseholdDialog("contract", card.family, self.today, (), self.page),
        )
        yield "outside", OutsideDialog(self.today, self.page)
        yield "households", HomesWindow(self.workplace, self.page)

    def ask_division(self, card: PersonCard) -> None:
        """Some of the household set up one of their own."""
        home = self.workplace.read(lambda session: lookups.household_card(session, card.row.household_id))
        dialog = DivisionDialog(home, self.today, self.page, first="" if card.is_head else card.id)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.divide_household(
                session,
                person_ids=answer.person_ids,
                head_id=answer.head_id,
                number=answer.number,
                on=answer.on,
                reason=answer.reason,
            )

        self._show(dialog, "people.divide_household", act_on, "已登记分户，新户成员与户主的关系请逐个补上。")

    def ask_head(self, card: PersonCard) -> None:
        """Another member becomes head."""
        others = [one for one in card.family if one.relation not in ("户主", "本人")]
        dialog = HeadDialog(
            "换户主",
            others,
            self.today,
            self.page,
            accept="换户主",
            day_words="从哪天起",
            explain="以前的户代表名单仍按原来的户主。",
        )

        def act_on() -> Callable[[Any], object]:
            day, head_id, old = dialog.answer()
            return lambda session: actions.change_head(
                session, household_id=card.row.household_id, head_id=head_id, on=day, old_relation=old
            )

        self._show(dialog, "people.change_head", act_on, "户主已更换，其他成员与新户主的关系请逐个修改。")

    def ask_death(self, card: PersonCard) -> None:
        """The person died; of a head the next one is asked for."""
        others = [one for one in card.family if one.id != card.id] if card.is_head else []
        dialog = HeadDialog(
            f"登记{card.row.name}去世",
            others,
            self.today,
            self.page,
            accept="登记",
            day_words="去世日期",
            optional=True,
            explain="现任的职务和党员身份会在同一天结束。登记错了可以撤销。",
        )

        def act_on() -> Callable[[Any], object]:
            day, head_id, _ = dialog.answer()
            return lambda session: actions.record_death(session, person_id=card.id, on=day, new_head_id=head_id)

        self._show(dialog, "people.record_death", act_on, f"已登记{card.row.name}去世，现任职务和党籍同日结束。")

    def ask_away(self, card: PersonCard) -> None:
        """The person is away."""
        dialog = AwayDialog(card.row.name, self.today, self.page)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.go_away(
                session,
                person_id=card.id,
                ground=answer.ground,
                on=answer.on,
                place=answer.place,
                moves_out=answer.moves_out,
            )

        self._show(dialog, "people.go_away", act_on, f"已登记{card.row.name}外出。")

    def ask_home_again(self, card: PersonCard) -> None:
        """The person is back."""
        dialog = DayDialog(f"{card.row.name}外出回来", self.today, self.page, accept="登记", day_words="回来日期")

        def act_on() -> Callable[[Any], object]:
            day = dialog.answer().on
            return lambda session: actions.come_back(session, person_id=card.id, on=day)

        self._show(dialog, "people.come_back", act_on, f"已登记{card.row.name}回来。")

    def ask_standing(self, card: PersonCard, kind: Standing) -> None:
        """The person belongs to one of the counts."""
        words = STANDING_WORDS[kind]
        dialog = StandingDialog(
            f"{card.row.name}：{_TITLES[kind]}",
            self.today,
            self.page,
            grounds=_GROUNDS[kind],
            explain="五种人数各登各的，互不推算。",
        )

        def act_on() -> Callable[[Any], object]:
            day, ground = dialog.answer()
            return lambda session: actions.enter_standing(
                session, person_id=card.id, kind=kind.value, from_on=day, ground=ground
            )

        self._show(dialog, "people.enter_standing", act_on, f"已把{card.row.name}登记为{words}。")

    def ask_end_standing(self, card: PersonCard, kind: Standing) -> None:
        """The person no longer belongs to one of the counts."""
        words = STANDING_WORDS[kind]
        dialog = DayDialog(
            f"{card.row.name}不再是{words}",
            self.today,
            self.page,
            accept="登记",
            day_words="从哪天起",
            reasons=_ENDS[kind],
            reason_needed=True,
            explain=KEPT_SENTENCE if kind is Standing.COLLECTIVE else "",
        )

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.end_standing(
                session, person_id=card.id, kind=kind.value, on=answer.on, why=answer.reason
            )

        self._show(dialog, "people.end_standing", act_on, f"已登记{card.row.name}不再是{words}，以前的名单不变。")

    def ask_side(self, card: PersonCard, kind: str) -> None:
        """A living or contract household, beginning with the person's family."""
        dialog = SideHouseholdDialog(
            kind,
            card.family or (card.row,),
            self.today,
            self.workplace.read(lookups.groups),
            self.page,
            group=card.row.group,
        )
        relations = {one.id: one.relation for one in card.family}

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            members = tuple(
                actions.SideEntry(one, relations.get(one, ""), head=one == answer.head_id) for one in answer.person_ids
            )
            return lambda session: actions.add_side_household(
                session,
                kind=kind,
                members=members,
                number=answer.number,
                group_name=answer.group,
                certificate=answer.certificate,
                area=answer.area,
                from_on=answer.from_on,
                due_on=answer.due_on,
                address=answer.address,
            )

        self._show(dialog, "people.add_side_household", act_on, f"{_SIDE_WORDS[kind]}已登记，和户籍户分开。")

    def ask_outside(self) -> None:
        """Somebody from outside serves the village."""
        dialog = OutsideDialog(self.today, self.page)

        def act_on() -> Callable[[Any], object]:
            answer = dialog.answer()
            return lambda session: actions.add_outside_person(
                session,
                name=answer.name,
                role=answer.role,
                unit=answer.unit,
                unit_post=answer.unit_post,
                phone=answer.phone,
                from_on=answer.from_on,
            )

        self._show(dialog, "people.add_outside_person", act_on, "外来人员已登记，不计入村民和应到人数。")

    def ask_leave_outside(self, card: PersonCard) -> None:
        """Somebody from outside left."""
        dialog = DayDialog(f"{card.row.name}离开本村", self.today, self.page, accept="登记", day_words="离开日期")

        def act_on() -> Callable[[Any], object]:
            day = dialog.answer().on
            return lambda session: actions.end_outside_role(session, person_id=card.id, on=day)

        self._show(dialog, "people.end_outside_role", act_on, f"已登记{card.row.name}离开。")

    def ask_voter_list(self) -> None:
        """A new list of voters, begun from the adults."""
        dialog = StandingDialog(
            "开始新的参选村民名单",
            self.today,
            self.page,
            explain="先把名册里年满18周岁的村民全部列入，上一份名单同日结束；"
            "户籍不在本村、本人申请的，以及不参加的，再逐个登记。",
            day=self.today,
            day_needed=True,
        )

        def act_on() -> Callable[[Any], object]:
            day = dialog.answer()[0]
            assert day is not None
            return lambda session: actions.begin_voter_list(session, on=day)

        self._show(dialog, "people.begin_voter_list", act_on, "参选村民名单已开始，请对照登记逐个核对。")

    def ask_many(self, ids: Sequence[str], kind: Standing) -> None:
        """The chosen people belong to one of the counts."""
        words = STANDING_WORDS[kind]
        if not ids:
            self.workplace.told.emit("还没有选人。", "请在列表里按住Ctrl点选，或者按Ctrl+A全选，再登记。")
            return
        dialog = StandingDialog(
            f"选中的{len(ids)}人：{_TITLES[kind]}",
            self.today,
            self.page,
            grounds=_GROUNDS[kind],
            explain="已经登记过的人不会重复登记。这是一步，可以整步撤销。",
        )

        def act_on() -> Callable[[Any], object]:
            day, ground = dialog.answer()
            return lambda session: actions.enter_many(
                session, person_ids=tuple(ids), kind=kind.value, from_on=day, ground=ground
            )

        self._show(dialog, "people.enter_many", act_on, f"选中的人已登记为{words}。")

    def _show(self, dialog: AskDialog, deed: str, act_on: Callable[[], Callable[[Any], object]], said: str) -> None:
        write_prepared(self.workplace, dialog, deed, act_on, said)
        self.show(dialog)
