"""The command ``gazepress check``: what it tells, to whom, how heavy, and how often the same work is done."""

import json
import re

import pytest

from desk.check.test_report import against_the_schema
from gazepress.build import BuildOptions, read_site
from gazepress.desk.check import check_site, check_text
from support import NOW, SETTINGS, article, write_site

LONG = "A headline that never comes to its end " * 4
ARTICLE = article(
    LONG.strip(), "Click [here](http://far.example/).", summary="Short.", sources="[{name: A}, {name: B}]"
)


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/one.md": ARTICLE})


def check(site, jobs=1):
    return check_site(BuildOptions(site=site, now=NOW, jobs=jobs))


def told(site):
    return [(one.code, one.severity.value) for one in check(site)]


def lines(run):
    return [line for line in run.stdout.splitlines() if not line.startswith(" ")]


# ----------------------------------------------------------------------------------------------------- what is told


@pytest.mark.usefixtures("site")
def test_the_rules_speak_of_a_text_with_line_and_column(gazepress):
    run = gazepress("check", "--now", NOW)
    assert run.returncode == 0, run.stderr
    assert lines(run) == [
        "content/articles/one.md:2:8: headline-long: warning: the headline has 155 characters",
        "content/articles/one.md:8:7: link-insecure: note: the link to http://far.example/ is not encrypted",
        "content/articles/one.md:8:7: link-vague: warning: the link “here” does not tell where it leads",
        "2 warnings, 1 note",
    ]


def test_what_the_build_finds_comes_first(gazepress, site):
    write_site(site, {"content/articles/two.md": article("Two", "See [[Nothing]].", summary="A few more words.")})
    run = gazepress("check", "--now", NOW)
    assert run.returncode == 1
    assert [line.split(": ")[1] for line in lines(run)[:2]] == ["reference-unknown", "headline-long"]


def test_a_site_whose_settings_cannot_be_read_is_told_so(gazepress, site):
    write_site(site, {"site.yaml": "title: [\n"})
    run = gazepress("check", "--now", NOW)
    assert run.returncode == 1
    assert "site.yaml" in run.stdout
    assert "1 error" in run.stdout


def test_a_text_that_cannot_be_read_hides_no_other(gazepress, site):
    write_site(site, {"content/articles/two.md": "no front matter"})
    run = gazepress("check", "--now", NOW)
    assert run.returncode == 1
    assert "front-matter-missing" in run.stdout
    assert "headline-long" in run.stdout


def test_nothing_in_a_draft_is_urgent(site):
    write_site(site, {"content/articles/one.md": ARTICLE.replace("date:", "status: draft\ndate:")})
    assert {severity for _, severity in told(site)} == {"note"}


def test_what_waits_for_its_hour_is_looked_at_like_the_rest(site):
    write_site(site, {"content/articles/one.md": ARTICLE.replace("2025-10-27", "2030-10-27")})
    assert ("headline-long", "warning") in told(site)


# --------------------------------------------------------------------------------------------------- how much it weighs


def test_site_yaml_says_how_much_a_code_weighs(site):
    checks = "checks:\n  severity: {headline-long: error, link-vague: off}\n"
    write_site(site, {"site.yaml": SETTINGS + checks})
    assert told(site) == [("headline-long", "error"), ("link-insecure", "note")]


@pytest.mark.parametrize(
    ("pattern", "is_silent"),
    [
        ("content/articles/", True),
        ("content/*/one.md", True),
        ("content/articles/one.md", True),
        ("content/articles", False),
        ("content/pages/", False),
        ("one.md", False),
    ],
)
def test_a_code_may_be_silent_for_some_paths_only(site, pattern, is_silent):
    checks = f"checks:\n  severity: {{headline-long: error}}\n  paths:\n    {pattern}: {{headline-long: off}}\n"
    write_site(site, {"site.yaml": SETTINGS + checks})
    assert (("headline-long", "error") not in told(site)) is is_silent


def test_an_article_may_ignore_a_code(site):
    write_site(site, {"content/articles/one.md": ARTICLE.replace("date:", "ignore: [link-vague]\ndate:")})
    assert [code for code, _ in told(site)] == ["headline-long", "link-insecure"]


def test_nobody_can_silence_what_stops_the_build(site):
    checks = "checks:\n  severity: {reference-unknown: off}\n"
    text = article("Two", "See [[Nothing]].", summary="Enough.", ignore="[reference-unknown]")
    write_site(site, {"site.yaml": SETTINGS + checks, "content/articles/two.md": text})
    assert told(site)[0] == ("reference-unknown", "error")


def test_a_code_that_nothing_has_is_told_with_the_nearest(site):
    checks = "checks:\n  severity: {headline-lang: off}\n  paths:\n    content/: {link-vag: off}\n"
    text = ARTICLE.replace("date:", "ignore: [link-vage]\ndate:")
    write_site(site, {"site.yaml": SETTINGS + checks, "content/articles/one.md": text})
    found = [(one.path, one.line, one.message, one.hint) for one in check(site) if one.code == "check-unknown"]
    assert found == [
        ("content/articles/one.md", 3, "there is no check 'link-vage'", "did you mean 'link-vague'?"),
        ("site.yaml", 4, "there is no check 'headline-lang'", "did you mean 'headline-long'?"),
        ("site.yaml", 6, "there is no check 'link-vag'", "did you mean 'link-vague'?"),
    ]


