"""What commands that only ask say where there is no site, and where its settings are broken."""

import pytest

from support import NOW, article, write_site

ASKING = [["schedule"], ["list"], ["stats"], ["related", "one"], ["new", "One"]]


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_outside_of_a_site_a_command_says_what_is_missing_and_writes_nothing(tmp_path, gazepress, command):
    run = gazepress(*command)
    assert (run.returncode, run.stdout) == (2, "")
    assert f"there is no site.yaml in {tmp_path}; --site names" in run.stderr
    assert "`gazepress init` makes a new one" in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_settings_that_cannot_be_read_are_told_by_their_line(tmp_path, gazepress, command):
    write_site(tmp_path, {"site.yaml": "title: The Gaze\nurl: gaze\n", "content/articles/one.md": article("One")})
    run = gazepress(*command, "--now", NOW)
    assert (run.returncode, run.stdout) == (1, "")
    assert "site.yaml:2:6: wrong-value: 'url' cannot be 'gaze'" in run.stderr
    assert "Traceback" not in run.stderr
