"""Texts that lie compressed beside themselves."""

import gzip
import sys

import brotli
import pytest

from gazepress.build import BuildOptions, build
from gazepress.compression import is_text
from support import NOW, SETTINGS, article, read_tree, write_site

ON = f"{SETTINGS}pictures: {{share: false}}\nprecompress: [gzip, brotli]\n"
TEXTS = {
    "site.yaml": ON,
    "content/articles/one.md": article("One"),
    "content/articles/two.md": article("Two"),
    "static/table.csv": "a,b\n" * 100,
    "static/tiny.txt": "x",
    "static/noise.bin": "a" * 1000,
    "static/own.txt": "a" * 1000,
    "static/own.txt.gz": "of our own",
}
FORMS = {".gz": gzip.decompress, ".br": brotli.decompress}


@pytest.fixture
def made(tmp_path):
    """Return what builds the site, with changes to its files, and returns the result."""
    write_site(tmp_path, TEXTS)

    def run(**files):
        write_site(tmp_path, files)
        result = build(BuildOptions(site=tmp_path, now=NOW, jobs=1))
        assert result.published is not None, result.diagnostics
        return result

    return run


def pressed(tree):
    return {path for path in tree if path.endswith(tuple(FORMS))}


def test_every_text_lies_beside_itself_in_each_form_unless_that_is_not_smaller(made, tmp_path):
    made()
    tree = read_tree(tmp_path / "public")
    for path in pressed(tree) - {"own.txt.gz"}:
        assert FORMS[path[-3:]](tree[path]) == tree[path[:-3]], path
        assert len(tree[path]) < len(tree[path[:-3]])
    lacking = {path for path in tree if is_text(path) for form in FORMS if path + form not in tree}
    assert lacking == {path for path in lacking if len(tree[path]) < 100}
    assert {"tiny.txt"} <= lacking
    assert {"index.html.gz", "2025/10/one/index.html.br", "feed.xml.gz", "table.csv.br"} <= pressed(tree)
    assert "noise.bin.gz" not in tree
    assert tree["own.txt.gz"] == b"of our own"


def test_nothing_of_the_hour_or_the_system_is_in_a_compressed_file(made, tmp_path):
    made()
    head = (tmp_path / "public/index.html.gz").read_bytes()[:10]
    assert head == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"  # RFC 1952, 2.3: no time, no name, any system


def test_an_edit_compresses_what_it_has_changed_and_the_tree_is_that_of_a_clean_build(made, tmp_path):
    made()
    assert made().counts.written == 0
    result = made(**{"content/articles/one.md": article("One", "Other words."), "static/table.csv": "c,d\n" * 100})
    written = set(result.published.written)
    assert {"2025/10/one/index.html.gz", "2025/10/one/index.html.br", "table.csv.gz"} <= written
    assert "2025/10/two/index.html.gz" not in written
    (tmp_path / "public/index.html.gz").unlink()
    (tmp_path / "public/index.html.br").write_bytes(b"x")
    assert set(made().published.written) == {"index.html.gz", "index.html.br"}
    grown = read_tree(tmp_path / "public")
    clean = build(BuildOptions(site=tmp_path, now=NOW, jobs=2, cache=False, output=tmp_path / "clean"))
    assert clean.published is not None
    assert read_tree(tmp_path / "clean") == grown


def test_what_is_switched_off_goes(made, tmp_path):
    made()
    made(**{"site.yaml": ON.replace("gzip, brotli", "gzip")})
    assert {path[-3:] for path in pressed(read_tree(tmp_path / "public"))} == {".gz"}
    made(**{"site.yaml": ON.replace("[gzip, brotli]", "[]"), "content/articles/one.md": article("One", "More.")})
    assert pressed(read_tree(tmp_path / "public")) == {"own.txt.gz"}


def test_a_text_that_is_no_longer_smaller_has_no_form_of_old_bytes_beside_it(made, tmp_path):
    made()
    made(**{"static/table.csv": "a"})
    assert not [path for path in pressed(read_tree(tmp_path / "public")) if path.startswith("table")]


def test_without_the_library_the_build_says_how_to_get_it_and_writes_nothing(tmp_path, monkeypatch):
    write_site(tmp_path, TEXTS)
    monkeypatch.setitem(sys.modules, "brotli", None)
    monkeypatch.setattr("gazepress.compression.find_spec", lambda _: None)
    result = build(BuildOptions(site=tmp_path, now=NOW, jobs=1))
    assert result.published is None
    assert [(one.code, one.hint) for one in result.diagnostics] == [
        ("wrong-value", "pip install 'gazepress[brotli]', or leave it out")
    ]
    assert not (tmp_path / "public").exists()
