"""The pipeline as a whole: how much work a build is, and that all problems of a run come together."""

import pytest

import gazepress.build as pipeline
from gazepress.build import BuildOptions, WrongUseError, build, log, read_site
from gazepress.pool import WorkerDiedError, ordered_map
from gazepress.stages.discover import discover as discover_files
from support import NOW, SETTINGS, article, read_tree, write_site

SITE = {
    "site.yaml": SETTINGS,
    "content/articles/industry/one.md": article("One"),
    "content/articles/industry/two.md": article("Two", "See [[One]]."),
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
}


def run(folder, **options):
    return build(BuildOptions(site=folder, now=options.pop("now", NOW), jobs=1, **options))


def codes(result):
    return [(found.path, found.line, found.code) for found in result.diagnostics]


def test_the_amount_of_work_is_part_of_the_result(tmp_path):
    write_site(tmp_path, SITE)
    first = run(tmp_path)
    assert (first.counts.articles, first.counts.parsed) == (2, 3)
    assert first.counts.written == first.counts.outputs == len(read_tree(tmp_path / "public")) - 1
    assert first.counts.rendered < first.counts.outputs, "copies are not rendered"
    second = run(tmp_path)
    assert (second.counts.written, second.counts.removed) == (0, 0)


def test_an_edit_writes_the_page_and_what_shows_it(tmp_path):
    write_site(tmp_path, SITE)
    run(tmp_path)
    write_site(tmp_path, {"content/articles/industry/two.md": article("Two", "See [[One]].\n\nMore.")})
    page, *feeds = run(tmp_path).published.written
    assert page == "2025/10/two/index.html"
    names = ("atom.xml", "feed.json", "feed.xml")
    assert sorted(feeds) == [*names, *(f"sections/industry/{name}" for name in names)]


def test_an_edited_template_is_looked_into_again_for_what_it_uses(tmp_path):
    write_site(tmp_path, {**SITE, "templates/404.html": "404"})
    run(tmp_path)
    write_site(tmp_path, {"templates/404.html": "404, {% include 'part.html' %}", "templates/part.html": "a part"})
    assert run(tmp_path).published.written == ("404.html",)
    write_site(tmp_path, {"templates/part.html": "another part"})
    assert run(tmp_path).published.written == ("404.html",)
    assert (tmp_path / "public/404.html").read_text("utf-8") == "404, another part"


def test_what_is_no_longer_made_is_removed(tmp_path):
    write_site(tmp_path, SITE)
    run(tmp_path)
    (tmp_path / "content/articles/industry/two.md").unlink()
    removed = run(tmp_path).published.removed
    assert "2025/10/two/index.html" in removed
    assert all(path.startswith("2025/10/two/") for path in removed)
    assert not (tmp_path / "public/2025/10/two").exists()


def test_problems_of_all_stages_come_together(tmp_path):
    files = {
        "site.yaml": SETTINGS + "menu: [{title: Gone, url: /gone/}]\n",
        "content/articles/a.md": article("A", "[[Nothing]]"),
        "content/articles/b.md": article("B", "<blink>x</blink>"),
        "static/2025/10/b/index.html": "in the way",
        "templates/article.html": "{% if %}",
    }
    write_site(tmp_path, files)
    found = codes(run(tmp_path))
    assert ("site.yaml", 3, "link-broken") in found
    assert ("content/articles/a.md", 6, "reference-unknown") in found
    assert ("content/articles/b.md", 6, "html-removed") in found
    assert ("templates/article.html", 1, "template-syntax") in found
    assert "url-collision" in {code for _, _, code in found}
    assert found == sorted(found)


def test_a_reference_to_a_file_that_cannot_be_read_is_not_held_against_the_text(tmp_path):
    write_site(tmp_path, {**SITE, "content/articles/industry/one.md": "---\ntitle: One\n---\nText.\n"})
    assert codes(run(tmp_path)) == [("content/articles/industry/one.md", 2, "missing-key")]


