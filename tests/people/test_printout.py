"""People on paper and in workbooks: reproducible, masked for their readers, text cells only."""

import datetime as dt
import io
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from tests.people.conftest import TODAY
from tests.reviewed import agrees_with_reviewed
from village_desk.desk.sample.roster import write_sample_roster
from village_desk.people import actions, lookups, printout
from village_desk.people.lookups import PersonRow
from village_desk.people.rules.bodies import Role
from village_desk.people.rules.masking import Audience
from village_desk.store.file import VillageFile

NUMBER = "11010519491231002X"


def text_of(pdf: bytes) -> str:
    """All text of a PDF, line ends removed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    finally:
        document.close()


@pytest.fixture
def rows(village: VillageFile) -> list[PersonRow]:
    """A family with a rare name and a child."""
    with village.writing("people.family") as session:
        home = actions.add_household(session, number="0127", group_name="三组")
        actions.add_person(
            session,
            name="王䶮",
            identity=NUMBER,
            phone="13812345678",
            household_id=home,
            relation="户主",
            political="party_member",
        )
        actions.add_person(session, name="李小明", birth="2018-05-01", household_id=home, relation="孙子", sex="male")
        actions.add_person(session, name="阿依古丽·买买提", birth="", household_id=home)
    with village.reading() as session:
        return lookups.person_rows(session, lookups.person_ids(session, lookups.PeopleFilter()))


def roster(rows: list[PersonRow], audience: Audience) -> bytes:
    """The roster for some readers."""
    return printout.roster(rows, village="东河村", on=TODAY, audience=audience)


def test_the_same_people_give_the_same_bytes(rows: list[PersonRow]) -> None:
    assert roster(rows, Audience.INTERNAL) == roster(rows, Audience.INTERNAL)


def test_trap_17_the_wall_shows_no_number_no_status_and_no_child(rows: list[PersonRow]) -> None:
    text = text_of(roster(rows, Audience.BOARD))
    assert "王䶮" in text
    assert "138****5678" in text
    assert "1949年" in text
    for private in (NUMBER, NUMBER[-4:], "12月31日", "中共党员", "13812345678", "李小明", "身份证号"):
        assert private not in text
    assert "李*" in text


def test_the_office_sees_masked_numbers_and_the_township_whole_ones(rows: list[PersonRow]) -> None:
    assert "110105********002X" in text_of(roster(rows, Audience.INTERNAL))
    assert NUMBER not in text_of(roster(rows, Audience.INTERNAL))
    assert NUMBER in text_of(roster(rows, Audience.TOWNSHIP))


def test_unknown_is_never_printed_as_none(rows: list[PersonRow]) -> None:
    assert "未登记" in text_of(roster(rows, Audience.INTERNAL))


def test_the_workbook_holds_text_only(rows: list[PersonRow]) -> None:
    content = printout.roster_workbook(rows, village="东河村", on=TODAY, audience=Audience.TOWNSHIP)
    page = load_workbook(io.BytesIO(content)).active
    assert page["A1"].value == "东河村村民花名册（截至2026年3月14日，共3人）"
    heads = [cell.value for cell in page[2]]
    cell = page.cell(3, heads.index("身份证号") + 1)
    assert (cell.value, cell.data_type, cell.number_format) == (NUMBER, "s", "@")
    assert page.cell(3, heads.index("户号") + 1).value == "0127"
    assert {one.data_type for row in page.iter_rows() for one in row if one.value is not None} == {"s"}


def test_a_name_that_looks_like_a_formula_stays_text(rows: list[PersonRow]) -> None:
    from dataclasses import replace

    evil = [replace(rows[0], relation="=HYPERLINK(1)", group="+1", household_no="@x")]
    page = load_workbook(
        io.BytesIO(printout.roster_workbook(evil, village="东河村", on=TODAY, audience=Audience.INTERNAL))
    ).active
    assert [page.cell(3, i).data_type for i in range(1, 5)] == ["s"] * 4
    assert page.cell(3, 4).value == "=HYPERLINK(1)"


def test_an_export_can_be_taken_in_again(village: VillageFile, rows: list[PersonRow], tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    path.write_bytes(printout.roster_workbook(rows, village="东河村", on=TODAY, audience=Audience.TOWNSHIP))
    roster_read = actions.read_roster(path, today=TODAY)
    with village.reading() as session:
        preview = actions.preview_roster(session, roster_read)
    assert preview.sentence == "共读到3人：新增0人，有改动0人，没有变化3人，不能导入0人。"


def test_an_export_with_covered_numbers_covers_nothing_when_it_comes_back(
    village: VillageFile, rows: list[PersonRow], tmp_path: Path
) -> None:
    path = tmp_path / "村内.xlsx"
    path.write_bytes(printout.roster_workbook(rows, village="东河村", on=TODAY, audience=Audience.INTERNAL))
    with village.reading() as session:
        preview = actions.preview_roster(session, actions.read_roster(path, today=TODAY))
    assert preview.sentence == "共读到3人：新增0人，有改动0人，没有变化3人，不能导入0人。"
    covered = [cell.reason for row in preview.rows for cell in row.cells if "遮盖" in cell.reason]
    assert covered


def test_party_list_and_chart(settled: VillageFile) -> None:
    with settled.writing("people.setup") as session:
        one = actions.add_person(session, name="王书记", birth="1970-01-01")
        new = actions.add_person(session, name="小李", birth="1999-01-01")
        actions.add_party_member(session, person_id=one, joined_on=dt.date(2000, 3, 1), full_on=dt.date(2001, 3, 15))
        actions.add_party_member(session, person_id=new, probationary=True)
        actions.appoint(session, person_id=one, role=Role.SECRETARY, from_on=dt.date(2026, 1, 10), how="选举")
        actions.appoint(session, person_id=one, role=Role.CHAIR, from_on=dt.date(2026, 1, 10), how="选举")
    with settled.reading() as session:
        members = lookups.party_members(session)
        bodies = lookups.bodies(session, on=TODAY)
    text = text_of(printout.party_list(members, branch="东河村党支部", on=TODAY))
    for words in ("正式党员1人，预备党员1人", "2001年3月15日", "24年", "未登记"):
        assert words in text
    chart = text_of(printout.chart_of_posts(bodies, village="东河村", on=TODAY))
    for words in ("东河村组织机构和任职人员", "村党支部书记", "村民委员会主任", "任职起始", "2026年1月10日"):
        assert words in chart
    assert "1970" not in chart
    agrees_with_reviewed(__file__, "party_list", printout.party_list(members, branch="东河村党支部", on=TODAY))
    posts = printout.chart_of_posts(bodies, village="东河村", on=TODAY)
    agrees_with_reviewed(__file__, "posts", posts)
    assert posts == printout.chart_of_posts(bodies, village="东河村", on=TODAY)


def test_the_roster_of_a_village_repeats_its_head(village: VillageFile, tmp_path: Path) -> None:
    write_sample_roster(tmp_path / "a.xlsx", people=60, wrong=False)
    with village.writing("people.import_roster") as session:
        actions.import_roster(session, roster=actions.read_roster(tmp_path / "a.xlsx", today=TODAY))
    with village.reading() as session:
        rows = lookups.person_rows(session, lookups.person_ids(session, lookups.PeopleFilter()))
    document = pypdfium2.PdfDocument(roster(rows, Audience.INTERNAL))
    try:
        assert len(document) > 1
        assert all("身份证号" in page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("audience", list(Audience))
def test_the_rosters_read_as_reviewed(rows: list[PersonRow], audience: Audience) -> None:
    agrees_with_reviewed(__file__, f"roster_{audience.value}", roster(rows, audience))


def test_empty_lists_say_so() -> None:
    assert "没有符合条件的人员。" in text_of(roster([], Audience.INTERNAL))
    assert "还没有登记党员。" in text_of(printout.party_list([], branch="东河村党支部", on=TODAY))
    assert "还没有登记任何职务。" in text_of(printout.chart_of_posts([], village="东河村", on=TODAY))
