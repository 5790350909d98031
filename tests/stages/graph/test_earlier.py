"""What is proposed for “As … reported earlier” without a link."""

from gazepress.matter import Status

SENTENCE = "As The Gaze reported earlier, Exemplar Dynamics opened a shell line in Lviv."


def notes(checked):
    return [one for one in checked.diagnostics if one.code == "earlier-unlinked"]


def test_the_likeliest_older_reports_are_named_with_their_files(article, build):
    checked = build(
        {
            "shells.md": article("Exemplar Dynamics Starts a Shell Line", "2025-01-01"),
            "lviv.md": article("A New Plant", "2025-01-02", summary="The line in Lviv will make shells."),
            "tagged.md": article("Something", "2025-01-03", tags=("Exemplar Dynamics",)),
            "radar.md": article("Radar Crews Wait", "2025-01-04"),
            "gaze.md": article("How The Gaze Reported", "2025-01-05"),
            "new.md": article("New", "2025-02-01", earlier=(SENTENCE,)),
            "newer.md": article("Exemplar Dynamics Opens a Shell Line in Lviv", "2025-03-01"),
        }
    )
    (found,) = notes(checked)
    assert (found.severity, found.path, found.line, found.column) == ("note", "content/articles/new.md", 9, 1)
    first, *others = found.hint.removeprefix("the likeliest: ").split("; ")
    assert first == "“Exemplar Dynamics Starts a Shell Line” (content/articles/shells.md)"
    assert len(others) == 2
    assert "radar" not in found.hint
    assert "newer" not in found.hint


def test_endings_of_words_do_not_matter(article, build):
    checked = build(
        {
            "a.md": article("Виробництво снарядів у Львові", "2025-01-01"),
            "b.md": article("Навчання зварників", "2025-01-01"),
            "new.md": article(
                "New", "2025-02-01", earlier=("Як раніше повідомляв The Gaze, снаряди роблять у Львові.",)
            ),
        }
    )
    (found,) = notes(checked)
    assert found.hint == "the likeliest: “Виробництво снарядів у Львові” (content/articles/a.md)"


def test_an_article_that_follows_another_has_said_what_it_means(article, build):
    checked = build(
        {"a.md": article("A", "2025-01-01"), "b.md": article("B", "2025-02-01", earlier=(SENTENCE,), follows=("a",))}
    )
    assert notes(checked) == []


def test_what_is_held_back_is_never_proposed(article, build):
    documents = {
        "held.md": article("Exemplar Dynamics Shell Line in Lviv", "2025-01-01", status=Status.DRAFT),
        "new.md": article("New", "2025-02-01", earlier=(SENTENCE,)),
    }
    for show_held in (False, True):
        (found,) = notes(build(documents, show_held=show_held))
        assert "held" not in found.hint


def test_without_a_candidate_the_note_says_what_to_do(article, build):
    (found,) = notes(build({"new.md": article("New", "2025-02-01", earlier=(SENTENCE,))}))
    assert found.hint == "link the report inside the sentence, or set `follows:`"