def test_drafts_have_a_folder_of_their_own(tmp_path):
    write_site(tmp_path, SITE)
    assert run(tmp_path, drafts=True).output == tmp_path / "public-drafts"


def test_what_lies_in_the_output_folder_is_no_source(tmp_path):
    write_site(tmp_path, SITE)
    inside = tmp_path / "static-site"
    assert run(tmp_path, output=inside).published is not None
    assert run(tmp_path, output=inside).published.written == ()


def test_a_hostile_drawing_beside_an_article_stops_the_build(tmp_path):
    files = {
        **SITE,
        "content/articles/industry/one.md": article("One", "![A drawing](x.svg)"),
        "content/articles/industry/x.svg": '<svg xmlns="http://www.w3.org/2000/svg">\n<script/></svg>',
    }
    write_site(tmp_path, files)
    assert codes(run(tmp_path)) == [("content/articles/industry/x.svg", 2, "unsafe-svg")]


@pytest.mark.parametrize(
    ("working", "named"),
    [
        ("_read_anew", "content/articles/industry/two.md"),
        ("related", "content/articles/industry/two.md"),
        ("draw", "2025/10/one/index.html"),
    ],
)
def test_a_worker_that_dies_is_an_error_that_names_what_it_worked_on(tmp_path, monkeypatch, working, named):
    def dies(work, items, **options):
        if work.__name__ == working and items:
            raise WorkerDiedError((1,))
        return ordered_map(work, items, **options)

    write_site(tmp_path, SITE)
    monkeypatch.setattr(log, "ordered_map", dies)
    result = run(tmp_path)
    assert result.published is None
    assert not (tmp_path / "public").exists()
    assert [one.path for one in result.diagnostics if one.code == "worker-died"] == [named]


@pytest.mark.parametrize("now", ["soon", "2026-13-01", ""])
def test_what_is_no_time_is_wrong_use(tmp_path, now):
    write_site(tmp_path, SITE)
    with pytest.raises(WrongUseError, match="time"):
        run(tmp_path, now=now)


def test_the_time_of_a_build_without_offset_is_in_the_sites_timezone(tmp_path):
    files = {**SITE, "site.yaml": SETTINGS + "timezone: Europe/Kyiv\n"}
    write_site(tmp_path, files)
    newsroom = read_site(BuildOptions(site=tmp_path, now="2026-01-01 12:00", jobs=1)).value
    assert newsroom.as_of.isoformat() == "2026-01-01T12:00:00+02:00"


def test_a_file_that_is_gone_before_it_is_read_is_a_problem_with_a_place(tmp_path, monkeypatch):
    def discover(*arguments, **options):
        found = discover_files(*arguments, **options)
        (tmp_path / "content/articles/industry/two.md").unlink()
        return found

    write_site(tmp_path, SITE)
    monkeypatch.setattr(pipeline, "discover", discover)
    result = run(tmp_path)
    assert result.published is None
    assert ("content/articles/industry/two.md", 0, "unreadable") in codes(result)


def test_a_copied_file_that_changes_meanwhile_is_copied_again_by_the_next_build(tmp_path, monkeypatch):
    def discover(*arguments, **options):
        found = discover_files(*arguments, **options)
        write_site(tmp_path, {"static/plan.txt": "A new plan."})
        return found

    write_site(tmp_path, {**SITE, "static/plan.txt": "A plan."})
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "discover", discover)
        assert run(tmp_path).published is not None
    write_site(tmp_path, {"static/plan.txt": "A plan."})
    assert run(tmp_path).published is not None
    assert (tmp_path / "public/plan.txt").read_text() == "A plan."


