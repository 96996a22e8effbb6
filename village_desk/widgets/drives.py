"""Choosing a stick: the drives that are plugged in, or any folder."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QStorageInfo, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from village_desk.widgets import theme
from village_desk.widgets.layout import button

# Where desktops mount sticks; below /mnt only what stands there itself, for system mounts lie deeper.
_MOUNTS = re.compile(r"/media/.+|/run/media/.+|/mnt/[^/]+")


@dataclass(frozen=True)
class Drive:
    """A place that may be a stick."""

    path: Path
    words: str


def drives() -> tuple[Drive, ...]:
    """The removable drives that are plugged in now, as far as the system tells."""
    found: list[Drive] = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if not volume.isValid() or not volume.isReady() or not _may_be_removable(volume):
            continue
        free = volume.bytesAvailable() / 1_000_000_000
        found.append(Drive(Path(root), f"{volume.displayName() or root}（{root}，剩余{free:.1f} GB）"))
    return tuple(sorted(found, key=lambda one: str(one.path)))


def _may_be_removable(volume: QStorageInfo) -> bool:
    root = volume.rootPath()
    if sys.platform == "win32":
        return not root.upper().startswith(os.environ.get("SYSTEMDRIVE", "C:").upper())
    return bool(_MOUNTS.fullmatch(root)) and bytes(volume.device().data()).startswith(b"/dev/")


class DrivePicker(QWidget):
    """A list of the drives and 选择文件夹; `changed(path)` when another one is chosen, "" for none."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().px(8))
        self.choice = QComboBox()
        self.choice.setAccessibleName("U盘")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(18)
        self.other = button("选择文件夹", clicked=self.ask_folder)
        line.addWidget(self.choice, 1)
        line.addWidget(self.other)
        self._own: Path | None = None
        self.choice.currentIndexChanged.connect(self._tell)
        self.look_again()

    @property
    def path(self) -> Path | None:
        """The chosen drive or folder."""
        chosen = self.choice.currentData()
        return Path(chosen) if chosen else None

    def look_again(self) -> None:
        """List what is plugged in now; what was chosen stays chosen while it is there."""
        before = self.path
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for drive in drives():
                self.choice.addItem(drive.words, str(drive.path))
            if self._own is not None:
                self.choice.addItem(str(self._own), str(self._own))
            if self.choice.count() == 0:
                self.choice.addItem("没有找到U盘，请插上U盘或选择文件夹", "")
            if before is not None and (place := self.choice.findData(str(before))) >= 0:
                self.choice.setCurrentIndex(place)
        if self.path != before:
            self._tell()

    def choose(self, path: Path) -> None:
        """Choose a folder."""
        self._own = path
        self.look_again()
        self.choice.setCurrentIndex(self.choice.findData(str(path)))

    def ask_folder(self) -> None:
        """选择文件夹."""
        dialog = QFileDialog(self, "选择U盘或文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.choose(Path(folder)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell(self) -> None:
        self.changed.emit(str(self.path or ""))
