"""Plans as they are remembered: few of their parts are read again."""

from gazepress.build import BuildOptions, build, packed
from support import NOW, SETTINGS, article, write_site


def outputs_read(monkeypatch, site):
    """Return the result of a build, and the addresses of the outputs whose outlines it has read."""
    read = []
    read_one = packed._Outputs.__getitem__

    def note(outputs, at):
        found = read_one(outputs, at)
        read.append(found.url)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(packed._Outputs, "__getitem__", note)
        result = build(BuildOptions(site=site, now=NOW, jobs=1))
    return result, read


def test_an_edit_of_a_body_reads_the_outlines_of_the_outputs_that_it_makes_and_no_others(tmp_path, monkeypatch):
    texts = {f"content/articles/industry/{name}.md": article(name.title()) for name in ("one", "two", "three")}
    write_site(tmp_path, {"site.yaml": SETTINGS, **texts})
    assert build(BuildOptions(site=tmp_path, now=NOW, jobs=1)).published
    file = tmp_path / "content/articles/industry/two.md"
    file.write_text(file.read_text("utf-8").rstrip() + "\n\nAnd one paragraph more.\n", "utf-8")
    result, read = outputs_read(monkeypatch, tmp_path)
    assert result.counts.parsed == 1
    assert len(read) == result.counts.rendered < result.counts.outputs / 2
    assert any(url.endswith("/two/") for url in read)
