"""Is this what the source builds? What a build vouches for, written so that others can check it, and the check.

Both files lie beside the output folder and not in it: the hour and the digest of the sources, drafts among them, are
nobody's business but the publication's, and a site is the same bytes whether somebody vouches for it or not.
"""

import hashlib
import platform
import re
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from gazepress import __version__
from gazepress.build import BuildOptions, BuildResult, build
from gazepress.build.log import Progress
from gazepress.build.program import library_versions
from gazepress.config import read_settings
from gazepress.digest import digest_bytes
from gazepress.settings import SETTINGS_FILE
from gazepress.stages.publish import is_ours, published_digests
from gazepress.urls import decode_path, output_file

_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_ESCAPED = re.compile(r"\\([\\nr])")
_MEANT = {"\\": "\\", "n": "\n", "r": "\r"}
_ADDRESS = ("https://", "http://")


class UnreadableListError(Exception):
    """A list of checksums is none: the message says why, for the user."""


class BuildRecord(Struct, frozen=True, kw_only=True):
    """Of what a site was built, and by what: equal records and sources give equal bytes on any machine."""

    version: int = 1
    gazepress: str
    python: str
    zlib: str
    libraries: dict[str, str]
    as_of: datetime | None
    sources: str  # digest of the settings and all files of the site (BLAKE2b, 128 bits)
    articles: int
    pages: int
    files: int
    bytes: int
    sha256sums: str  # SHA-256 of the list of all files


class Comparison(Struct, frozen=True):
    """How a folder or a list of checksums differs from what was built; paths are those below the output folder."""

    result: BuildResult
    same: int = 0
    differing: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # built, and not there
    extra: tuple[str, ...] = ()  # there, and not built
    causes: tuple[str, ...] = ()  # what its record says otherwise than this build, or that there is none

    @property
    def is_equal(self) -> bool:
        """Tell whether both are the same."""
        return not (self.differing or self.missing or self.extra)


def list_place(output: Path) -> Path:
    """Return where the checksums of an output folder are written."""
    return output.absolute().with_name(f"{output.absolute().name}.SHA256SUMS")


def record_place(place: Path) -> Path:
    """Return where the record is of what made an output folder, or a list of its checksums."""
    place = place.absolute()
    return place.with_name(f"{place.name.removesuffix('.SHA256SUMS')}.build.json")


