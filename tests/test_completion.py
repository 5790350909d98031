"""What shells offer after a press of the tab key, and what the manual page says."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time

import click
import pytest

from gazepress.cli import command
from gazepress.names import Names, load_names, save_names
from support import NOW, SETTINGS, article, read_newsroom, write_site

SITE = {
    "site.yaml": SETTINGS,
    "content/authors/iryna-vyhadko.md": "---\nname: Iryna Vyhadko\n---\n",
    "content/articles/industry/patrol-boats.md": article("Patrol Boats: the Third", tags="[Black Sea, steel]"),
    "content/articles/industry/patent-office.md": article("A Patent Office", slug="patents", authors="[iryna-vyhadko]"),
    "content/articles/industry/paint.md": article("Paint", status="draft"),
}


@pytest.fixture
def site(tmp_path):
    write_site(tmp_path, SITE)
    read_newsroom(tmp_path, drafts=False)
    return tmp_path


@pytest.fixture
def shell(site):
    """Return the environment of a shell that finds the command."""
    program = site / "bin/gazepress"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gazepress "$@"\n')
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(site), "TERM": "dumb"}


def offered(gazepress, *words, **options):
    """Return what is offered for the last of these words."""
    line = {"COMP_WORDS": " ".join(["gazepress", *words]), "COMP_CWORD": str(len(words))}
    found = gazepress(env={"_GAZEPRESS_COMPLETE": "bash_complete", **line}, **options)
    assert found.stderr == ""
    return sorted(one.partition(",")[2] for one in found.stdout.splitlines() if one)


def test_names_of_the_last_build_are_offered_and_what_is_held_back_too(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    assert gazepress("build", "--now", NOW).returncode == 0
    assert offered(gazepress, "related", "pa") == ["paint", "patents", "patrol-boats"]
    assert offered(gazepress, "list", "--tag", "bl") == ["black-sea"]
    assert offered(gazepress, "list", "--author", "i") == ["iryna-vyhadko"]
    assert offered(gazepress, "new", "--section", "i") == ["industry"]
    assert offered(gazepress, "mv", "patr") == offered(gazepress, "correct", "patr") == ["patrol-boats"]
    assert offered(gazepress, "mv", "tag:bl") == ["tag:black-sea"]
    assert "schedule" in offered(gazepress, "")


def test_another_site_is_asked_where_an_option_names_it(site, gazepress):
    (site / "elsewhere").mkdir()
    assert offered(gazepress, "related", "--site", "..", "pain", cwd=site / "elsewhere") == ["paint"]
    assert offered(gazepress, "related", "pain", cwd=site / "elsewhere") == []


def test_names_that_were_damaged_are_no_names_and_no_trouble(site, gazepress):
    (site / ".gazepress/names.json").write_text('{"articles": [')
    assert offered(gazepress, "related", "pa") == []
    assert gazepress("list", "--now", NOW).returncode == 0
    assert offered(gazepress, "related", "pai") == ["paint"]
    save_names(site / "nowhere", Names())
    assert load_names(site / "nowhere") == Names()


def test_a_press_of_the_key_loads_little(site):
    code = (
        "import sys\nfrom gazepress import cli\ntry:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "print('loaded', *sorted(sys.modules))"
    )
    env = {"_GAZEPRESS_COMPLETE": "bash_complete", "COMP_WORDS": "gazepress related pat", "COMP_CWORD": "2"}
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=site, env={**os.environ, **env}, capture_output=True, text=True, check=True
    ).stdout
    assert "plain,patrol-boats" in said
    assert not {"gazepress.build", "gazepress.model", "yaml", "rich"} & set(said.partition("loaded ")[2].split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
def test_bash_completes(site, shell):
    script = """
        eval "$(gazepress completion bash)"
        COMP_WORDS=(gazepress related pat) COMP_CWORD=2
        _gazepress_completion gazepress pat related
        echo "${COMPREPLY[@]}"
    """
    done = subprocess.run(["bash", "-c", script], cwd=site, env=shell, capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == ["patents", "patrol-boats"]


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not here")
def test_fish_completes_and_shows_headlines(site, shell):
    script = "gazepress completion fish | source; complete -C 'gazepress related pat'"
    done = subprocess.run(["fish", "-c", script], cwd=site, env=shell, capture_output=True, text=True, check=True)
    assert sorted(done.stdout.splitlines()) == ["patents\tA Patent Office", "patrol-boats\tPatrol Boats: the Third"]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not here")
def test_zsh_completes(site, shell):
    screen, terminal = pty.openpty()
    streams = {"stdin": terminal, "stdout": terminal, "stderr": terminal}
    running = subprocess.Popen(["zsh", "-f", "-i"], cwd=site, env=shell, start_new_session=True, **streams)
    os.close(terminal)
    try:
        os.write(screen, b'autoload -Uz compinit; compinit -u -D; eval "$(gazepress completion zsh)"; echo rea""dy\n')
        assert "ready" in read_until(screen, "ready\r\n")
        os.write(screen, b"gazepress related patr\t")
        assert "patrol-boats" in read_until(screen, "patrol-boats")
    finally:
        running.kill()
        running.wait()
        os.close(screen)


def read_until(screen, words, seconds=20):
    shown, end = "", time.monotonic() + seconds
    while words not in shown and time.monotonic() < end:
        if select.select([screen], [], [], 0.2)[0]:
            shown += os.read(screen, 65536).decode(errors="replace")
    return shown


def test_the_manual_page_has_every_command_and_every_option(gazepress):
    page = gazepress("man").stdout
    plain = page.replace("\\-", "-")
    root = click.Context(command)
    for name in command.list_commands(root):
        assert f"\n.SS gazepress {name}" in plain
        for parameter in command.get_command(root, name).params:
            assert all(option in plain for option in parameter.opts if option.startswith("--"))


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not here")
def test_man_shows_the_page_without_a_warning(gazepress, tmp_path):
    (tmp_path / "gazepress.1").write_text(gazepress("man").stdout)
    env = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"}
    shown = subprocess.run(
        ["man", "--warnings", "-l", "gazepress.1"], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert shown.stderr == ""
    assert "--no-cache" in shown.stdout
    assert "SOURCE_DATE_EPOCH" in shown.stdout
