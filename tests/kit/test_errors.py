"""Refusals carry a sentence and what to do next."""

import pickle

import pytest

from village_desk.kit.errors import DeskError, FileTrouble, NotAllowed, NotFound


@pytest.mark.parametrize("kind", [NotAllowed, NotFound, FileTrouble])
def test_a_refusal_shows_its_message_and_its_advice(kind: type[DeskError]) -> None:
    refusal = kind("还差3人。", "请再通知3人到会。")
    assert (refusal.message, refusal.advice) == ("还差3人。", "请再通知3人到会。")
    assert str(refusal) == "还差3人。请再通知3人到会。"
    assert isinstance(refusal, DeskError)


def test_a_refusal_survives_the_way_between_processes() -> None:
    came = pickle.loads(pickle.dumps(NotFound("没有这个人。", "请先导入上报包。")))
    assert isinstance(came, NotFound)
    assert (came.message, came.advice) == ("没有这个人。", "请先导入上报包。")
