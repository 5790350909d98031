"""The program's digest: which libraries it names."""

import re
from importlib.metadata import PackageNotFoundError, requires

from gazepress.build.program import SHAPING, program_digest

COMMAND_ONLY = {"click", "rich", "pygments", "watchfiles", "anyio", "idna"}  # they shape no page


def needed(package):
    found = {package}
    try:
        wanted = requires(package) or []
    except PackageNotFoundError:
        return found  # needed on other systems only
    for line in wanted:
        name, _, condition = line.partition(";")
        if "extra" not in condition and "python_version <" not in condition:
            found |= needed(re.match(r"[\w.-]+", name)[0])
    return found


def normal(name):
    return re.sub(r"[-_.]+", "_", name).lower()


def test_every_library_that_can_shape_a_page_is_named():
    names = {normal(name) for name in needed("gazepress")} - {"gazepress"}
    assert names - SHAPING <= COMMAND_ONLY | {"six", "tzdata", "typing_extensions"}


def test_the_digest_is_the_same_each_time():
    assert program_digest() == program_digest.__wrapped__()
