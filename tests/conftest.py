"""Fixtures of all tests."""

import pytest

from support import Command


@pytest.fixture
def gazepress(tmp_path):
    """Run the command in the test's own folder."""
    return Command(tmp_path)
