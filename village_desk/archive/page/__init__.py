"""The place of the archive in the window."""

from village_desk.archive.page.archive import ArchivePage

__all__ = ["ArchivePage"]
