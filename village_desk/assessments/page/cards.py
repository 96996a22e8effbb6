"""What stands beside the lists of stars: the round with one household, one of the four lists, one received result."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_desk.assessments.lookups import Comparison, EntryRow, ReceivedRow, RoundDetail
from village_desk.assessments.rules.stars import STATION_WORDS, Station, level_words
from village_desk.kit.text import chinese_date
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.layout import button, card, flow, heading, label, row, scrolled


class RoundCard(QWidget):
    """The stations of a round, its rates, and the stars of one household; emits `asked(act)`."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.name, self.chip = heading(""), Chip()
        self.next, self.rates = label("", "strong"), label("", "muted")
        self.stations = Checks()
        self.who, self.stars = heading(""), label("")
        self.revoke_button = button("摘星", "minus", clicked=lambda: self.asked.emit("revoke"))
        self.certificate_button = button("打印证明", "printer", clicked=lambda: self.asked.emit("certificate"))
        self.leave_button = button("退出参评", "undo-2", clicked=lambda: self.asked.emit("leave"))
        upper = card(row(self.back, self.name, None, self.chip), self.next, self.rates, self.stations)
        lower = card(self.who, self.stars, flow(self.certificate_button, self.revoke_button, self.leave_button))
        lower.column.addStretch(1)
        self.one_card = lower
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(upper)
        column.addWidget(lower, 1)

    def show_round(self, found: RoundDetail, at: EntryRow | None) -> None:
        """Show the round, and the household that is chosen."""
        self.name.setText(f"{found.row.year}年{found.row.name}")
        done = found.row.station
        self.chip.say(STATION_WORDS[done] if done else "未开始", "note" if done else "plain")
        self.next.setText(found.row.next_act)
        self.rates.setText(found.rates.sentence)
        lines = []
        for station in Station:
            day = found.day(station)
            words = STATION_WORDS[station]
            lines.append(
                Check("good", f"{words}：{chinese_date(day)}") if day else Check("note", f"{words}：还没有登记")
            )
        self.stations.show_checks(lines)
        self.one_card.setVisible(at is not None)
        if at is None:
            return
        self.who.setText(f"{at.group} · {at.name}：{at.state_words}")
        told = [f"自评：{self._said(found, at.own)}", f"互评：{self._said(found, at.mutual)}"]
        if at.judges:
            told.append(f"评议人：{'、'.join(at.judges)}")
        if at.final:
            told.append(f"认定：{self._said(found, at.final)}{f'（{at.final_why}）' if at.final_why else ''}")
        if at.plaque:
            told.append(f"牌号：{at.plaque}")
        self.stars.setText("\n".join(told))
        self.revoke_button.setVisible(at.rated)
        self.certificate_button.setVisible(at.rated and bool(at.plaque))
        self.leave_button.setVisible(at.joined and not at.final)

    @staticmethod
    def _said(found: RoundDetail, values: tuple[int, ...]) -> str:
        if not values:
            return "还没有登记"
        if found.rules.scored:
            scores = "、".join(f"{star.name}{value}分" for star, value in zip(found.rules.stars, values, strict=False))
            return f"{found.rules.won(values)}颗（{scores}）"
        missing = [star.name for star, value in zip(found.rules.stars, values, strict=False) if not value]
        without = f"（没有：{'、'.join(missing)}）" if missing else ""
        return f"{found.rules.won(values)}颗{without}"


class ListCard(QWidget):
    """One of the four lists, or one received result; emits `asked(act)`."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = button("返回列表", "arrow-left", clicked=lambda: self.asked.emit("back"))
        self.name, self.chip = heading(""), Chip()
        self.about, self.lines = label("", "muted"), label("")
        self.form_button = button("打印星级申报表", "printer", clicked=lambda: self.asked.emit("form"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        column.addStretch(1)
        made = card(row(self.back, self.name, None, self.chip), self.about, flow(self.form_button))
        made.add(scrolled(inside), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(made)

    def show_comparison(self, found: Comparison) -> None:
        """Show one of the four lists."""
        self.name.setText(found.title)
        self.chip.say(found.source, "note" if found.source == "本村记录" else "plain")
        self.about.setText(f"数据日期：{found.as_of}。每一行依次是{'、'.join(found.heads)}。")
        self.lines.setText("\n".join("　".join(row) for row in found.rows) or "还没有登记。")
        self.form_button.hide()

    def show_received(self, found: ReceivedRow) -> None:
        """Show one result that others gave."""
        self.name.setText(f"{found.kind_words}：{found.name or found.title}")
        self.chip.say(level_words(found.stars) if found.person_id else found.title, "good")
        self.about.setText(
            f"{chinese_date(found.decided_on)}，{found.decided_by}评定，{found.document or '没有文号'}。"
        )
        told = [f"年度考核：{found.grade or '未登记'}", f"奖惩：{found.merits or '未登记'}"] if found.person_id else []
        if found.kind == "secretary":
            told.append(f"任书记：{found.in_post}（算到评定日期）")
        told.append("这是上级评定的结果，村里只登记，不计算报酬。")
        self.lines.setText("\n".join(told))
        self.form_button.setVisible(found.kind == "secretary")
