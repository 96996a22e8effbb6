"""A year through the window, and what leaves the desk: nobody's numbers on paper, in workbooks or on the stick."""

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.hands import LEFT, answer, buttons, dialog_of, press, press_key, settle
from village_desk.accounts import actions as accounts
from village_desk.accounts.rules.registers import ContractFacts, DebtFacts
from village_desk.decisions.lookups import all_decisions
from village_desk.desk.demo.story import PASSWORD
from village_desk.desk.happened import happened
from village_desk.desk.plan_page import DeskPlanPage
from village_desk.desk.prints import PRINTS, Made, Print
from village_desk.desk.window import DeskWindow
from village_desk.kit.errors import DeskError
from village_desk.meetings.lookups import all_meetings
from village_desk.notices import actions as notices
from village_desk.notices.dialogs.fields import FieldsDialog
from village_desk.notices.lookups import all_notices, inquiries, reviewers
from village_desk.notices.page import NoticesPage
from village_desk.notices.page.plan import AGENDA, ERRANDS
from village_desk.paper.text import plain_text
from village_desk.people.lookups import party_members
from village_desk.people.records import Person
from village_desk.points.lookups import all_rule_sets
from village_desk.registers.actions import entries as registers
from village_desk.registers.lookups.entries import entries as register_entries
from village_desk.registers.lookups.forms import index as register_index
from village_desk.schedule.lookups import agenda
from village_desk.store.acts import act
from village_desk.store.file import VillageFile
from village_desk.sync import keys, outgoing, stick
from village_desk.sync.stickfile import strict
from village_desk.sync.stickfile.header import SIZE
from village_desk.widgets.preview import PreviewDialog

IDENTITY, PHONE, CARD, DEBTOR = "11010519491231002X", "13912345678", "6228480402564890018", "欧阳金丝雀"
TEXT = f"证号{IDENTITY}，电话{PHONE}，卡号{CARD}。"
NAME = "金丝雀"
# Lists for the village's own office show phones on purpose; each printing of one is logged with its audience.
WITH_PHONES = {"roster", "roster-strokes", "households", "roster-workbook", "member-form"}


