"""Read-more lines: a label, a colon, and a title or link of this site."""

import pytest


@pytest.mark.parametrize(
    ("text", "label", "target", "place"),
    [
        ("Read more on The Lookout: A Title", "Read more on The Lookout", "A Title", (5, 27)),
        ("READ MORE ON THE LOOKOUT: A Title", "READ MORE ON THE LOOKOUT", "A Title", (5, 27)),
        ("Read more on The\u00a0Lookout : A Title", "Read more on The\u00a0Lookout", "A Title", (5, 28)),
        ("Ｒead more： A Title", "Ｒead more", "A Title", (5, 12)),
        ("“Read more”: A Title", "“Read more”", "A Title", (5, 14)),
        ("Read more:A Title", "Read more", "A Title", (5, 11)),
        ("Read more: Big: “Small” – it’s B-2", "Read more", "Big: “Small” – it’s B-2", (5, 12)),
        ("**Read more:** A Title", "Read more", "A Title", (5, 16)),
        ("*Read more*: A Title", "Read more", "A Title", (5, 14)),
        ("**Read more: A Title**", "Read more", "A Title", (5, 14)),
        ("***Read also:*** *A Title*", "Read also", "A Title", (5, 19)),
        ("Read more: A &amp; B &lt;b&gt;", "Read more", "A & B <b>", (5, 11)),
        ("Read more: [words](other.md)", "Read more", "other.md", (5, 12)),
        ("Read more: **[words](/2026/other/#part)**.", "Read more", "/2026/other/#part", (5, 14)),
        ("Read more: [[A Title]]", "Read more", "A Title", (5, 12)),
        ("Read more: [[A Title|words]]", "Read more", "A Title", (5, 12)),
        ("[Read more: words](other.md)", "Read more", "other.md", (5, 1)),
        ("Read more: [words][x]\n\n[x]: other.md", "Read more", "other.md", (5, 12)),
    ],
)
def test_a_line_of_its_own_is_a_block(read, text, label, target, place):
    result = read(text)
    assert result.html == f"{{{label}: 0}}"
    assert result.refs == [("read-more", target)]
    assert result.places == [place]
    assert result.body.words == 0


def test_other_languages_have_labels_of_their_own(read):
    result = read("Читайте також: Назва", "lang: uk")
    assert result.refs == [("read-more", "Назва")]
    assert read("Read more: Title", "lang: uk").refs == []
    assert read("Read more: Title", "lang: de").refs == [("read-more", "Title")]


def test_a_paragraph_is_split_around_its_read_more_lines(read):
    result = read("One.\\\nRead more: Two\n**Three** [x](y.md)\nfour.\nRead also: Five  \nRead more: Six\n")
    assert result.html == (
        "<p>One.</p>\n{Read more: 0}<p><strong>Three</strong> {open 1}x{close 1}\nfour.</p>\n"
        "{Read also: 2}{Read more: 3}"
    )
    assert result.places == [(6, 12), (7, 11), (9, 12), (10, 12)]


def test_a_label_with_nothing_behind_it_takes_the_list_below(read):
    result = read("Read also:\n\n- A: Title\n- [[B|words]]\n- [c](c.md)\n- **D**\n\nMore.")
    assert result.html == "{Read also: 0 1 2 3}<p>More.</p>"
    assert result.refs == [("read-more", target) for target in ("A: Title", "B", "c.md", "D")]
    assert result.places == [(7, 3), (8, 3), (9, 3), (10, 5)]


def test_the_list_can_stand_right_below_and_be_numbered_or_loose(read):
    assert read("Words.\nRead also:\n1. A\n\n2. B\n").html == "<p>Words.</p>\n{Read also: 0 1}"


@pytest.mark.parametrize(
    "text",
    [
        "Read also:\n\n- A\n- [b](https://x.example)",
        "Read also:\n\n- A\n\n  more of it",
        "Read also:\n\n- A\n  - B",
        "Read also:\n\nWords.",
        "Read also:",
    ],
)
def test_a_list_of_anything_else_stays_a_list(read, text):
    result = read(text)
    assert result.refs == []
    assert result.html.startswith("<p>Read also:</p>")


@pytest.mark.parametrize(
    "text",
    [
        "Read more: [words](https://x.example)",
        "Read more: [words](javascript:x)",
        "Read more: <https://x.example>",
        "Read more: [one](a.md) and [two](b.md)",
        "Read more: [one](a.md), a study",
        "Read more: [below](#part)",
        "Read more: ![a](b.png)",
        "Read more: a <b>title</b>",
        "Read more about it: A Title",
        "Please read more: A Title",
        "Read more - A Title",
        "> Read more: A Title",
        "- Read more: A Title",
        "## Read more: A Title",
        "*Read more: A\nTitle*",
        "A[^1]\n\n[^1]: Read more: A Title",
    ],
)
def test_other_lines_stay_as_they_are(read, text):
    result = read(text)
    assert "read-more" not in [kind for kind, _ in result.refs]
    assert "{Read" not in result.html


def test_the_longest_label_wins(options):
    from msgspec.structs import replace

    from gazepress.phrases import Phrases
    from gazepress.sources import SourceKind
    from gazepress.stages.parse import parse

    phrases = {"en": Phrases(read_more=("More", "More: from us"))}
    matter = "---\ntitle: A\ndate: 2026-03-09\n---\n"
    text = f"{matter}More: from us: A Title\nMore: from them: A Title\n"
    document = parse(SourceKind.ARTICLE, text.encode(), replace(options, phrases=phrases)).value
    assert [(ref.target) for ref in document.document.refs] == ["A Title", "from them: A Title"]
    assert [part.label for part in document.body.parts] == ["More: from us", "More"]


def test_a_read_more_line_is_no_summary(read):
    assert read("Read more: A Title\n\nThe first.").document.summary == "The first."


def test_pages_have_read_more_lines_too(read_file):
    from gazepress.sources import SourceKind

    assert read_file("---\ntitle: A\n---\nRead more: B\n", SourceKind.PAGE).refs == [("read-more", "B")]
