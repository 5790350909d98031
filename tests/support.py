"""What tests share: the command as a program, and whole sites from a few lines."""

import gc
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import gazepress
from gazepress.build import BuildOptions, read_site
from gazepress.build.newsroom import Newsroom

GPS = 0x8825  # the part of a picture's metadata that tells the place (EXIF 3.0)
NOW = "2026-01-01T12:00:00+00:00"
MEMORY = Path("/dev/shm")


class Command:
    """The command ``gazepress``, run as a program of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, env: Mapping[str, str] | None = None, **options) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "gazepress", *arguments],
            cwd=options.pop("cwd", self.folder),
            env=environment(env),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=options.pop("timeout", 120),
            **options,
        )


def read_newsroom(site: Path, now: str = NOW, *, drafts: bool = True) -> Newsroom:
    """Return what the editors' tools know of a site."""
    newsroom = read_site(BuildOptions(site=site, now=now, jobs=1, drafts=drafts)).value
    assert newsroom is not None
    return newsroom


def environment(own: Mapping[str, str] | None) -> dict[str, str]:
    """Return the environment of a command: that of the tests, but for what would change what it does, and ``own``."""
    known = {key: value for key, value in os.environ.items() if key not in ("SOURCE_DATE_EPOCH", "NO_COLOR")}
    return {**known, **(own or {})}


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """Make a folder for a while, in memory where that is possible: a disk takes long to make hundreds of folders."""
    if not os.access(MEMORY, os.W_OK):
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        yield Path(folder)


def write_site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, given by their path from the folder, and return the folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by their path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def photograph(size: tuple[int, int] = (64, 48), kind: str = "JPEG", color: tuple[int, ...] = (9, 90, 200)) -> bytes:
    """Return a picture that says where it was taken."""
    from PIL import Image

    exif, out = Image.Exif(), BytesIO()
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 27.0, 0.0)})
    Image.new("RGB", size, color).save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def article(title: str, text: str = "Text.", **front_matter: str) -> str:
    """Return an article's file: front matter values are YAML as they stand."""
    lines = {"title": f'"{title}"', "date": "2025-10-27 12:30", **front_matter}
    matter = "\n".join(f"{key}: {value}" for key, value in lines.items())
    return f"---\n{matter}\n---\n\n{text}\n"


def lines_run(function: Callable[[], object]) -> int:
    """Return how many lines of the program ``function`` runs: its work, whatever the machine."""
    lines, package = 0, str(Path(gazepress.__file__).parent)

    def count(_frame, event, _arg):
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    gc.disable()
    sys.settrace(lambda frame, _event, _arg: count if frame.f_code.co_filename.startswith(package) else None)
    try:
        function()
    finally:
        sys.settrace(before)
        gc.enable()
    return lines


SETTINGS = "title: The Gaze\nurl: https://gaze.example/\n"
PLACE = re.compile(
    r"^(?P<path>[^:\n]+):(?P<line>\d+):(?P<column>\d+): (?P<code>[a-z-]+): (?P<message>.+)$", re.MULTILINE
)
