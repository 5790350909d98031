"""What an editor is told of a place, and where it is led from there."""

import pytest

from support import article

NEW = "content/articles/policy/new.md"
KEEL = "content/articles/industry/keel.md"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("See [[A Ke¦el Is Laid]].", (KEEL, 1)),
        ("See [[A Keel Is Laid|the ke¦el]].", (KEEL, 1)),
        ("See [the keel](../industry/ke¦el.md).", (KEEL, 1)),
        ("See [[A Keel Is Laid#the-second-hull¦]].", (KEEL, 12)),
        ("See [it](/2025/10/ke¦el/).", (KEEL, 1)),
        ("Read more: A Ke¦el Is Laid", (KEEL, 1)),
        ("## Here\n\nSee [above](#he¦re).", (NEW, 6)),
        ("See [[About¦ Us]].", ("content/pages/about.md", 1)),
        ("See [[A Secret De¦al]].", ("content/articles/policy/held.md", 1)),
        ("See [[Budg¦et]].", None),
        ("See ¦[[A Keel]] and nothing.", None),
        ("Just wo¦rds.", None),
    ],
)
def test_a_reference_leads_to_its_text_and_the_heading_in_it(editor, text, target):
    assert editor.define(NEW, article("New", text)) == target


@pytest.mark.parametrize(
    ("yaml", "target"),
    [
        ("follows: [ke¦el]", KEEL),
        ("related:\n  - 'A Keel ¦Is Laid' # the first", KEEL),
        ("translates: A Keel ¦Is Laid # in English", KEEL),
        ("authors: [olena-ko¦val]", "content/authors/olena-koval.md"),
        ("tags: [bo¦ats]", None),
    ],
)
def test_front_matter_leads_to_articles_and_authors(editor, yaml, target):
    found = editor.define(NEW, f"---\ntitle: New\ndate: 2026-01-01\n{yaml}\n---\n\nText.\n")
    assert (found and found[0]) == target


def test_a_reference_leads_on_while_the_front_matter_cannot_be_read(editor):
    assert editor.define(NEW, "---\ntitle: [\n---\n\nSee [[A Ke¦el Is Laid]].\n") == (KEEL, 1)


def test_references_to_an_article_are_found_from_a_reference_and_from_the_article_itself(editor, site):
    expected = [
        ("content/articles/industry/swarm.md", 8),
        ("content/articles/policy/more.md", 10),
        ("content/articles/policy/more.md", 4),
    ]
    assert sorted(editor.references(NEW, article("New", "See [[A Ke¦el Is Laid]]."))) == sorted(expected)
    text = (site / KEEL).read_text("utf-8")
    assert sorted(editor.references(KEEL, text.replace("And so", "And ¦so"))) == sorted(expected)


def test_references_to_a_tag_are_the_articles_that_have_it(editor):
    found = editor.references(NEW, "---\ntitle: New\ndate: 2026-01-01\ntags: [bo¦ats]\n---\n\nText.\n")
    assert sorted(found) == [(KEEL, 1), ("content/articles/policy/more.md", 1)]


def test_the_card_of_an_article_says_when_where_by_whom_and_what(editor):
    assert editor.hover(NEW, article("New", "See [[A Ke¦el Is Laid]].")) == (
        "**A Keel Is Laid**\n\n2025-10-27 12:30 · Industry · Olena Koval\n\n"
        "The yard began. “We sail”, it said.\n\n`content/articles/industry/keel.md`"
    )


def test_the_card_of_what_is_held_back_says_so(editor):
    assert "*Not public: embargo until" in editor.hover(NEW, article("New", "See [[A Secret De¦al]]."))


def test_a_page_an_author_and_a_tag_have_their_cards(editor):
    assert "Who we are" in editor.hover(NEW, article("New", "See [[About¦ Us]]."))
    front = "---\ntitle: New\ndate: 2026-01-01\n{}\n---\n\nText.\n"
    assert "1 article" in editor.hover(NEW, front.format("authors: Olena K¦oval"))
    assert "**boats**: 2 articles, the newest:" in editor.hover(NEW, front.format("tags: [bo¦ats]"))
    assert "new: no article has it" in editor.hover(NEW, front.format("tags: [bo¦ots]"))


def test_a_key_says_what_it_is_for(editor):
    assert editor.hover(NEW, "---\nembar¦go: 2026-01-01\n---\n") == (
        "`embargo` — Held back until this time; write its offset."
    )
    assert editor.hover("site.yaml", "title: A\nrelated:\n  cou¦nt: 4\n").startswith("`count` — How many")


def test_words_are_no_place_to_say_anything(editor):
    assert editor.hover(NEW, article("New", "Just wo¦rds.")) is None


def test_headings_are_the_symbols_of_a_text_each_with_those_below_it(editor):
    text = article("New", "## One\n\nText.\n\n### Inner\n\nMore.\n\nTwo\n---\n\n```\n## no heading\n```")
    one, two = editor.symbols(NEW, text)
    assert (one.name, [inner.name for inner in one.children], two.name) == ("One", ["Inner"], "Two")
    assert (one.range.start.line, one.range.end.line) == (5, 12)


def test_every_text_is_found_by_the_words_of_its_title(editor):
    assert editor.titles("keel laid") == [("A Keel Is Laid", KEEL)]
    assert editor.titles("about") == [("About Us", "content/pages/about.md")]