@pytest.fixture(scope="module")
def village(sample: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[VillageFile]:
    """The sample village, with canaries in what a clerk types where they do not belong."""
    out, summary = sample
    folder = tmp_path_factory.mktemp("canaries") / "village"
    shutil.copytree((out / summary["village_file"]).parent, folder)
    file = VillageFile.open(folder / Path(summary["village_file"]).name, operator="", password=PASSWORD)
    try:
        plant(file)
        yield file
    finally:
        file.close()


def plant(file: VillageFile) -> None:
    today = file.today
    first = today.replace(month=1, day=1)
    with file.writing("tests.plant") as session:
        signers = tuple(name.partition("（")[0] for _, name in reviewers(session, on=today))
        notices.draft_notice(session, item="affairs", title=NAME, body=TEXT, kind="publication")
        asked = notices.note_inquiry(session, kind="inquiry", raised_on=today, raised_by=NAME, words=TEXT)
        notices.answer_inquiry(session, inquiry_id=asked, answered_on=today, answered_by="王强", words=TEXT)
        accounts.note_supervision(
            session, noted_on=today, subject=NAME, finding=TEXT, request=TEXT, due_on=today, noted_by="王强"
        )
        accounts.record_review(
            session,
            month=f"{today.year}-01",
            held_on=today,
            agreed_sheets=1,
            agreed_fen=100,
            refused=(("记-9", 1, 100, TEXT),),
            signers=signers,
            words=TEXT,
        )
        contract = ContractFacts(
            subject=f"鱼塘，{TEXT}",
            party=DEBTOR,
            party_private=True,
            from_on=today,
            until_on=today + dt.timedelta(days=400),
            total_fen=100,
            payment_terms=TEXT,
            note=TEXT,
        )
        accounts.add_contract(session, facts=contract)
        accounts.add_debt(
            session,
            facts=DebtFacts(
                side="claim",
                party=DEBTOR,
                party_private=True,
                nature="借款",
                cause=TEXT,
                principal_fen=10_000,
                arose_on=first,
                handler="王强",
                note=TEXT,
            ),
        )
        for register, fields in (
            ("hazards", {"sort": "安全隐患", "place": TEXT}),
            ("burden", {"sort": "报表", "from": "镇"}),
        ):
            answers = (*fields.items(), ("what", TEXT))
            registers.add_entry(session, register=register, noted_on=today, answers=answers)
        for form in ("F05", "F08"):
            accounts.make_sheet(session, form=form, from_on=first, until_on=today, title=f"{NAME}{form}")


def meant(session: Session) -> list[str]:
    """Words by which a sheet may be asked for: those with canaries first."""
    today = act(session).today
    words = [NAME, f"{NAME}F05", f"{NAME}F08", f"{today.year}-01", f"{today.year}-2", str(today.year)]
    words += [one.title for one in all_decisions(session)] + [one.title for one in all_meetings(session)]
    words += [f"{number}/{step}" for number in (1, 2) for step in (1, 4)]
    words += [f"{one.title}" for one in all_notices(session, on=today)]
    words += [one.raised_by for one in inquiries(session, on=today)]
    words += [one.name for one in all_rule_sets(session)] + [one.name for one in party_members(session)[:8]]
    words += [one.title for one in register_index(session, on=today) if one.used]
    words += [f"{register}/证号" for register in ("hazards", "burden")] + ["hazards/种类"]
    words += ["干部年度考核", "十有标准", "服务牌"]
    return [*words, "四议两公开", "党员大会", "党员联系户", f"{today.year}-会计-1", f"{today.year}年第三季度"]


def made(file: VillageFile, one: Print, words: list[str]) -> list[Made]:
    """The first sheets that can be made: of a finance sheet both with canaries, of the others one."""
    found: list[Made] = []
    with file.reading() as session:
        for each in words if one.number else [""]:
            try:
                found.append(one.make(session, each))
            except DeskError:
                continue
            if len(found) == (3 if one.name.startswith("finance") else 1):
                break
    return found


def text_of(content: bytes, suffix: str) -> str:
    if suffix == ".pdf":
        return plain_text(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_no_sheet_and_no_workbook_shows_a_number_of_anybody(village: VillageFile) -> None:
    with village.reading() as session:
        people = session.execute(select(Person.identity, Person.phone)).all()
        words = meant(session)
    identities = {one.identity for one in people if one.identity} | {IDENTITY}
    phones = {one.phone for one in people if one.phone} | {PHONE}
    assert len(identities) > 1_000
    assert len(phones) > 500
    made_of, leaks, with_phones = set(), [], set()
    for one in PRINTS:
        for sheet in made(village, one, words):
            made_of.add(one.name)
            text = text_of(sheet.content, one.suffix)
            leaks += [(one.name, number) for number in (*identities, CARD, DEBTOR, PHONE) if number in text]
            if any(number in text for number in phones):
                with_phones.add(one.name)
                assert sheet.people, f"{one.name} shows phones and is not logged"
    assert leaks == []
    assert with_phones <= WITH_PHONES
    # What has nothing to print in the sample: a posting of points, a star round, a check of assets, one card.
    known = {one.name for one in PRINTS if one.name.startswith(("points", "star", "asset", "link"))}
    assert len({one.name for one in PRINTS} - made_of - known) <= len(PRINTS) // 5
    assert {"notice", "review-form", "inquiry-answer", "finance-review", "half-year", "roster-workbook"} <= made_of


@pytest.mark.covers("2-34")
def test_one_matter_feeds_its_file_its_notice_and_the_bundle_with_nothing_typed_again(
    village: VillageFile, tmp_path: Path
) -> None:
    with village.reading() as session:
        hung = [one for one in all_notices(session, on=village.today) if one.title != NAME]
        matter = next(one for one in all_decisions(session) if any(one.title in each.title for each in hung))
        notice = next(one for one in hung if matter.title in one.title)
        # A sheet is asked for by a name alone: what stands on it comes from the record.
        sheets = {one.name: one for one in PRINTS if one.name in ("decision-file", "notice")}
        texts = [
            plain_text(sheets[name].make(session, title).content)
            for name, title in (("decision-file", matter.title), ("notice", notice.title))
        ]
    assert all(matter.title.replace(" ", "") in text for text in texts)
    made = outgoing.export(village, tmp_path, everything=True)
    assert made.operations > 100
    with village.reading() as session:
        rows = [one for one in register_entries(session, "burden", on=village.today) if one.kept["sort"] == "报表"]
        book = next(one for one in PRINTS if one.name == "register").make(session, "burden")
    assert rows
    assert "镇防汛1号" in plain_text(book.content)


def test_no_stick_file_carries_a_number_from_the_register(
    village: VillageFile, sample: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    out, summary = sample
    outgoing.export(village, tmp_path, everything=True)
    folder = tmp_path / "township"
    shutil.copytree((out / summary["township_file"]).parent, folder)
    town = VillageFile.open(folder / Path(summary["township_file"]).name, operator="", password=PASSWORD)
    with village.reading() as session:
        people = session.execute(select(Person.identity, Person.phone)).all()
    numbers = {number for one in people for number in one if number}
    files = list(stick.files(tmp_path))
    assert files
    for found in files:
        content = stick.read(found)
        body = keys.unseal(content[SIZE:], town.device.stick_secret)
        assert body is not None
        plain = strict.decompress(body).decode("utf-8", "replace")
        assert NAME in plain, "the records themselves do travel"
        assert [number for number in numbers if number in plain] == []
    town.close()


def test_the_year_at_a_glance_and_one_meeting_that_closes_its_quarter(
    qtbot: QtBot, window: DeskWindow, sample: tuple[Path, dict[str, Any]]
) -> None:
    village, today = window.file, window.file.today
    with village.writing("notices.begin_reminders") as session:
        notices.begin_reminders(session, on=dt.date(today.year, 1, 1))

    # Scenario 23: from the page of today to what is late, with its day and who does it.
    window.go("today")
    press(qtbot, window, "看计划")
    page = window.page
    assert isinstance(page, DeskPlanPage)
    assert "逾期" in page.plan.summary.text()
    page.plan.which.setCurrentIndex(page.plan.which.findData("late"))
    late = page.plan.table.rows()
    assert late
    assert all(row.who and row.due_on is not None and row.due_on < today for row in late)

    # A period of the plan goes on as a sheet.
    page.plan.grid.enter()
    qtbot.mouseClick(page.plan.draft, LEFT)
    qtbot.waitUntil(lambda: isinstance(window.page, NoticesPage))
    page_of_notices = window.page
    assert isinstance(page_of_notices, NoticesPage)
    settle(qtbot, window)
    assert late[0].name.removesuffix("公示") in page_of_notices.view.title.text()

    # The calendar: a representatives' meeting of the sample closes the quarter in which it was held.
    window.go("plan")
    page.bar.setCurrentIndex(AGENDA)
    with village.reading() as session:
        held = {one.day for one in happened(session) if one.kind == "meeting:representatives"}
        rows = agenda(
            session,
            first=dt.date(today.year, 1, 1),
            last=dt.date(today.year, 12, 31),
            on=today,
            also=happened(session),
        )
    quarters = [row for row in rows if row.rule.key == "K-DBHY"]
    assert [row.done for row in quarters] == [
        any(row.period.first <= day <= row.period.last for day in held) for row in quarters
    ]
    assert any(row.done for row in quarters)

    # A request by phone is noted, and stands on the page of today.
    page.bar.setCurrentIndex(ERRANDS)
    qtbot.mouseClick(page.errands.add, LEFT)
    errand = dialog_of(FieldsDialog)
    errand.put("what", "下午三点前报森林防火值班表")
    errand.put("due", today)
    answer(qtbot, window, errand)
    window.go("today")
    qtbot.waitUntil(lambda: any("森林防火值班表" in one.accessibleName() for one in buttons(window.page, "登记办好")))

    # F9 shows the year on one sheet.
    window.go("plan")
    page.bar.setCurrentIndex(0)
    press_key(qtbot, window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    sheet = dialog_of(PreviewDialog)
    assert sheet.preview.sheets.count == 1
    sheet.reject()
