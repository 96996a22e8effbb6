"""Calling the command line in this process or as a program of its own, for the tests of its commands."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from village_desk.__main__ import main

PASSWORD = "四个词连起来的口令"
CLERK = "李会计"
CODE = "320924103205"
DAY = "2026-03-14"


@dataclass(frozen=True)
class Told:
    """What a call said, and its exit code."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document that it must be."""
        return json.loads(self.out)


def call(*words: str | Path, typed: str = "") -> Told:
    """Carry out one call in this process; `typed` stands on standard input."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO(typed)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            exit_code = main([str(word) for word in words])
    finally:
        sys.stdin = before
    told = Told(exit_code, out.getvalue(), err.getvalue())
    report = re.search(r"问题报告（没有村民的资料）：(\S+?\.txt)", told.out + told.err)
    if report is not None:
        sys.stderr.write(Path(report[1]).read_text(encoding="utf-8"))
    return told


def call_program(*words: str | Path, typed: str = "", before: Sequence[str] = ()) -> Told:
    """Run the program as a clerk's script would; `before` stands before the program in the call."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "village_desk", *map(str, words)],
        input=typed.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
        timeout=120,
    )
    return Told(done.returncode, done.stdout.decode(), done.stderr.decode())


class Village:
    """A village file in a folder, and the password file beside it."""

    def __init__(self, folder: Path, *, name: str = "东河村", code: str = CODE, township: bool = False) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.password_file = folder / "口令.txt"
        self.password_file.write_text(f"{PASSWORD}\n", encoding="utf-8")
        self.file = folder / f"{name}.vdesk"
        more = ["--township"] if township else []
        made = call("new", self.file, "--village", name, "--code", code, *more, *self.opening)
        assert made.exit == 0, made.err
        self.made = made

    @property
    def opening(self) -> list[str | Path]:
        """The options that open the file without a question."""
        return ["--operator", CLERK, "--password-file", self.password_file, "--today", DAY]

    def call(self, command: str, *words: str | Path) -> Told:
        """A command on this file."""
        return call(command, self.file, *words, *self.opening)
