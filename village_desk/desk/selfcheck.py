"""The installed program checks itself in a folder that is thrown away: every part once, on real files."""

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from village_desk.desk.rooms import load_records
from village_desk.desk.sample.roster import write_sample_roster
from village_desk.kit.errors import DeskError
from village_desk.kit.resources import path as shipped
from village_desk.notices.actions import draft_notice, publish
from village_desk.notices.lookups import one_notice
from village_desk.notices.printout import notice as notice_sheet
from village_desk.paper.text import plain_text
from village_desk.people.actions import import_roster, read_roster
from village_desk.people.lookups import counts
from village_desk.rulebook.rules import shipped_packs
from village_desk.store.copies import restore_in_place
from village_desk.store.device import profile_folder
from village_desk.store.file import VillageFile
from village_desk.sync import incoming, outgoing
from village_desk.sync.actions import trust_township
from village_desk.sync.outcome import FileOutcome, State
from village_desk.township import actions as township

PASSWORD = "self-check-2026"
CLERK = "自检"
DAY = dt.date(2026, 3, 2)
PEOPLE = 60
TITLE = "关于村道养护的公告"


class Wrong(Exception):
    """A part does not do what it must; the message is a whole sentence."""


@dataclass(frozen=True)
class Found:
    """One part of the program and how it came through; `words` is a whole sentence."""

    part: str
    sound: bool
    words: str


def check_all() -> Iterator[Found]:
    """Check every part, one after the other; a part that fails does not hide the next ones."""
    load_records()
    with own_profile() as folder:
        for part, check in _CHECKS:
            yield _checked(part, check, folder)


