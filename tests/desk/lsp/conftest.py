"""The site that the tests of the language server have open."""

import pytest

from editor import Editor
from support import SETTINGS, article, write_site

SECTIONS = "sections:\n  - {slug: industry, name: Industry}\n  - {slug: policy, name: Policy}\n"
TEXT = "The yard began. “We sail”, it said.\n\nAnd so on."
FILES = {
    "site.yaml": SETTINGS + SECTIONS,
    "content/authors/olena-koval.md": "---\nname: Olena Koval\nrole: Editor\n---\n\nShe writes.\n",
    "content/pages/about.md": "---\ntitle: About Us\n---\n\nWho we are.\n",
    "content/articles/industry/keel.md": article(
        "A Keel Is Laid", f"{TEXT}\n\n## The second hull\n\nMore.", tags="[boats, keels]", authors="[Olena Koval]"
    ),
    "content/articles/industry/swarm.md": article(
        "Swarm Strategy: The Future of “Cheap” Drones", "See [[A Keel Is Laid]].", tags="[drones]", summary="On swarms."
    ),
    "content/articles/policy/budget.md": article("Budget", "The first budget.", date="2025-03-01"),
    "content/articles/policy/budget-again.md": article("Budget", "The second one.", date="2025-04-01"),
    "content/articles/policy/held.md": article("A Secret Deal", "Nobody knows.", embargo="2026-05-01 09:00+02:00"),
    "content/articles/policy/more.md": article(
        "More Keels",
        "Text.\n\nRead more on The Gaze: A Keel Is Laid",
        follows="[keel]",
        tags="[boats]",
        date="2025-11-01",
    ),
    "content/articles/policy/earlier.md": article(
        "Earlier", "As The Gaze reported earlier, the keel is laid.", date="2025-12-01"
    ),
    "content/articles/policy/broken.md": article("Broken", "See [[A Kel Is Laid]]."),
}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    return write_site(tmp_path_factory.mktemp("site"), FILES)


@pytest.fixture(scope="session")
def editor(site):
    """One editor for all tests that save nothing: each writes over what the last one wrote."""
    found = Editor(site)
    yield found
    assert found.close() == 0
    assert found.shown == []
