"""Evidence on records, pieces and boxes: what is kept, numbered, refused and found again."""

import datetime as dt
from pathlib import Path

import pytest

from tests.archive.conftest import TODAY, photo
from village_desk.archive import actions, lookups
from village_desk.archive.lookups import AttachmentRow
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.store.file import VillageFile


def files_of(village: VillageFile, of_id: str = "5f" * 16) -> tuple[AttachmentRow, ...]:
    with village.reading() as session:
        return lookups.attachments_of(session, of_table="decision", of_id=of_id)


@pytest.fixture
def posted(tmp_path: Path) -> Path:
    path = tmp_path / "9月1日张贴.jpg"
    path.write_bytes(photo(taken="2026:09:01 08:30:00", place=True))
    return path


def keep(village: VillageFile, path: Path, **more: object) -> str:
    return actions.keep_file(village, path, of_table="decision", of_id="5f" * 16, **more)  # type: ignore[arg-type]  # a test's shorthand


def test_a_photo_hangs_on_its_record_and_comes_back(village: VillageFile, posted: Path) -> None:
    identity = keep(village, posted)
    (row,) = files_of(village)
    assert (row.title, row.kind_words, row.made_on, row.made_by) == (
        "9月1日张贴",
        "照片",
        dt.date(2026, 9, 1),
        "李会计",
    )
    name, content = actions.content_of(village, identity)
    assert name == "9月1日张贴.jpg"
    assert content.startswith(b"\xff\xd8")
    assert b"canary-camera" not in content
    assert content not in b"".join(path.read_bytes() for path in village.path.parent.rglob("*") if path.is_file())


def test_the_same_photo_hangs_once_and_again_after_it_was_taken_off(village: VillageFile, posted: Path) -> None:
    identity = keep(village, posted)
    with pytest.raises(NotAllowed, match="已经附过了"):
        keep(village, posted)
    with village.writing("archive.detach") as session:
        actions.detach(session, attachment_id=identity)
    assert files_of(village) == ()
    assert keep(village, posted, title="补拍说明") == identity
    assert files_of(village)[0].title == "补拍说明"


def test_undo_hangs_a_file_on_again(village: VillageFile, posted: Path) -> None:
    identity = keep(village, posted)
    with village.writing("archive.detach") as session:
        actions.detach(session, attachment_id=identity)
    village.undo(village.steps()[0].id)
    assert [row.id for row in files_of(village)] == [identity]


