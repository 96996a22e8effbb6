"""Scans, photos and posted PDFs: encrypted files named by the hash of their content, beside the village file."""

import hashlib
import re
from pathlib import Path

from village_desk.kit.errors import FileTrouble, NotAllowed, NotFound
from village_desk.store.files import disk_trouble, sync_folder, write_whole
from village_desk.store.keyring import Keys, lock, unlock

LARGEST_BYTES = 20 * 1024 * 1024
_NAME = re.compile("[0-9a-f]{64}")


class Blobs:
    """The folder NAME.blobs of one village file."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self._secret = keys.draw("blobs")

    def put(self, content: bytes) -> str:
        """Keep a content and return its SHA-256 in hexadecimal digits; the same content is kept once.

        Raises NotAllowed above 20 MiB and FileTrouble when the disk refuses.
        """
        if len(content) > LARGEST_BYTES:
            raise NotAllowed(
                f"这个文件有{len(content) // 1024 // 1024}兆，超过20兆，没有收进档案。", "请缩小照片或分成几个文件。"
            )
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        if not self._is_sound(name):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                sync_folder(self.folder)
                sync_folder(self.folder.parent)
            except OSError as reason:
                raise disk_trouble(reason, path) from reason
            write_whole(path, lock(self._secret, content, name.encode()))
        return name

    def _is_sound(self, name: str) -> bool:
        try:
            self.get(name)
        except (NotFound, FileTrouble):
            return False
        return True

    def get(self, name: str) -> bytes:
        """The content; raises NotFound when it is not on this computer and FileTrouble when it was damaged."""
        try:
            if not _NAME.fullmatch(name):
                raise FileNotFoundError(name)
            box = self._path(name).read_bytes()
        except OSError as reason:
            raise NotFound("这份材料不在这台电脑上。", "它可能还在另一台电脑里，请从那里拷贝备份。") from reason
        content = unlock(self._secret, box, name.encode())
        if content is None or hashlib.sha256(content).hexdigest() != name:
            raise FileTrouble("这份材料已经损坏。", "请用备份里的同一份材料替换。")
        return content

    def names(self) -> list[str]:
        """The hashes of everything that is kept."""
        return sorted(path.name for path in self.folder.glob("??/*") if _NAME.fullmatch(path.name))

    def damaged(self) -> list[str]:
        """The hashes of contents that can no longer be read."""
        found = []
        for name in self.names():
            try:
                self.get(name)
            except FileTrouble:
                found.append(name)
        return found

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name
