"""`gazepress why`: the reasons for which a page was made anew, as an editor reads them."""

import pytest

from gazepress.build import BuildOptions
from gazepress.why import explain
from support import NOW, SETTINGS, article, write_site

SITE = {
    "site.yaml": SETTINGS + "related: {count: 0}\n",
    "content/articles/boats/one.md": article("One", "Read more on The Gaze: Two", tags="[boats]"),
    "content/articles/boats/two.md": article("Two", date="2025-09-01"),
    "content/articles/guns/three.md": article("Three", date="2025-08-01", authors="[anna]"),
    "content/authors/anna.md": "---\nname: Anna\nrole: Reporter\n---\nShe writes.\n",
    "static/plan.txt": "A plan.",
}
ONE = "https://gaze.example/2025/10/one/"


@pytest.fixture
def site(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    build(gazepress, 1)
    return tmp_path


def build(gazepress, day):
    built = gazepress("build", "--now", f"2026-01-{day:02} 10:00")
    assert built.returncode == 0, built.stderr


def after(site, gazepress, **files):
    """Return what is said of the page of the first article once files have been changed."""
    write_site(site, {path.replace("__", "/"): text for path, text in files.items()})
    build(gazepress, 2)
    return why(gazepress, ONE)


def why(gazepress, address):
    said = gazepress("why", address)
    assert said.returncode == 0, said.stderr
    return said.stdout.splitlines()


def test_a_page_that_nothing_concerns_has_not_changed_since_it_was_made(site, gazepress):
    write_site(site, {"content/articles/guns/three.md": article("Three", "New words.", date="2025-08-01")})
    build(gazepress, 2)
    assert why(gazepress, ONE) == [
        "2025/10/one/index.html",
        "not made by the last build: nothing changed since 2026-01-01 10:00 +0000",
    ]


def test_the_title_of_another_article_is_named_with_its_place_and_its_file(site, gazepress):
    write_site(site, {"content/articles/boats/one.md": article("One", "Read more on The Gaze: Second", tags="[boats]")})
    said = after(site, gazepress, **{"content/articles/boats/two.md": article("Second", date="2025-09-01")})
    assert said[:2] == ["2025/10/one/index.html", "made by the last build, 2026-01-02 10:00 +0000"]
    assert "  reference 1.title changed: content/articles/boats/two.md" in said
    assert "  the text changed: content/articles/boats/one.md" in said


def test_a_feed_tells_in_which_of_its_articles_a_reference_has_changed(site, gazepress):
    settings = "feeds: {site: {items: 1}}\npartners: {ninjs: on, items: 1}\nsearch: on\n"
    after(site, gazepress, **{"site.yaml": SITE["site.yaml"] + settings})
    write_site(site, {"content/articles/boats/one.md": article("One", "Read more on The Gaze: Second", tags="[boats]")})
    after(site, gazepress, **{"content/articles/boats/two.md": article("Second", date="2025-09-01")})
    for whole in ("/feed.xml", "/ninjs.json"):
        said = why(gazepress, whole)
        assert "  reference 1 of article 1.title changed: content/articles/boats/two.md" in said
        assert "  the text changed: content/articles/boats/one.md" in said
    files = [file for file in (site / "public").rglob("*") if file.is_file() and file.name != ".gazepress-manifest"]
    assert len(files) > 60
    for file in files:  # whatever is asked for, there is an answer
        assert explain(BuildOptions(site=site, now=NOW, jobs=1), file.relative_to(site).as_posix()).path


def test_an_edit_of_the_text_alone_is_all_that_is_told(site, gazepress):
    words = "Read more on The Gaze: Two\n\nMore words."
    one = "content/articles/boats/one.md"
    said = after(site, gazepress, **{one: article("One", words, tags="[boats]", summary="S")})
    assert "  the text changed: content/articles/boats/one.md" in said
    said = after(site, gazepress, **{one: article("One", f"{words}\n\nAnd more.", tags="[boats]", summary="S")})
    assert said[2:] == ["  the text changed: content/articles/boats/one.md"]


def test_a_template_is_named(site, gazepress):
    said = after(site, gazepress, **{"templates/partials/footer-note.html": "<p>New.</p>"})
    assert said[2:] == [
        "  template templates/partials/footer-note.html is new",
        "  template theme:partials/footer-note.html is no longer used",
    ]
    said = after(site, gazepress, **{"templates/partials/footer-note.html": "<p>Newer.</p>"})
    assert said[2:] == ["  template templates/partials/footer-note.html changed"]


def test_the_settings_that_a_page_shows_are_named(site, gazepress):
    said = after(site, gazepress, **{"site.yaml": SITE["site.yaml"] + "description: All that floats.\n"})
    assert said[2:] == ["  site.description changed: '' → 'All that floats.'"]


def test_a_list_tells_which_articles_came_and_went(site, gazepress):
    write_site(site, {"content/articles/boats/four.md": article("Four", date="2025-11-01")})
    (site / "content/articles/boats/two.md").unlink()
    write_site(site, {"content/articles/boats/one.md": article("One", tags="[boats]")})
    build(gazepress, 2)
    said = why(gazepress, "/archive/2025/")
    assert "  cards: content/articles/boats/two.md is no longer there" in said
    assert "  cards: content/articles/boats/four.md is new there" in said


def test_the_front_page_and_a_section_tell_that_another_article_leads(site, gazepress):
    write_site(site, {"content/_front.yaml": "lead: two\nslots: [{title: Boats, articles: [three]}]\n"})
    build(gazepress, 2)
    said = why(gazepress, "/")
    assert "  lead changed: 'content/articles/boats/one.md' → 'content/articles/boats/two.md'" in said
    assert "  slots changed" in said
    write_site(site, {"content/articles/boats/two.md": article("Two", lead="true")})
    build(gazepress, 3)
    said = why(gazepress, "/sections/boats/")
    assert "  lead changed: 'content/articles/boats/one.md' → 'content/articles/boats/two.md'" in said


def test_a_new_page_a_copy_and_an_authors_page_say_so(site, gazepress):
    write_site(site, {"content/articles/boats/four.md": article("Four"), "static/plan.txt": "Another plan."})
    write_site(site, {"content/authors/anna.md": "---\nname: Anna\nrole: Editor\n---\nShe writes.\n"})
    build(gazepress, 2)
    assert why(gazepress, "/2025/10/four/")[2:] == ["  this address is new: content/articles/boats/four.md"]
    assert why(gazepress, "plan.txt")[2:] == ["  the file changed: static/plan.txt"]
    assert "  author anna.role changed: 'Reporter' → 'Editor'" in why(gazepress, "public/2025/08/three/index.html")


@pytest.mark.usefixtures("site")
def test_the_first_build_made_everything(gazepress):
    assert why(gazepress, ONE)[2:] == ["  no earlier build is remembered, so everything was made"]


def test_what_was_mended_is_told(site, gazepress):
    (site / "public/2025/10/one/index.html").write_text("By hand.")
    build(gazepress, 2)
    assert why(gazepress, ONE)[2:] == ["  the file in the output folder had been changed or removed"]


def test_a_compressed_file_is_as_old_as_its_file_and_for_its_reasons(site, gazepress):
    write_site(site, {"site.yaml": SITE["site.yaml"] + "precompress: [gzip, brotli]\n"})
    build(gazepress, 2)
    assert why(gazepress, f"{ONE}index.html.gz") == [
        "2025/10/one/index.html.gz",
        "it is 2025/10/one/index.html compressed; made by the last build, 2026-01-02 10:00 +0000",
        "  its file is as it was: 'precompress' asks for it since, or the library that compresses is another one",
    ]
    write_site(site, {"content/articles/boats/two.md": SITE["content/articles/boats/two.md"] + "\nMore words.\n"})
    (site / "public/2025/10/one/index.html.br").write_bytes(b"x")
    build(gazepress, 3)
    assert why(gazepress, "/2025/09/two/index.html.br")[1:] == [
        "it is 2025/09/two/index.html compressed; made by the last build, 2026-01-03 10:00 +0000",
        "  the text changed: content/articles/boats/two.md",
    ]
    what = "it is 2025/10/one/index.html compressed"
    since = "not made by the last build: nothing changed since 2026-01-02 10:00 +0000"
    assert why(gazepress, f"{ONE}index.html.gz")[1:] == [f"{what}; {since}"]
    assert why(gazepress, f"{ONE}index.html.br")[2:] == ["  the file in the output folder had been changed or removed"]
    said = gazepress("why", "/plan.txt.gz")
    assert said.returncode == 2
    assert "'precompress' asks for none, or it would not be smaller than plan.txt" in said.stderr


def test_a_file_of_our_own_that_is_named_like_a_compressed_one_is_what_it_is(site, gazepress):
    write_site(site, {"static/plan.txt.gz": "Ours."})
    build(gazepress, 2)
    write_site(site, {"static/plan.txt.gz": "Still ours."})
    build(gazepress, 3)
    assert why(gazepress, "plan.txt.gz")[1:] == [
        "made by the last build, 2026-01-03 10:00 +0000",
        "  the file changed: static/plan.txt.gz",
    ]


@pytest.mark.usefixtures("site")
def test_an_address_that_nothing_answers_is_told_the_nearest(gazepress):
    said = gazepress("why", "/2025/10/on/")
    assert said.returncode == 2
    assert "did you mean 2025/10/one/index.html?" in said.stderr


def test_without_a_memory_there_is_nothing_to_tell(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    said = gazepress("why", ONE)
    assert said.returncode == 2
    assert "build first" in said.stderr