def test_an_interrupt_while_pages_are_made_leaves_the_output_as_it_was(tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    write_site(tmp_path, SITE)
    run(tmp_path)
    before = read_tree(tmp_path / "public")
    write_site(tmp_path, {"content/articles/industry/two.md": article("Two", "See [[One]].\n\nMore.")})
    with monkeypatch.context() as patch:
        patch.setattr(log, "ordered_map", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path)
    assert read_tree(tmp_path / "public") == before


def test_what_the_hour_has_released_stays_when_a_text_is_edited_afterwards(tmp_path):
    write_site(tmp_path, {**SITE, "content/articles/secret.md": article("Secret", embargo="2026-02-01 09:00+00:00")})
    run(tmp_path)
    run(tmp_path, now="2026-02-02 09:00")
    released = tmp_path / "public/2025/10/secret/index.html"
    assert released.is_file()
    write_site(tmp_path, {"content/articles/industry/two.md": article("Two", "See [[One]].\n\nMore.")})
    run(tmp_path, now="2026-02-03 09:00")
    assert released.is_file()
    run(tmp_path, now="2026-01-02 09:00")
    assert not released.exists()
    write_site(tmp_path, {"content/articles/industry/two.md": article("Two", "See [[One]].\n\nEven more.")})
    run(tmp_path, now="2026-01-03 09:00")
    assert not released.exists()


@pytest.mark.parametrize("kind", ["pack", "documents-?.record"])
def test_damage_in_what_is_remembered_of_texts_is_said_once_and_mended(tmp_path, kind):
    write_site(tmp_path, SITE)
    run(tmp_path)
    for file in (tmp_path / ".gazepress").glob(f"*{kind}"):
        file.write_bytes(bytes(byte ^ 1 for byte in file.read_bytes()))
    said = []
    for number in range(3):
        write_site(tmp_path, {"templates/partials/footer-note.html": f"<p>{number}</p>"})
        write_site(tmp_path, {"content/articles/n.md": article(f"N {number}")})
        said.append([one.path for one in run(tmp_path).diagnostics if one.code == "cache-rebuilt"])
    assert said == [[str(tmp_path / ".gazepress")], [], []]


def test_after_another_version_all_texts_are_parsed_once_and_not_twice(tmp_path):
    write_site(tmp_path, SITE)
    run(tmp_path)
    for file in (tmp_path / ".gazepress").glob("*.record"):
        head, rest = file.read_bytes().split(b"\n", 1)
        file.write_bytes(head[:-32] + b"0" * 32 + b"\n" + rest)
    parsed = []
    for number in range(2):
        write_site(tmp_path, {"content/articles/n.md": article(f"N {number}")})
        parsed.append(run(tmp_path).counts.parsed)
    assert parsed[0] > 1
    assert parsed[1] == 1


def test_a_published_folder_that_was_replaced_by_a_link_is_not_written_through(tmp_path):
    write_site(tmp_path / "site", SITE)
    run(tmp_path / "site")
    (tmp_path / "site/public/2025").rename(tmp_path / "elsewhere")
    (tmp_path / "site/public/2025").symlink_to(tmp_path / "elsewhere")
    before = read_tree(tmp_path / "elsewhere")
    write_site(tmp_path / "site", {"content/articles/industry/two.md": article("Two", "See [[One]].\n\nMore.")})
    result = run(tmp_path / "site")
    assert (result.published, [one.code for one in result.diagnostics]) == (None, ["output-failed"])
    assert read_tree(tmp_path / "elsewhere") == before


def test_the_editors_tools_see_what_is_held_back_with_its_address(tmp_path):
    held = article("Held", date="2030-01-01")
    write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/held.md": held, "content/articles/broken.md": "no"})
    checked = read_site(BuildOptions(site=tmp_path, now="2026-01-01", jobs=1, drafts=True))
    assert checked.value.graph.articles["content/articles/held.md"].held.reason == "future date"
    assert checked.value.paths == {"content/articles/held.md": "/2030/01/held/"}
    assert [one.code for one in checked.diagnostics] == ["front-matter-missing"]
