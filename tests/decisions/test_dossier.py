"""一事一档: every paper of a case in one PDF with contents, pages counted through, and its photos."""

import io

import pytest
from PIL import Image

from tests.decisions.desk import day, do, four_meetings, opened, posted, read
from village_desk.decisions import printout
from village_desk.decisions.actions import note_opinion
from village_desk.kit.errors import NotAllowed
from village_desk.notices.lookups import one_notice
from village_desk.paper.text import pages_text
from village_desk.people.actions import appoint
from village_desk.people.lookups import all_posts
from village_desk.store.file import VillageFile


def test_every_paper_of_a_case_is_bound_with_contents_and_pages(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    notice_id = posted(village, decision_id, 5, day(3, 16))
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(picture, "JPEG")
    with village.reading() as session:
        papers = [one_notice(session, notice_id, on=village.today).paper]
    detail = read(village, decision_id)
    pdf = printout.dossier(detail, papers, [("公开栏照片", picture.getvalue())])
    assert pdf == printout.dossier(detail, papers, [("公开栏照片", picture.getvalue())])
    pages = ["".join(page.split()) for page in pages_text(pdf)]
    contents = pages[0]
    for name in (
        "四议两公开决策实施登记表（一）",
        "四议两公开决策实施登记表（六）",
        "村民代表会议（村东排水渠修缮）签到表",
        "村民代表会议（村东排水渠修缮）计票单",
        "村民代表会议（村东排水渠修缮）会议记录",
        "决议公开（存档件）",
        "照片和扫描件",
    ):
        assert name in contents, name
    # Each line of the contents ends with the number of pages and the first page.
    assert contents.count("四议两公开决策实施登记表") == 6
    assert "公开栏照片" in pages[-1]
    assert f"第{len(pages)}页共{len(pages)}页" in pages[-1]
    assert "核对码" in pages[-2]


@pytest.mark.covers("1-28")
def test_the_file_shows_what_the_supervision_committee_said_and_where_its_word_is_missing(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)

    def shown() -> tuple[str, str]:
        """The first page of the file and the fifth sheet."""
        detail = read(village, decision_id)
        page = pages_text(printout.dossier(detail))[0]
        return "".join(page.split()), "".join(pages_text(printout.step_sheet(detail, 5))[0].split())

    missing = "缺（还没有登记村务监督委员会的意见）"
    first, sheet = shown()
    assert first.count(missing) == 2
    assert "缺（" not in sheet
    posted(village, decision_id, 5, day(3, 16))
    assert missing in shown()[1]
    with pytest.raises(NotAllowed, match="监督意见不能由自己办事的人来签"):
        do(village, note_opinion, decision_id=decision_id, no=5, opinion="同意公开。", by="王伟", on=day(3, 15))
    # Nor does the one who acts become the one who watches: the villagers' committee never, the secretary with a reason.
    with village.reading() as session:
        holders = {row.role: row for row in reversed(all_posts(session))}
    watch = {"role": "supervision_member", "from_on": day(3, 1), "despite": "镇党委批复"}
    for role in ("chair", "deputy_chair", "committee_member"):
        with pytest.raises(NotAllowed, match="《村民委员会组织法》第三十七条"):
            do(village, appoint, person_id=holders[role].person_id, **watch)
    with pytest.raises(NotAllowed, match="原则上不由书记兼任"):
        do(village, appoint, person_id=holders["secretary"].person_id, **{**watch, "despite": ""})
    do(village, appoint, person_id=holders["secretary"].person_id, **watch)
    do(village, note_opinion, decision_id=decision_id, no=5, opinion="程序合规，同意公开。", by="李建国", on=day(3, 15))
    first, sheet = shown()
    assert "监督意见（决议公开）：程序合规，同意公开。意见登记自李建国的签字（2026年3月15日）。" in first
    assert first.count(missing) == 1
    assert missing not in sheet
    assert "程序合规，同意公开。" in sheet
