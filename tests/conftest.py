"""Fixtures of all tests."""

import pytest

from support import Command, quick_folder


@pytest.fixture
def gazepress(tmp_path):
    """Run the command in the test's own folder."""
    return Command(tmp_path)


@pytest.fixture
def quick_path(tmp_path):
    """Return a folder like ``tmp_path``, in memory where that is possible."""
    with quick_folder(tmp_path) as folder:
        yield folder