@pytest.mark.usefixtures("site")
def test_the_exit_status_follows_the_severity_that_was_chosen(gazepress):
    statuses = [gazepress("check", "--now", NOW, "--fail-on", one).returncode for one in ("error", "warning")]
    assert statuses == [0, 1]


# ---------------------------------------------------------------------------------------------------- where and how


def test_paths_limit_what_is_told_from_here_or_from_the_site(gazepress, site):
    write_site(site, {"content/articles/far/two.md": ARTICLE, "content/articles/farther.md": ARTICLE})
    for run in (
        gazepress("check", "--now", NOW, "content/articles/far"),
        gazepress("check", "--now", NOW, "--site", "..", "content/articles/far/two.md", cwd=site / "content"),
    ):
        assert {line.split(":")[0] for line in lines(run)[:-1]} == {"content/articles/far/two.md"}


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("path", ["content/nothing.md", ".."])
def test_a_path_that_is_not_in_the_site_is_wrong_use(gazepress, path):
    run = gazepress("check", "--now", NOW, path)
    assert run.returncode == 2
    assert run.stderr.startswith("Usage: gazepress check")


def test_outside_of_a_site_the_command_says_so(gazepress):
    run = gazepress("check")
    assert run.returncode == 2
    assert "there is no site.yaml" in run.stderr


def test_of_each_code_ten_are_told_unless_all_are_asked_for(gazepress, site):
    write_site(site, {f"content/articles/a{number}.md": ARTICLE for number in range(12)})
    run = gazepress("check", "--now", NOW)
    assert run.stdout.count("headline-long: ") == 10
    assert re.search(r"^… and more: .*\b3 of headline-long\b.*; --verbose", run.stdout, re.MULTILINE)
    assert gazepress("check", "--now", NOW, "--verbose").stdout.count("headline-long: ") == 13


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("shape", "sign"), [("json", '"findings": ['), ("sarif", '"runs": ['), ("github", "::warning ")]
)
def test_programs_are_told_in_their_own_ways(gazepress, shape, sign):
    run = gazepress("check", "--now", NOW, "--format", shape)
    assert run.returncode == 0
    assert sign in run.stdout
    assert shape != "sarif" or against_the_schema(json.loads(run.stdout)) == []


# ------------------------------------------------------------------------------------------------------ how often


def test_an_unchanged_text_is_not_looked_at_again(site, monkeypatch):
    from gazepress.desk.check import looking

    asked = []
    real = looking.look_at_text

    def counted(*arguments):
        asked.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(looking, "look_at_text", counted)
    write_site(site, {"content/articles/two.md": article("Two", summary="Enough.", kind="opinion")})
    first = check(site)
    assert len(asked) == 2
    write_site(site, {"content/articles/two.md": article("Three", summary="Enough.", kind="opinion")})
    assert check(site) == first
    assert len(asked) == 3


def test_all_is_told_again_when_the_hour_changes_the_site(site):
    text = article("Two", "See [one](one.md).", summary="Enough.", kind="opinion", embargo="2026-01-01T13:00+00:00")
    write_site(site, {"content/articles/two.md": text, "content/articles/three.md": text.replace("one.md", "two.md")})
    write_site(site, {"content/articles/three.md": article("Three", "See [two](two.md).", summary="Enough.")})
    assert "reference-held" in {one.code for one in check(site)}
    later = check_site(BuildOptions(site=site, now="2026-01-01T14:00+00:00", jobs=1))
    assert "reference-held" not in {one.code for one in later}


def test_what_is_no_source_is_told_though_no_source_has_changed(site):
    assert "file-ignored" not in dict(told(site))
    write_site(site, {"content/note.md": "A note."})
    assert "file-ignored" in dict(told(site))
    (site / "content/note.md").unlink()
    assert "file-ignored" not in dict(told(site))


def test_several_workers_tell_the_same_as_one(site):
    write_site(site, {f"content/articles/a{number}.md": ARTICLE for number in range(70)})
    assert check(site, jobs=2) == check_site(BuildOptions(site=site, now=NOW, jobs=1, cache=False))


def test_a_damaged_memory_changes_nothing_that_is_told(site):
    first = check(site)
    for record in (site / ".gazepress").glob("checked*"):
        record.write_bytes(b"noise")
    assert check(site) == first


# ----------------------------------------------------------------------------------------------- a text in an editor


def test_a_text_that_is_not_saved_yet_is_looked_at_by_itself(site):
    newsroom = read_site(BuildOptions(site=site, now=NOW, jobs=1, drafts=True)).value
    saved = check_text(newsroom, "content/articles/one.md", ARTICLE)
    assert [one.code for one in saved] == ["headline-long", "link-insecure", "link-vague"]
    mended = check_text(newsroom, "content/articles/one.md", ARTICLE.replace("[here]", "[the far site]"))
    assert [one.code for one in mended] == ["headline-long", "link-insecure"]
    broken = check_text(newsroom, "content/articles/new.md", "---\ntitle: x\n---\n")
    assert [(one.path, one.code) for one in broken] == [("content/articles/new.md", "missing-key")]
