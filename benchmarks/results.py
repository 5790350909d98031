"""What a run has found out, as records, and what earlier runs have left to it."""

import json
import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = {"hugo": "Hugo", "pelican": "Pelican"}  # as they are written, where that is not as they are called


@dataclass(frozen=True)
class Figures:
    """Medians of one scenario: seconds, seconds, bytes; and the seconds of every round."""

    wall: float
    cpu: float
    peak: int
    walls: list[float]


@dataclass(frozen=True)
class Output:
    """What a generator had written in the end: how many files, and their bytes."""

    files: int
    size: int


# Scenarios to generators to figures; None where a build was wrong.
Rows = dict[str, dict[str, Figures | None]]


@dataclass(frozen=True)
class Size:
    """All that was measured with one archive. ``source`` names gazepress's source, ``outputs`` is by generator."""

    rounds: int
    source: str
    outputs: dict[str, Output]
    rows: Rows


@dataclass(frozen=True)
class Results:
    """``versions`` is by generator, ``sizes`` by the number of articles."""

    machine: str
    versions: dict[str, str]
    sizes: dict[int, Size] = field(default_factory=dict)


def machine() -> str:
    """Return what this run ran on."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown CPU"
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    cores = len(os.sched_getaffinity(0))
    return f"{model}, {cores} cores, {memory / 2**20:.0f} GiB, Linux, Python {platform.python_version()}"


def shown(generator: str) -> str:
    """Return the name of a generator as readers know it."""
    return NAMES.get(generator, generator)


def with_earlier(results: Results, file: Path) -> Results:
    """Return the results with those sizes of earlier ones that were measured on the same machine and versions.

    ``file`` is the JSON that the earlier run kept, if there was one.
    """
    if not file.is_file():
        return results
    earlier = json.loads(file.read_text("utf-8"))
    ours, theirs = results.versions, earlier["versions"]
    if earlier["machine"] != results.machine or any(theirs.get(name, ours[name]) != ours[name] for name in ours):
        return results
    kept = {int(articles): _size(size) for articles, size in earlier["sizes"].items()}
    return Results(results.machine, {**theirs, **ours}, {**kept, **results.sizes})


def _size(kept: dict[str, Any]) -> Size:
    rows = {
        scenario: {generator: Figures(**one) if one else None for generator, one in row.items()}
        for scenario, row in kept["rows"].items()
    }
    outputs = {generator: Output(**one) for generator, one in kept["outputs"].items()}
    return Size(kept["rounds"], kept["source"], outputs, rows)


def _lines(file: str) -> list[str]:
    return Path(file).read_text("utf-8").splitlines()
