"""What stands above the text, and the bytes it stands in."""

from datetime import UTC, datetime

import pytest

from gazepress.matter import AuthorMatter, PageMatter
from gazepress.sources import SourceKind
from gazepress.stages.parse import parse

MATTER = "---\ntitle: A title\ndate: 2026-03-09\n"


def test_a_file_is_its_front_matter_and_its_text(read_file):
    read = read_file(MATTER + "tags: [drones]\n---\nWords.\n")
    document = read.document
    assert (document.matter.title, document.matter.tags) == ("A title", ("drones",))
    assert read.body.parts == ("<p>Words.</p>",)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data.replace(b"---\n", b"--- \t\n"),
        lambda data: data.replace(b"---\nWords", b"...\nWords"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["byte order mark", "CRLF", "CR", "blanks behind the dashes", "three dots", "no last line end"],
)
def test_bytes_that_mean_the_same_give_the_same_document(options, change):
    data = (MATTER + "---\nWords [a](b.md)\nand more.\n").encode()
    assert parse(SourceKind.ARTICLE, change(data), options) == parse(SourceKind.ARTICLE, data, options)


def test_pages_and_authors_have_front_matter_of_their_own(read_file):
    page = read_file("---\ntitle: About\n---\nUs.", SourceKind.PAGE).document
    author = read_file("---\nname: Nora Muster\nrole: editor\n---\nShe.", SourceKind.AUTHOR).document
    assert page.matter == PageMatter(title="About")
    assert author.matter == AuthorMatter(name="Nora Muster", role="editor")


@pytest.mark.parametrize(
    ("data", "place", "hint"),
    [
        ("title: х\n".encode("cp1251"), "1:8", "Windows-1251"),
        (b"---\r\ntitle: A\r\n\r\nd\xe9j\xe0", "4:2", "Windows-1252"),
        ("тиша\n".encode() + b"\xff", "2:1", "UTF-8"),
        ("title".encode("utf-16"), "1:1", "UTF-16"),
    ],
)
def test_another_encoding_is_named_with_its_place(read_file, data, place, hint):
    read = read_file(data)
    assert read.document is None
    assert read.codes == ["encoding"]
    assert read.problems[0].startswith(place + ":")
    assert hint in read.hints[0]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "begin with"),
        ("Words.\n", "begin with"),
        ("title: A\ndate: 2026-03-09\n\nWords.", "above the first key"),
        ("\n---\ntitle: A\n---\n", "delete what stands above"),
        ("+++\ntitle = 'A'\n+++\n", "YAML"),
    ],
)
def test_a_file_without_front_matter_gets_the_hint_that_fits(read_file, text, hint):
    read = read_file(text)
    assert read.codes == ["front-matter-missing"]
    assert hint in read.hints[0]


def test_front_matter_without_an_end_says_where_the_end_may_belong(read_file):
    read = read_file("---\ntitle: A\ndate: 2026-03-09\n\nWords.\n")
    assert read.codes == ["front-matter-unclosed"]
    assert "after line 3" in read.hints[0]


def test_problems_of_front_matter_and_text_come_together_in_their_order(read_file):
    read = read_file("---\ntitel: A\ndate: soon\n---\n[a](javascript:b)\n\n<iframe></iframe>\n")
    assert read.document is None
    assert [problem.partition(": ")[0] for problem in read.problems] == ["2:1", "2:1", "3:7", "5:1", "7:1"]
    assert read.codes == ["missing-key", "unknown-key", "wrong-value", "unsafe-link", "html-removed"]


def test_warnings_leave_a_document(read_file):
    assert read_file(MATTER + "colour: red\n---\nWords.").document is not None


@pytest.mark.parametrize(
    ("lines", "place", "message", "hint"),
    [
        ("slug: Два Слова", "4:7", "'slug' cannot be", "dva-slova"),
        ("slug: with_underscore", "4:7", "'slug'", "with-underscore"),
        ("slug: '—'", "4:7", "'slug'", "use a-z"),
        ("aliases: [old/name/]", "4:11", "'old/name/'", "/old/name/"),
        ("tags: [a]\naliases:\n  - /fine/\n  - /not so/", "7:5", "'/not so/'", "/not%20so/"),
        ("aliases: /no-slash-behind", "4:10", "'/no-slash-behind'", "/no-slash-behind/"),
        ("aliases: /up/../and/", "4:10", "'/up/../and/'", "/up/and/"),
        ("aliases: //elsewhere.example/", "4:10", "elsewhere", "/elsewhere.example/"),
        ("embargo: 2026-03-09 14:30", "4:10", "needs an offset", "2026-03-09 14:30+02:00"),
        ("lang: english", "4:7", "'lang' cannot be", "en or uk"),
        ("lang: en_US", "4:7", "'lang' cannot be", "en or uk"),
        ("updated: 2026-03-08", "4:10", "before 'date'", "2026-03-09 00:00+02:00"),
        ("related: [one, '']", "4:16", "'related' has an empty entry", "remove"),
        ("image: {src: 'javascript:x', alt: ''}", "4:14", "'image.src' cannot be", "/images/"),
        ("image: {src: 'mailto:x', alt: ''}", "4:14", "'image.src' cannot be", "/images/"),
        ("sources: [{name: X, url: 'javascript:x'}]", "4:26", "'url' cannot be 'javascript:x'", "https://"),
        ("sources: [{name: X, url: www.x.example}]", "4:26", "'url' cannot be", "https://"),
        ('dateline: "a\\0b"', "4:11", "control character", "remove"),
        ('extra: {deep: ["x", "\\x1b[0m"]}', "4:21", "control character", "remove"),
    ],
)
def test_values_of_the_right_type_can_still_be_wrong(read_file, lines, place, message, hint):
    read = read_file(MATTER + lines + "\n---\nWords.\n")
    assert read.document is None
    assert read.codes == ["wrong-value"]
    assert read.problems[0].startswith(place + ":")
    assert message in read.problems[0]
    assert hint in read.hints[0]


