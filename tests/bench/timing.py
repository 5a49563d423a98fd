"""Whole cold processes, timed in turn, so that what slows the machine down slows down every one of them.

Nothing large is imported here: on Linux a child's peak memory is never given as less than what its parent held.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Command(NamedTuple):
    """A program with its arguments, and the folder it runs in."""

    arguments: tuple[str | Path, ...]
    folder: Path


class Cost(NamedTuple):
    """What a process takes: seconds by the clock, and its peak memory in MiB (0 where that is not known)."""

    seconds: float
    memory: float


def measured(commands: Sequence[Command], runs: int) -> list[Cost]:
    """The median cost of each command, after a first round that is not counted."""
    rounds = [[_once(command) for command in commands] for _ in range(runs + 1)][1:]
    return [Cost(*map(median, zip(*costs, strict=True))) for costs in zip(*rounds, strict=True)]


def _once(command: Command) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(
        command.arguments, cwd=command.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    memory = 0.0
    if sys.platform == "win32":
        process.wait()
    else:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    seconds = time.perf_counter() - start
    if process.returncode > ("check" in command.arguments):  # a check may have something to say
        raise SystemExit(f"Exit code {process.returncode}: {' '.join(map(str, command.arguments))}")
    return Cost(seconds, memory)
