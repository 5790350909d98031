"""What is remembered does not grow without bound."""

from gazepress.build import BuildOptions, build
from support import NOW, SETTINGS, article, write_site

EDITS = 60


def size(folder):
    return sum(file.stat().st_size for file in folder.iterdir())


def test_a_text_that_is_edited_again_and_again_leaves_only_its_last_versions(tmp_path):
    words = "Words. " * 2000
    write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/one.md": article("One", words)})
    sizes = []
    for edit in range(EDITS):
        write_site(tmp_path, {"content/articles/one.md": article("One", f"{words}\n\nEdit {edit}.", summary="Short.")})
        assert build(BuildOptions(site=tmp_path, now=NOW, jobs=1)).counts.parsed == 1
        sizes.append(size(tmp_path / ".gazepress"))
    assert max(sizes[EDITS // 2 :]) < 3 * max(sizes[: EDITS // 2])
    assert sizes[-1] < 25 * (len(words) + 60_000)


def test_the_outputs_of_many_folders_are_not_all_remembered(tmp_path):
    write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/one.md": article("One")})
    for number in range(12):
        build(BuildOptions(site=tmp_path, now=NOW, jobs=1, output=tmp_path / f"out{number}"))
    assert len(list((tmp_path / ".gazepress").glob("plan-*"))) == 8
