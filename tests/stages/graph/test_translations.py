"""Articles that are one report in several languages."""

import pytest

from gazepress.matter import Correction, CorrectionKind, Status


def ids(*names):
    return tuple(f"content/articles/{name}.md" for name in names)


def told(checked, *codes):
    codes = codes or ("translation-chain", "translation-language")
    return [(one.path, one.code, str(one.severity), one.hint) for one in checked.diagnostics if one.code in codes]


def test_what_translates_one_article_is_one_set_with_it_the_original_first_then_by_language(article, graph):
    found = graph(
        {
            "a.md": article("Ukrainian", lang="uk", translates="The Original"),
            "b.md": article("German", lang="de", translates="z.md"),
            "c.md": article("Unrelated", lang="pl"),
            "z.md": article("The Original", slug="original"),
        }
    )
    assert found.translations == dict.fromkeys(ids("a", "b", "z"), ids("z", "b", "a"))


def test_a_translation_is_neither_later_coverage_nor_part_of_a_story(article, graph):
    found = graph({"a.md": article("A"), "b.md": article("B", lang="uk", translates="a")})
    assert (found.backlinks, found.storylines) == ({}, {})


def test_the_language_of_a_text_that_names_none_is_that_of_the_site(article, build):
    documents = {"a.md": article("A"), "b.md": article("B", lang="uk", translates="a")}
    assert not told(build(documents, language="en"))
    assert told(build(documents, language="uk")) == [
        (
            "content/articles/b.md",
            "translation-language",
            "error",
            "set `lang:` to the language of this text, or take `translates:` out",
        )
    ]


def test_two_translations_into_one_language_are_an_error_and_two_countries_are_none(article, build):
    def site(one, other):
        return build(
            {
                "a.md": article("A"),
                "b.md": article("B", lang=one, translates="a"),
                "c.md": article("C", lang=other, translates="a"),
            }
        )

    assert not told(site("de-AT", "de-DE"))
    checked = site("de", "DE")
    assert [one[:3] for one in told(checked)] == [("content/articles/c.md", "translation-language", "error")]
    assert checked.value.translations == dict.fromkeys(ids("a", "b"), ids("a", "b"))


def test_a_translation_of_a_translation_is_an_error_that_names_the_original(article, build):
    checked = build(
        {
            "a.md": article("A"),
            "x/b.md": article("B", lang="uk", translates="a"),
            "c.md": article("C", lang="de", translates="b"),
        }
    )
    hint = "name the original: `translates: a.md`"
    assert told(checked) == [("content/articles/c.md", "translation-chain", "error", hint)]
    assert checked.value.translations == dict.fromkeys(ids("a", "x/b"), ids("a", "x/b"))


@pytest.mark.parametrize("length", [2, 3])
def test_articles_that_translate_each_other_have_no_original(article, build, length):
    documents = {
        f"{at}.md": article(f"Number {at}", lang=f"l{'abc'[at]}", translates=f"{(at + 1) % length}.md")
        for at in range(length)
    }
    checked = build(documents)
    hint = "name the original, which translates nothing"
    assert told(checked) == [(f"content/articles/{at}.md", "translation-chain", "error", hint) for at in range(length)]
    assert checked.value.translations == {}


def test_itself_is_no_original(article, build):
    checked = build({"a.md": article("A", translates="a")})
    assert [(one.code, one.path, one.line) for one in checked.diagnostics] == [
        ("self-reference", "content/articles/a.md", 4)
    ]
    assert checked.value.translations == {}


def test_what_is_held_back_is_in_no_set_and_spoils_none(article, build):
    documents = {
        "a.md": article("A"),
        "b.md": article("B", lang="uk", translates="a", status=Status.DRAFT),
        "c.md": article("C", lang="uk", translates="a"),
    }
    public = build(documents)
    assert public.value.translations == dict.fromkeys(ids("a", "c"), ids("a", "c"))
    assert not told(public)
    drafts = build(documents, show_held=True)
    assert drafts.value.translations == public.value.translations
    assert [one[:3] for one in told(drafts)] == [("content/articles/b.md", "translation-language", "note")]


def test_a_translation_of_what_is_held_back_is_an_error_and_in_no_set(article, build):
    checked = build({"a.md": article("A", status=Status.DRAFT), "b.md": article("B", lang="uk", translates="a")})
    assert [(one.code, str(one.severity)) for one in checked.diagnostics] == [("reference-held", "error")]
    assert checked.value.translations == {}


def test_a_retracted_article_and_one_that_was_taken_down_are_in_no_set(article, graph):
    note = Correction(article("x").matter.date, "There was nothing.", CorrectionKind.RETRACTION)
    found = graph(
        {
            "a.md": article("A"),
            "b.md": article("B", lang="uk", translates="a", corrections=(note,)),
            "c.md": article("C", lang="de", translates="a", status=Status.GONE),
            "d.md": article("D", lang="fr", translates="b"),
        }
    )
    assert found.translations == {}
