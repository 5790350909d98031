"""Sites that are built once, their server, and one browser for each process that runs tests."""

import fcntl
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from audit import places
from audit.pages import all_pages, page_kinds
from audit.server import served
from support import Command, write_site

ROOT = Path(__file__).parents[2]
NOW = "2026-11-24T12:00:00Z"


def _reason():
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "the Python package playwright is not installed; `make test` does it"
    return places.missing()


@pytest.fixture(scope="session")
def browser():
    """Return Chromium. Where it is not at hand, tests are skipped, or fail if GAZEPRESS_BROWSER is ``required``."""
    if reason := _reason():
        (pytest.fail if os.environ.get("GAZEPRESS_BROWSER") == "required" else pytest.skip)(reason)
    from audit.chrome import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Make a folder once, whichever process of the tests comes first."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name, build):
        folder = base / name
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / ".whole").exists():
                built = build(folder)
                assert built.returncode == 0, built.stderr
                (folder / ".whole").touch()
        return folder / "public"

    return make


@pytest.fixture(scope="session")
def sample_site(shared):
    """Return the folder of the repository's own publication, built."""
    return shared(
        "browser-sample",
        lambda folder: Command(ROOT)("build", "--output", f"{folder}/public", "--strict", "--now", NOW),
    )


@pytest.fixture(scope="session")
def stress_site(shared):
    """Return the folder of the publication in which everything is too long, built."""
    from stress import FILES

    return shared("browser-stress", lambda folder: Command(write_site(folder, FILES))("build", "--now", NOW))


@pytest.fixture(scope="session")
def sample(browser, sample_site):  # noqa: ARG001 - no browser, no server
    """Return the address of the sample."""
    with served(sample_site) as home:
        yield home


@pytest.fixture(scope="session")
def stress(browser, stress_site):  # noqa: ARG001 - no browser, no server
    """Return the address of the site in which everything is too long."""
    with served(stress_site) as home:
        yield home


@pytest.fixture(scope="session")
def kinds(sample_site):
    """Return an address of the sample for each kind of page."""
    return page_kinds(all_pages(sample_site))


@pytest.fixture(scope="session")
def windows(browser):
    """Keep one window for each site, since opening one takes longer than most tests."""
    from audit.chrome import visit

    opened = {}
    with ExitStack() as open_windows:

        def window(home):
            if home not in opened:
                opened[home] = open_windows.enter_context(visit(browser, home))
            return opened[home].as_new()

        yield window


@pytest.fixture
def window(windows, sample):
    """Return a window on the sample, of a desk by day."""
    return windows(sample)


@pytest.fixture
def stress_window(windows, stress):
    """Return a window on the site in which everything is too long, of a desk by day."""
    return windows(stress)


@pytest.fixture
def visit(browser):
    """Return what opens a window of a kind of its own on a site; it is closed after the test."""
    from audit.chrome import visit

    with ExitStack() as windows:
        yield lambda home, **options: windows.enter_context(visit(browser, home, **options))
