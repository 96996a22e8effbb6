"""一事一档: every paper of a case in one PDF with contents, pages counted through, and its photos."""

import io

from PIL import Image

from tests.decisions.desk import day, four_meetings, opened, posted, read
from village_desk.decisions import printout
from village_desk.notices.lookups import one_notice
from village_desk.paper.text import pages_text
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
