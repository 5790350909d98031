"""What a build takes for known of the output folder without reading it: what the manifest of the last build says."""

import pytest

from gazepress.build import BuildOptions, build
from gazepress.stages import publish
from gazepress.stages.publish.manifest import read_manifest, write_manifest
from support import NOW, SETTINGS, article, read_tree, write_site

TEXT = "content/articles/a.md"


@pytest.fixture
def site(tmp_path):
    files = {"site.yaml": SETTINGS, TEXT: article("Report"), "static/note.txt": "One.", "static/data.csv": "1"}
    return write_site(tmp_path / "site", files)


@pytest.fixture
def read(monkeypatch):
    """Return the folders whose manifests were read for publishing."""
    folders = []

    def noted(root):
        folders.append(root)
        return read_manifest(root)

    monkeypatch.setattr(publish, "read_manifest", noted)
    return folders


def run(site, **options):
    result = build(BuildOptions(site=site, now=NOW, jobs=1, **options))
    assert result.published is not None, result.diagnostics
    return result


def codes(result):
    return {one.code for one in result.diagnostics}


def assert_as_a_clean_build(site, tmp_path):
    run(site, cache=False, output=tmp_path / "clean")
    assert read_tree(site / "public") == read_tree(tmp_path / "clean")


def test_the_manifest_that_the_last_build_wrote_is_not_read(site, read, tmp_path):
    run(site)
    read.clear()
    (site / "static/note.txt").unlink()
    write_site(site, {TEXT: article("Report", "Other words.")})
    assert run(site).published.removed == ("note.txt",)
    assert read == []
    assert_as_a_clean_build(site, tmp_path)


def test_a_manifest_that_somebody_else_has_written_since_is_read(site, read, tmp_path):
    run(site)
    root = str(site / "public")
    write_site(site, {"public/theirs.txt": "by another build"})
    write_manifest(root, {**read_manifest(root).files, "theirs.txt": "0" * 32})
    read.clear()
    write_site(site, {TEXT: article("Report", "Other words.")})
    assert run(site).published.removed == ("theirs.txt",)
    assert read == [root]
    assert_as_a_clean_build(site, tmp_path)


def test_what_changed_while_it_was_copied_is_still_ours(site, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        patch.setattr(publish, "digest_bytes", lambda _: "0" * 32)
        assert len(run(site).published.doubtful) > 1
    (site / "static/note.txt").unlink()
    result = run(site)
    assert result.published.removed == ("note.txt",)
    assert "output-foreign" not in codes(result)
    assert_as_a_clean_build(site, tmp_path)


def test_what_vanished_before_it_was_remembered_is_made_by_the_next_build(site, monkeypatch, tmp_path):
    from gazepress.build import editions

    survey = editions.survey
    with monkeypatch.context() as patch:
        patch.setattr(
            editions, "survey", lambda output, paths: survey(output, [one for one in paths if one != "data.csv"])
        )
        run(site)
    (site / "public/data.csv").unlink()
    assert run(site).published.written == ("data.csv",)
    assert_as_a_clean_build(site, tmp_path)
