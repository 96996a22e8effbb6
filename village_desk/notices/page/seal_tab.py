"""How bodies sign: the register of seals, the letters of numbers, and the boards of the village."""

from typing import Any

from PySide6.QtWidgets import QComboBox

from village_desk.kit.text import short_date
from village_desk.notices import actions, lookups, printout
from village_desk.notices.dialogs.fields import Ask, FieldsDialog, Kind
from village_desk.notices.lookups import IssuerRow, SealRow
from village_desk.notices.page.settled import Settled
from village_desk.notices.page.tabs import Tab
from village_desk.notices.rules.kinds import Issuer
from village_desk.widgets.checks import Check
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button
from village_desk.widgets.tables import Column, ListTable


class SealTable(ListTable[SealRow]):
    """One line a use of a seal."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("used_on", "用章日期", lambda row: short_date(row.used_on), width=6),
                Column("purpose", "事由", lambda row: row.purpose, width=18, wide=True),
                Column("seal", "用哪个章", lambda row: row.seal, width=10),
                Column("many", "次数", lambda row: str(row.many), width=3, align="right"),
                Column("approved_by", "批准人", lambda row: row.approved_by, width=6),
                Column("handled_by", "经办人", lambda row: row.handled_by, width=6, side=True),
            ),
            sort_keys={"used_on": lambda row: row.used_on, "many": lambda row: row.many},
        )


class SealTab(Tab[SealRow]):
    """用章与公开栏: the register of seals, the letters of each body's numbers, the boards."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.add = button("用章登记", "plus", role="primary", clicked=self.ask_use)
        self.print = button("打印登记簿", "printer", clicked=self.print_register)
        self.letters = button("文号字头和印章", "pencil", clicked=self.ask_letters)
        self.plate = button("打印监督电话牌", "printer", clicked=self.print_plate)
        self.board = button("增加公开栏", "plus", clicked=self.ask_board)
        super().__init__(
            settled,
            SealTable(),
            (self.add, self.print, self.letters, self.board, self.plate),
            empty_words="还没有用章记录。公开表盖章时会自动记上，开证明等用章点“用章登记”。",
        )

    def refresh(self) -> None:
        """This year's uses, and how the bodies sign."""
        year = self.settled.today.year
        rows = self.settled.workplace.read(lambda session: lookups.seal_register(session, year=year))
        found = self.settled.workplace.read(lookups.issuers)
        boards = self.settled.workplace.read(lookups.boards_of)
        marks = "、".join(f"{row.short}“{row.mark}”" for row in found.values())
        named = f"；公开栏{len(boards)}处：{'、'.join(one.name for one in boards)}" if boards else ""
        self.summary.setText(f"{year}年用章{len(rows)}笔。文号字头：{marks}{named}。")
        self.show_rows(tuple(reversed(rows)))

    def told(self, row: SealRow) -> list[Check]:
        """One use in words."""
        who = "，".join(
            f"{what}{name}"
            for what, name in (("签字", row.signed_by), ("批准", row.approved_by), ("经办", row.handled_by))
            if name
        )
        return [
            Check(
                "note", f"{short_date(row.used_on)}用{row.seal}{row.many}次：{row.purpose}。{who}{'。' if who else ''}"
            )
        ]

    def ask_use(self) -> AskDialog:
        """A use of a seal besides the notices."""
        seals = self.settled.workplace.read(lookups.issuers)
        dialog = FieldsDialog(
            "用章登记",
            "登记",
            (
                Ask("day", "用章日期(&T)", Kind.DAY, self.settled.today, required=True),
                Ask("seal", "用哪个章(&Z)", Kind.OPEN_CHOICE, choices=[(row.seal, row.seal) for row in seals.values()]),
                Ask("purpose", "事由(&S)", required=True, hint="例如“为张大山开居住证明”。"),
                Ask("many", "次数(&G)", Kind.NUMBER, 1, least=1, most=200),
                Ask("approved_by", "批准人(&P)", required=True),
                Ask("handled_by", "经办人(&J)"),
            ),
            self.settled.today,
            self.settled.page,
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return actions.note_seal_use(
                session,
                used_on=answer["day"],
                seal=str(answer["seal"]),
                purpose=answer["purpose"],
                many=answer["many"],
                approved_by=answer["approved_by"],
                handled_by=answer["handled_by"],
            )

        self.settled.writes(dialog, "notices.note_seal_use", keep, "已登记。")
        self.open(dialog)
        return dialog

    def ask_letters(self) -> AskDialog:
        """The number letters, signer and seal of one body."""
        found = self.settled.workplace.read(lookups.issuers)
        first = found[Issuer.COMMITTEE]
        dialog = FieldsDialog(
            "文号字头和印章",
            "保存",
            (
                Ask("issuer", "单位(&D)", Kind.CHOICE, first.issuer.value, choices=_bodies(found)),
                Ask("mark", "文号字头(&H)", value=first.mark, required=True, hint="例如“东河村委”。"),
                Ask("full_name", "落款全称(&Q)", value=first.full_name),
                Ask("signer", "签字人(&R)", value=first.signer),
                Ask("seal", "印章名称(&Z)", value=first.seal),
                Ask("seal_place", "盖在哪里(&G)", value=first.seal_place),
            ),
            self.settled.today,
            self.settled.page,
            explain="几个单位各编各的号、各盖各的章。已经给出的文号不会变。",
        )
        box = dialog.fields["issuer"]

        def fill() -> None:
            row = found[Issuer(dialog.values()["issuer"])]
            for key in ("mark", "full_name", "signer", "seal", "seal_place"):
                dialog.put(key, getattr(row, key))

        assert isinstance(box, QComboBox)
        box.currentIndexChanged.connect(lambda _at: fill())

        def keep(session: Any) -> None:
            answer = dialog.values()
            actions.set_issuer(
                session,
                issuer=str(answer["issuer"]),
                mark=answer["mark"],
                full_name=answer["full_name"],
                signer=answer["signer"],
                seal=answer["seal"],
                seal_place=answer["seal_place"],
            )

        self.settled.writes(dialog, "notices.set_issuer", keep, "已保存，下一张起照新的印。")
        self.open(dialog)
        return dialog

    def ask_board(self) -> AskDialog:
        """A board of a hamlet."""
        dialog = FieldsDialog(
            "增加公开栏",
            "增加",
            (
                Ask("name", "名称(&M)", required=True, hint="例如“三组公开栏”。"),
                Ask("place", "位置(&W)", hint="例如“小学门口”。"),
                Ask("size", "大小(&D)", hint="例如“2米×1.2米”。"),
                Ask("keeper", "管护人(&R)"),
            ),
            self.settled.today,
            self.settled.page,
        )

        def keep(session: Any) -> str:
            return actions.add_board(session, **dialog.values())

        self.settled.writes(dialog, "notices.add_board", keep, "已增加，登记张贴时可以选。")
        self.open(dialog)
        return dialog

    def print_register(self) -> None:
        """The register of seals on paper."""
        year, village = self.settled.today.year, self.settled.now.village_name
        self.print_later(
            lambda session: lookups.seal_register(session, year=year),
            lambda rows: printout.seal_register(rows, village, year),
            f"{village}{year}年用章登记簿",
        )

    def print_plate(self) -> None:
        """The plate with the numbers for complaints."""
        today = self.settled.today
        self.print_later(
            lambda session: lookups.complaint_lines(session, on=today),
            printout.complaint_plate,
            f"{self.settled.now.village_name}监督举报电话",
        )


def _bodies(found: dict[Issuer, IssuerRow]) -> list[tuple[str, str]]:
    return [(issuer.value, row.short) for issuer, row in found.items()]
