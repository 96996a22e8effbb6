"""The page of people as the desk shows it: with the photos and scans that the archive keeps of a person."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from village_desk.archive.actions import EVIDENCE
from village_desk.people.page import PeoplePage
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.layout import button, heading, muted, row
from village_desk.widgets.workplace import Workplace

PERSON = "person"


class DeskPeoplePage(PeoplePage):
    """村民与组织; a link on the card opens the person's photos and scans."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        panel = self.register.panel
        panel.files.setVisible(True)
        panel.files_asked.connect(self.show_files)

    def show_files(self) -> None:
        """The photos and scans of the person at hand."""
        card = self.register.panel.card
        if card is not None:
            self.open(FilesDialog(self.workplace, card.id, card.row.name, self))


class FilesDialog(QDialog):
    """The photos and scans of one person; each is kept at once, so there is nothing to save."""

    def __init__(self, workplace: Workplace, person_id: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle(f"{name}的照片和扫描件")
        self.setModal(True)
        self.resize(look.px(680), look.px(430))
        self.files = AttachmentList(workplace, EVIDENCE, PERSON, words="照片和扫描件")
        column = QVBoxLayout(self)
        edge = look.px(20)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(12))
        column.addWidget(heading(f"{name}的照片和扫描件"))
        column.addWidget(muted("户口簿、身份证、申请书等扫描件只留在村里的电脑上，要上报时另行选择。"))
        column.addWidget(self.files, 1)
        column.addLayout(row(None, button("关闭", clicked=self.accept)))
        self.files.show_record(person_id)
