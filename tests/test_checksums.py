"""What a build vouches for, and whether something is what a source builds."""

import json
import os
import shutil
import subprocess

import pytest

from gazepress.build import BuildResult
from gazepress.checksums import vouch
from support import NOW, SETTINGS, Command, article, read_tree, write_site

TEXTS = {
    "site.yaml": SETTINGS + "pictures: {share: false}\n",
    "content/articles/one.md": article("One"),
    "content/articles/draft.md": article("Two", status="draft"),
    "static/a b/naïve 'x'.txt": "text",
    "static/line\\end.txt": "text",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the folder of a site that was built with checksums."""
    folder = write_site(tmp_path_factory.mktemp("built"), TEXTS)
    run = Command(folder)("build", "--checksums", "--now", NOW)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture
def site(tmp_path, built):
    """Return a copy of that folder."""
    return shutil.copytree(built, tmp_path, dirs_exist_ok=True)


def lines(site):
    return (site / "public.SHA256SUMS").read_text("utf-8").splitlines()


def last_line(run):
    return run.stdout.splitlines()[-1]


def test_sha256sum_finds_every_file_of_the_site_as_the_list_says(site):
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "../public.SHA256SUMS"],
        cwd=site / "public",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    names = [line.lstrip("\\")[66:] for line in lines(site)]
    assert sorted(name.replace("\\\\", "\\") for name in names) == sorted(
        path for path in read_tree(site / "public") if path != ".gazepress-manifest"
    )


def test_the_record_tells_what_made_the_site_and_nothing_of_the_machine(site, gazepress):
    record = json.loads((site / "public.build.json").read_bytes())
    assert record["as_of"] == "2026-01-01T12:00:00Z"
    assert (record["articles"], record["files"]) == (1, len(lines(site)))
    assert {"jinja2", "msgspec", "pillow"} <= {name.lower() for name in record["libraries"]}
    assert str(site) not in json.dumps(record)
    again = (site / "public.build.json").read_bytes()
    shutil.rmtree(site / ".gazepress")
    assert gazepress("build", "--checksums", "--now", NOW, "--jobs", "1").returncode == 0
    assert (site / "public.build.json").read_bytes() == again


def test_a_site_is_the_same_bytes_whether_somebody_vouches_for_it_or_not(site, gazepress):
    assert gazepress("build", "--now", NOW, "--output", "plain").returncode == 0
    assert read_tree(site / "plain") == read_tree(site / "public")


def test_other_sources_give_another_record(site, gazepress):
    before = json.loads((site / "public.build.json").read_bytes())["sources"]
    write_site(site, {"content/articles/draft.md": article("Three", status="draft")})
    assert gazepress("build", "--checksums", "--now", NOW).returncode == 0
    assert json.loads((site / "public.build.json").read_bytes())["sources"] != before


def test_nobody_vouches_for_a_file_that_was_changed_since_it_was_built(site):
    before = (site / "public.SHA256SUMS").read_bytes()
    write_site(site, {"public/index.html": "x"})
    (site / "public/robots.txt").unlink()
    assert vouch(BuildResult(site / "public", ())) == ("index.html", "robots.txt")
    assert (site / "public.SHA256SUMS").read_bytes() == before


# ------------------------------------------------------------------------------------------------------ verify


def test_what_was_built_is_what_the_source_builds_at_the_hour_that_its_record_tells(site, gazepress):
    told = gazepress("verify", "public")
    assert told.returncode == 0, told.stderr + told.stdout
    assert (
        last_line(told)
        == f"{len(lines(site))} files of public: all are what this source builds as of 2026-01-01 12:00 +0000"
    )
    assert not (site / "urls.lock").exists()


def test_every_file_that_differs_is_named(site, gazepress):
    write_site(site, {"public/index.html": "x", "public/new.txt": "x"})
    (site / "public/robots.txt").unlink()
    told = gazepress("verify", "public")
    assert told.returncode == 1
    assert told.stdout.splitlines()[:3] == ["differs: index.html", "missing: robots.txt", "extra: new.txt"]
    assert "1 differs, 1 missing, 1 extra" in last_line(told)


def test_a_compressed_file_is_a_file_like_others(site, gazepress):
    write_site(site, {"site.yaml": TEXTS["site.yaml"] + "precompress: [gzip]\n"})
    assert gazepress("build", "--checksums", "--now", NOW).returncode == 0
    told = gazepress("verify", "public")
    assert told.returncode == 0, told.stdout
    write_site(site, {"public/index.html.gz": "x", "public/new.html.gz": "x"})
    (site / "public/feed.xml.gz").unlink()
    told = gazepress("verify", "public")
    assert told.stdout.splitlines()[:3] == ["differs: index.html.gz", "missing: feed.xml.gz", "extra: new.html.gz"]


def test_whatever_a_server_might_answer_with_is_looked_at(site, gazepress, tmp_path_factory):
    elsewhere = write_site(tmp_path_factory.mktemp("elsewhere"), {"secret.html": "x"})
    output = site / "public"
    (output / "folder").symlink_to(elsewhere)
    (output / "nowhere").symlink_to(elsewhere / "nothing")
    os.mkfifo(output / "pipe")
    write_site(site, {"public/.gazepress-tmp-1/a.html": "left by a killed build"})
    told = gazepress("verify", "public")
    assert told.returncode == 1, told.stderr
    extra = [".gazepress-tmp-1/a.html", "folder", "nowhere", "pipe"]
    assert told.stdout.splitlines()[:4] == [f"extra: {path}" for path in extra]


def test_an_hour_to_come_is_warned_of_and_a_missing_record_is_told(site, gazepress):
    shutil.copytree(site / "public", site / "mirror")
    told = gazepress("verify", "mirror", "--now", NOW)
    assert (told.returncode, told.stderr) == (0, "")
    told = gazepress("verify", "mirror", "--now", "2099-01-01")
    assert "still to come" in told.stderr
    write_site(site, {"mirror/new.txt": "x"})
    told = gazepress("verify", "mirror", "--now", NOW)
    assert "  no mirror.build.json beside it tells of what it was built, and as of which hour\n" in told.stdout


def test_what_was_another_in_the_sources_is_told(site, gazepress):
    write_site(site, {"content/articles/one.md": article("One", "Other text.")})
    told = gazepress("verify", "public.SHA256SUMS")
    assert told.returncode == 1
    assert "differs: 2025/10/one/index.html\n" in told.stdout
    assert "  its sources were others" in told.stdout


def test_a_list_of_addresses_is_asked_for_what_it_names(site, gazepress):
    known = {line[66:]: line[:64] for line in lines(site)}
    told = f"{known['index.html']}  https://gaze.example/\n{known['2025/10/one/index.html']} *https://gaze.example/2025/10/one/\r\n"
    write_site(site, {"seen.txt": f"{told}{'0' * 64}  https://gaze.example/feed.xml\n{'0' * 64}  https://x.example/\n"})
    differs = gazepress("verify", "seen.txt", "--now", NOW)
    assert differs.returncode == 1
    assert differs.stdout.splitlines()[:2] == ["differs: feed.xml", "extra: https://x.example/"]
    assert last_line(differs).endswith("1 differs, 1 extra; 2 the same")


def test_the_address_of_the_site_is_that_of_its_front_page(site, gazepress):
    known = {line[66:]: line[:64] for line in lines(site)}
    write_site(site, {"seen.txt": f"{known['index.html']}  https://gaze.example\n"})
    told = gazepress("verify", "seen.txt", "--now", NOW)
    assert told.returncode == 0, told.stdout


def test_a_list_that_contradicts_itself_is_not_believed(site, gazepress):
    write_site(site, {"seen.txt": f"{'0' * 64}  index.html\n" + "\n".join(lines(site))})
    told = gazepress("verify", "seen.txt", "--now", NOW)
    assert told.returncode == 2
    assert "gives another checksum of index.html than a line before" in told.stderr


@pytest.mark.usefixtures("site")
def test_what_is_no_list_is_wrong_use(gazepress):
    told = gazepress("verify", "site.yaml")
    assert told.returncode == 2
    assert "site.yaml:1 is no line of a list of SHA-256 checksums" in told.stderr


def test_a_source_that_cannot_be_built_compares_to_nothing(site, gazepress):
    write_site(site, {"content/articles/one.md": "---\ntitle: [\n---\n"})
    told = gazepress("verify", "public")
    assert told.returncode == 1
    assert "one.md" in told.stderr
    assert "not built, so nothing was compared" in told.stderr
