"""`export` and `take-in` from the command line, between a village's file and its township's."""

import shutil
from pathlib import Path

import pytest

from tests.desk.calling import DAY, Told, Village, call


class Journey:
    """A village, its township and the folder that goes between them."""

    def __init__(self, folder: Path) -> None:
        self.village = Village(folder / "村")
        self.township = Village(folder / "镇", name="东台镇", code="320924103", township=True)
        self.stick = folder / "U盘"
        self.stick.mkdir()

    def at_village(self, command: str, *more: str) -> Told:
        return self.village.call(command, "--stick", self.stick, *more)

    def at_township(self, command: str, *more: str) -> Told:
        return self.township.call(command, "--stick", self.stick, *more)

    def digits(self, told: Told) -> str:
        (unknown,) = [one for one in told.json["files"] if one["state"] == "to_compare"]
        return str(unknown["fingerprint"])[-7:]


@pytest.fixture
def journey(tmp_path: Path) -> Journey:
    return Journey(tmp_path)


def test_there_and_back_and_doing_it_twice_changes_nothing(journey: Journey) -> None:
    assert journey.at_township("export").exit == 0
    card = journey.at_village("take-in", "--json")
    assert card.exit == 1
    trusted = journey.at_village("take-in", "--digits", journey.digits(card))
    assert trusted.exit == 0
    assert "核对一致" in trusted.out
    written = journey.at_village("export", "--json")
    assert written.exit == 0
    assert written.json["bundle"]["number"] == 1
    assert journey.at_village("export", "--json").json["bundle"]["again"] is True
    arrived = journey.at_township("take-in", "--json")
    taken = journey.at_township("take-in", "--digits", journey.digits(arrived), "--json")
    assert taken.exit == 0
    assert [one["state"] for one in taken.json["files"]] == ["taken"]
    assert taken.json["files"][0]["new"] == written.json["bundle"]["operations"]
    again = journey.at_township("take-in", "--json")
    assert [one["state"] for one in again.json["files"]] == ["nothing_new"]
    answered = journey.at_township("export", "--json")
    assert [one["new"] for one in answered.json["replies"]] == [True]
    read = journey.at_village("take-in", "--json")
    assert read.exit == 0
    assert read.json["standing"]["on_stick"] == 0
    assert read.json["standing"]["received"] == written.json["bundle"]["operations"]
    assert journey.village.call("verify").exit == 0
    assert journey.township.call("verify").exit == 0


def test_wrong_digits_trust_nobody(journey: Journey) -> None:
    journey.at_township("export")
    told = journey.at_village("take-in", "--digits", "000000")
    assert told.exit == 1
    assert "对不上" in told.err
    untrusted = journey.at_village("export")
    assert untrusted.exit == 1
    assert "还没有登记乡镇的电脑" in untrusted.err


def test_a_damaged_file_is_refused_and_named(journey: Journey) -> None:
    journey.at_township("export")
    journey.at_village("take-in", "--digits", journey.digits(journey.at_village("take-in", "--json")))
    (name,) = journey.at_village("export", "--json").json["bundle"]["files"]
    (bundle,) = journey.stick.rglob(name)
    content = bytearray(bundle.read_bytes())
    content[-20] ^= 1
    bundle.write_bytes(content)
    told = journey.at_township("take-in")
    assert told.exit == 1
    assert bundle.name in told.out


def test_a_stick_that_is_not_there_is_told(journey: Journey) -> None:
    shutil.rmtree(journey.stick)
    told = journey.at_village("take-in")
    assert told.exit == 1
    assert "程序出了" not in told.err


def test_an_empty_stick_is_told(journey: Journey) -> None:
    told = journey.at_village("take-in")
    assert told.exit == 0
    assert "没有要读的文件" in told.out


def test_a_stick_must_be_named(journey: Journey) -> None:
    told = call("export", journey.village.file, "--today", DAY)
    assert told.exit == 2
    assert "还缺：--stick" in told.err


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["duties"],
        ["do", "people.add_person", '{"name": "王秀兰"}'],
        ["import-people", "花名册.xlsx"],
        ["print", "posts", "--out", "一览.pdf"],
    ],
)
def test_a_township_file_does_not_do_the_villages_work(journey: Journey, words: list[str]) -> None:
    before = journey.township.call("verify", "--json").json["operations"]
    told = journey.township.call(words[0], *words[1:])
    assert told.exit == 1
    assert "是乡镇的档案" in told.err
    assert journey.township.call("verify", "--json").json["operations"] == before
