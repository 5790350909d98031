"""The command as its users meet it: options, exit statuses, and what is said to a person, a pipe or a program."""

import json
import os
import pty
import re
import select
import subprocess
import sys

import pytest

from gazepress import __version__
from support import NOW, PLACE, SETTINGS, article, write_site

SITE = {"site.yaml": SETTINGS, "content/articles/one.md": article("One")}
ALL_STAGES = ["discover", "parse", "graph", "plan", "render", "publish"]
BROKEN = {**SITE, "content/articles/one.md": article("One", "First line.\n\nSee [[Ome]].")}


def test_version_and_help_are_told_without_a_site(gazepress):
    assert gazepress("--version").stdout == f"gazepress {__version__}\n"
    shown = gazepress("--help")
    assert shown.returncode == 0
    assert "build" in shown.stdout
    assert "graph" in shown.stdout


def test_an_error_is_one_line_that_editors_and_ci_can_parse(tmp_path, gazepress):
    write_site(tmp_path, BROKEN)
    built = gazepress("build", "--now", NOW)
    assert built.returncode == 1
    found = PLACE.search(built.stderr)
    assert found
    assert found["path"] == "content/articles/one.md"
    assert (found["line"], found["column"], found["code"]) == ("8", "5", "reference-unknown")
    assert "\033" not in built.stderr
    assert "hint: " in built.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--jobs", "0"], "jobs"),
        (["build", "--now", "yesterday"], "yesterday"),
        (["build", "--verbose", "--quiet"], "exclude"),
        (["build", "--site", "nowhere"], "nowhere"),
        (["build", "--format", "xml"], "xml"),
        (["bild"], "bild"),
    ],
)
def test_wrong_use_exits_2_and_says_what_is_wrong(tmp_path, gazepress, arguments, said):
    write_site(tmp_path, SITE)
    run = gazepress(*arguments)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_folder_without_settings_is_wrong_use(gazepress):
    run = gazepress("build")
    assert run.returncode == 2
    assert "site.yaml" in run.stderr


def test_source_date_epoch_is_the_time_of_the_build(tmp_path, gazepress):
    write_site(tmp_path, {**SITE, "content/articles/later.md": article("Later", date="2025-12-01")})
    before = gazepress("build", env={"SOURCE_DATE_EPOCH": "1762000000"})
    assert "held back: 1" in before.stdout
    after = gazepress("build", env={"SOURCE_DATE_EPOCH": "1767000000"})
    assert "held back" not in after.stdout
    assert gazepress("build", env={"SOURCE_DATE_EPOCH": "soon"}).returncode == 2


def test_json_is_one_document_with_everything_in_it(tmp_path, gazepress):
    write_site(tmp_path, {**BROKEN, "content/articles/draft.md": article("Draft", status="draft")})
    run = gazepress("build", "--format", "json", "--now", NOW)
    document = json.loads(run.stdout)
    assert run.returncode == 1
    assert document["status"] == "failed"
    (found,) = [one for one in document["diagnostics"] if one["severity"] == "error"]
    assert (found["path"], found["line"], found["column"]) == ("content/articles/one.md", 8, 5)
    assert document["held"] == [{"path": "content/articles/draft.md", "reason": "draft", "until": None}]
    write_site(tmp_path, SITE)
    document = json.loads(gazepress("build", "--format", "json", "--now", NOW).stdout)
    assert document["status"] == "built"
    assert document["counts"]["articles"] == 1
    assert document["counts"]["written"] == document["counts"]["outputs"]


