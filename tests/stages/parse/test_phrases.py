"""Set phrases: who is named as the source, and which sentences point to earlier coverage."""

import pytest

from gazepress.sources import SourceKind

CITING = "The Lookout reports this, citing "


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (CITING + "the Ministry of Defense of Ukraine.", "Ministry of Defense of Ukraine"),
        (CITING + "Muster Agency", "Muster Agency"),
        (CITING + "“Muster Agency.” More follows.", "Muster Agency"),
        (CITING + "the U.S. Department of State. More.", "U.S. Department of State"),
        (CITING + "a staff paper of the U.S.", "a staff paper of the U.S."),
        (CITING + "Dr. Nora Muster.", "Dr. Nora Muster"),
        (CITING + "the Ministry of Trade and Industry.", "Ministry of Trade and Industry"),
        (CITING + "the ministry of trade and industry.", "ministry of trade and industry"),
        (CITING + "the Ministry of Defense and its press office.", "Ministry of Defense"),
        (CITING + "the Fiktiv Werke, which makes them.", "Fiktiv Werke"),
        (CITING + "Placeholder Aerospace, Exemplar Dynamics.", "Placeholder Aerospace, Exemplar Dynamics"),
        (CITING + "*Muster [Agency](https://x.example)* &amp; Co.", "Muster Agency & Co"),
        ("THE LOOKOUT  reports this,\nciting the Muster\nAgency.", "Muster Agency"),
        ("This is reported by The Lookout, referring to Muster (in German).", "Muster"),
    ],
)
def test_the_source_is_what_stands_behind_the_phrase(read, sentence, source):
    result = read(f"Words before. {sentence} \n\nMore.")
    (phrase,) = result.document.attributions
    assert (phrase.text, phrase.line, phrase.column) == (source, 5, 15)
    assert result.codes == ["source-proposed"]
    assert f'sources: [{{name: "{source}"}}]' in result.hints[0]


def test_a_phrase_can_go_on_behind_the_source(options):
    from msgspec.structs import replace

    from gazepress.phrases import Phrases
    from gazepress.stages.parse import parse

    phrases = {"en": Phrases(attribution=("According to {source}, reports The Lookout", "no source"))}
    text = "---\ntitle: A\ndate: 2026-03-09\n---\nAccording to the Muster Agency, reports the Lookout, it rains.\n"
    document = parse(SourceKind.ARTICLE, text.encode(), replace(options, phrases=phrases)).value.document
    assert [phrase.text for phrase in document.attributions] == ["Muster Agency"]


def test_ukrainian_articles_use_ukrainian_phrases(read):
    result = read(
        "Про це повідомляє The Lookout з посиланням на Міністерство оборони України та його пресслужбу.", "lang: uk"
    )
    assert result.document.attributions[0].text == "Міністерство оборони України"
    assert read(CITING + "Muster.", "lang: uk").document.attributions == ()


@pytest.mark.parametrize("listed", ["Muster Agency", "muster  agency", "The Muster Agency of Exempla", "Muster"])
def test_a_source_that_is_listed_is_not_proposed(read, listed):
    result = read(CITING + "the Muster Agency.", f"sources: [{{name: {listed}}}]")
    assert result.codes == []
    assert len(result.document.attributions) == 1


def test_a_source_named_twice_is_proposed_once_beside_the_others(read):
    result = read(f"{CITING}Muster.\n\n{CITING}Muster.", "sources: [{name: Somebody}]")
    assert result.codes == ["source-proposed"]
    assert result.hints == ['add to `sources:` the entry {name: "Muster"}']


def test_a_paragraph_that_only_names_the_source_is_no_summary(read):
    assert read(f"{CITING}Muster.\n\nThe first.").document.summary == "The first."
    assert read(f"{CITING}Muster. It rains.\n\nMore.").document.summary == f"{CITING}Muster. It rains."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("As The Lookout reported earlier, [a](b.md), and [c](d.md).", ["earlier", "link"]),
        ("As The Lookout reported earlier, [[A]].", ["earlier"]),
        ("[As The Lookout reported earlier](a.md), it [b](c.md).", ["earlier", "link"]),
        ("It [rained](a.md), *The Lookout* reported earlier.", ["earlier"]),
        ("See [a](b.md). As the lookout reported earlier, [c](d.md). [E](f.md)!", ["link", "earlier", "link"]),
        ("As The Lookout\nreported earlier, it [rained](a.md).", ["earlier"]),
        ("After [a](b.md), as The Lookout reported earlier, [c](d.md).", ["link", "earlier"]),
        ("After [a](b.md) and [c](d.md), The Lookout reported earlier.", ["link", "earlier"]),
        ("- As The Lookout has reported, it [rained](a.md).", ["earlier"]),
        ("As The Lookout reported earlier, [a](#b) and [c](d.md).", ["link", "earlier"]),
    ],
)
def test_a_link_in_a_sentence_about_earlier_coverage_is_of_that_kind(read, text, kinds):
    result = read(text)
    assert [kind for kind, _ in result.refs] == kinds
    assert result.document.earlier == ()


def test_earlier_coverage_without_a_link_is_kept_as_a_sentence(read):
    result = read("It rains. As *The Lookout* reported\nearlier, it [poured](https://x.example). [A](b.md).")
    (phrase,) = result.document.earlier
    assert (phrase.text, phrase.line) == ("As The Lookout reported earlier, it poured.", 5)
    result = read("It rains.\nAs The Lookout reported earlier, it poured.\n[B](c.md) is dry.")
    (phrase,) = result.document.earlier
    assert (phrase.text, phrase.line, phrase.column) == ("As The Lookout reported earlier, it poured.", 6, 1)


@pytest.mark.parametrize("before", ["It was plan b.", "Did it?", "“It did.”", "It did…", "He said no."])
def test_the_sentence_begins_where_the_one_before_it_ends(read, before):
    (phrase,) = read(
        f"{before} As The Lookout reported earlier, Gen. B. Muster of the U.S. Navy left. More."
    ).document.earlier
    assert phrase.text == "As The Lookout reported earlier, Gen. B. Muster of the U.S. Navy left."


def test_a_longer_word_is_no_phrase(read):
    assert read("Has The Lookout reported earlierish?").document.earlier == ()


def test_only_articles_have_phrases(read_file):
    document = read_file(f"---\ntitle: A\n---\n{CITING}Muster.", SourceKind.PAGE).document
    assert document.attributions == ()