@pytest.mark.parametrize("title", ["", "''", "'  '"])
def test_an_article_needs_a_title(read_file, title):
    read = read_file(f"---\ntitle: {title}\ndate: 2026-03-09\n---\nWords.")
    assert read.problems == ["2:1: missing-key: 'title' has no value"]


def test_the_links_of_an_author_are_full_addresses(read_file):
    read = read_file("---\nname: X\nlinks: [{name: X, url: 'data:x'}]\n---\n", SourceKind.AUTHOR)
    assert read.problems == ["3:24: wrong-value: 'url' cannot be 'data:x'"]


@pytest.mark.parametrize("alias", ["/", "/old/", "/2025/05/old-name/", "/old/page.html", "/стара/назва/"])
def test_old_addresses_are_paths_of_the_site(read_file, alias):
    assert read_file(MATTER + f"aliases: {alias}\n---\nWords.").document.matter.aliases == (alias,)


def test_an_embargo_with_an_offset_is_a_moment(read_file):
    document = read_file(MATTER + "embargo: 2026-03-09 14:30+02:00\n---\nWords.").document
    assert document.matter.embargo == datetime(2026, 3, 9, 12, 30, tzinfo=UTC)


def test_references_of_the_front_matter_follow_those_of_the_text(read_file):
    read = read_file(
        MATTER + "follows: first\nrelated: [Some Title, other.md]\nimage: {src: map.png}\n---\n[a](b.md) ![c](d.png)\n"
    )
    assert read.refs == [
        ("link", "b.md"),
        ("picture", "d.png"),
        ("picture", "map.png"),
        ("related", "Some Title"),
        ("related", "other.md"),
        ("follows", "first"),
    ]
    assert read.places[2:] == [(6, 14), (5, 11), (5, 23), (4, 10)]


def test_a_lead_picture_of_the_web_is_no_reference(read_file):
    assert read_file(MATTER + "image: {src: 'https://x.example/a.png'}\n---\nWords.").refs == []


def test_an_author_can_have_a_portrait(read_file):
    assert read_file("---\nname: X\nimage: {src: x.jpg}\n---\n", SourceKind.AUTHOR).refs == [("picture", "x.jpg")]


def test_an_article_without_text_is_a_warning_but_a_draft_is_not(read_file):
    read = read_file(MATTER + "---\n\n")
    assert read.problems == ["5:1: empty-text: the article has no text"]
    assert read.body.parts == ()
    assert read_file(MATTER + "---\n<!-- to be written -->\n").codes == ["empty-text"]
    assert read_file(MATTER + "status: draft\n---\n").codes == []
    assert read_file("---\ntitle: A\n---\n", SourceKind.PAGE).codes == []


def test_the_summary_is_the_front_matters_or_the_first_paragraph(read_file):
    assert read_file(MATTER + "summary: |\n  In two\n  lines.\n---\nWords.").document.summary == "In two lines."
    kept = "«\u00a0Rafale\u00a0»,\u202f12\u00a0000"  # the spaces that an author has chosen
    assert read_file(f"{MATTER}summary: {kept}\n---\nWords.").document.summary == kept
    text = "# Head\n\n> Quote\n\n![a](b.png)\n\nThe *first* [one](x.md)\nis &amp; was.\n\nSecond.\n"
    assert read_file(MATTER + "---\n" + text).document.summary == "The first one is & was."


def test_a_long_first_paragraph_is_cut_at_a_word(read_file):
    summary = read_file(MATTER + "---\n" + "twelve chars " * 40).document.summary
    assert summary.endswith(" twelve chars…")
    assert 280 < len(summary) <= 301


def test_words_are_counted_as_a_reader_counts_them(read_file):
    text = "One two – three’s\n\n## Four\n\n- five *six*\n\n| seven |\n|-|\n| eight |\n\n<b>nine</b>\n\n![alt](x.png)\n"
    assert read_file(MATTER + "---\n" + text).body.words == 9