def test_a_camera_with_a_wrong_clock_gives_no_day(village: VillageFile, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(photo(taken="2031:01:01 00:00:00"))
    keep(village, path)
    assert files_of(village)[0].made_on is None


def test_private_papers_keep_their_title_in_the_village(village: VillageFile, posted: Path) -> None:
    identity = keep(village, posted, title="王秀兰身份证", personal=True)
    (row,) = files_of(village)
    assert row.title == "王秀兰身份证"
    assert "不外传" in row.words
    with village.reading() as session:
        from village_desk.archive.records import Attachment

        found = session.get(Attachment, identity)
        assert found is not None
        assert found.title == ""


def test_words_of_a_file_are_put_right(village: VillageFile, posted: Path) -> None:
    identity = keep(village, posted)
    with village.reading() as session:
        seen = lookups.one_attachment(session, identity).seen
    with village.writing("archive.describe") as session:
        actions.describe(session, attachment_id=identity, seen=seen, title="公开栏", kind="signed", made_on=TODAY)
    assert files_of(village)[0].words.startswith("签字盖章件 · 2026年9月10日")
    with pytest.raises(NotAllowed, match="还没有到"), village.writing("archive.describe") as session:
        actions.describe(
            session, attachment_id=identity, seen="", title="x", kind="photo", made_on=TODAY + dt.timedelta(days=1)
        )


def test_counts_for_a_list(village: VillageFile, posted: Path) -> None:
    keep(village, posted)
    with village.reading() as session:
        assert lookups.counts_of(session, of_table="decision", of_ids=("5f" * 16, "aa")) == {"5f" * 16: 1}
        assert [row.title for row in lookups.all_attachments(session, words="张贴")] == ["9月1日张贴"]


def test_pieces_are_numbered_by_year_category_and_retention(village: VillageFile) -> None:
    with village.writing("archive.file_piece") as session:
        first = actions.file_piece(session, title="会议记录", category="文书")
        actions.file_piece(session, title="往来函", category="文书", retention="10年")
        third = actions.file_piece(session, title="决议", category="文书", dated_on=dt.date(2026, 3, 1))
        actions.file_piece(session, title="去年的决议", category="文书", year=2025)
    with village.reading() as session:
        numbers = {row.title: row.piece_no for row in lookups.pieces(session)}
    assert numbers == {
        "会议记录": "2026-文书-永久-0001",
        "往来函": "2026-文书-10年-0001",
        "决议": "2026-文书-永久-0002",
        "去年的决议": "2025-文书-永久-0001",
    }
    with village.writing("archive.drop_piece") as session:
        actions.drop_piece(session, piece_id=third)
        again = actions.file_piece(session, title="新决议", category="文书")
    with village.reading() as session:
        assert lookups.one_piece(session, again).number == 3
        assert lookups.one_piece(session, first).number == 1


def test_the_piece_of_a_record_is_filed_once(village: VillageFile, posted: Path) -> None:
    keep(village, posted)
    with village.writing("archive.file_piece") as session:
        one = actions.file_piece(session, title="公开件", category="文书", of_table="decision", of_id="5f" * 16)
        two = actions.file_piece(
            session, title="公开件（定稿）", category="文书", of_table="decision", of_id="5f" * 16, pages=4
        )
    assert one == two
    with village.reading() as session:
        (row,) = lookups.pieces(session)
    assert (row.title, row.number, row.pages) == ("公开件（定稿）", 1, 4)


def test_a_box_takes_only_what_belongs_together(village: VillageFile) -> None:
    with village.writing("archive.add_box") as session:
        box = actions.add_box(session, year=2026, category="文书", shelf="二号柜")
        inside = actions.file_piece(session, title="会议记录", category="文书", pages=6, box_id=box)
        other = actions.file_piece(session, title="凭证", category="会计")
    with pytest.raises(NotAllowed, match="“凭证”是2026年会计类、30年的"), village.writing("archive.put") as session:
        actions.put_into_box(session, piece_ids=(other,), box_id=box)
    with village.reading() as session:
        detail = lookups.one_box(session, box)
    assert (detail.row.box_no, detail.row.pieces, detail.row.pages) == ("2026-文书-1", 1, 6)
    assert [row.id for row in detail.pieces] == [inside]
    with pytest.raises(NotAllowed, match="里还有1件"), village.writing("archive.drop_box") as session:
        actions.drop_box(session, box_id=box)
    with village.writing("archive.take_out") as session:
        actions.take_out_of_box(session, piece_id=inside)
        actions.drop_box(session, box_id=box)
    with village.reading() as session, pytest.raises(NotFound):
        lookups.one_box(session, box)


def test_a_box_number_is_given_once(village: VillageFile) -> None:
    with village.writing("archive.add_box") as session:
        actions.add_box(session, year=2026, category="会计", number=4)
        actions.add_box(session, year=2026, category="会计")
    with pytest.raises(NotAllowed, match="下一个盒号是6"), village.writing("archive.add_box") as session:
        actions.add_box(session, year=2026, category="会计", number=5)


def test_a_number_given_twice_on_two_laptops_is_told(village: VillageFile) -> None:
    from village_desk.archive.records import ArchivePiece

    with village.writing("archive.add_box") as session:
        box = actions.add_box(session, year=2026, category="文书")
        for _ in range(2):
            session.add(
                ArchivePiece(year=2026, category="文书", retention="永久", number=1, box_id=box, title="会议记录")
            )
    with village.reading() as session:
        assert lookups.one_box(session, box).findings == ("第1件有2份，是两台电脑各编了一次，请撤掉一份重新归档。",)


def test_wrong_words_are_refused_with_the_right_ones(village: VillageFile) -> None:
    with (
        pytest.raises(NotAllowed, match="没有“杂项”这一类"),
        village.writing("x") as session,
    ):
        actions.file_piece(session, title="a", category="杂项")
    with pytest.raises(NotAllowed, match="还没有题名"), village.writing("x") as session:
        actions.file_piece(session, title=" ", category="文书")
    with pytest.raises(NotAllowed, match="保管期限“20年”不对"), village.writing("x") as session:
        actions.file_piece(session, title="a", category="文书", retention="20年")
