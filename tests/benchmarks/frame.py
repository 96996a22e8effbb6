"""How a figure is taken: ours and a peer's in turn, several times, medians and their ratio."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row of the table; times in seconds, memory in MiB when `unit` says so."""

    name: str
    ours: float
    target: float
    unit: str = "s"
    peer: str = ""
    peer_value: float | None = None

    @property
    def row(self) -> str:
        """The row in Markdown."""
        ratio = f"{self.ours / self.peer_value:.2f}" if self.peer_value else "—"
        peer = f"{self.peer}: {shown(self.peer_value, self.unit)}" if self.peer_value is not None else "—"
        verdict = "yes" if self.ours <= self.target else "NO"
        target = shown(self.target, self.unit)
        return f"| {self.name} | {shown(self.ours, self.unit)} | {target} | {verdict} | {peer} | {ratio} |"


HEAD = "| what | median here | target | held | peer in the same run | ours / peer |\n|---|---|---|---|---|---|"


def shown(value: float, unit: str) -> str:
    """A value with its unit, milliseconds below a second."""
    if unit == "s":
        return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"
    return f"{value:.0f} {unit}"


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object], times: int = 5) -> float:
    """The median of several runs."""
    return statistics.median(timed(work) for _ in range(times))


def in_turn(ours: Callable[[], object], peer: Callable[[], object], times: int = 5) -> tuple[float, float]:
    """Medians of two works that take turns, so that a machine whose speed drifts is fair to both."""
    pairs = [(timed(ours), timed(peer)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
