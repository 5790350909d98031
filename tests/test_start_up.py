"""What is loaded: a build in which nothing has changed needs none of the heavy libraries."""

import subprocess
import sys

import pytest

from support import NOW, SETTINGS, article, write_site

HEAVY = {
    "babel",
    "dateutil",
    "feedgen",
    "jinja2",
    "lxml",
    "markdown_it",
    "mdit_py_plugins",
    "nh3",
    "rapidfuzz",
    "rich",
    "slugify",
    "sqlite3",
    "translitua",
    "yaml",
}
# Names and not seconds: what is imported does not depend on the machine.
RUN = """
import sys
from gazepress import cli
sys.argv = ["gazepress", *sys.argv[1:]]
try:
    cli.main()
except SystemExit:
    pass
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}), *sorted(
    name for name in sys.modules if name.startswith("gazepress.")))
"""


def loaded(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.partition("loaded:")[2].split())


@pytest.fixture
def site(tmp_path, gazepress):
    write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/one.md": article("One")})
    assert gazepress("build", "--now", NOW).returncode == 0
    return tmp_path


def test_the_version_needs_nothing_but_the_command(tmp_path):
    names = loaded(tmp_path, "--version")
    assert not names & (HEAVY | {"msgspec", "yaml", "zoneinfo"})
    assert {name for name in names if name.startswith("gazepress.")} == {"gazepress.cli", "gazepress.cli.options"}


def test_a_build_without_changes_loads_neither_parser_nor_templates_nor_feeds(site):
    names = loaded(site, "build", "--now", NOW)
    assert not names & (HEAVY | {"hashlib", "gzip"})
    stages = {name.split(".")[2] for name in names if name.startswith("gazepress.stages.")}
    assert stages == {"discover", "publish"}


def test_a_build_without_changes_loads_nothing_that_knows_what_texts_say_and_pages_show(site):
    names = {name.removeprefix("gazepress.") for name in loaded(site, "build", "--now", NOW)}
    assert not names & {"config", "documents", "matter", "model", "outlines", "page_views", "urls", "views"}
    assert {name for name in names if name.startswith("build.")} == {
        f"build.{name}" for name in "editions keys lock log looking outcome program remembered run store".split()
    }


def test_a_check_without_changes_loads_no_more_than_a_build_without_changes(site):
    loaded(site, "check", "--now", NOW)
    names = loaded(site, "check", "--now", NOW)
    assert not names & HEAVY
    assert not {name for name in names if name.startswith("gazepress.desk.check.rules")}


def test_an_edit_loads_only_what_it_needs(site):
    write_site(site, {"content/articles/two.md": article("Two", date="2020-01-01")})
    names = loaded(site, "build", "--now", NOW)
    assert {"markdown_it", "jinja2"} <= names
    assert "rich" not in names
