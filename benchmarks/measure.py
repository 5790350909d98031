"""What a command costs: wall and CPU seconds, and the peak memory of its processes together."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SPARE_MEMORY = 2**30  # with less than this left, the machine would begin to end processes of its own choice


class BuildError(Exception):
    """A command failed, or what it built is wrong."""


@dataclass(frozen=True)
class Cost:
    """``cpu`` is user and system time of the command's whole tree; ``peak`` is in bytes, 0 unless sampled."""

    wall: float
    cpu: float
    peak: int = 0


def measure(command: list[str], folder: Path, environment: Mapping[str, str], *, sample_every: float = 0.0) -> Cost:
    """Run ``command`` in ``folder`` and return its cost; look at its memory every ``sample_every`` seconds, if at all.

    Everything is written to disk before, so that nobody pays for what was written earlier. Reading a process's memory
    map holds the process up, so a sampled run is good for its ``peak`` only.
    Raises BuildError, with what the command said, when it fails or when the machine's memory would not do.
    """
    os.sync()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            process_group=0,
        )
        try:
            peak = _watch(process.pid, sample_every) if sample_every else 0
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:  # also an interrupt from the keyboard, which its own process group does not get
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "replace")[-2000:]
            raise BuildError(f"{command[0]} ended with {process.returncode}:\n{words}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)


def _watch(root: int, every: float) -> int:
    peak = 0
    # WNOWAIT leaves the ended process to be waited for, with its times, by the caller.
    while os.waitid(os.P_PID, root, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        start = time.perf_counter()
        peak = max(peak, sum(_value(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in _tree(root)))
        if _value("/proc/meminfo", "MemAvailable:") < SPARE_MEMORY:
            raise BuildError(f"the machine's memory does not do; stopped at {peak / 1e6:,.0f} MB")
        time.sleep(max(0.0, every - (time.perf_counter() - start)))
    return peak


def _tree(root: int) -> list[int]:
    pids = [root]
    for pid in pids:  # grows while it is walked
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            pids += map(int, _read(children).split())
    return pids


def _value(file: str, name: str) -> int:
    kib = (int(line.split()[1]) for line in _read(Path(file)).splitlines() if line.startswith(name))
    return next(kib, 0) * 1024


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except OSError:  # the process ended between two looks
        return ""
