"""The dialog 核验: a code or a PDF is asked for, and the answer about the paper and about the file stands below."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from village_desk.desk.proof import ADVICE, FileAnswer, SheetAnswer, check_file, check_sheet
from village_desk.kit.errors import DeskError
from village_desk.store.file import VillageFile
from village_desk.widgets.chips import TONE_ICONS, Chip
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button, label
from village_desk.widgets.workplace import Task, Workplace

# More do not help the clerk; the command line lists them all.
SHOWN_FINDINGS = 6


@dataclass(frozen=True)
class Proof:
    """What was found about a sheet, where one was asked for, and about the file."""

    sheet: SheetAnswer | None
    file: FileAnswer


EXAMPLE = Proof(
    SheetAnswer(True, "核对码一致：这是《东河村关于村东排水渠修缮的决议公开》（〔2026〕1号，2026年3月16日）。"),
    FileAnswer(
        1240,
        ("编号0a1b2c3d的一行（东河村关于村东排水渠修缮的决议公开）被绕过本软件改动过。",),
        "“东河村”核对出1处不对：",
    ),
)
"""For the pictures: the paper is the file's own, and behind the desk somebody changed the record."""


class ProofDialog(AskDialog):
    """Asks for the code or the PDF; stays open for the next sheet. `answered` with an empty field asks for the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        explain = "照着纸面下边输入核对码，或粘贴扫二维码得到的文字；打印时存下的PDF可以直接拖进来。"
        super().__init__("核验", parent, accept="核验", cancel="关闭", explain=explain, width=600, closes=False)
        self.setAcceptDrops(True)
        self._is_asking_for_file = False
        self.is_shut = False
        self.code = QLineEdit()
        # A code is no content: it is not kept as a draft.
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.form.add("code", "核对码或PDF", self.code, hint="核对码是30位数字，有没有空格都可以。")
        self.sheet_chip, self.file_chip = Chip(), Chip()
        self.sheet_words, self.file_words = label(""), label("")
        for words in (self.sheet_words, self.file_words):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.sheet_chip, self.sheet_words, self.file_chip, self.file_words):
            self.body.addWidget(widget)
        self.choose = button("选PDF文件", clicked=self.ask_file)
        self.whole = button("健康检查", "shield-check", clicked=self.ask_whole, tip="只查档案有没有损坏或被改过")
        for one in (self.choose, self.whole):
            one.setAutoDefault(False)
            self.extra_buttons.addWidget(one)
        self._clear()

    def problems(self) -> dict[str, str]:
        """The field is needed only where a sheet is compared."""
        return {} if self._is_asking_for_file else self.form.missing(code=self.code.text())

    def sheet(self) -> str:
        """What to compare; nothing where only the file is checked."""
        return "" if self._is_asking_for_file else self.code.text().strip()

    def ask_whole(self) -> None:
        """健康检查."""
        self._is_asking_for_file = True
        self.give_answer()
        self._is_asking_for_file = False

    def ask_file(self) -> None:
        """选PDF文件."""
        dialog = QFileDialog(self, "选打印时存下的PDF", "", "PDF文件 (*.pdf)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Compare a chosen or dropped file at once."""
        self.code.setText(path)
        self.give_answer()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this computer is welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Compare what was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_file(paths[0])

    def begin(self) -> None:
        """The answer is being looked for."""
        self._clear()
        self._enable(False)

    def show_proof(self, found: Proof) -> None:
        """Show what was found."""
        self._enable(True)
        if found.sheet is not None:
            _mark(self.sheet_chip, found.sheet.matches, "一致", "不一致")
            self.sheet_words.setText(found.sheet.sentence)
            self.sheet_words.show()
        _mark(self.file_chip, not found.file.findings, "档案完好", "档案不对")
        self.file_words.setText(_file_words(found.file))
        self.file_words.show()

    def refuse(self, problem: DeskError) -> None:
        """The sheet cannot be compared; the field waits for another."""
        self._enable(True)
        super().refuse(problem)

    def done(self, result: int) -> None:
        """An answer that comes later finds nobody."""
        self.is_shut = True
        super().done(result)

    def _enable(self, enabled: bool) -> None:
        for one in (self.accept_button, self.choose, self.whole):
            one.setEnabled(enabled)

    def _clear(self) -> None:
        for chip in (self.sheet_chip, self.file_chip):
            chip.say("")
            chip.hide()
        for words in (self.sheet_words, self.file_words):
            words.clear()
            words.hide()


def open_proof(workplace: Workplace, file: VillageFile, parent: QWidget) -> ProofDialog:
    """Show the dialog on a file; every answer is looked for beside the window, which stays free."""
    dialog = ProofDialog(parent)

    def look() -> None:
        sheet = dialog.sheet()
        dialog.begin()
        workplace.later(lambda task: _look(task, file, sheet), show, title="正在核验", refused=refuse)

    def show(found: Proof) -> None:
        if not dialog.is_shut:
            dialog.show_proof(found)

    def refuse(problem: DeskError) -> None:
        if not dialog.is_shut:
            dialog.refuse(problem)

    dialog.answered.connect(look)
    dialog.open()
    return dialog


def _look(task: Task, file: VillageFile, sheet: str) -> Proof:
    found = None
    if sheet:
        with task.reading() as session:
            found = check_sheet(session, sheet)
    task.progress(1, 2)
    return Proof(found, check_file(file))


def _mark(chip: Chip, good: bool, yes: str, no: str) -> None:
    tone = "good" if good else "bad"
    chip.say(yes if good else no, tone, icon=TONE_ICONS[tone])
    chip.show()


def _file_words(found: FileAnswer) -> str:
    if not found.findings:
        return found.sentence
    shown = found.findings[:SHOWN_FINDINGS]
    more = len(found.findings) - len(shown)
    return "\n".join([found.sentence, *shown, *([f"另有{more}处没有列出。"] if more else []), ADVICE])
