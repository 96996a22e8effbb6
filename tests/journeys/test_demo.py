"""The demo, built once from the command line, and every part of it looked at as a clerk or an inspector would."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.desk.calling import Told, call
from village_desk.desk.commands.lists import LISTINGS
from village_desk.desk.demo.folder import PARTS
from village_desk.paper.text import plain_text

SEED = "7"
DAY = "2026-11-20"


@dataclass(frozen=True)
class Demo:
    """The folder of a demo and its summary."""

    out: Path
    summary: dict[str, Any]

    @property
    def done(self) -> dict[str, Any]:
        found = self.summary["done"]
        assert isinstance(found, dict)
        return found

    @property
    def wall_sheet(self) -> Path:
        return self.out / "paper" / "东河村关于村东排水渠修缮的决议公开-张贴件.pdf"

    def call(self, command: str, *words: str | Path, file: str = "village_file") -> Told:
        """A command on one of the demo's files."""
        opening: list[str | Path] = ["--password-file", self.out / "口令.txt", "--today", DAY]
        return call(command, self.out / self.summary[file], *words, *opening)

    def operations(self, file: str = "village_file") -> int:
        """How long a file's journal is."""
        found = self.call("verify", "--json", file=file).json["operations"]
        assert isinstance(found, int)
        return found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demo that tests look at and may add to; what they add must not change what others look for."""
    out = tmp_path_factory.mktemp("demo") / "示例"
    told = call("demo", "--out", out, "--seed", SEED, "--today", DAY, "--json")
    assert told.exit == 0, told.err
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary.items() >= told.json["summary"].items()
    (out / "口令.txt").write_text(summary["password"], encoding="utf-8")
    return Demo(out, summary)


def pdfs(demo: Demo) -> Iterator[Path]:
    yield from sorted((demo.out / "paper").glob("*.pdf"))


def test_the_summary_names_what_is_there(demo: Demo) -> None:
    for part in PARTS:
        listed = demo.summary["files"][part]
        assert listed
        assert [name for name in listed if not (demo.out / name).is_file()] == []
    assert demo.summary["found_wrong"] == []
    assert demo.summary["last_day"] == DAY


def test_twenty_wrong_rows_are_named_and_the_mended_roster_brings_the_village_to_1200(demo: Demo) -> None:
    done = demo.done
    assert len(done["roster"]["wrong_cells"]) == 20
    first = done["first_import"]
    assert (first["new"], first["changed"], first["unchanged"], first["refused"]) == (1192, 0, 0, 20)
    second = done["second_import"]
    assert (second["new"], second["changed"], second["unchanged"], second["refused"]) == (8, 0, 1192, 0)
    assert demo.summary["people"] == 1200


def test_the_roster_of_the_demo_brings_nothing_new_a_third_time(demo: Demo) -> None:
    told = demo.call("import-people", demo.out / demo.done["second_import"]["file"], "--dry-run", "--json")
    assert told.exit == 0
    assert told.json["counts"] == {"new": 0, "changed": 0, "unchanged": 1200, "refused": 0}


def test_each_case_has_its_verdict_and_the_meeting_that_fell_short_says_by_how_many(demo: Demo) -> None:
    told = demo.call("check", "--json")
    assert told.exit == 0
    verdicts = {one["title"]: one["verdict"] for one in told.json["decisions"]}
    assert verdicts == {
        "主干道路灯安装": "stands",
        "村东排水渠修缮": "open",
        "村部广场扩建": "rejected",
        "集体劳动误工补贴标准": "open",
        "三组路灯不亮": "open",
        "村口涵洞维修": "person_must_judge",
    }
    ditch = next(one for one in told.json["decisions"] if one["title"] == "村东排水渠修缮")
    assert [one["attempt"] for one in ditch["stages"][:4]] == [1, 1, 1, 2]
    assert [one["verdict"]["state"] for one in ditch["stages"][:5]] == ["stands"] * 5
    sentences = [one["verdict"] for one in demo.done["verdicts"]]
    assert any("还差2人" in one and "不能成立" in one for one in sentences)
    assert any("党员大会没有通过" in one for one in sentences)


def test_one_case_is_checked_by_its_number(demo: Demo) -> None:
    told = demo.call("check", "--decision", "〔2026〕3号")
    assert told.exit == 0
    assert "村部广场扩建" in told.out
    assert "排水渠" not in told.out
    missing = demo.call("check", "--decision", "99")
    assert missing.exit == 1
    assert "99" in missing.err


def test_the_torn_sheet_was_posted_again_and_the_last_one_still_hangs(demo: Demo) -> None:
    done = demo.done
    assert (done["notices"], done["damages"], done["posted_again"], done["taken_down"]) == (4, 1, 1, 3)
    duties = demo.call("duties", "--json").json
    repost = [one for one in duties["duties"] if one["item"] == "repost"]
    assert [one["state"] for one in repost] == ["posted"]
    hanging = {one["title"] for one in duties["hanging"]}
    assert {"东河村关于村东排水渠修缮的实施结果公开", "东河村2026年第三季度财务收支公开"} <= hanging
    assert ["集体劳动误工补贴标准" in one["words"] for one in duties["piles"]["week"]].count(True) == 1
    later = demo.call("duties", "--on", "2026-12-15")
    assert "张贴期满，可以撤下" in later.out


def test_points_were_checked_by_a_second_person_before_they_were_booked(demo: Demo) -> None:
    done = demo.done
    assert done["points_applied"] > done["points_booked"] > 20
    assert (done["points_refused"], done["points_reversed"]) == (1, 1)
    assert set(demo.summary["operators"]["village"].values()) == {"文书", "复核人", "监委会"}


def test_the_township_has_everything_and_doing_it_again_changes_nothing(demo: Demo) -> None:
    done = demo.done
    assert [one["second_time_new"] for one in done["arrivals"]] == [0, 0]
    assert [one["second_time_new"] for one in done["replies"]] == [0, 0]
    assert [one["second_time_new"] for one in done["bundles"]] == [False, False]
    assert done["replies"][-1]["waiting"] == 0
    assert done["replies"][-1]["received"] == demo.summary["operations"]
    before = (demo.operations(), demo.operations("township_file"))
    arrived = demo.call("take-in", "--stick", demo.out / "stick", "--json", file="township_file")
    assert arrived.exit == 0
    assert {one["state"] for one in arrived.json["files"]} == {"nothing_new"}
    read = demo.call("take-in", "--stick", demo.out / "stick", "--json")
    assert read.exit == 0
    assert not [one for one in read.json["files"] if one["state"] == "taken"]
    assert (demo.operations(), demo.operations("township_file")) == before


def test_both_files_are_sound(demo: Demo) -> None:
    for file in ("village_file", "township_file"):
        told = demo.call("verify", file=file)
        assert told.exit == 0
        assert "核对无误" in told.out


def fonts_of(path: Path) -> list[Any]:
    """The descriptor of every font that a page of the PDF uses."""
    found = []
    for page in pypdf.PdfReader(path).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            used = font.get_object()
            holder = used["/DescendantFonts"][0].get_object() if "/DescendantFonts" in used else used
            found.append(holder["/FontDescriptor"])
    return found


def test_every_pdf_embeds_its_fonts_and_can_be_read(demo: Demo) -> None:
    found = list(pdfs(demo))
    assert len(found) == len(demo.summary["files"]["paper"]) >= 20
    for path in found:
        fonts = fonts_of(path)
        assert fonts, path.name
        for descriptor in fonts:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), path.name
        text = plain_text(path.read_bytes())
        assert len(text) > 60, path.name
        assert not re.search("[\ufffd\ue000-\uf8ff]", text), path.name


def test_the_resolution_sheet_says_who_voted_how_by_which_law_and_how_long_it_hangs(demo: Demo) -> None:
    text = plain_text(demo.wall_sheet.read_bytes())
    for words in ("应到45人，实到39人", "同意34票、反对3票、弃权2票", "第三十五条", "15天", "村务监督委员会同意公开"):
        assert words in text


def test_no_private_number_hangs_on_the_wall(demo: Demo) -> None:
    for path in pdfs(demo):
        text = plain_text(path.read_bytes())
        assert not re.search(r"329924\d{11}[\dX]", text), path.name


def test_a_printed_sheet_is_known_by_its_file_and_by_its_code(demo: Demo, tmp_path: Path) -> None:
    told = demo.call("verify", demo.wall_sheet, "--json")
    assert told.exit == 0
    assert told.json["sheet"]["matches"] is True
    assert told.json["sheet"]["title"] == "东河村关于村东排水渠修缮的决议公开"
    found = re.search(r"核对码(\d{30})", plain_text(demo.wall_sheet.read_bytes()))
    assert found is not None
    assert demo.call("verify", " ".join(re.findall(r"\d{1,5}", found[1]))).exit == 0
    wrong = str((int(found[1][0]) + 1) % 10) + found[1][1:]
    unknown = demo.call("verify", wrong)
    assert unknown.exit == 1
    assert "没有用过这个核对码" in unknown.out
    altered = tmp_path / "改过.pdf"
    altered.write_bytes(demo.wall_sheet.read_bytes() + b"\n")
    changed = demo.call("verify", altered)
    assert changed.exit == 1
    assert "可能被改过" in changed.out


def test_what_cannot_be_compared_is_told(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "照片.pdf").write_bytes(b"\x89PNG")
    assert "不是PDF" in demo.call("verify", tmp_path / "照片.pdf").err
    assert demo.call("verify", tmp_path / "没有.pdf").exit == 1
    short = demo.call("verify", "12345")
    assert short.exit == 2
    assert "30位" in short.err


def test_printing_the_same_sheet_again_gives_the_same_bytes_and_no_new_record(demo: Demo, tmp_path: Path) -> None:
    before = demo.operations()
    told = demo.call("print", "notice", "排水渠修缮的决议", "--out", tmp_path / "再印.pdf", "--json")
    assert told.exit == 0
    assert told.json["kept"] is True
    assert (tmp_path / "再印.pdf").read_bytes() == demo.wall_sheet.read_bytes()
    assert demo.operations() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["decision", "2"], 0, "决策实施登记表"),
        (["decision-step", "2/4"], 0, "第4步"),
        (["minutes", "2/4"], 0, "会议记录"),
        (["sign-in", "3/1"], 0, "签到表"),
        (["score-summary", "干部年度考核"], 0, "评分汇总"),
        (["checklist", "十有"], 0, "对照表"),
        (["assessment-result", "十有"], 1, "还没有登记结果"),
        (["decision", "99"], 1, "99"),
        (["decision-step", "2"], 1, "没有写明第几步"),
        (["decision-step", "2/9"], 1, "没有第9步"),
        (["minutes", "3/4"], 1, "没有登记会议"),
        (["notice", "决议公开"], 1, "对得上2件"),
        (["notice", "没有的"], 1, "没有的"),
        (["notice"], 1, "要写明文号或标题"),
        (["poster", "2"], 2, "没有“poster”这种打印件"),
    ],
)
def test_sheets_are_printed_by_name_and_number(
    demo: Demo, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    told = demo.call("print", *words, "--out", tmp_path / "一张.pdf")
    assert told.exit == code
    assert said in told.out + told.err
    assert (tmp_path / "一张.pdf").exists() is (code == 0)


def test_a_workbook_is_not_called_a_pdf(demo: Demo, tmp_path: Path) -> None:
    wrong = demo.call("print", "roster-workbook", "--out", tmp_path / "花名册.pdf")
    assert wrong.exit == 1
    assert ".xlsx" in wrong.err
    assert demo.call("print", "roster-workbook", "--out", tmp_path / "花名册.xlsx").exit == 0


@pytest.mark.parametrize("what", sorted(LISTINGS))
def test_every_list_names_its_rows(demo: Demo, what: str) -> None:
    asked = {"roll": "2/4", "postings": "排水渠修缮的决议", "ledger": demo_card(demo), "eligible": "党员大会"}
    asked |= {"assessment-results": "干部年度考核", "register-entries": "走访台账"}
    words = asked.get(what, "")
    file = "village_file" if LISTINGS[what].of_village else "township_file"
    told = demo.call("list", what, words, file=file)
    assert told.exit == 0, told.err
    *lines, total = told.out.splitlines()
    assert total == f"共{len(lines)}条。"
    # Nobody stands twice in the sample village, and its township has not answered yet.
    assert bool(lines) is (what not in {"doubles", "merges", "answers"})
    other = "township_file" if LISTINGS[what].of_village else "village_file"
    assert demo.call("list", what, words, file=other).exit == 1


def demo_card(demo: Demo) -> str:
    """A household whose points card was printed, as SET/NAME."""
    found = next(path.stem for path in pdfs(demo) if path.stem.endswith("家-积分卡"))
    return f"农户/{found.removesuffix('-积分卡')}"


def test_a_list_that_needs_a_name_says_so(demo: Demo) -> None:
    assert demo.call("list", "roll").exit == 2
    unknown = demo.call("list", "cats")
    assert unknown.exit == 2
    assert "people（在册人员）" in unknown.err


def test_the_list_of_prints_needs_no_file() -> None:
    told = call("print", "--list", "--json")
    assert told.exit == 0
    assert "notice" in told.json["prints"]


def test_the_same_seed_gives_the_same_village_and_replaces_the_old_one(demo: Demo, tmp_path: Path) -> None:
    again = tmp_path / "示例"
    shutil.copytree(demo.out, again)
    (again / "口令.txt").unlink()
    (again / "paper" / "旧的.pdf").write_bytes(b"%PDF-")
    told = call("demo", "--out", again, "--seed", SEED, "--today", DAY, "--json")
    assert told.exit == 0
    assert not (again / "paper" / "旧的.pdf").exists()
    second = told.json["summary"]
    for name in ("people", "households", "operators", "operations"):
        assert second[name] == demo.summary[name]
    for name in demo.done.keys() - {"bundles", "arrivals"}:
        assert second["done"][name] == demo.done[name]
    for part in ("paper", "office"):
        assert second["files"][part] == demo.summary["files"][part]
    minutes = Path("paper/村东排水渠修缮-村民代表会议会议记录.pdf")
    assert (again / minutes).read_bytes() == (demo.out / minutes).read_bytes()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "论文.docx").write_text("别动", encoding="utf-8")
    told = call("demo", "--out", tmp_path)
    assert told.exit == 1
    assert "论文.docx" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["论文.docx"]
    a_file = call("demo", "--out", tmp_path / "论文.docx")
    assert a_file.exit == 1
    assert "不是文件夹" in a_file.err


def test_a_day_that_the_shipped_rules_do_not_cover_is_refused(tmp_path: Path) -> None:
    told = call("demo", "--out", tmp_path / "示例", "--today", "2031-01-01")
    assert told.exit == 1
    assert "2031年1月1日" in told.err
    assert not (tmp_path / "示例").exists()