@contextmanager
def own_profile() -> Iterator[Path]:
    """A temporary folder which is also the profile, so that no device key of a throw-away file is left behind."""
    before = os.environ.get("VILLAGE_DESK_PROFILE")
    with tempfile.TemporaryDirectory(prefix="village-desk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["VILLAGE_DESK_PROFILE"] = str(folder / "profile")
        assert profile_folder() == folder / "profile"
        try:
            yield folder
        finally:
            if before is None:
                del os.environ["VILLAGE_DESK_PROFILE"]
            else:
                os.environ["VILLAGE_DESK_PROFILE"] = before


def _checked(part: str, check: Callable[[Path], str], folder: Path) -> Found:
    place = folder / part
    place.mkdir()
    try:
        return Found(part, True, check(place))
    except (DeskError, Wrong) as wrong:
        return Found(part, False, str(wrong))
    except Exception as bug:
        # Whatever it is, the clerk is told which part of the program is broken.
        return Found(part, False, f"这一部分不能用，请重新安装本软件。{_reported(bug)}")


def _reported(bug: Exception) -> str:
    try:
        from village_desk.desk.crash import write_report
    except ImportError:
        # Where the window's libraries are missing, they are what is broken.
        return f"原因：{type(bug).__name__}。"
    report = write_report(bug)
    return f"问题报告：{report}" if report is not None else ""


def _resources(folder: Path) -> str:
    packs = shipped_packs(samples=True)
    missing = [name for name in ("fonts", "icons", "packs", "style") if not any(shipped(name).glob("*"))]
    if missing or not packs:
        raise Wrong(f"缺少随软件带来的文件：{'、'.join(missing) or '规则包'}，请重新安装本软件。")
    return f"字体、图标、帮助齐全，规则包{len(packs)}个都能用。"


def _village(folder: Path) -> str:
    file = _new_village(folder)
    try:
        _fill(file, folder)
        before = file.digest()
        file.rebuild()
        with file.reading() as session:
            people = counts(session).people
        if file.digest() != before or people != PEOPLE:
            raise Wrong("按记录重建以后，各表和原来的不一样，请重新安装本软件。")
        findings = file.verify()
    finally:
        file.close()
    if findings:
        raise Wrong(findings[0])
    VillageFile.open(file.path, recovery_code=file.recovery_code, today=DAY).close()
    return f"建了档案，导入{people}人，按记录重建前后一致，口令和恢复码都能打开。"


def _copies(folder: Path) -> str:
    file = _new_village(folder)
    try:
        _fill(file, folder)
        before = file.digest()
        copy = file.copy_to(folder / "copies")
    finally:
        file.close()
    target = folder / "back" / file.path.name
    target.parent.mkdir()
    restore_in_place(copy.path, target)
    back = VillageFile.open(target, password=PASSWORD, today=DAY)
    try:
        if back.digest() != before:
            raise Wrong("备份恢复以后和原来的不一样，请换一个磁盘再试。")
    finally:
        back.close()
    return "备份、恢复，前后一致。"


def _paper(folder: Path) -> str:
    file = _new_village(folder)
    try:
        with file.writing("notices.draft_notice") as session:
            notice_id = draft_notice(
                session, item="affairs", title=TITLE, body="村道养护费用已经结清，明细见公开栏。", review_first=False
            )
        with file.writing("notices.publish") as session:
            code = publish(session, notice_id=notice_id, posting_from=DAY).code
        with file.reading() as session:
            pdf = notice_sheet(one_notice(session, notice_id, on=DAY).paper)
    finally:
        file.close()
    text = plain_text(pdf)
    if b"/FontFile" not in pdf:
        raise Wrong("打印的PDF里没有嵌入字体，换一台电脑会显示不出来，请重新安装本软件。")
    if TITLE not in text or code.replace(" ", "") not in text:
        raise Wrong("打印的PDF里读不出标题或核对码，请重新安装本软件。")
    return "印了一张公开，字体已嵌入，标题和核对码读得出来。"


def _stick(folder: Path) -> str:
    drive = folder / "stick"
    drive.mkdir()
    village = _new_village(folder)
    town = VillageFile.create(
        folder / "镇.vdesk",
        village="329924103",
        name="自检镇",
        operator=CLERK,
        password=PASSWORD,
        kind="township",
        today=DAY,
    )
    try:
        _fill(village, folder)
        township.write_township_card(town, drive)
        _trust(village, incoming.take_in(village, drive))
        sent = outgoing.export(village, drive).operations
        _enrol(town, township.take_in(town, drive))
        new, again = (sum(one.new for one in township.take_in(town, drive)) for _ in range(2))
        township.write_replies(town, drive)
        (reply,) = [one for one in incoming.take_in(village, drive) if one.state is State.TAKEN]
    finally:
        village.close()
        town.close()
    if (new, again, reply.new) != (sent, 0, sent):
        raise Wrong(
            f"U盘上报{sent}条，收到{new}条，第二次又收{again}条，回执确认{reply.new}条，对不上，请重新安装本软件。"
        )
    return f"写U盘、收取、回执都对得上，共{sent}条，重复收取没有变化。"


def _window(folder: Path) -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from village_desk.desk.pages import places_of
    from village_desk.desk.preferences import Preferences
    from village_desk.desk.start import application
    from village_desk.desk.window import DeskWindow
    from village_desk.widgets import theme

    app = application()
    silence_qt()
    theme.dress(app, theme.TYPE_PERCENTS[0])
    problems: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda kind, problem, trace: problems.append(problem)
    file = _new_village(folder)
    try:
        _fill(file, folder)
        window = DeskWindow(file, Preferences())
        window.show()
        places = places_of(file.kind)
        for place in places:
            window.go(place.key)
            QApplication.processEvents()
            if window.grab().isNull():
                raise Wrong(f"“{place.title}”这一页画不出来，请重新安装本软件。")
        window.workplace.close()
        window.hide()
        window.deleteLater()
        QApplication.processEvents()
    finally:
        sys.excepthook = before
        file.close()
    if problems:
        raise problems[0]
    return f"窗口的{len(places)}页都能打开。"


_CHECKS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("随带文件", _resources),
    ("村务档案", _village),
    ("备份恢复", _copies),
    ("打印", _paper),
    ("U盘上报", _stick),
    ("窗口", _window),
)


def _new_village(folder: Path) -> VillageFile:
    return VillageFile.create(
        folder / "村.vdesk", village="329924103205", name="自检村", operator=CLERK, password=PASSWORD, today=DAY
    )


def _fill(file: VillageFile, folder: Path) -> None:
    roster = folder / "花名册.xlsx"
    write_sample_roster(roster, people=PEOPLE, wrong=False)
    with file.writing("people.import_roster") as session:
        import_roster(session, roster=read_roster(roster, today=DAY))


def _trust(village: VillageFile, outcomes: tuple[FileOutcome, ...]) -> None:
    (card,) = outcomes
    with village.writing("sync.trust_township") as session:
        trust_township(
            session,
            name=card.sender,
            code=card.village,
            public_key=card.public_key,
            stick_key=card.stick_key,
            digits=card.fingerprint,
        )


def _enrol(town: VillageFile, outcomes: tuple[FileOutcome, ...]) -> None:
    (unknown,) = outcomes
    with town.writing("township.enrol_laptop") as session:
        township.enrol_laptop(
            session,
            village_code=unknown.village,
            village_name=unknown.sender,
            public_key=unknown.public_key,
            stick_key=unknown.stick_key,
            digits=unknown.fingerprint,
        )


def silence_qt() -> None:
    """Without a screen Qt says of every window that it cannot place it; that is nothing for the clerk."""
    from PySide6.QtCore import qInstallMessageHandler

    qInstallMessageHandler(lambda *_: None)