def test_quiet_says_nothing_when_all_is_well(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    run = gazepress("build", "--quiet", "--now", NOW)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_verbose_tells_the_seconds_of_each_stage(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    said = gazepress("build", "--verbose", "--now", NOW).stdout
    for stage in ("discover", "parse", "graph", "plan", "render", "publish"):
        assert re.search(rf"^\s+{stage}\s+\d+\.\d\d s$", said, re.MULTILINE)
    assert "article.html" in said


def test_a_profile_tells_what_took_how_long_down_to_texts_and_pages(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    assert gazepress("build", "--now", NOW, "--profile", "profile.json").returncode == 0
    profile = json.loads((tmp_path / "profile.json").read_text("utf-8"))
    assert {stage["stage"] for stage in profile["stages"]} >= {
        "discover",
        "parse",
        "graph",
        "plan",
        "render",
        "publish",
    }
    assert profile["counts"]["rendered"] == sum(one["pages"] for one in profile["templates"])
    assert any(one["name"].startswith("content/articles/") for one in profile["texts"])
    assert all((tmp_path / "public" / one["name"]).is_file() for one in profile["outputs"])
    seconds = [one["seconds"] for one in profile["outputs"]]
    assert seconds == sorted(seconds, reverse=True)
    assert gazepress("build", "--now", NOW, "--profile", "profile.json").returncode == 0
    profile = json.loads((tmp_path / "profile.json").read_text("utf-8"))
    assert (profile["texts"], profile["outputs"], profile["counts"]["rendered"]) == ([], [], 0)


def test_a_profile_that_cannot_be_written_is_told_in_words(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    said = gazepress("build", "--now", NOW, "--profile", "no/folder/profile.json")
    assert said.returncode == 1
    assert "no/folder/profile.json" in said.stderr
    assert "Traceback" not in said.stderr


def test_drafts_are_built_beside_the_site_with_a_mark(tmp_path, gazepress):
    write_site(tmp_path, {**SITE, "content/articles/draft.md": article("Unfinished", status="draft")})
    assert gazepress("build", "--drafts", "--now", NOW).returncode == 0
    assert not (tmp_path / "public").exists()
    page = (tmp_path / "public-drafts/2025/10/draft/index.html").read_text("utf-8")
    assert "Draft" in page
    assert "noindex" in page


def test_a_folder_of_somebody_else_is_refused_without_force(tmp_path, gazepress):
    write_site(tmp_path, {**SITE, "public/mine.txt": "mine"})
    refused = gazepress("build", "--now", NOW)
    assert refused.returncode == 1
    assert "output-refused" in refused.stderr
    assert gazepress("build", "--force", "--now", NOW).returncode == 0
    assert (tmp_path / "public/mine.txt").read_text() == "mine"
    assert "mine.txt" in gazepress("build", "--now", NOW).stderr


def test_a_closed_pipe_is_no_accident(tmp_path):
    write_site(tmp_path, {**SITE, **{f"content/articles/n{n}.md": article(f"N{n}") for n in range(300)}})
    command = f"'{sys.executable}' -m gazepress graph --now {NOW} | head -c 10"
    run = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in run.stderr
    assert len(run.stdout) == 10


def test_what_is_related_to_an_article_is_told_with_the_reasons(tmp_path, gazepress):
    write_site(tmp_path, {**SITE, "content/articles/two.md": article("Two", "See [[One]].", date="2025-11-01")})
    run = gazepress("related", "two", "--now", NOW)
    assert run.returncode == 0
    assert "\nRelated\n  “One”\n      content/articles/one.md\n" in run.stdout
    assert "one refers to the other" not in run.stdout
    assert "one refers to the other" in gazepress("related", "two", "--why", "--now", NOW).stdout
    unknown = gazepress("related", "tow", "--now", NOW)
    assert unknown.returncode == 2
    assert "two" in unknown.stderr


def test_a_terminal_gets_colour_the_line_and_a_caret(tmp_path):
    write_site(tmp_path, BROKEN)
    shown = _on_a_terminal(tmp_path, {})
    assert "\033[" in shown
    assert "See [[Ome]]." in shown
    assert re.search(r"│ \S*\s+\^", shown)


def test_no_color_is_honoured(tmp_path):
    write_site(tmp_path, BROKEN)
    assert "\033[" not in _on_a_terminal(tmp_path, {"NO_COLOR": "1"})


def test_wrong_use_is_told_without_breaking_a_word_on_a_narrow_terminal(tmp_path):
    said = _on_a_terminal(tmp_path, {"COLUMNS": "40"}, "--no-cahce", "--jbos", status=2).replace("\r\n", "\n")
    line, *more = said.partition("Error: ")[2].splitlines()
    assert more
    assert all(len(one) <= 40 for one in (f"Error: {line}", *more))
    assert " ".join((line, *(one.strip() for one in more))).startswith("No such option '--no-cahce'. (Did you mean")


def _on_a_terminal(folder, env, *options, status=1):
    """Run a build whose streams are a pseudo-terminal, and return all that it shows."""
    screen, terminal = pty.openpty()
    build = subprocess.Popen(
        [sys.executable, "-m", "gazepress", "build", "--now", NOW, *options],
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", **env},
    )
    os.close(terminal)
    shown = b""
    while select.select([screen], [], [], 30)[0]:
        try:
            data = os.read(screen, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(screen)
    assert build.wait(30) == status
    return shown.decode()
