"""What is asked of a point of the agenda: its text, whom it concerns, who stays out, and a second count."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.meetings.rules import MotionKind
from village_desk.widgets.layout import muted
from village_desk.widgets.tall import TallDialog, low_area


class MotionDialog(TallDialog):
    """加一个议题, or its text changed before it passes. `concerned` are (person id, name, role)."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        title: str = "",
        text: str = "",
        voted: bool = False,
        kind: str = MotionKind.VOTE,
        concerned: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        explain = "已经表决过；改了文字要重新表决。" if voted else ""
        words = "改议题" if title else "加议题"
        super().__init__(words, parent, accept="保存", width=600, explain=explain)
        self._known = {name: person for person, name, _ in concerned}
        self.put_form()
        self.title_edit = QLineEdit(title)
        self.kind = QComboBox()
        for one in MotionKind:
            self.kind.addItem(one.words, one.value)
        self.kind.setCurrentIndex(self.kind.findData(str(kind)))
        self.text_edit = low_area(5)
        self.text_edit.setPlainText(text)
        self.concerned = low_area(2)
        self.concerned.setPlainText("\n".join(f"{name} {role}".strip() for _, name, role in concerned))
        self.form.add("title", "议题(&Y)", self.title_edit, required=True)
        if not title:
            self.form.add("kind", "怎么办(&H)", self.kind)
        self.form.add("text", "表决的文字(&N)", self.text_edit)
        if not voted:
            self.form.add(
                "concerned",
                "受益人、承包人(&R)",
                self.concerned,
                hint="议题点名给谁、由谁承包才填，一人一行，如“王强 承包人”；会照户籍提示谁要回避。",
            )

    def problems(self) -> dict[str, str]:
        """The title is needed."""
        return self.form.missing(title=self.title_edit.text())

    def people(self) -> tuple[tuple[str, str, str], ...]:
        """Those whom the motion concerns, as (person id where it was known, name, role)."""
        found = []
        for line in self.concerned.toPlainText().splitlines():
            name, _, role = line.strip().replace("\u3000", " ").partition(" ")
            if name:
                found.append((self._known.get(name, ""), name, role.strip()))
        return tuple(found)


@dataclass(frozen=True)
class AskedPerson:
    """One on the roll who may have to stay out: serial, name, why; `out` when that is settled."""

    serial: int
    name: str
    reason: str
    out: bool


class RecusalDialog(TallDialog):
    """登记回避: those whom the household table names, and any other."""

    def __init__(self, motion: str, asked: Sequence[AskedPerson], parent: QWidget | None = None) -> None:
        super().__init__(
            f"回避——{motion}",
            parent,
            accept="登记回避",
            width=620,
            explain="回避的人不参加这个议题的表决，这一次表决不算到会；别的议题照常。",
        )
        self.put_form()
        self._asked = tuple(asked)
        self.ticks: list[QCheckBox] = []
        for one in asked:
            tick = QCheckBox(f"{one.serial}号　{one.name}：{one.reason}")
            tick.setChecked(one.out)
            self.ticks.append(tick)
            self.form.add_wide(tick)
        if not asked:
            self.form.add_wide(muted("名册里没有看出和这个议题有关的人。"))
        self.others, self.why = QLineEdit(), QLineEdit()
        self.form.add("others", "其他回避的人(&H)", self.others, hint="填签到表上的序号或姓名，如 12 王强。")
        self.form.add("why", "他们回避的原因(&Y)", self.why)

    def problems(self) -> dict[str, str]:
        """A reason for others."""
        if self.others.text().strip() and not self.why.text().strip():
            return {"why": "请写明原因，例如“承包人的弟弟”。"}
        return {}

    def answer(self) -> tuple[tuple[str, str], ...]:
        """(numbers or names, reason) of everybody who stays out."""
        found = [
            (str(one.serial), one.reason) for one, tick in zip(self._asked, self.ticks, strict=True) if tick.isChecked()
        ]
        if self.others.text().strip():
            found.append((self.others.text(), self.why.text()))
        return tuple(found)


class RecountDialog(TallDialog):
    """核对票数: the second person counts by himself and does not see the first numbers."""

    def __init__(self, motion: str, parent: QWidget | None = None) -> None:
        super().__init__(
            f"核对票数——{motion}",
            parent,
            accept="核对",
            width=520,
            explain="由登记票数以外的人重新数一遍选票，照自己数的填；和登记的一样才算核对过。",
        )
        self.put_form()
        self.votes: dict[str, QLineEdit] = {}
        for key, words in (("yes", "同意(&T)"), ("no", "反对(&D)"), ("abstain", "弃权(&Q)")):
            editor = QLineEdit()
            editor.setValidator(QIntValidator(0, 100_000, editor))
            self.votes[key] = editor
            self.form.add(key, words, editor, required=True)

    def problems(self) -> dict[str, str]:
        """All three."""
        return {key: "请填数字，没有的填0。" for key, editor in self.votes.items() if not editor.text().strip()}

    def answer(self) -> dict[str, int]:
        """Yes, no and abstain."""
        return {key: int(editor.text()) for key, editor in self.votes.items()}
