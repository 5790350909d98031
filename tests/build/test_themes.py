"""The templates of the built-in theme are examined once for all sites."""

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from gazepress import theme
from gazepress.build import BuildOptions, build
from gazepress.build.program import program_digest
from gazepress.stages.render import templates
from support import NOW, SETTINGS, article, read_tree, write_site

FILES = {"site.yaml": SETTINGS, "content/articles/one.md": article("One")}


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """The folder of what is compiled of the theme, where Python keeps its compiled modules for the time of a test."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    modules = Path(cache_from_source(theme.__file__)).parent
    modules.mkdir(parents=True)
    return modules / "templates"


def built(folder, files=FILES):
    result = build(BuildOptions(site=write_site(folder, files), now=NOW, jobs=1))
    assert result.published is not None
    return read_tree(folder / "public")


def test_a_second_site_takes_them_from_the_first(tmp_path, compiled, monkeypatch):
    first = built(tmp_path / "first")
    assert [file.name for file in compiled.glob("*.record")] == ["built-in.record"]
    examine = templates._examine

    def only_own(path, source):
        assert not path.startswith(theme.THEME)
        return examine(path, source)

    monkeypatch.setattr(templates, "_examine", only_own)
    assert built(tmp_path / "second") == first
    own = {**FILES, "templates/partials/foot.html": "Mine.", "templates/404.html": "{% include 'partials/foot.html' %}"}
    assert built(tmp_path / "third", own)["404.html"] == b"Mine."


def test_what_is_damaged_is_made_anew(tmp_path, compiled):
    first = built(tmp_path / "first")
    record = compiled / "built-in.record"
    whole = record.read_bytes()
    record.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert built(tmp_path / "second") == first
    assert record.read_bytes() == whole


@pytest.mark.parametrize("hindrance", ["python", "folder"])
def test_where_python_may_not_keep_its_modules_neither_are_templates_kept(tmp_path, compiled, monkeypatch, hindrance):
    if hindrance == "python":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        compiled.parent.rmdir()
    assert "index.html" in built(tmp_path / "site")
    assert not compiled.exists()


def test_what_is_kept_beside_the_program_is_no_part_of_it(tmp_path, monkeypatch):
    before = program_digest()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    built(tmp_path / "site")
    assert program_digest.__wrapped__() == before
