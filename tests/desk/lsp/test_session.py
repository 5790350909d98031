"""How the server lives: what it opens, what it notices, what it says to those who cannot have it."""

import sys

import click
import pytest

from editor import Editor
from gazepress.cli.lsp import command
from support import SETTINGS, article, write_site

ONE, TWO = "content/articles/one.md", "content/articles/two.md"
BROKEN, LOUD, ZERO = "content/articles/broken.md", "content/articles/loud.md", "content/articles/zero.md"


@pytest.fixture
def small(tmp_path):
    return write_site(tmp_path / "site", {"site.yaml": SETTINGS, ONE: article("One")})


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """An editor that counts columns in bytes, and saves."""
    folder = tmp_path_factory.mktemp("desk")
    broken = {BROKEN: article("Broken", "See [[Zero]]."), LOUD: article("The Boats.")}
    site = write_site(folder / "site", {"site.yaml": SETTINGS, ONE: article("One"), **broken})
    found = Editor(site, encodings=("utf-8", "utf-16"), root=site / "content")
    yield found
    assert found.close() == 0


def test_columns_count_in_the_units_that_the_editor_prefers(desk):
    assert desk.capabilities.position_encoding == "utf-8"
    assert "Про 😀𝔘 [[One]]\n" in desk.choose(TWO, article("Two", "Про 😀𝔘 [[on¦"), "One")


def test_closed_texts_are_told_of_if_they_stop_the_build_and_opened_ones_of_all(desk):
    desk.wait_for_codes(BROKEN, lambda codes: codes == ["reference-unknown"])
    assert LOUD not in desk.told
    desk.write(BROKEN, article("Broken", "See [[Zero]]."))
    desk.wait_for_codes(BROKEN, lambda codes: "reference-unknown" in codes and len(codes) > 1)
    desk.leave(BROKEN)
    desk.wait_for_codes(BROKEN, lambda codes: codes == ["reference-unknown"])
    desk.save(ZERO, article("Zero"))  # what was missing is there now
    desk.wait_for_codes(BROKEN, lambda codes: codes == [])


def test_a_saved_text_is_known_to_all_others(desk):
    desk.write(ONE, article("One", "See [[Three]]."))
    assert "reference-unknown" in desk.codes(ONE)
    desk.save("content/articles/three.md", article("Three"))
    desk.wait_for_codes(ONE, lambda codes: "reference-unknown" not in codes)
    assert [item.label for item in desk.complete(ONE, article("One", "[[thr¦"))] == ["Three"]


def test_what_other_programs_write_is_known_too(desk):
    desk.wait(lambda: desk.watched)
    desk.write(ONE, article("One", "See [[Four]]."))
    assert "reference-unknown" in desk.codes(ONE)
    desk.change_outside("content/articles/four.md", article("Four"))
    desk.wait_for_codes(ONE, lambda codes: "reference-unknown" not in codes)


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


def test_a_site_with_broken_settings_is_told_so_and_serves_nothing_else_until_its_editor_is_gone(small):
    (small / "site.yaml").write_text("title: [\n", "utf-8")
    editor = Editor(small)
    assert editor.complete(TWO, article("Two", "[[on¦")) == []
    editor.wait_for_codes("site.yaml", lambda codes: codes == ["yaml-syntax"])
    assert editor.vanish() == 0


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


def test_without_its_library_the_command_says_what_to_install(monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("pygls", "gazepress.desk.lsp"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    with pytest.raises(click.UsageError, match=r"pip install 'gazepress\[lsp\]'"):
        command.callback(site=None, stdio=False)
