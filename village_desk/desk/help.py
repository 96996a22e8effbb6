"""F1: the page of help that belongs to the place at hand, from resources/help."""

from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from village_desk.kit import resources
from village_desk.widgets import theme
from village_desk.widgets.layout import button, row

GENERAL = "keys"


def help_text(key: str) -> str:
    """The Markdown of a help page; the general one for a place that has none of its own."""
    own = resources.path("help", f"{key}.md")
    return (own if own.is_file() else resources.path("help", f"{GENERAL}.md")).read_text("utf-8")


class HelpDialog(QDialog):
    """Shows one help page, with the page of keys one button away."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWindowTitle("帮助")
        self.resize(look.px(680), look.px(560))
        column = QVBoxLayout(self)
        edge = look.px(16)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(look.px(12))
        self.text = QTextBrowser()
        self.text.setAccessibleName("帮助内容")
        self.text.document().setDefaultStyleSheet(f"h1, h2 {{ color: {look.colours.primary}; }}")
        self.text.document().setDocumentMargin(look.px(12))
        column.addWidget(self.text, 1)
        self.keys = button("按键一览", clicked=lambda: self.show_page(GENERAL))
        self.shut = button("看完了", role="primary", clicked=self.accept)
        self.shut.setDefault(True)
        column.addLayout(row(self.keys, None, self.shut))
        self.show_page(key)

    def show_page(self, key: str) -> None:
        """Show another page."""
        self.text.setMarkdown(help_text(key))