def vouch(result: BuildResult) -> tuple[str, ...]:
    """Write the checksums of all that a build has published, and of what it was built.

    Returns the paths of files that are no longer as the build left them; then nothing is written. The list is sorted,
    and ``sha256sum -c`` reads it in the output folder. Raises OSError.
    """
    sums, size, altered = {}, 0, []
    for path, digest in sorted(published_digests(result.output).items()):
        try:
            data = (result.output / path).read_bytes()
        except OSError:
            data = b""
        if digest_bytes(data) != digest:
            altered.append(path)
        sums[path] = hashlib.sha256(data).hexdigest()
        size += len(data)
    if not altered:
        text = "".join(_lines(sums)).encode()
        record = _record(result, len(sums), size, hashlib.sha256(text).hexdigest())
        _write(list_place(result.output), text)
        _write(record_place(result.output), msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")
    return tuple(altered)


def read_record(place: Path) -> BuildRecord | None:
    """Return the record beside an output folder or a list of checksums, if there is one that can be read."""
    try:
        return msgspec.json.decode(record_place(place).read_bytes(), type=BuildRecord)
    except (OSError, msgspec.MsgspecError):
        return None


def compare(options: BuildOptions, place: Path, progress: Progress | None = None) -> Comparison:
    """Build a site elsewhere and return how ``place``, a folder or a list of checksums, differs from it.

    Nothing is taken from earlier builds. A list that names full addresses is asked only for what it names. Raises
    UnreadableListError, OSError, and what ``build`` raises.
    """
    with tempfile.TemporaryDirectory(prefix="gazepress-verify-") as folder:
        output = Path(folder) / "site"
        result = build(replace(options, output=output, cache=False, record=False), progress)
        if result.published is None:
            return Comparison(result)
        built = {path: _sum(output / path) for path in published_digests(output)}
    told, is_whole = _told_by_folder(place) if place.is_dir() else _told_by_list(options.site, place)
    same = [path for path, digest in told.items() if built.get(path) == digest]
    record = read_record(place)
    return Comparison(
        result=result,
        same=len(same),
        differing=tuple(sorted(path for path in told.keys() & built.keys() if built[path] != told[path])),
        missing=tuple(sorted(built.keys() - told.keys())) if is_whole else (),
        extra=tuple(sorted(told.keys() - built.keys())),
        causes=tuple(_causes(record, _record(result, len(built), 0, ""))) if record else (_unknown(place),),
    )


# --------------------------------------------------------------------------------------------------- what is told


def _told_by_folder(folder: Path) -> tuple[dict[str, str], bool]:
    """Return the checksum of each file of an output folder, and that these are all. Our own note does not count.

    A link to a folder, or to nothing, and whatever else is no file has none, and so is nothing that was built: a server
    may answer with what is behind it.
    """
    entries = (one for one in folder.rglob("*") if one.is_symlink() or not one.is_dir())
    files = ((one.relative_to(folder).as_posix(), one) for one in entries)
    return {path: _sum(file) if file.is_file() else "" for path, file in files if not is_ours(path)}, True


def _told_by_list(site: Path, file: Path) -> tuple[dict[str, str], bool]:
    """Return the checksums that a list names, and whether it means to name all."""
    settings = read_settings((site / SETTINGS_FILE).read_bytes()).value
    root = settings.url.rstrip("/") if settings else ""
    told: dict[str, str] = {}
    is_whole = True
    for number, line in enumerate(file.read_text("utf-8", errors="surrogateescape").split("\n"), 1):
        if not line.strip("\r"):
            continue
        match = _LINE.fullmatch(line.rstrip("\r"))
        if match is None:
            hint = "write 64 hexadecimal digits, two spaces, and a file or a full address, as `sha256sum` does"
            raise UnreadableListError(f"{file}:{number} is no line of a list of SHA-256 checksums; {hint}")
        name = _ESCAPED.sub(lambda escape: _MEANT[escape[1]], match[3]) if match[1] else match[3]
        if name.startswith(_ADDRESS):
            is_whole = False
            if root and f"{name}/".startswith(f"{root}/"):
                name = output_file(decode_path(name.removeprefix(root)) or "/")
        name = name.removeprefix("./")
        if told.setdefault(name, match[2]) != match[2]:  # one of the two would be believed unseen
            raise UnreadableListError(f"{file}:{number} gives another checksum of {name} than a line before")
    return told, is_whole


def _unknown(place: Path) -> str:
    return f"no {record_place(place).name} beside it tells of what it was built, and as of which hour"


def _causes(told: BuildRecord, here: BuildRecord) -> Iterator[str]:
    """Yield what was another when the site was built than it is now."""
    if told.sources != here.sources:
        yield "its sources were others, or this is another commit"
    if told.as_of != here.as_of and told.as_of is not None:
        yield f"it was built as of {told.as_of.isoformat()}"
    before = {"gazepress": told.gazepress, "python": told.python, "zlib": told.zlib, **told.libraries}
    now = {"gazepress": here.gazepress, "python": here.python, "zlib": here.zlib, **here.libraries}
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            yield f"{name} was {before.get(name, 'not there')}, and is {now.get(name, 'not there')} here"


# --------------------------------------------------------------------------------------------------- what is written


def _lines(sums: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a list as GNU coreutils writes them: where a name would break the line, it is escaped."""
    for path, digest in sums.items():
        escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        mark = "\\" if escaped != path else ""
        yield f"{mark}{digest}  {escaped}\n"


def _record(result: BuildResult, files: int, size: int, sums: str) -> BuildRecord:
    return BuildRecord(
        gazepress=__version__,
        python=platform.python_version(),
        zlib=zlib.ZLIB_RUNTIME_VERSION,
        libraries=library_versions(),
        as_of=result.as_of,
        sources=result.sources,
        articles=result.counts.articles,
        pages=result.counts.pages,
        files=files,
        bytes=size,
        sha256sums=sums,
    )


def _write(place: Path, data: bytes) -> None:
    """Put a file in its place at once: whoever reads meanwhile gets the old list or the new one."""
    temporary = place.with_name(f"{place.name}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
