"""How the server lives: what it opens, what it notices, what it says to those who cannot have it."""

import subprocess
import sys

import pytest

from editor import Editor
from support import SETTINGS, article, write_site

ONE, TWO = "content/articles/one.md", "content/articles/two.md"


@pytest.fixture
def small(tmp_path):
    return write_site(tmp_path / "site", {"site.yaml": SETTINGS, ONE: article("One")})


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """An editor that counts columns in bytes, and saves."""
    folder = tmp_path_factory.mktemp("desk")
    site = write_site(folder / "site", {"site.yaml": SETTINGS, ONE: article("One")})
    found = Editor(site, encodings=("utf-8", "utf-16"), root=site / "content")
    yield found
    assert found.close() == 0


def test_columns_count_in_the_units_that_the_editor_prefers(desk):
    assert desk.capabilities.position_encoding == "utf-8"
    assert "Про 😀𝔘 [[One]]\n" in desk.choose(TWO, article("Two", "Про 😀𝔘 [[on¦"), "One")


def test_a_saved_text_is_known_to_all_others(desk):
    desk.write(ONE, article("One", "See [[Three]]."))
    assert "reference-unknown" in desk.codes(ONE)
    desk.save("content/articles/three.md", article("Three"))
    desk.wait_for_codes(ONE, lambda codes: "reference-unknown" not in codes)
    assert [item.label for item in desk.complete(ONE, article("One", "[[thr¦"))] == ["Three"]


def test_what_was_known_stays_while_the_settings_are_broken(desk):
    desk.save("site.yaml", "title: [\n")
    desk.wait_for_codes("site.yaml", lambda codes: codes == ["yaml-syntax"])
    assert [item.label for item in desk.complete(TWO, article("Two", "[[on¦"))] == ["One"]
    desk.save("site.yaml", SETTINGS)
    desk.wait_for_codes("site.yaml", lambda codes: codes == [])


@pytest.mark.parametrize(
    "path", ["content/notes.md", "content/data.yaml", "content/articles/_aside.md", "content/a/b.md"]
)
def test_files_that_no_build_reads_are_left_alone(desk, path):
    assert desk.hover(path, article("A", "See [[On¦e]].")) is None
    assert path not in desk.told


def test_a_site_with_broken_settings_is_told_so_and_serves_nothing_else(small):
    (small / "site.yaml").write_text("title: [\n", "utf-8")
    editor = Editor(small)
    assert editor.complete(TWO, article("Two", "[[on¦")) == []
    editor.wait_for_codes("site.yaml", lambda codes: codes == ["yaml-syntax"])
    assert editor.close() == 0


def test_the_site_lies_above_the_first_text_that_is_opened_and_texts_of_no_site_are_left_alone(tmp_path):
    write_site(tmp_path / "site", {"site.yaml": SETTINGS, ONE: article("One")})
    editor = Editor(tmp_path, "--stdio")
    assert editor.hover("notes.md", "# No¦tes\n") is None
    assert editor.titles("one") == []
    editor.write(f"site/{ONE}", article("One", "See [[Nobody]]."))
    assert "reference-unknown" in editor.codes(f"site/{ONE}")
    assert editor.titles("one") == [("One", f"site/{ONE}")]
    assert editor.symbols("site/README.md", "# Notes\n") == []
    assert editor.close() == 0


def test_without_its_library_the_command_says_what_to_install(tmp_path):
    code = "import sys; sys.modules['pygls'] = None; from gazepress.cli import main; sys.argv = ['x', 'lsp']; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "pip install 'gazepress[lsp]'" in done.stderr


def test_it_ends_when_the_editor_is_gone(small):
    command = [sys.executable, "-m", "gazepress", "lsp"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=small)
    server.communicate(timeout=60)
    assert server.returncode == 0
