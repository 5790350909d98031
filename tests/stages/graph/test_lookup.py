"""One text asks a graph that is known: it is told what a build would say, and nothing of what it asked before."""

import pytest

from gazepress.diagnostics import Checked
from gazepress.model import ToArticle, ToHere
from gazepress.settings import Settings
from gazepress.stages.graph.lookup import Lookup

SETTINGS = Settings(title="The Gaze", url="https://gaze.example/", publication="The Gaze")
KEEL, SECRET, FROM = "content/articles/keel.md", "content/articles/secret.md", "content/articles/from.md"


@pytest.fixture
def documents(article):
    return {
        KEEL: article("A Keel Is Laid", fragments=("hull",)),
        SECRET: article("A Secret", embargo="2027-01-01"),
        FROM: article("From Here", fragments=("top",)),
    }


@pytest.fixture
def lookup(documents, build):
    return Lookup(build(documents, show_held=True).value, SETTINGS, files=())


def test_a_text_is_told_what_a_build_with_it_would_say(lookup, documents, article, ref, build):
    refs = [ref("wiki", one) for one in ("A Keel Is Laid#hull", "A Keel Is Lade", "A Secret", "From Here", "#top")]
    new = article("From Here", "2025-12-01", *refs, fragments=("top",))
    checked = lookup.check(FROM, new)
    built = build({**documents, FROM: new}, show_held=True)
    assert checked.value == built.value.targets[FROM]
    assert checked.value[0] == ToArticle(KEEL, "hull")
    assert set(checked.diagnostics) == set(built.diagnostics)


def test_places_are_those_of_the_text_as_it_is_now(lookup, article, ref):
    text = article("From Here", "2025-12-01", ref("wiki", "#new"), fragments=("new",))
    assert lookup.check(FROM, text).value == (ToHere("new"),)
    text = article("From Here", "2025-12-01", ref("wiki", "From Here#new"), fragments=("new",))
    assert lookup.check(FROM, text) == Checked((ToArticle(FROM, "new"),))
    text = article("From Here", "2025-12-01", ref("wiki", "#new"), fragments=("newer",))
    assert [one.code for one in lookup.check(FROM, text).diagnostics] == ["fragment-unknown"]


def test_hints_do_not_run_out(lookup, article, ref):
    for at in range(120):
        (found,) = lookup.check(FROM, article("F", "2025-12-01", ref("wiki", f"A Keel Is Laid {at}"))).diagnostics
        assert "A Keel Is Laid" in found.hint


def test_a_name_leads_to_its_text_held_back_or_not(lookup):
    assert lookup.find("secret") == (SECRET,)
    assert lookup.find("A Secret#place") == (SECRET,)
    assert lookup.find("A Secrets") == ()
