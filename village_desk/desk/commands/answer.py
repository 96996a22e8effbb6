"""What a command says: plain sentences as they come, or one JSON document at the end."""

import datetime as dt
import json
import sys
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from village_desk.kit.errors import DeskError

DONE = 0
REFUSED = 1
WRONG_CALL = 2


class WrongCall(Exception):
    """The command was not written as it must be; the message is a whole sentence with what to write instead."""


class Answer:
    """Collects what a command has to say.

    Without `as_json` each sentence goes to standard output at once and refusals go to standard error. With it
    nothing is printed before `close`, which prints one document: ok, exit, sentences, and the facts that were put.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.exit = DONE
        self.sentences: list[str] = []
        self.facts: dict[str, Any] = {}

    def say(self, sentence: str) -> None:
        """One more sentence or line."""
        self.sentences.append(sentence)
        if not self.as_json:
            write_line(sentence)

    def put(self, **facts: Any) -> None:
        """Facts for the JSON document only; plain values, rows and records are written as JSON."""
        self.facts.update(facts)

    def found_wrong(self, sentence: str) -> None:
        """Something was checked and found wrong: the command ends with 1."""
        self.exit = REFUSED
        self.say(sentence)

    def refuse(self, trouble: DeskError) -> None:
        """The desk refused: the reason and the next act, exit 1."""
        self.exit = REFUSED
        self.facts["refused"] = {"message": trouble.message, "advice": trouble.advice}
        self._complain(str(trouble))

    def wrong_call(self, message: str) -> None:
        """The command was wrongly written: exit 2."""
        self.exit = WRONG_CALL
        self.facts["wrong_call"] = message
        self._complain(message)

    def close(self) -> int:
        """Print the document where one was asked for; the exit code."""
        if self.as_json:
            document = {"ok": self.exit == DONE, "exit": self.exit, "sentences": self.sentences, **plain(self.facts)}
            write_line(json.dumps(document, ensure_ascii=False, indent=1))
        return self.exit

    def _complain(self, sentence: str) -> None:
        self.sentences.append(sentence)
        if not self.as_json:
            sys.stdout.flush()
            sys.stderr.write(f"{sentence}\n")


def write_line(line: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{line}\n")


def plain(value: Any) -> Any:
    """The value as JSON holds it: rows as objects by field name, days as 2026-03-14, bytes in hexadecimal digits."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, dict):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, list | tuple | set | frozenset):
        rows = [plain(one) for one in value]
        return sorted(rows, key=str) if isinstance(value, set | frozenset) else rows
    return str(value)
