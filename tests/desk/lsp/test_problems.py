"""What is told of a text while it is written, and what mends it at a stroke."""

import json

import pytest

from support import NOW, SETTINGS, article

NEW = "content/articles/policy/new.md"
BROKEN = "content/articles/policy/broken.md"
BUDGET = "content/articles/policy/budget.md"
TOLD = article("New", "See [[A Kel Is Laid]].")


def test_a_text_is_checked_as_it_stands_without_being_saved(editor, site):
    editor.write(NEW, TOLD)
    assert "reference-unknown" in editor.codes(NEW)
    editor.write(NEW, article("New", "See [[A Keel Is Laid]]."))
    assert "reference-unknown" not in editor.codes(NEW)
    assert not (site / NEW).exists()


def test_a_problem_stands_where_its_words_are_with_its_hint_below_it(editor):
    editor.write(NEW, article("New", "😀 See [[A Kel Is Laid]]."))
    problem = next(one for one in editor.problems(NEW) if one.code == "reference-unknown")
    assert (problem.range.start.line, problem.range.start.character, problem.range.end.character) == (5, 7, 24)
    assert problem.message.splitlines() == [
        "'A Kel Is Laid' leads to no article or page",
        "did you mean “A Keel Is Laid” (content/articles/industry/keel.md)?",
    ]
    assert problem.source == "gazepress"


def test_a_saved_text_is_told_what_the_check_says_of_it(editor, site, gazepress):
    done = gazepress("check", BUDGET, BROKEN, "--format", "json", "--now", NOW, cwd=site)
    found = json.loads(done.stdout)["findings"]
    assert {"orphan", "reference-unknown", "source-missing"} <= {one["code"] for one in found}
    for path in (BUDGET, BROKEN):
        editor.write(path, (site / path).read_text("utf-8"))
        expected = sorted((one["code"], max(one["line"], 1)) for one in found if one["path"] == path)
        editor.wait(lambda path=path, expected=expected: places(editor, path) == expected)


def places(editor, path):
    told = editor.told.get(path)
    return sorted((one.code, one.range.start.line + 1) for one in told.diagnostics) if told else []


def test_a_public_text_that_leads_to_something_held_is_an_error_and_a_draft_that_does_so_is_none(editor):
    editor.write(NEW, article("New", "See [[A Secret Deal]]."))
    held = next(one for one in editor.problems(NEW) if one.code == "reference-held")
    assert held.severity == 1
    editor.write(NEW, article("New", "See [[A Secret Deal]].", status="draft"))
    assert "reference-held" not in editor.codes(NEW)


def test_settings_are_checked_too(editor):
    editor.write("site.yaml", "title: The Gaze\nurl: gaze.example\n")
    assert editor.codes("site.yaml") == ["wrong-value"]
    editor.write("site.yaml", SETTINGS)
    assert editor.codes("site.yaml") == []


@pytest.mark.parametrize(
    ("text", "code", "title", "becomes"),
    [
        (TOLD, "reference-unknown", "Refer to “A Keel Is Laid”", "See [[A Keel Is Laid]]."),
        (
            article("New", "See [it](../industry/kel.md#the-second-hull)."),
            "reference-unknown",
            "Refer to “A Keel Is Laid”",
            "See [it](../industry/keel.md#the-second-hull).",
        ),
        (
            article("New", "Read more: swarm strategy, the future of drones"),
            "reference-unknown",
            "Refer to “Swarm Strategy: The Future of “Cheap” Drones”",
            "Read more: Swarm Strategy: The Future of “Cheap” Drones",
        ),
        (
            article("New", follows="[swarm strategy]"),
            "reference-unknown",
            "Refer to “Swarm Strategy: The Future of “Cheap” Drones”",
            "follows: ['Swarm Strategy: The Future of “Cheap” Drones']",
        ),
        (
            article("New", "See [[A Keel Is Laid#second-hull]]."),
            "fragment-unknown",
            "Lead to #the-second-hull",
            "See [[A Keel Is Laid#the-second-hull]].",
        ),
        (
            article("New", "[x](www.yard.example)"),
            "file-missing",
            "Write https://www.yard.example",
            "(https://www.yard",
        ),
        (article("New", tgas="[boats]"), "unknown-key", "Write tags", "\ntags: [boats]\n"),
        (article("New", description="A."), "unknown-key", "Write summary", "\nsummary: A.\n"),
        (article("New", draft="true"), "unknown-key", "Write status: draft", "\nstatus: draft\n"),
        (article("New", draft="false"), "unknown-key", "Remove this line", "12:30\n---"),
        (article("New", kind="essay"), "wrong-value", "Write opinion", "\nkind: opinion\n"),
        (article("New", lead="maybe"), "wrong-value", "Write true", "\nlead: true\n"),
        (article("New", tags="boats, keels"), "wrong-value", "Write [boats, keels]", "\ntags: [boats, keels]\n"),
        (article("New", slug="Новий"), "wrong-value", "Write slug: novii", "\nslug: novii\n"),
        (
            article("New", embargo="2026-02-01 09:00"),
            "wrong-value",
            "Write embargo: 2026-02-01 09:00+00:00",
            "\nembargo: 2026-02-01 09:00+00:00\n",
        ),
        (article("New", aliases="[old/path]"), "wrong-value", "Write /old/path/", "\naliases: [/old/path/]\n"),
        ("---\ntitle: A: B\ndate: 2026-01-01\n---\n\nText.\n", "yaml-syntax", "Write title: 'A: B'", "title: 'A: B'\n"),
        (
            "---\ntitle: A\ndate: 2026-01-01\n\nText.\n",
            "front-matter-unclosed",
            "Close the front matter below line 3",
            "2026-01-01\n---\n",
        ),
        (
            article("New", "The Gaze reports this, referring to the Ministry."),
            "source-proposed",
            "Add Ministry to the sources",
            "sources:\n  - name: Ministry\n",
        ),
    ],
)
def test_a_mend_makes_the_text_what_the_hint_says_and_the_problem_goes(editor, text, code, title, becomes):
    found = editor.mends(NEW, text, code)
    assert title in found
    assert becomes in found[title]
    before = editor.codes(NEW).count(code)
    editor.write(NEW, found[title])
    assert editor.codes(NEW).count(code) == before - 1


def test_where_only_a_person_can_tell_nothing_is_proposed(editor):
    text = article("New", "See [[Nothing at all is like this]].")
    editor.write(NEW, text)
    assert "reference-unknown" in editor.codes(NEW)
    assert editor.mends(NEW, text, "reference-unknown") == {}


def test_an_earlier_report_that_a_sentence_may_mean_can_be_followed(editor, site):
    path = "content/articles/policy/earlier.md"
    editor.write(path, (site / path).read_text("utf-8"))
    editor.wait_for_codes(path, lambda codes: "earlier-unlinked" in codes)
    (mended, *_) = editor.mends(path, (site / path).read_text("utf-8"), "earlier-unlinked").values()
    assert "follows: [A Keel Is Laid]" in mended
