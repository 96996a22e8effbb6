"""Under which identity a file is worked on here: one that this file's chain reaches, or a new one."""

import contextlib
from typing import Self

from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble
from village_desk.store.device import Device, Mark, Profile, new_device
from village_desk.store.journal import tables
from village_desk.store.locks import FileLock


class Identity:
    """This laptop's device for an open file; nobody else signs with it meanwhile.

    `own` are all identities that this laptop ever had for the file: their steps are its own.
    """

    def __init__(self, profile: Profile, device: Device, mark: Mark, lock: FileLock, *, is_new: bool) -> None:
        self._profile = profile
        self._lock = lock
        self._settled = mark
        self.device = device
        self.mark = mark
        self.is_new = is_new
        self.own = frozenset({device.id, *(one.id for one, _ in profile.known())})

    @classmethod
    def choose(cls, session: Session, profile: Profile) -> Self:
        """The identity that wrote this file last here; a copy that was put in place by hand gets another one.

        The profile remembers how far each chain had grown.  When the file does not reach that far, says another
        laptop wrote it, or the same identity is at work in another copy, signing on would fork the chain.
        Raises FileTrouble when the profile cannot be written.
        """
        mine = tables.local_fact(session, "device") or b""
        known = profile.known()
        fitting = [(device, mark) for device, mark in known if device.id == mine and _reaches(session, device, mark)]
        # Keys that never signed anything cannot fork a chain.
        fitting += [(device, mark) for device, mark in known if device.id != mine and _is_unused(session, device, mark)]
        for device, mark in fitting:
            with contextlib.suppress(FileTrouble):
                return cls(profile, device, mark, profile.lock(device), is_new=False)
        return cls.renewed(profile)

    @classmethod
    def renewed(cls, profile: Profile) -> Self:
        """A new identity; the former ones stay in the profile for the files that they fit."""
        device, mark = new_device(), Mark(0, bytes(32))
        profile.keep(device, mark)
        return cls(profile, device, mark, profile.lock(device), is_new=True)

    def move(self, mark: Mark, *, settled: bool) -> None:
        """Remember how far the chain has grown; `settled` forces it to disk because the world may have seen it.

        A mark may lag behind, never lead: when the profile cannot be written now, the commit stands all the same.
        """
        self.mark = mark
        if self._settled == mark:
            return
        with contextlib.suppress(FileTrouble):
            if settled or self._settled.seq == 0:
                self._profile.keep(self.device, mark)
                self._settled = mark
            else:
                self._profile.move(self.device, mark)

    def release(self) -> None:
        """Settle the mark and let the identity go."""
        self.move(self.mark, settled=True)
        self._lock.release()


def _reaches(session: Session, device: Device, mark: Mark) -> bool:
    return mark.seq == 0 or mark.hash in tables.hash_at(session, device.id, mark.seq)


def _is_unused(session: Session, device: Device, mark: Mark) -> bool:
    return mark.seq == 0 and tables.head_of(session, device.id).seq == 0
