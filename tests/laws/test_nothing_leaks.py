"""What is held back leaves no trace: with and without it, the two trees are equal byte for byte."""

import gzip

import brotli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazepress.build import BuildOptions, build
from support import NOW, SETTINGS, article, photograph, read_tree, write_site

PUBLIC = {
    "site.yaml": SETTINGS + "references: warning\nper_page: 3\nprecompress: [gzip, brotli]\n",
    "content/articles/industry/one.md": article("One", "Text with [[Two]].", tags="[drones, radar]", authors="[Ann]"),
    "content/articles/industry/two.md": article("Two", "As The Gaze reported earlier, something.", tags="[Drones]"),
    "content/articles/policy/three.md": article("Three", "Read more on The Gaze: One", follows="one"),
    "content/articles/policy/einer.md": article("Einer", "Text.", lang="de", translates="one"),
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "content/authors/ann.md": "---\nname: Ann\n---\nBiography.\n",
}
SECRET = "Zephyrquill"
MARKERS = (
    {"status": "draft"},
    {"embargo": '"2026-06-01T09:00:00+02:00"'},
    {"date": "2026-03-01"},
)

_KEYS = ("tags", "authors", "follows", "translates", "lang", "aliases", "image")

held_articles = st.fixed_dictionaries(
    {
        "marker": st.sampled_from(MARKERS),
        "folder": st.sampled_from(["industry", "policy", "secret-section", "industry/2025"]),
        "tags": st.sampled_from(["[drones]", "[DRONES, DRONES!, radar]", f"[{SECRET}]", "[]"]),
        "authors": st.sampled_from(["[Ann]", f"[{SECRET}]", "[]"]),
        "follows": st.sampled_from(["[]", "[one]", "[two, three]"]),
        "translates": st.sampled_from(["one", "two", "Einer"]),
        "lang": st.sampled_from(["uk", "de", "en"]),
        "text": st.sampled_from(
            [
                "Plain text.",
                "As The Gaze reported earlier, [[One]] happened.",
                "Read more on The Gaze: Two",
                "[[Dangling title]] and a [file](missing.pdf).",
                "![A picture](secret.svg)",
                "![A picture](secret.jpg)",
            ]
        ),
        "aliases": st.sampled_from(["[]", "[/old/secret/]", "[/2025/10/one/]"]),
        "image": st.sampled_from(["{src: secret.svg}", "{src: secret.jpg}", "{src: /images/none.svg}"]),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(held_articles, min_size=1, max_size=4))
def test_held_articles_leave_no_trace(held, tmp_path_factory):
    folder = tmp_path_factory.mktemp("leak")
    without = write_site(folder / "without", PUBLIC)
    secret = {
        "content/articles/industry/secret.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/articles/industry/secret.jpg": photograph(),
    }
    for number, one in enumerate(held):
        parts = {key: one[key] for key in _KEYS} | one["marker"]
        title = SECRET if number == 0 else f"One {SECRET}"
        secret[f"content/articles/{one['folder']}/secret-{number}.md"] = article(title, one["text"], **parts)
    with_held = write_site(folder / "with", {**PUBLIC, **secret})
    trees = []
    for site in (without, with_held):
        result = build(BuildOptions(site=site, now=NOW, jobs=1))
        assert result.published is not None, result.diagnostics
        trees.append(read_tree(result.output))
    assert len(result.held) == len(held)
    assert trees[0] == trees[1]
    assert not any(SECRET.lower() in one.decode("utf-8", "replace").lower() for one in map(plain, trees[1].items()))


def plain(file):
    """Return the bytes of a file, of a compressed one those that it was made of."""
    path, data = file
    if path.endswith(".gz"):
        return gzip.decompress(data)
    return brotli.decompress(data) if path.endswith(".br") else data


def test_the_law_can_fail(tmp_path):
    """A build that shows what is held back must differ, or the test above would prove nothing."""
    files = {**PUBLIC, "content/articles/industry/secret.md": article(SECRET, status="draft")}
    site = write_site(tmp_path / "site", files)
    public = build(BuildOptions(site=site, now=NOW, jobs=1))
    drafts = build(BuildOptions(site=site, now=NOW, jobs=1, drafts=True))
    assert drafts.output != public.output
    assert {path for path in read_tree(drafts.output) if "secret" in path}
    assert not {path for path in read_tree(public.output) if "secret" in path}


def test_a_public_reference_to_a_held_article_is_an_error_that_does_not_name_its_title(tmp_path, gazepress):
    files = {
        "site.yaml": SETTINGS,
        "content/articles/public.md": article("Public", "See [it](secret.md)."),
        "content/articles/secret.md": article(SECRET, embargo='"2026-06-01T09:00:00+02:00"'),
    }
    write_site(tmp_path, files)
    built = gazepress("build", "--now", NOW)
    assert built.returncode == 1
    assert "content/articles/public.md:6:5: reference-held" in built.stderr
    assert SECRET not in built.stdout + built.stderr
    assert not (tmp_path / "public").exists()


def test_the_hour_releases_it(tmp_path, gazepress):
    files = {"site.yaml": SETTINGS, "content/articles/a.md": article(SECRET, embargo='"2026-06-01T09:00:00+02:00"')}
    write_site(tmp_path, files)
    before = gazepress("build", "--now", "2026-06-01T06:59:59Z")
    assert "next change by the hour: 2026-06-01 07:00 +0000" in before.stdout
    assert not (tmp_path / "public/2025/10/a/index.html").exists()
    gazepress("build", "--now", "2026-06-01T07:00:00Z")
    assert SECRET in (tmp_path / "public/2025/10/a/index.html").read_text("utf-8")


def test_a_reference_to_a_held_article_stops_even_a_lenient_site(tmp_path, gazepress):
    """Its words would stay in the text, unlinked, and a read-more line is the title of the held article."""
    files = {
        "site.yaml": SETTINGS + "references: warning\n",
        "content/articles/public.md": article("Public", f"Read more on The Gaze: {SECRET}"),
        "content/articles/secret.md": article(SECRET, status="draft"),
    }
    write_site(tmp_path, files)
    built = gazepress("build", "--now", NOW)
    assert built.returncode == 1
    assert "reference-held" in built.stderr
    assert not (tmp_path / "public").exists()
